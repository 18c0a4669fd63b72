import { inSight } from './run-rows.js';

/** Which rows of the table are in its window; those before and after exist as height alone. */
export class ListSight {
  #sized;

  /** @param resized called when the window has another size, and once when it is attached */
  constructor(resized) {
    this.scroller = null;
    this.rowHeight = 33;
    this.rows = { from: 0, to: 0, before: 0, after: 0 };
    this.#sized = new ResizeObserver(resized);
  }

  /** @param scroller of the table as it is drawn now; null where there is none */
  attach(scroller) {
    if (!scroller || scroller === this.scroller) return;
    this.scroller = scroller;
    this.#sized.disconnect();
    this.#sized.observe(scroller);
  }

  stop() {
    this.#sized.disconnect();
  }

  /** px scrolled. */
  get top() {
    return this.scroller?.scrollTop ?? 0;
  }

  toTop() {
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  /** Width of the window in rem. */
  get room() {
    return this.scroller.clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /**
   * Looks again, with so many rows that stay on top and so many below them.
   *
   * @returns whether other rows are in sight than before
   */
  look(pinned, count) {
    const { scroller, rows: before } = this;
    const row = scroller.querySelector('tr[data-run]');
    if (row) this.rowHeight = row.getBoundingClientRect().height || this.rowHeight;
    this.rows = inSight({
      scrollTop: Math.max(0, scroller.scrollTop - pinned * this.rowHeight),
      height: scroller.clientHeight,
      rowHeight: this.rowHeight,
      count,
    });
    return ['from', 'to', 'after'].some(key => this.rows[key] !== before[key]);
  }
}
