const system = { now: () => performance.now(), after: (ms, task) => setTimeout(task, ms), cancel: id => clearTimeout(id) };

/** Does something at most once an interval, and once more for what came last. */
export class Calm {
  #task;
  #interval;
  #clock;
  #timer = null;
  #last = -Infinity;

  /** @param interval ms */
  constructor(task, interval, clock = system) {
    this.#task = task;
    this.#interval = interval;
    this.#clock = clock;
  }

  request() {
    if (this.#timer !== null) return;
    const wait = this.#last + this.#interval - this.#clock.now();
    if (wait <= 0) this.#run();
    else this.#timer = this.#clock.after(wait, () => this.#run());
  }

  #run() {
    this.#timer = null;
    this.#last = this.#clock.now();
    this.#task();
  }

  stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
  }
}
