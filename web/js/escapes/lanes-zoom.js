/** Which stretch of x the lanes show. Pure but for the pointer. */

/** A drag shorter than this is a click, px. */
const SLOP = 5;
/** A zoom by one button or one notch of a wheel. */
export const STEP = 1.6;
/** A stretch is at least so small a share of all there is. */
const LEAST = 1e-6;

/**
 * The stretch of an address: null for all there is.
 *
 * @param query URLSearchParams
 */
export function stretchFromQuery(query) {
  const [from, to] = ['from', 'to'].map(name => (query.get(name) ? Number(query.get(name)) : NaN));
  return from < to && Number.isFinite(to - from) ? [from, to] : null;
}

/**
 * Nearer (factor below 1) or farther, with one place staying where it is, within what there is.
 *
 * @returns null where all of it is seen
 */
export function zoomed([from, to], factor, at, whole) {
  return within([at - (at - from) * factor, at + (to - at) * factor], whole);
}

/** A stretch as far as there is something; null where that is all of it. */
export function within([from, to], [low, high]) {
  const width = Math.max(LEAST * (high - low), Math.min(to - from, high - low));
  const start = Math.min(Math.max(from, low), high - width);
  return width >= high - low ? null : [start, start + width];
}

/** Drags over the lanes: a stretch that is dragged over is zoomed to, a bar that is clicked at is still clicked at. */
export class LanesPointer {
  #down = null;

  /** @param lanes {place: (svg) => ({left, width}) of the plot in px, range: () => [from, to], choose: (from, to), zoom: (factor, at)} */
  constructor(lanes) {
    this.lanes = lanes;
    this.down = event => this.#press(event);
    this.move = event => this.#move(event);
    this.up = event => this.#release(event);
    this.cancel = event => this.#end(event.currentTarget);
    this.wheel = { handleEvent: event => this.#wheel(event), passive: false };
  }

  #share(event) {
    const { left, width } = this.lanes.place();
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - left) / width;
    return Math.min(1, Math.max(0, share));
  }

  #x(share) {
    const [from, to] = this.lanes.range();
    return from + share * (to - from);
  }

  #press(event) {
    const { left } = this.lanes.place();
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left >= left;
    if (event.button === 0 && inside) this.#down = { clientX: event.clientX, share: this.#share(event), far: false };
  }

  #move(event) {
    if (!this.#down) return;
    const svg = event.currentTarget;
    if (!this.#down.far && Math.abs(event.clientX - this.#down.clientX) < SLOP) return;
    if (!this.#down.far) svg.setPointerCapture(event.pointerId);
    this.#down.far = true;
    const { left, width } = this.lanes.place();
    const [a, b] = [this.#down.share, this.#share(event)].sort((p, q) => p - q);
    const brush = svg.querySelector('.stretch');
    brush.setAttribute('x', left + a * width);
    brush.setAttribute('width', (b - a) * width);
  }

  #release(event) {
    const down = this.#down;
    const share = this.#share(event);
    this.#end(event.currentTarget);
    if (!down?.far || share === down.share) return;
    const [from, to] = [down.share, share].sort((p, q) => p - q).map(each => this.#x(each));
    this.lanes.choose(from, to);
  }

  #end(svg) {
    this.#down = null;
    svg.querySelector('.stretch').setAttribute('width', 0);
  }

  /** A wheel alone scrolls the page, as everywhere; with Ctrl, as from two fingers, it zooms. */
  #wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.lanes.zoom(STEP ** Math.sign(event.deltaY), this.#x(this.#share(event)));
  }
}
