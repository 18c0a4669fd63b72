import { html, LitElement } from 'lit';
import { contourLines } from './contours.js';
import { fieldOf, raster } from './field.js';
import { levelsFor, scaleFor } from './levels.js';
import { lookOf, marksOf, upTo } from './marks.js';
import { ownPoints, stretches } from './picture.js';
import { iterationColour } from './ramps.js';
import { cursorOf, RUN_LOOKS } from './scene.js';
import { SurfaceScene } from './surface-scene.js';

/** Points of the surface along each side. */
const FINE = 161;
const JUMP = [255, 176, 232];
/** Straight pieces for a third of the picture's width. */
const PIECES = 24;

/** The landscape as a surface. Draws only when something has changed or is being turned. */
class LandscapeSurface extends LitElement {
  static properties = {
    picture: { attribute: false },
    window: { attribute: false },
    at: { attribute: false },
    replaying: { attribute: false },
    label: {},
    broken: { state: true },
  };

  #scene = null;
  #loop = 0;
  #dirty = true;
  #surfaceKey = null;
  #resize = new ResizeObserver(() => this.#measure());

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    const canvas = this.querySelector('canvas');
    try {
      this.#scene = new SurfaceScene(canvas);
    } catch {
      this.broken = true;
      return;
    }
    this.#scene.controls.addEventListener('change', () => {
      this.#dirty = true;
    });
    this.#resize.observe(canvas.parentElement);
    this.#measure();
    this.#loop = requestAnimationFrame(() => this.#tick());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#loop);
    this.#resize.disconnect();
    this.#scene?.dispose();
    this.#scene = null;
  }

  #measure() {
    const box = this.querySelector('.surface')?.getBoundingClientRect();
    if (!box?.width || !this.#scene) return;
    this.#scene.resize(box.width, box.height);
    this.#dirty = true;
  }

  #tick() {
    this.#loop = requestAnimationFrame(() => this.#tick());
    this.#scene.controls.update();
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#scene.render();
  }

  updated() {
    if (!this.#scene || !this.picture?.grid) return;
    this.#build();
    this.#dirty = true;
  }

  /** The surface anew where the picture or the window is another, paths and marks each time. */
  #build() {
    const window = this.window ?? this.picture.basis.window;
    const within = this.picture.grid.squares ? window : this.picture.grid.window;
    const field = fieldOf(this.picture.grid);
    const key = `${this.picture.basis.name} ${this.picture.basis.version} ${within} ${this.picture.grid.size}`;
    if (key !== this.#surfaceKey) {
      this.#surfaceKey = key;
      const heights = raster(field, within, FINE, FINE, true);
      const scale = scaleFor(heights.values);
      this.#scene.setSurface(heights, within, scale);
      this.#scene.setLines(linesOf(heights, within, scale));
    }
    const inside = ([alpha, beta]) =>
      alpha >= within[0] && alpha <= within[1] && beta >= within[2] && beta <= within[3];
    const seen = i => !this.replaying || i <= this.at;
    const several = this.picture.paths.length > 1;
    const pieces = this.picture.paths.flatMap((path, k) =>
      piecesOf(path, field, several ? k : null, seen, (within[1] - within[0]) / 3).filter(p => inside(p.from) && inside(p.to)),
    );
    this.#scene.setPath(pieces);
    const marks = this.replaying ? upTo(marksOf(this.picture), this.at) : marksOf(this.picture).filter(m => m.kind !== 'end');
    const cursors = this.picture.paths.map(path => [path, cursorOf(path, this.at)]).filter(([, i]) => i !== null);
    this.#scene.setMarks(
      [
        ...marks.map(mark => ({ alpha: mark.alpha, beta: mark.beta, ...lookOf(mark) })),
        ...cursors.map(([path, i]) => ({ alpha: path.alpha[i], beta: path.beta[i], ...lookOf({ kind: 'end' }) })),
      ]
        .filter(mark => inside([mark.alpha, mark.beta]))
        .map(mark => ({ ...mark, loss: field.at(mark.alpha, mark.beta) })),
    );
  }

  png() {
    this.#scene.render();
    return this.querySelector('canvas').toDataURL('image/png');
  }

  render() {
    if (this.broken)
      return html`<div class="surface">
        <p class="nothing">This browser offers no WebGL, so there is no surface; the contours show the same.</p>
      </div>`;
    return html`<div class="surface">
      <canvas tabindex="0" role="img" aria-label=${`${this.label} As a surface; drag to turn.`} data-testid="landscape-surface"></canvas>
    </div>`;
  }
}

/** A path on the surface, piece by piece: straight on the plane, and following the heights where a piece is long. */
function piecesOf(path, field, run, seen, reach) {
  const own = ownPoints(path);
  const last = Math.max(1, path.iteration[own.at(-1)] ?? 1);
  const fixed = run === null ? null : RUN_LOOKS[run % RUN_LOOKS.length].colour.match(/[0-9a-f]{2}/g).map(c => parseInt(c, 16));
  const pieces = [];
  const between = (a, b, colour, dashed) => {
    const length = Math.hypot(path.alpha[b] - path.alpha[a], path.beta[b] - path.beta[a]);
    const count = Math.min(PIECES, Math.max(1, Math.ceil((PIECES * length) / reach)));
    for (let k = 0; k < count; k++) {
      const spot = t => {
        const alpha = path.alpha[a] + (path.alpha[b] - path.alpha[a]) * t;
        const beta = path.beta[a] + (path.beta[b] - path.beta[a]) * t;
        return [alpha, beta, field.at(alpha, beta)];
      };
      pieces.push({ from: spot(k / count), to: spot((k + 1) / count), colour, dashed });
    }
  };
  for (const stretch of stretches(path, own)) {
    for (let k = 1; k < stretch.length; k++) {
      if (!seen(path.iteration[stretch[k]])) continue;
      between(stretch[k - 1], stretch[k], fixed ?? iterationColour(path.iteration[stretch[k]] / last), false);
    }
  }
  for (const jump of path.jumps) if (seen(path.iteration[jump.to])) between(jump.from, jump.to, JUMP, true);
  return pieces;
}

function linesOf(heights, [a0, a1, b0, b1], scale) {
  const { width, height } = heights;
  return levelsFor(scale).flatMap(level =>
    contourLines(heights, level).map(({ points }) => ({
      level,
      points: points.map(([x, y]) => [a0 + (x / (width - 1)) * (a1 - a0), b1 - (y / (height - 1)) * (b1 - b0)]),
    })),
  );
}

customElements.define('landscape-surface', LandscapeSurface);
