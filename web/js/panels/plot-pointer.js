import { plotFrame } from '../draw/plot-frame.js';

/**
 * The pointer over a plot: moving it moves the shared cursor, dragging selects a range of x to zoom to, a click pins the
 * cursor, a double click shows the whole run again.
 */

/** A drag shorter than this is a click, px. */
const SLOP = 4;

export class PlotPointer {
  #plot;
  #run;
  #down = null;

  constructor(plot, run) {
    this.#plot = plot;
    this.#run = run;
  }

  attach() {
    const on = (type, handler) => this.#plot.addEventListener(type, handler);
    on('pointermove', event => this.#move(event));
    on('pointerdown', event => this.#press(event));
    on('pointerup', event => this.#release(event));
    on('pointercancel', () => this.#end());
    on('pointerleave', () => this.#run.hover(null));
    on('dblclick', () => this.#run.resetRange());
  }

  #xAt(event) {
    const box = this.#plot.getBoundingClientRect();
    const { left, right } = plotFrame();
    const share = (event.clientX - box.left - left) / (box.width - left - right);
    const [from, to] = this.#run.range;
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  }

  #move(event) {
    this.#run.hover(this.#run.iterationAt(this.#xAt(event)));
    if (this.#down === null) return;
    const brush = this.#plot.querySelector('.brush');
    const box = this.#plot.getBoundingClientRect();
    const [a, b] = [this.#down.clientX, event.clientX].sort((p, q) => p - q);
    brush.hidden = b - a < SLOP;
    brush.style.left = `${a - box.left}px`;
    brush.style.width = `${b - a}px`;
  }

  #press(event) {
    if (event.button !== 0) return;
    this.#down = { clientX: event.clientX, x: this.#xAt(event) };
    this.#plot.setPointerCapture(event.pointerId);
  }

  #release(event) {
    const down = this.#down;
    if (down === null) return;
    this.#end();
    const x = this.#xAt(event);
    if (Math.abs(event.clientX - down.clientX) < SLOP) this.#run.pin(this.#run.iterationAt(x));
    else this.#run.zoom(Math.min(x, down.x), Math.max(x, down.x));
  }

  #end() {
    this.#down = null;
    this.#plot.querySelector('.brush').hidden = true;
  }
}
