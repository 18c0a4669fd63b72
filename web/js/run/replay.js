/**
 * The clock of a replay: the whole recorded run in a chosen time, spread evenly over x, and a rest at every judgement
 * and escape, which take no iterations and are what one wants to see.
 */

/** Seconds for the whole run; rests come on top. */
export const SPEEDS = [5, 10, 20, 60];

export class Replay {
  #next = 0;

  /**
   * @param from    first x
   * @param to      last x
   * @param stops   [{x, rest in seconds, event}] with ascending x; several may share one x
   * @param seconds for the way without rests
   */
  constructor(from, to, stops, seconds) {
    this.from = from;
    this.to = to;
    this.stops = stops;
    this.seconds = seconds;
    this.at = from;
    this.resting = 0;
    /** Event of the last stop that was reached. */
    this.event = null;
  }

  get done() {
    return this.at >= this.to && this.resting <= 0 && this.#next >= this.stops.length;
  }

  /** Moves to x; every stop up to it counts as reached, and there is no rest. */
  seek(x) {
    this.at = Math.min(this.to, Math.max(this.from, x));
    this.resting = 0;
    this.#next = this.stops.findIndex(s => s.x > this.at);
    if (this.#next < 0) this.#next = this.stops.length;
    this.event = this.stops[this.#next - 1]?.event ?? null;
  }

  /** Time goes by. */
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
      const stop = this.stops[this.#next];
      const goal = Math.min(this.to, stop?.x ?? this.to);
      const need = speed > 0 ? (goal - this.at) / speed : 0;
      if (need > left) {
        this.at += speed * left;
        return;
      }
      this.at = Math.max(this.at, goal);
      left -= need;
      if (stop) {
        this.#next++;
        this.resting = stop.rest;
        this.event = stop.event;
      }
    }
  }
}

/** Time to take in an event and read its sentence. */
export function restFor(sentence) {
  return Math.min(3.5, 1 + 0.013 * sentence.length);
}
