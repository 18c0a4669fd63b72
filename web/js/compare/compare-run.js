import { RunModel } from '../run/run-model.js';
import { alignRows, lastIteration } from './align.js';
import { Curve, fill } from './buckets.js';

/**
 * A run of a comparison: what the stream tells of it, a finer stretch where one was asked for, and its curves on the chart's
 * buckets. Curves are made anew only when the run or the buckets have changed, in arrays that are used again.
 */
export class CompareRun {
  #x = { array: new Float64Array(0), columns: null, key: '' };
  #curves = new Map();

  constructor(id, look) {
    this.model = new RunModel(id);
    this.look = look;
    /** Grows with every change of what is known. */
    this.version = 0;
    /** {from, to, columns}: a finer stretch of iterations, or null. */
    this.detail = null;
    this.error = null;
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

  setDetail(detail) {
    this.detail = detail;
    this.version++;
  }

  /** The rows that show these iterations best: the finer stretch where it covers them. */
  columnsFor([from, to]) {
    const { detail, model } = this;
    const covered =
      detail && detail.columns.level < model.level && detail.from <= from && detail.to >= Math.min(to, lastIteration(model));
    return covered ? detail.columns : model.columns;
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

  /**
   * A figure on buckets, or null where the run has no place on the axis.
   *
   * @param iterations that the range of x stands for, to choose the rows by
   */
  curve(name, align, width, range, iterations) {
    const columns = this.columnsFor(iterations);
    const { array, placed } = this.#aligned(columns, align);
    if (!placed) return null;
    const key = `${this.version} ${align} ${width} ${range} ${columns.level}`;
    const known = this.#curves.get(name) ?? this.#curves.set(name, { curve: new Curve(), key: '' }).get(name);
    if (known.key !== key) {
      fill(known.curve, columns, name, array, width, range);
      known.key = key;
    }
    return known.curve;
  }

  /** Last x of the run. */
  lastX(align) {
    const { columns } = this.model;
    const { array, placed } = this.#aligned(columns, align);
    return placed && columns.length > 0 ? array[columns.length - 1] : NaN;
  }

  firstX(align) {
    const { columns } = this.model;
    const { array, placed } = this.#aligned(columns, align);
    return placed && columns.length > 0 ? array[0] : NaN;
  }
}
