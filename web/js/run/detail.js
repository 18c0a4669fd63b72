import { Columns } from './columns.js';

/**
 * What is asked of the server where one looks closer than its overview is: /series of the stretch in view, which may come
 * from the store. What came is kept until one looks elsewhere; while the run goes on, the stretch is asked for again.
 */

/** Rows that are asked for: enough for any panel. */
export const POINTS = 2048;
/** With so many rows in view nothing finer could be seen. */
const ENOUGH = 1200;
/** A growing stretch is asked for again after this time, ms. */
const AGAIN = 1000;
/** Waits until the view rests, ms. */
const REST = 120;
/** A little more than what is in view, so that a small move needs nothing new. */
const MARGIN = 0.25;

/**
 * Which stretch to ask for, or null where what is here will do.
 *
 * @param view   {from, to} iterations in view, `newest` the last there is
 * @param level  of the overview
 * @param have   {from, to, level, rows, at} of what was asked for last, or null
 * @param now    ms
 */
export function wanted({ from, to, newest }, level, have, now) {
  if (level === 0 || (to - from) / 2 ** level >= ENOUGH) return null;
  if (have && have.from <= from && have.to >= Math.min(to, newest)) {
    const visible = (have.rows * (to - from)) / Math.max(1, have.to - have.from);
    if (have.level === 0 || have.level >= level || visible >= ENOUGH / 2) return null;
  }
  const grows = have && have.from <= from && to >= newest;
  if (grows && now - have.at < AGAIN) return null;
  const margin = (to - from) * MARGIN;
  return { from: Math.max(0, Math.floor(from - margin)), to: Math.ceil(Math.min(to, newest) + margin) };
}

export class Detail {
  #ask;
  #changed;
  #clock;
  #timer = null;
  #asking = false;
  #have = null;
  #joined = null;

  /**
   * @param ask     ({from, to, points}) → promise of {level, columns} as /series answers
   * @param changed called when rows came
   */
  constructor(ask, changed, clock = { now: () => Date.now(), after: (ms, task) => setTimeout(task, ms), cancel: clearTimeout }) {
    this.#ask = ask;
    this.#changed = changed;
    this.#clock = clock;
  }

  /** Levels of what is in view: {level, finer} where finer says whether the server had finer rows than the overview. */
  levelAt({ from, to }, overview) {
    const have = this.#have;
    const covers = have && have.columns && have.from <= from && have.to >= Math.min(to, have.newest);
    return covers ? Math.min(have.level, overview) : overview;
  }

  /** To be called whenever the view or the data changed. */
  look(view, level) {
    if (this.#timer !== null || this.#asking) return;
    if (!wanted(view(), level(), this.#have, this.#clock.now())) return;
    this.#timer = this.#clock.after(REST, () => {
      this.#timer = null;
      const stretch = wanted(view(), level(), this.#have, this.#clock.now());
      if (stretch) this.#fetch(stretch, view, level);
    });
  }

  async #fetch(stretch, view, level) {
    this.#asking = true;
    const at = this.#clock.now();
    const { newest } = view();
    try {
      const answer = await this.#ask({ ...stretch, points: POINTS });
      const columns = answer.level < level() ? Columns.from(answer.level, answer.columns) : null;
      this.#have = { ...stretch, newest, level: answer.level, rows: answer.columns.bucket.length, columns, at };
    } catch {
      // The overview is shown; the stretch is asked for again when the view changes or the run has gone on.
      this.#have = { ...stretch, newest, level: Infinity, rows: 0, columns: null, at };
    }
    this.#joined = null;
    this.#asking = false;
    this.#changed();
    this.look(view, level);
  }

  /** The run's rows: the overview's, and in the stretch that was asked for the finer ones. */
  over(overview) {
    const finer = this.#have?.columns;
    if (!finer || finer.length === 0 || finer.level >= overview.level) return overview;
    if (this.#joined?.of !== overview || this.#joined.version !== overview.version) {
      this.#joined = { of: overview, version: overview.version, columns: Columns.joined(overview, finer) };
    }
    return this.#joined.columns;
  }

  stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
  }
}
