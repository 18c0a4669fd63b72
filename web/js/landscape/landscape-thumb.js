import { html, LitElement } from 'lit';
import { themeColour } from '../draw/colours.js';
import { number } from '../draw/format.js';
import { fontFamily, unit } from '../draw/plot-frame.js';
import { PictureFeed } from './feed.js';
import { fieldOf, raster } from './field.js';
import { fitted, toPixel } from './geometry.js';
import { heightScale, linesOf, samples } from './heights.js';
import { summary } from './marks.js';
import { heightsImage, paint } from './paint.js';
import { cursorOf, sceneOf } from './scene.js';

/** Points of the grid along a side; the server knows most problems' loss on a plane exactly, whatever the grid. */
const GRID = 33;
/** Points of the rasters that heights and lines come from, along the longer side. */
const MOST = 200;
const LINES_MOST = 100;
/** How large marks are beside those of the page. */
const SMALL = 0.62;
/** Between two questions to the server, ms; and between two of a run that goes on and tells nothing new. */
const REST = 3000;
const LIVE = 15_000;

/**
 * A landscape as small as a stamp: contours, path and marks, without axes. It asks the server once it is seen, and again when `turn`
 * changes or, of a `live` run, now and then. Says `shown` with the picture, or with null where there is none.
 */
class LandscapeThumb extends LitElement {
  static properties = {
    run: {},
    basis: {},
    turn: {},
    at: { attribute: false },
    live: { type: Boolean },
    label: { state: true },
  };

  #feed = null;
  #picture = null;
  #asked = null;
  #askedAt = -Infinity;
  #timer = 0;
  #visible = false;
  #themed = () => this.#draw();
  #unhidden = () => this.#wish();
  #watch = new IntersectionObserver(entries => {
    this.#visible = entries.at(-1).isIntersecting;
    if (this.#visible) this.#wish();
  });
  #resize = new ResizeObserver(() => this.#draw());

  constructor() {
    super();
    this.basis = 'auto';
    this.at = null;
    this.label = 'The landscape is being drawn.';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('themechange', this.#themed);
    document.addEventListener('visibilitychange', this.#unhidden);
    this.#watch.observe(this);
    this.#resize.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('themechange', this.#themed);
    document.removeEventListener('visibilitychange', this.#unhidden);
    this.#watch.disconnect();
    this.#resize.disconnect();
    this.#feed?.stop();
    clearTimeout(this.#timer);
  }

  updated(changed) {
    if (changed.has('run') || changed.has('basis')) this.#forget();
    if (['run', 'basis', 'turn', 'live'].some(name => changed.has(name))) this.#wish();
    if (changed.has('at')) this.point(this.at);
  }

  /** Another plane is not shown with this one's picture. */
  #forget() {
    this.#picture = null;
    this.#askedAt = -Infinity;
    this.querySelector('canvas').width = 1;
    this.querySelector('.here').hidden = true;
  }

  /** Asks where there is something new to be seen, and somebody who sees it: the stamp is on the screen, and its tab in front. */
  #wish() {
    clearTimeout(this.#timer);
    if (!this.#visible || !this.isConnected || document.hidden) return;
    const wanted = `${this.run} ${this.basis} ${this.turn}`;
    const news = wanted !== this.#asked;
    if (!news && !this.live) return;
    const wait = Math.max(0, this.#askedAt + (news ? REST : LIVE) - performance.now());
    this.#timer = setTimeout(() => this.#ask(wanted), wait);
  }

  async #ask(wanted) {
    const other = this.#feed?.id !== this.run;
    if (other) {
      this.#feed?.stop();
      this.#feed = new PictureFeed(this.run);
    }
    this.#asked = wanted;
    this.#askedAt = performance.now();
    const box = this.getBoundingClientRect();
    const aspect = box.width > 0 && box.height > 0 ? box.width / box.height : 1.6;
    try {
      await this.#feed.ask({ basis: this.basis, aspect, trials: false }, picture => this.#take(picture), [GRID]);
    } catch {
      // A plane that the run does not have, or a server that is busy: what was drawn before stays.
      if (!this.#picture) this.#tell(null);
    }
    this.#wish();
  }

  #take(picture) {
    this.#picture = picture.basis && picture.paths[0] ? picture : null;
    if (this.#picture) this.label = summary(picture, number);
    this.#draw();
    this.#tell(this.#picture);
  }

  #tell(picture) {
    this.dispatchEvent(new CustomEvent('shown', { detail: picture }));
  }

  /** Puts the marker where the path is at an iteration; at its end for null. Cheap, for a cursor that moves all the time. */
  point(iteration) {
    const here = this.querySelector('.here');
    const path = this.#picture?.paths[0];
    const spot = path ? cursorOf(path, iteration) : null;
    if (!here) return;
    here.hidden = spot === null;
    if (spot === null) return;
    const { clientWidth: width, clientHeight: height } = this;
    const [x, y] = toPixel(this.#window(width / height), width, height, path.alpha[spot], path.beta[spot]);
    here.style.transform = `translate(${x}px, ${y}px)`;
  }

  #window(aspect) {
    return fitted(this.#picture.basis.window, aspect);
  }

  #draw() {
    const canvas = this.querySelector('canvas');
    const { clientWidth: width, clientHeight: height } = this;
    if (!canvas || !width || !height || !this.#picture) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.fillStyle = themeColour('raised');
    context.fillRect(0, 0, width, height);
    const window = this.#window(width / height);
    const frame = { left: 0, top: 0, width, height, bar: false };
    const heights = this.#picture.grid ? this.#heights(context, window, width, height) : { scale: { low: -1, high: 0 }, lines: [] };
    const shapes = sceneOf({
      picture: this.#picture,
      window,
      frame,
      u: SMALL * unit(),
      ...heights,
      at: null,
      replaying: false,
      trials: false,
      bare: true,
    });
    paint(context, shapes, frame, fontFamily());
    this.point(this.at);
  }

  /** Draws the heights, and answers their scale and lines. */
  #heights(context, window, width, height) {
    const { grid } = this.#picture;
    const field = fieldOf(grid);
    const known = field.exact ? window : grid.window;
    const scale = heightScale(field, grid, known);
    const place = (alpha, beta) => toPixel(window, width, height, alpha, beta);
    const [x0, y0] = place(known[0], known[3]);
    const [x1, y1] = place(known[1], known[2]);
    context.imageSmoothingQuality = 'high';
    context.drawImage(heightsImage(raster(field, known, ...samples(x1 - x0, y1 - y0, MOST)), scale), x0, y0, x1 - x0, y1 - y0);
    const lines = linesOf(field, known, scale, LINES_MOST).map(({ level, points }) => ({ level, points: points.map(p => place(...p)) }));
    return { scale, lines };
  }

  render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas><i class="here" hidden></i>`;
  }
}

customElements.define('landscape-thumb', LandscapeThumb);
