import { html, LitElement } from 'lit';
import { themeColour } from '../draw/colours.js';
import { unit } from '../draw/plot-frame.js';
import { fieldOf, raster } from './field.js';
import { alike, fitted, moved, tooNear, toPixel, toPlane, zoomed } from './geometry.js';
import { heightScale, linesOf, samples } from './heights.js';
import { heightsImage, paint } from './paint.js';
import { frameOf, sceneOf } from './scene.js';

/** Points of the raster at most, along the longer side. */
const MOST = 560;
/** Of the raster that contour lines come from. */
const LINES_MOST = 300;
/** A zoom by one key or one notch of a wheel. */
const STEP = 1.25;
/** Share of the picture by which an arrow key moves it. */
const STRIDE = 0.1;

/**
 * The contour picture: heights, lines, paths and marks on a canvas. It is given a picture and a window, and says by events what is wanted: `view`
 * with a window, `probe` with the place under the pointer, `pick` with an iteration. Over the usual length because pointer, wheel and
 * keys all move the one window.
 */
class LandscapeMap extends LitElement {
  static properties = {
    picture: { attribute: false },
    window: { attribute: false },
    at: { attribute: false },
    replaying: { attribute: false },
    trials: { attribute: false },
    label: {},
  };

  #size = { width: 0, height: 0 };
  #heights = null;
  #lines = null;
  #drag = null;
  #resize = new ResizeObserver(() => this.#measure());
  #themed = () => {
    this.#redraw();
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('themechange', this.#themed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
    removeEventListener('themechange', this.#themed);
  }

  firstUpdated() {
    this.#resize.observe(this.querySelector('.map'));
    const canvas = this.querySelector('canvas');
    canvas.addEventListener('wheel', event => this.#wheel(event), { passive: false });
    this.#measure();
  }

  #measure() {
    const box = this.querySelector('.map').getBoundingClientRect();
    if (!box.width) return;
    this.#size = { width: box.width, height: box.height };
    this.#redraw();
    this.dispatchEvent(new CustomEvent('shape', { detail: this.aspect }));
  }

  /** Width over height of the plot. */
  get aspect() {
    const { frame } = this;
    return frame.width / frame.height;
  }

  get frame() {
    return frameOf(this.#size.width, this.#size.height, unit());
  }

  /** What is seen: the window that is wanted, made to fit the plot. */
  get shown() {
    return fitted(this.window ?? this.picture.basis.window, this.aspect);
  }

  willUpdate(changed) {
    if (changed.has('picture')) {
      this.field = this.picture?.grid ? fieldOf(this.picture.grid) : null;
      this.#heights = null;
      this.#lines = null;
    }
  }

  updated() {
    this.#redraw();
  }

  #redraw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.#size.width) return;
    const dpr = devicePixelRatio || 1;
    canvas.width = Math.round(this.#size.width * dpr);
    canvas.height = Math.round(this.#size.height * dpr);
    const context = canvas.getContext('2d');
    context.scale(dpr, dpr);
    if (!this.picture?.basis) return;
    this.#paint(context);
  }

  #paint(context) {
    const { frame, shown } = this;
    this.#prepare(shown, frame);
    context.fillStyle = themeColour('raised');
    context.fillRect(frame.left, frame.top, frame.width, frame.height);
    const image = this.#image(shown, frame);
    if (image) {
      context.save();
      context.beginPath();
      context.rect(frame.left, frame.top, frame.width, frame.height);
      context.clip();
      context.imageSmoothingQuality = 'high';
      context.drawImage(image.canvas, image.x, image.y, image.width, image.height);
      context.restore();
    }
    paint(context, this.#shapes(shown, frame), frame, font());
  }

  /** Heights and lines for what is seen, unless they are there; those of a grid reach as far as the grid does. */
  #prepare(shown, frame) {
    if (!this.field) return;
    const exact = this.field.exact;
    const window = exact ? shown : this.picture.grid.window;
    const scale = heightScale(this.field, this.picture.grid, window);
    if (!this.#heights || !alike(this.#heights.window, window) || this.#heights.width !== frame.width) {
      const share = (window[1] - window[0]) / (shown[1] - shown[0]);
      const [columns, rows] = samples(frame.width * share, (frame.width * share * (window[3] - window[2])) / (window[1] - window[0]), MOST);
      const canvas = heightsImage(raster(this.field, window, columns, rows), scale);
      this.#heights = { canvas, window, scale, width: frame.width };
      this.#lines = null;
    }
    if (!this.#lines) this.#lines = { window, list: linesOf(this.field, window, scale, LINES_MOST) };
  }

  #image(shown, frame) {
    if (!this.#heights) return null;
    const { canvas, window } = this.#heights;
    const [x0, y0] = toPixel(shown, frame.width, frame.height, window[0], window[3]);
    const [x1, y1] = toPixel(shown, frame.width, frame.height, window[1], window[2]);
    return { canvas, x: frame.left + x0, y: frame.top + y0, width: x1 - x0, height: y1 - y0 };
  }

  #shapes(shown, frame) {
    const lines = (this.#lines?.list ?? []).map(({ level, points }) => ({
      level,
      points: points.map(([alpha, beta]) => toPixel(shown, frame.width, frame.height, alpha, beta)),
    }));
    return sceneOf({
      picture: this.picture,
      window: shown,
      frame,
      u: unit(),
      scale: this.#heights?.scale ?? { low: -1, high: 0 },
      lines,
      at: this.at,
      replaying: this.replaying,
      trials: this.trials,
      colours: { ink: themeColour('ink-2'), quiet: themeColour('ink-3'), edge: themeColour('edge') },
    });
  }

