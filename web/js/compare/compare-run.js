import { Detail } from '../run/detail.js';
import { episodesOf, strandsOf } from '../run/episodes.js';
import { RunModel } from '../run/run-model.js';
import { alignRows, lastIteration } from './align.js';
import { Curve, fill } from './buckets.js';

/**
 * A run of a comparison: what the stream tells of it, finer rows where one has zoomed in, and its curves on the chart's
 * buckets. Curves are made anew only when the run or the buckets have changed, in arrays that are used again.
 */
export class CompareRun {
  #x = { array: new Float64Array(0), columns: null, key: '' };
  #curves = new Map();
  #episodes = { version: -1, list: [] };
  #strands = { version: -1, columns: null, of: null };
  #detail;

  /** @param ask ({from, to, points}) → promise of {level, columns} as /series answers; null where nothing finer can be had */
  constructor(id, look, ask = null) {
    this.model = new RunModel(id);
    this.look = look;
    /** Grows with every change of what is known. */
    this.version = 0;
    this.error = null;
    this.onDetail = () => {};
    this.#detail = ask && new Detail(ask, () => this.#refined());
  }

  get id() {
    return this.model.id;
  }

  get ready() {
    return this.model.ready;
  }

  get name() {
    return this.model.header?.name ?? this.id;
  }

  get ended() {
    return Boolean(this.model.status?.ended);
  }

  apply(message) {
    this.version++;
    return this.model.apply(message);
  }

  #refined() {
    this.version++;
    this.onDetail();
  }

  /** Rows of the overview, with the finer ones that were asked for in their place. */
  get columns() {
    return this.#detail?.over(this.model.columns) ?? this.model.columns;
  }

  /** How fine the rows of these iterations are: 2^level of them make one. */
  level([from, to]) {
    return this.#detail?.levelAt({ from, to }, this.model.level) ?? this.model.level;
  }

  /** Asks for finer rows of the iterations in view, once the view rests. @param view () → [from, to] */
  refine(view) {
    if (!this.ready) return;
    const stretch = () => {
      const [from, to] = view();
      return { from, to, newest: lastIteration(this.model) };
    };
    this.#detail?.look(stretch, () => this.model.level);
  }

  stop() {
    this.#detail?.stop();
  }

  #aligned(columns, align) {
    const key = `${align} ${this.version}`;
    const known = this.#x;
    if (known.key === key && known.columns === columns) return known;
    if (known.array.length < columns.length) known.array = new Float64Array(2 ** Math.ceil(Math.log2(columns.length)));
    known.placed = alignRows(columns, this.model, align, known.array);
    Object.assign(known, { key, columns });
    return known;
  }

  /** What the run did at points that it wanted to leave. */
  get episodes() {
    if (this.#episodes.version !== this.version) {
      this.#episodes = { version: this.version, list: episodesOf(this.model.holding, this.model.status) };
    }
    return this.#episodes.list;
  }

  /** To which stretch each row belongs, trials below zero. */
  #pathAndTrials(columns) {
    const known = this.#strands;
    if (known.version !== this.version || known.columns !== columns) {
      this.#strands = { version: this.version, columns, of: strandsOf(columns, this.episodes) };
    }
    return this.#strands.of;
  }

  /** A figure on buckets, or null where the run has no place on the axis. @param trials whether those of escapes belong to it */
  curve(name, align, width, range, trials = false) {
    const { columns } = this;
    const { array, placed } = this.#aligned(columns, align);
    if (!placed) return null;
    const key = `${this.version} ${align} ${width} ${range} ${trials}`;
    const known = this.#curves.get(name) ?? this.#curves.set(name, { curve: new Curve(), key: '' }).get(name);
    if (known.key !== key) {
      fill(known.curve, columns, name, array, width, range, trials ? columns.segment : this.#pathAndTrials(columns));
      known.key = key;
    }
    return known.curve;
  }

  /** First and last x of the run; NaN where it has no place on the axis. */
  ends(align) {
    const { columns } = this;
    const { array, placed } = this.#aligned(columns, align);
    return placed && columns.length > 0 ? [array[0], array[columns.length - 1]] : [NaN, NaN];
  }
}
