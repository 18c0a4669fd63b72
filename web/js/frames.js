/** Costly drawing may take this much of a frame, ms; what is left waits for the next one. */
const BUDGET = 9;
/** Where frames are rare (a busy machine, no graphics card), this share of the time between them, up to a bound, ms. */
const SHARE = 0.5;
const MOST = 250;

/**
 * Everything that changes is drawn in the next animation frame, once, however often it changed. A hidden tab gets no
 * frames, so that what came meanwhile is drawn in one go on return.
 */
export class Frames {
  #dirty = new Set();
  #listeners = new Set();
  #queue = new Set();
  #scheduled = false;
  #waiting = 0;
  #raf;
  #now;

  constructor(raf = callback => requestAnimationFrame(callback), now = () => performance.now()) {
    this.#raf = raf;
    this.#now = now;
    this.rendered = 0;
  }

  /** @param what names of what changed: data, status, landmarks, view, cursor, size, theme, replay */
  request(...what) {
    for (const one of what) this.#dirty.add(one);
    this.#schedule();
  }

  /** @returns a function that ends the listening */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Costly drawing: done in this frame or one of the next, in turn, each task once however often it was queued. */
  queue(task) {
    this.#queue.add(task);
    this.#schedule();
  }

  unqueue(task) {
    this.#queue.delete(task);
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#waiting = this.#now();
    this.#raf(time => this.#draw(time));
  }

  #draw(time) {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#scheduled = false;
    this.rendered++;
    if (dirty.size > 0) for (const listener of this.#listeners) listener(dirty, time);
    const start = this.#now();
    const budget = Math.min(MOST, Math.max(BUDGET, SHARE * (start - this.#waiting)));
    for (const task of this.#queue) {
      this.#queue.delete(task);
      task();
      if (this.#now() - start > budget) break;
    }
    if (this.#queue.size > 0) this.#schedule();
  }
}
