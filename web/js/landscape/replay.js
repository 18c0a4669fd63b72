/** The clock of the landscape's replay: so many kept points a second, with a rest where a point was judged or left. Pure. */

/** Points a second at 1×. */
const PACE = 6;
/** Rest at a landmark at 1×, s; shorter at higher speeds, but not below the least. */
const REST = 2;
const LEAST_REST = 0.35;

export class PathReplay {
  #resting = 0;

  /**
   * @param count of points
   * @param stops indices at which it rests
   */
  constructor(count, stops, speed) {
    this.count = count;
    this.stops = new Set(stops);
    this.speed = speed;
    this.at = 0;
  }

  get index() {
    return Math.min(this.count - 1, Math.floor(this.at));
  }

  get done() {
    return this.at >= this.count - 1 && this.#resting <= 0;
  }

  seek(index) {
    this.at = Math.min(this.count - 1, Math.max(0, index));
    this.#resting = 0;
  }

  /** Time goes by. */
  advance(seconds) {
    let left = seconds;
    while (left > 1e-9 && !this.done) {
      if (this.#resting > 0) {
        const rest = Math.min(left, this.#resting);
        this.#resting -= rest;
        left -= rest;
        continue;
      }
      const next = Math.floor(this.at) + 1;
      const need = (next - this.at) / (PACE * this.speed);
      if (need > left) {
        this.at += left * PACE * this.speed;
        return;
      }
      left -= need;
      this.at = Math.min(this.count - 1, next);
      if (this.stops.has(this.at)) this.#resting = Math.max(LEAST_REST, REST / this.speed);
    }
  }
}
