/** Costly drawing may take this much of a frame, ms; what is left waits for the next one. */
const BUDGET = 9;
/** A frame that took longer than this, ms, was held up by what was drawn in it: rasterizing comes after the drawing and is told by nothing else. */
const LATE = 25;
/** After a late frame costly drawing rests for this many times as long, so that pointer and scrolling stay smooth, but not longer than a bound, ms. */
const REST = 6;
const MOST = 500;
/** Drawings in a frame where nothing is late. */
const ALL = 1024;
/** What somebody waits for: drawn at once. */
const ASKED = new Set(['view', 'size', 'theme']);

/**
 * Everything that changes is drawn in the next animation frame, once, however often it changed. A hidden tab gets no
 * frames, so that what came meanwhile is drawn in one go on return.
 */
export class Frames {
  #dirty = new Set();
  #listeners = new Set();
  #queue = new Set();
  #scheduled = false;
  #raf;
  #now;
  #after;
  /** When the last frame began in which something costly was drawn; null where its length is known. */
  #drawn = null;
  /** Costly drawings in a frame: one after a late frame, as several are rasterized together, and twice as many after each that was not. */
  #most = ALL;
  #restUntil = -Infinity;
  #resting = false;

  constructor(
    raf = callback => requestAnimationFrame(callback),
    now = () => performance.now(),
    after = (ms, task) => setTimeout(task, ms),
  ) {
    this.#raf = raf;
    this.#now = now;
    this.#after = after;
    this.rendered = 0;
  }

  /** @param what names of what changed: data, status, landmarks, view, cursor, size, theme, replay */
  request(...what) {
    for (const one of what) {
      this.#dirty.add(one);
      if (ASKED.has(one)) this.#hurry();
    }
    this.#schedule();
  }

  #hurry() {
    this.#restUntil = -Infinity;
    this.#most = ALL;
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
    this.#raf(time => this.#draw(time));
  }

  #draw(time) {
    const dirty = this.#dirty;
    const start = this.#now();
    this.#dirty = new Set();
    this.#scheduled = false;
    this.rendered++;
    if (this.#drawn !== null) {
      const took = start - this.#drawn;
      this.#drawn = null;
      if (took > LATE) this.#restUntil = start + Math.min(MOST, REST * took);
      this.#most = took > LATE ? 1 : Math.min(ALL, 2 * this.#most);
    }
    if (dirty.size > 0) for (const listener of this.#listeners) listener(dirty, time);
    if (this.#queue.size === 0) return;
    if (start < this.#restUntil) this.#rest(this.#restUntil - start);
    else this.#work(start);
  }

  #work(start) {
    const until = this.#now() + BUDGET;
    let left = this.#most;
    for (const task of this.#queue) {
      this.#queue.delete(task);
      task();
      if (--left === 0 || this.#now() > until) break;
    }
    this.#drawn = start;
    this.#schedule();
  }

  #rest(left) {
    if (this.#resting) return;
    this.#resting = true;
    this.#after(left, () => {
      this.#resting = false;
      this.#schedule();
    });
  }
}
