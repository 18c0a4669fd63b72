/**
 * Runs on common buckets of x. Bucket k covers k·width ≤ x < (k + 1)·width, for every run of a chart, so that what stands above
 * one place is comparable; the last value of a bucket makes the line, the extremes the band.
 */

/** Smallest 1, 2 or 5 times a power of ten that is at least `least`. */
function round125(least) {
  const unit = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(m => m * unit).find(w => w >= least * (1 - 1e-9));
}

/** Smallest power of two that is at least `least`. */
function round2(least) {
  return 2 ** Math.ceil(Math.log2(least) - 1e-9);
}

/**
 * Width of the buckets of a chart.
 *
 * @param range of x shown
 * @param level largest of the runs': their rows are 2^level iterations
 * @param room  buckets there is room for
 */
export function commonWidth(align, [from, to], level, room) {
  const least = Math.max(to - from, 1e-12) / Math.max(1, room);
  if (align === 'iteration' || align === 'escape') return Math.max(2 ** level, round2(Math.max(1, least)));
  if (align === 'relative') return round2(least);
  if (align === 'oracle') return Math.max(1, round125(least));
  return round125(least);
}

/** A curve on buckets: parallel arrays of `n` entries, in order of bucket, used again for the next picture. */
export class Curve {
  constructor() {
    this.n = 0;
    this.bucket = new Float64Array(0);
    this.x = new Float64Array(0);
    this.last = new Float64Array(0);
    this.low = new Float64Array(0);
    this.high = new Float64Array(0);
    /** Numbers that are not finite in the bucket. */
    this.bad = new Uint32Array(0);
    /** Stretch between escapes at the last value: two of them are not joined. */
    this.segment = new Int32Array(0);
    /** The bucket up to which the run has come, in a trial that is left out as well. */
    this.reached = -Infinity;
  }

  reserve(size) {
    if (this.bucket.length >= size) return;
    const room = 2 ** Math.ceil(Math.log2(Math.max(64, size)));
    for (const key of ['bucket', 'x', 'last', 'low', 'high']) this[key] = new Float64Array(room);
    this.bad = new Uint32Array(room);
    this.segment = new Int32Array(room);
  }

  /** Index of the last entry whose bucket is at most k; −1 where there is none. */
  at(k) {
    let low = 0;
    let high = this.n;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.bucket[middle] <= k) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/**
 * Puts the rows of a run on buckets.
 *
 * @param curve   filled anew
 * @param columns of the run
 * @param name    of the series
 * @param x       of each row, NaN where it has no place
 * @param width   of the buckets
 * @param range   rows outside are left out, but for the nearest on each side, so that lines reach the edges
 * @param strands stretch to which each row belongs; rows below zero are trials and left out
 */
export function fill(curve, columns, name, x, width, [from, to], strands = columns.segment) {
  const rows = columns.length;
  const { last, min, max, nonFinite } = columns.series(name);
  curve.reserve(Math.min(rows, Math.ceil((to - from) / width) + 4));
  curve.n = 0;
  curve.reached = -Infinity;
  if (last.length === 0) return curve;
  const first = Math.floor(from / width) - 1;
  const final = Math.floor(to / width) + 1;
  let n = -1;
  let current = NaN;
  let before = -1;
  for (let row = 0; row < rows; row++) {
    const value = last[row];
    if (value === null || value === undefined || Number.isNaN(x[row])) continue;
    const k = Math.floor(x[row] / width);
    curve.reached = k;
    if (strands[row] < 0) continue;
    if (k < first) {
      before = row;
      continue;
    }
    if (before >= 0) {
      n = put(curve, n, first, before, x, last, min, max, nonFinite, strands);
      current = first;
      before = -1;
    }
    if (k > final) {
      if (!(current >= final)) put(curve, n, final + 1, row, x, last, min, max, nonFinite, strands);
      break;
    }
    if (k === current) merge(curve, n, row, x, last, min, max, nonFinite, strands);
    else {
      n = put(curve, n, k, row, x, last, min, max, nonFinite, strands);
      current = k;
    }
  }
  return curve;
}

function put(curve, n, k, row, x, last, min, max, nonFinite, strands) {
  const i = n + 1;
  curve.bucket[i] = k;
  curve.low[i] = Infinity;
  curve.high[i] = -Infinity;
  curve.bad[i] = 0;
  curve.n = i + 1;
  merge(curve, i, row, x, last, min, max, nonFinite, strands);
  return i;
}

function merge(curve, i, row, x, last, min, max, nonFinite, strands) {
  curve.x[i] = x[row];
  curve.last[i] = last[row];
  curve.segment[i] = strands[row];
  curve.bad[i] += nonFinite?.[row] || (Number.isFinite(last[row]) ? 0 : 1);
  widen(curve, i, min[row]);
  widen(curve, i, max[row]);
  widen(curve, i, last[row]);
}

function widen(curve, i, value) {
  if (!Number.isFinite(value)) return;
  if (value < curve.low[i]) curve.low[i] = value;
  if (value > curve.high[i]) curve.high[i] = value;
}