  /** For a file: shapes, and the heights as a picture. */
  export() {
    const { frame, shown } = this;
    this.#prepare(shown, frame);
    const image = this.#image(shown, frame);
    return {
      ...this.#size,
      frame,
      shapes: this.#shapes(shown, frame),
      image: image && { ...image, href: image.canvas.toDataURL('image/png') },
      background: themeColour('panel'),
      font: font(),
      title: this.label,
    };
  }

  /** The canvas on paper, twice as fine as the screen. */
  png() {
    const canvas = document.createElement('canvas');
    const fine = 2;
    canvas.width = this.#size.width * fine;
    canvas.height = this.#size.height * fine;
    const context = canvas.getContext('2d');
    context.scale(fine, fine);
    context.fillStyle = themeColour('panel');
    context.fillRect(0, 0, this.#size.width, this.#size.height);
    this.#paint(context);
    return canvas.toDataURL('image/png');
  }

  #place(event) {
    const box = this.querySelector('canvas').getBoundingClientRect();
    const { frame } = this;
    const [x, y] = [event.clientX - box.left - frame.left, event.clientY - box.top - frame.top];
    const inside = x >= 0 && y >= 0 && x <= frame.width && y <= frame.height;
    const [alpha, beta] = toPlane(this.shown, frame.width, frame.height, x, y);
    return { x, y, alpha, beta, inside };
  }

  #view(window) {
    if (tooNear(window) || !window.every(Number.isFinite)) return;
    this.dispatchEvent(new CustomEvent('view', { detail: window }));
  }

  #wheel(event) {
    const { inside, alpha, beta } = this.#place(event);
    if (!inside || !this.picture?.basis) return;
    event.preventDefault();
    this.#view(zoomed(this.shown, STEP ** Math.sign(event.deltaY), alpha, beta));
  }

  #down = event => {
    if (event.button !== 0 || !this.picture?.basis) return;
    const from = this.#place(event);
    if (!from.inside) return;
    this.#drag = { ...from, window: this.shown, far: false };
    event.target.setPointerCapture(event.pointerId);
  };

  #move = event => {
    if (!this.picture?.basis) return;
    const here = this.#place(event);
    if (this.#drag) {
      const { frame } = this;
      const window = this.#drag.window;
      const alpha = ((this.#drag.x - here.x) / frame.width) * (window[1] - window[0]);
      const beta = ((here.y - this.#drag.y) / frame.height) * (window[3] - window[2]);
      this.#drag.far ||= Math.hypot(here.x - this.#drag.x, here.y - this.#drag.y) > 4;
      if (this.#drag.far) this.#view(moved(window, alpha, beta));
      return;
    }
    const detail = here.inside ? { ...here, loss: this.field ? this.field.at(here.alpha, here.beta) : NaN } : null;
    this.dispatchEvent(new CustomEvent('probe', { detail }));
  };

  #up = event => {
    const drag = this.#drag;
    this.#drag = null;
    if (drag && !drag.far) this.#pick(event);
  };

  /** The point of a path that was clicked at. */
  #pick(event) {
    const here = this.#place(event);
    const { frame, shown } = this;
    let best = null;
    let nearest = 14 * unit();
    for (const path of this.picture.paths) {
      for (let i = 0; i < path.length; i++) {
        if (path.trial[i] > 0) continue;
        const [x, y] = toPixel(shown, frame.width, frame.height, path.alpha[i], path.beta[i]);
        const distance = Math.hypot(x - here.x, y - here.y);
        if (distance < nearest) [nearest, best] = [distance, path.iteration[i]];
      }
    }
    if (best !== null) this.dispatchEvent(new CustomEvent('pick', { detail: best }));
  }

  #key = event => {
    if (!this.picture?.basis || event.metaKey || event.ctrlKey || event.altKey) return;
    const [a0, a1, b0, b1] = this.shown;
    const [middleA, middleB] = [(a0 + a1) / 2, (b0 + b1) / 2];
    const [stepA, stepB] = [(a1 - a0) * STRIDE, (b1 - b0) * STRIDE];
    const to = {
      ArrowLeft: () => moved(this.shown, -stepA, 0),
      ArrowRight: () => moved(this.shown, stepA, 0),
      ArrowUp: () => moved(this.shown, 0, stepB),
      ArrowDown: () => moved(this.shown, 0, -stepB),
      '+': () => zoomed(this.shown, 1 / STEP, middleA, middleB),
      '=': () => zoomed(this.shown, 1 / STEP, middleA, middleB),
      '-': () => zoomed(this.shown, STEP, middleA, middleB),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.#view(to());
  };

  render() {
    return html`<div class="map">
      <canvas
        tabindex="0"
        role="img"
        aria-label=${this.label}
        data-testid="landscape-map"
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${() => {
          this.#drag = null;
        }}
        @pointerleave=${() => this.dispatchEvent(new CustomEvent('probe', { detail: null }))}
        @keydown=${this.#key}
      ></canvas>
    </div>`;
  }
}

function font() {
  return getComputedStyle(document.body).fontFamily;
}

customElements.define('landscape-map', LandscapeMap);
