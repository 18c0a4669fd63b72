import { lowerBound } from '../run/columns.js';

/**
 * What of a series is drawn in a range of x: the last value of each bucket as a line, the extremes as a band. Where there
 * are more rows than the panel has room for, neighbours are merged in aligned powers of two, so that what is drawn does
 * not flicker as the run grows; their extremes are kept. Strands are not joined: between two of them lies a jump. What
 * strands below zero hold are trials, which come as a curve of their own. Positions are in typed arrays, on the panel's scale.
 *
 * @param x       of every row, ascending
 * @param rows    {bucket, iteration, level, length}
 * @param series  {last, min, max, nonFinite} by row; null where a figure is not known
 * @param strands by row, of episodes.js
 * @param broken  rows before which there is a gap, a Set
 * @param range   [from, to] in units of x
 * @param scale   of scales.js
 * @param room    how many points the panel has room for
 * @returns {{path: Line, trials: Line, floor: number[], edge: {x, value}[], merged: number, low: number, high: number,
 *   nonFinite: number, firstNonFinite: number | null}} low and high are the extent of all of it
 */
export function curveOf({ x, rows, series, strands, broken, range: [from, to], scale, room }) {
  const start = Math.max(0, lowerBound(x, from) - 1);
  const end = Math.min(rows.length, lowerBound(x, to) + 1);
  const merged = mergeFor(end - start, room);
  const points = Math.max(0, end - start);
  const path = new Line(points, merged > 1 || rows.level > 0);
  const trials = new Line(points, true);
  const drawn = { path, trials, floor: [], edge: [], merged, low: Infinity, high: -Infinity, nonFinite: 0, firstNonFinite: null };
  const { bucket } = rows;
  let before = null;
  let a = start;
  while (a < end) {
    const group = Math.floor(bucket[a] / merged);
    const strand = strands[a];
    let b = a + 1;
    while (b < end && strands[b] === strand && Math.floor(bucket[b] / merged) === group && !broken?.has(b)) b++;
    const line = strand < 0 ? trials : path;
    line.begin(strand !== before || broken?.has(a));
    before = strand;
    summarize(drawn, line, series, scale, x, rows.iteration, a, b);
    a = b;
  }
  return drawn;
}

/** Points of a polyline with a band: typed arrays of which the first `n` count. `gap[i]` says that the pen is lifted before i. */
export class Line {
  #lifted = true;

  constructor(room, banded) {
    this.n = 0;
    this.banded = banded;
    this.x = new Float64Array(room);
    this.y = new Float64Array(room);
    this.low = new Float64Array(room);
    this.high = new Float64Array(room);
    this.gap = new Uint8Array(room);
  }

  /** The next point is not joined to the one before it. */
  begin(lifted) {
    if (lifted) this.#lifted = true;
  }

  add(x, y, low, high) {
    const i = this.n++;
    this.x[i] = x;
    this.y[i] = y;
    this.low[i] = low;
    this.high[i] = high;
    this.gap[i] = this.#lifted ? 1 : 0;
    this.#lifted = false;
  }
}

function mergeFor(rows, room) {
  let merged = 1;
  while (rows / merged > room) merged *= 2;
  return merged;
}

/** The last drawable value of the rows [a, b), their extremes, and what cannot be drawn. */
function summarize(drawn, line, { last, min, max, nonFinite }, scale, x, iteration, a, b) {
  let value = null;
  let at = x[a];
  let low = Infinity;
  let high = -Infinity;
  let edge = -1;
  let floor = -1;
  for (let row = a; row < b; row++) {
    const v = last[row];
    const bad = nonFinite?.[row] || (isNonFinite(v) ? 1 : 0);
    if (bad > 0) {
      drawn.nonFinite += bad;
      edge = row;
      drawn.firstNonFinite ??= iteration[row];
    }
    const y = place(v, scale);
    if (y !== null) {
      value = y;
      at = x[row];
      if (y < low) low = y;
      if (y > high) high = y;
    } else if (typeof v === 'number' && Number.isFinite(v)) floor = row;
    const least = place(min[row], scale);
    const most = place(max[row], scale);
    if (least !== null && least < low) low = least;
    if (most !== null && most > high) high = most;
  }
  if (edge >= 0) drawn.edge.push({ x: x[edge], value: last[edge] });
  if (floor >= 0) drawn.floor.push(x[floor]);
  if (value === null) {
    if (edge >= 0 || floor >= 0) line.begin(true);
    return;
  }
  line.add(at, value, low, high);
  const banded = line.banded;
  drawn.low = Math.min(drawn.low, banded ? low : value);
  drawn.high = Math.max(drawn.high, banded ? high : value);
}

function place(v, scale) {
  return typeof v === 'number' && Number.isFinite(v) ? scale.to(v) : null;
}

function isNonFinite(value) {
  return typeof value === 'number' && !Number.isFinite(value);
}

/** The lowest value up to every row, extremes of buckets counted; NaN before the first. */
export function bestSoFar({ last, min }) {
  const best = new Float64Array(last.length).fill(NaN);
  let lowest = Infinity;
  for (let row = 0; row < best.length; row++) {
    for (const v of [last[row], min[row]]) if (typeof v === 'number' && v < lowest) lowest = v;
    if (lowest < Infinity) best[row] = lowest;
  }
  return best;
}
