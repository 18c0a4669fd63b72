import { html, nothing } from 'lit';
import { pathColour, themeColour } from '../draw/colours.js';
import { count, number } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { Pace } from '../draw/pace.js';
import { boxAround, jumpEnds, pathPairs, pathRows, replacedPaths, simplified } from '../draw/path-geometry.js';
import { reducedMotion, themeName } from '../theme.js';
import { download } from './download.js';
import { pathMarks } from './path-marks.js';
import { strandsOf } from '../run/episodes.js';
import { landscapePath } from '../router.js';
import { RunElement } from './run-element.js';

/** How far the line may be from an iterate, as a share of the picture's half width: less than a pixel. */
const TOLERANCE = 0.0025;
/** Shortest time between two rebuilds of the line, ms: for each of its pieces, and at least. */
const REBUILD = 0.5;
const SETTLE = 300;
/** The charts come first, ms. */
const LATER = 400;

/** The run's path in space, with its jumps, what was judged on the way, and the truths. */
class PathPanel extends RunElement {
  static properties = { broken: { state: true }, helping: { state: true } };

  #scene = null;
  #starting = false;
  #loop = 0;
  #pace = null;
  #stale = true;
  #built = -Infinity;
  #changed = true;
  #visible = true;
  #frameKey = '';
  #pairs = [];
  #resize = new ResizeObserver(() => this.#resized());
  #watch = new IntersectionObserver(([entry]) => {
    this.#visible = entry.isIntersecting;
  });

  get redrawsOn() {
    return ['theme', 'status'];
  }

  get #has() {
    return this.run.model.columns.hasPoints && this.run.model.header.axes;
  }

  onFrame(dirty) {
    super.onFrame(dirty);
    if (!this.#scene && this.#has && !this.broken) this.#start();
    if (!this.#scene) return;
    if (['data', 'landmarks', 'theme', 'view'].some(d => dirty.has(d))) this.#stale = true;
    if (dirty.has('cursor')) this.#point();
  }

  /** The library for space is loaded after the charts are there: it is large, and its first picture takes long. */
  async #start() {
    const canvas = this.querySelector('canvas');
    if (!canvas || this.#starting) {
      this.requestUpdate();
      return;
    }
    this.#starting = true;
    await new Promise(done => setTimeout(done, LATER));
    const module = await import('../draw/path-scene.js').catch(() => null);
    if (!this.isConnected) return;
    try {
      this.#scene = new module.PathScene(canvas);
    } catch {
      this.broken = true;
      return;
    }
    this.#pace = new Pace(this.#scene);
    this.#scene.controls.autoRotate = !reducedMotion();
    this.#scene.controls.addEventListener('start', () => {
      this.#scene.controls.autoRotate = false;
    });
    this.#scene.controls.addEventListener('change', () => {
      this.#changed = true;
    });
    this.#resize.observe(canvas.parentElement);
    this.#watch.observe(canvas);
    this.#resized();
    this.#loop = requestAnimationFrame(t => this.#tick(t));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#loop);
    this.#resize.disconnect();
    this.#watch.disconnect();
    this.#scene?.dispose();
    this.#scene = null;
  }

  #resized() {
    const box = this.querySelector('.space')?.getBoundingClientRect();
    if (!box?.width || !this.#scene) return;
    this.#scene.resize(box.width, box.height);
    this.#changed = true;
  }

  #tick(time) {
    this.#loop = requestAnimationFrame(t => this.#tick(t));
    if (!this.#visible || !this.#pace.due(time)) return;
    if (this.#stale && time - this.#built > SETTLE + REBUILD * this.#pairs.length) {
      this.#build();
      this.#point();
      this.#stale = false;
      this.#built = time;
    }
    const { controls } = this.#scene;
    if (!this.#pace.smooth) controls.autoRotate = false;
    const pulsing = !this.run.model.status.ended && !reducedMotion() && this.#pace.smooth;
    if (!this.#changed && !controls.autoRotate && !pulsing) return;
    const current = this.#scene.named('current');
    if (current) current.userData.pulse = pulsing ? 1 + 0.16 * Math.sin(time / 350) : 1;
    this.#pace.draw(time);
    this.#changed = false;
  }

  #build() {
    const { columns, header } = this.run.model;
    const { x, y, z } = columns.point;
    const at = row => [x[row], y[row], z[row]];
    const strands = strandsOf(columns, this.run.episodes, true);
    const all = pathRows(columns);
    const rows = all.filter(row => strands[row] >= 0);
    const trials = this.run.view.trials ? all.filter(row => strands[row] < 0) : [];
    const truths = (header.axes.truths ?? []).map(t => [t.x, t.y, t.z]);
    const [start, end] =
      rows.length > 0
        ? [at(rows[0]), at(rows.at(-1))]
        : [
            [0, 0, 0],
            [0, 0, 0],
          ];
    const marks = pathMarks({ marks: this.run.marks, start, end, truths });
    const replaced = replacedPaths(this.run.replaced);
    this.#fit([...rows.map(at), ...trials.map(at), ...replaced.flat(), ...marks.map(m => m.at)], header.axes.labels);
    const theme = themeName();
    const colour = row => pathColour(columns.iteration[row] / Math.max(1, columns.iteration.at(-1)), theme);
    const stride = Math.max(4, Math.ceil(rows.length / 256));
    const tolerance = TOLERANCE * this.#scene.box.half;
    const { line, jumps } = pathPairs(strands, simplified(columns, rows, tolerance, stride, strands));
    this.#pairs = line;
    const tried = pathPairs(strands, simplified(columns, trials, tolerance, stride, strands)).line;
    this.#scene.setTrials(
      tried.map(([a, b]) => [at(a), at(b)]),
      themeColour('tone-trial'),
    );
    this.#scene.setReplaced(replaced.flatMap(points => points.slice(1).map((p, i) => [points[i], p])), themeColour('series'));
    this.#scene.setLine(
      line.map(([a, b]) => [at(a), at(b), colour(a), colour(b)]),
      themeColour('shadow'),
    );
    this.#scene.setJumps(jumpEnds(columns, jumps), themeColour('tone-escape'));
    this.#scene.setMarks(marks, themeColour('panel'));
  }

  /** A new frame only where the box has changed noticeably, so that a growing path does not make the picture swim. */
  #fit(points, labels) {
    const box = boxAround(points);
    const old = this.#scene.box;
    const inside = points.every(p => p.every((v, k) => !(Math.abs(v - old.centre[k]) > old.halves[k])));
    const key = `${themeName()} ${labels}`;
    if (key === this.#frameKey && inside && box.half > old.half * 0.5) return;
    this.#frameKey = key;
    this.#scene.setFrame(
      box,
      labels,
      {
        axis: themeColour('ink-3'),
        grid: themeColour('line'),
        ink: themeColour('ink'),
        quiet: themeColour('ink-3'),
      },
      value => (Math.abs(value) < 0.02 * box.half ? '0' : number(Number(value.toPrecision(2)))),
    );
  }

  /** Puts the marker where the cursor stands, and draws the path up to the replay's position. */
  #point() {
    const { columns } = this.run.model;
    const { x, y, z } = columns.point;
    const drawnTo = this.run.drawnTo ?? Infinity;
    const row = this.run.cursor === null ? columns.length - 1 : Math.max(0, columns.rowAt(this.run.cursor));
    const current = this.#scene.named('current');
    if (current && Number.isFinite(x[row])) current.position.set(...this.#scene.place([x[row], y[row], z[row]]));
    const last = columns.rowAt(Math.min(drawnTo, Number.MAX_SAFE_INTEGER));
    this.#scene.setDrawn(drawnTo === Infinity ? this.#pairs.length : this.#pairs.filter(([, b]) => b <= last).length);
    this.#scene.showUpTo(drawnTo);
    this.#changed = true;
  }

  #png() {
    this.#scene.render();
    download(`${this.run.model.id}-path.png`, null, this.querySelector('canvas').toDataURL('image/png'));
  }

  render() {
    const { header, status } = this.run.model;
    return html` <section class="panel path" data-testid="path3d" aria-label="Path in space">
      <header class="panel-head">
        <h2>Path</h2>
        <span class="tools">
          <a class="tool" href=${landscapePath(header.id)}>Landscape</a>
          <button
            class="tool"
            aria-expanded=${Boolean(this.helping)}
            aria-label="What is the path?"
            @click=${() => {
              this.helping = !this.helping;
            }}
          >
            ?
          </button>
          ${
            this.#scene
              ? html`<button class="tool spare" @click=${this.#png} title="Download the picture as PNG">PNG</button>`
              : nothing
          }
        </span>
      </header>
      ${
        this.helping
          ? html`<p class="help">
              The iterates in space, coloured by iteration. A dashed arc is a jump of an escape, not descent. Drag to
              turn, scroll to come nearer. The thin line is the path's shadow on the floor. Trials that led nowhere are
              left out unless they are shown. Axes: ${header.axes ? kind(header.axes.kind) : 'none'}.
            </p>`
          : nothing
      }
      ${this.#body()} ${this.broken || !this.#has ? nothing : this.#legend(header, status)}
    </section>`;
  }

  #legend(header, status) {
    const copies = header.axes.truths?.length ?? 0;
    return html`<footer class="panel-foot">
      <span class="ramp" aria-hidden="true"></span><span>iteration 0 → ${count(status.iteration)}</span>
      <span>${glyph('ring', 'ink', 12)} start</span><span>${glyph('circle', 'accent', 12)} cursor</span>
      ${this.run.replaced.some(({ columns }) => columns.hasPoints) ? html`<span>dotted: replaced by a later attempt</span>` : nothing}
      ${this.run.folded > 0 ? html`<span>${count(this.run.folded)} trials folded</span>` : nothing}
      ${copies > 0 ? html`<span>${glyph('star', 'truth', 12)} ${copies === 1 ? 'truth' : `truth, ${copies} copies`}</span>` : nothing}
    </footer>`;
  }

  #body() {
    if (this.broken)
      return html`<div class="space none">
        <p class="nothing">This browser offers no WebGL, so the path cannot be drawn; the charts show the same run.</p>
      </div>`;
    if (!this.#has)
      return html`<div class="space none"><p class="nothing">This run sends no points in space.</p></div>`;
    return html`<div class="space"><canvas tabindex="0" aria-label="Path in space; drag to turn"></canvas></div>`;
  }
}

function kind(words) {
  return words === 'native' ? 'native coordinates' : words;
}

customElements.define('path-panel', PathPanel);
