/**
 * The clock of a replay: the whole recorded run in a chosen time, spread evenly over x, and a rest at every judgement
 * and escape, which take no iterations and are what one wants to see.
 */

/** Seconds for the whole run; rests come on top. */
export const SPEEDS = [5, 10, 20, 60];
const REST = 1.4;

export class Replay {
  /**
   * @param from    first x
   * @param to      last x
   * @param stops   ascending x at which to rest
   * @param seconds for the way without rests
   */
  constructor(from, to, stops, seconds) {
    this.from = from;
    this.to = to;
    this.stops = [...new Set(stops)].sort((a, b) => a - b);
    this.seconds = seconds;
    this.at = from;
    this.resting = 0;
  }

  get done() {
    return this.at >= this.to && this.resting <= 0;
  }

  seek(x) {
    this.at = Math.min(this.to, Math.max(this.from, x));
    this.resting = 0;
  }

  /** Time goes by; answers where the cursor is now. */
  advance(seconds) {
    let left = seconds;
    while (left > 0 && !this.done) {
      if (this.resting > 0) {
        const rest = Math.min(left, this.resting);
        this.resting -= rest;
        left -= rest;
        continue;
      }
      const speed = (this.to - this.from) / this.seconds;
      const stop = this.stops.find(s => s > this.at);
      const goal = stop === undefined ? this.to : Math.min(stop, this.to);
      const need = speed > 0 ? (goal - this.at) / speed : 0;
      if (need > left) {
        this.at += speed * left;
        return this.at;
      }
      this.at = goal;
      left -= need;
      if (goal === stop) this.resting = REST;
    }
    return this.at;
  }
}
