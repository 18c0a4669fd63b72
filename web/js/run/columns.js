/**
 * The figures of one run by column. A row is a bucket of 2^level iterations; rows ascend by bucket number, and a row
 * that arrives again replaces the one with its number, so that nothing can be lost or doubled.
 */

const NON_FINITE = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);
const PLACE = ['iteration', 'segment', 'elapsed'];
const PARTS = ['first', 'min', 'max', 'last', 'nonFinite'];
const AXES = ['x', 'y', 'z'];

/** A number off the wire; null where the figure is not known. */
export function decodeNumber(value) {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return null;
  if (NON_FINITE.has(value)) return NON_FINITE.get(value);
  throw new TypeError(`figure is ${JSON.stringify(value)}; valid are numbers, null, "NaN", "Infinity" and "-Infinity"`);
}

/** A figure of a status or a landmark; null where it is not known. */
export function figureOf(carrier, name) {
  return decodeNumber(carrier?.values?.[name]);
}

/** Every column the message carries, as [path, values]: ['series.loss.last', [...]]. */
function* wireColumns(wire) {
  for (const name of PLACE) if (wire[name]) yield [name, wire[name]];
  for (const [name, parts] of Object.entries(wire.series ?? {})) {
    for (const part of PARTS) if (parts[part]) yield [`series.${name}.${part}`, parts[part]];
  }
  for (const axis of AXES) if (wire.point?.[axis]) yield [`point.${axis}`, wire.point[axis]];
}

export class Columns {
  #cells = new Map();

  constructor(level = 0) {
    this.level = level;
    this.bucket = [];
    /** Rises with every change, for those who keep what they have made of the rows. */
    this.version = 0;
  }

  static from(level, wire) {
    const columns = new Columns(level);
    columns.upsert(wire);
    return columns;
  }

  /**
   * The rows of a run with a stretch of it in finer ones: buckets of the overview that the stretch reaches into give way.
   * At the finer level; a bucket of the overview has the number of its last iteration's.
   */
  static joined(overview, finer) {
    const joined = new Columns(finer.level);
    const size = 2 ** finer.level;
    const first = finer.bucket[0] * size;
    const last = finer.iteration[finer.length - 1];
    const before = lowerBound(overview.iteration, first);
    const after = lowerBound(overview.iteration, last + 1);
    const number = iteration => Math.floor(iteration / size);
    const coarse = overview.iteration.map(number);
    joined.bucket = coarse.slice(0, before).concat(finer.bucket, coarse.slice(after));
    const paths = new Set([...overview.#cells.keys(), ...finer.#cells.keys()]);
    for (const path of paths) {
      const coarse = overview.#cells.get(path) ?? overview.#instead(path);
      const fine = finer.#cells.get(path) ?? finer.#instead(path);
      joined.#cells.set(path, coarse.slice(0, before).concat(fine, coarse.slice(after)));
    }
    return joined;
  }

  /** A part that these rows do not carry: of single iterations first and extremes are the last value. */
  #instead(path) {
    const dot = path.lastIndexOf('.');
    const counts = path.endsWith('.nonFinite');
    const last = path.startsWith('series.') && !counts ? this.#cells.get(`${path.slice(0, dot)}.last`) : null;
    return last ?? new Array(this.length).fill(counts ? 0 : null);
  }

  get length() {
    return this.bucket.length;
  }

  /** Puts every row of the message in place: at the end, over the row with its number, or in between. */
  upsert(wire) {
    this.version++;
    const incoming = new Map(wireColumns(wire));
    for (const path of incoming.keys()) {
      if (!this.#cells.has(path)) this.#cells.set(path, new Array(this.length).fill(null));
    }
    wire.bucket.forEach((bucket, i) => {
      const row = this.#rowFor(bucket);
      for (const [path, cells] of this.#cells) cells[row] = decodeNumber(incoming.get(path)?.[i]);
    });
  }

  /** Row that holds the bucket; made where there is none. */
  #rowFor(bucket) {
    const n = this.length;
    if (n === 0 || bucket > this.bucket[n - 1]) {
      this.bucket.push(bucket);
      return n;
    }
    const row = lowerBound(this.bucket, bucket);
    if (this.bucket[row] !== bucket) {
      this.bucket.splice(row, 0, bucket);
      for (const cells of this.#cells.values()) cells.splice(row, 0, null);
    }
    return row;
  }

  column(path) {
    return this.#cells.get(path) ?? [];
  }

  get iteration() {
    return this.column('iteration');
  }

  get elapsed() {
    return this.column('elapsed');
  }

  get segment() {
    return this.column('segment');
  }

  get names() {
    const names = new Set();
    for (const path of this.#cells.keys()) {
      if (path.startsWith('series.')) names.add(path.slice('series.'.length, path.lastIndexOf('.')));
    }
    return [...names];
  }

  /** One figure; at level 0 a bucket is an iteration, so that its extremes are its last value. */
  series(name) {
    const last = this.column(`series.${name}.last`);
    const part = key => this.#cells.get(`series.${name}.${key}`) ?? last;
    const nonFinite = this.#cells.get(`series.${name}.nonFinite`) ?? null;
    return { last, first: part('first'), min: part('min'), max: part('max'), nonFinite };
  }

  get hasPoints() {
    return this.#cells.has('point.x');
  }

  get point() {
    return { x: this.column('point.x'), y: this.column('point.y'), z: this.column('point.z') };
  }

  /** Row whose bucket holds the iteration, or the last one before it; −1 where there is none. */
  rowAt(iteration) {
    return lowerBound(this.bucket, Math.floor(iteration / 2 ** this.level) + 1) - 1;
  }
}

/** First index whose value is at least `wanted`, in an ascending array. */
export function lowerBound(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
