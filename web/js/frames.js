/**
 * Everything that changes is drawn in the next animation frame, once, however often it changed. A hidden tab gets no
 * frames, so that what came meanwhile is drawn in one go on return.
 */
export class Frames {
  #dirty = new Set();
  #listeners = new Set();
  #scheduled = false;
  #raf;

  constructor(raf = callback => requestAnimationFrame(callback)) {
    this.#raf = raf;
    this.rendered = 0;
  }

  /** @param what names of what changed: data, status, landmarks, view, cursor, size, theme, replay */
  request(...what) {
    for (const one of what) this.#dirty.add(one);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#raf(time => this.#draw(time));
  }

  /** @returns a function that ends the listening */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #draw(time) {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#scheduled = false;
    this.rendered++;
    for (const listener of this.#listeners) listener(dirty, time);
  }
}
