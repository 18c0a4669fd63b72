/** Does something at most once an interval, and once more for what came last. */
export class Calm {
  #task;
  #interval;
  #timer = 0;
  #last = -Infinity;
  #now;

  /** @param interval ms */
  constructor(task, interval, now = () => performance.now()) {
    this.#task = task;
    this.#interval = interval;
    this.#now = now;
  }

  request() {
    if (this.#timer !== 0) return;
    const wait = this.#last + this.#interval - this.#now();
    if (wait <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#run(), wait);
  }

  /** Now. */
  #run() {
    this.#timer = 0;
    this.#last = this.#now();
    this.#task();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
