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
  const path = new Line(merged > 1 || rows.level > 0);
  const trials = new Line(true);
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

const FIRST_ROOM = 256;

/** Points of a polyline with a band: typed arrays of which the first `n` count. `gap[i]` says that the pen is lifted before i. */
export class Line {
  #lifted = true;

  constructor(banded) {
    this.n = 0;
    this.banded = banded;
    this.#make(0);
  }

  /** The next point is not joined to the one before it. */
  begin(lifted) {
    if (lifted) this.#lifted = true;
  }

  add(x, y, low, high) {
    if (this.n === this.x.length) this.#make(Math.max(FIRST_ROOM, 2 * this.n));
    const i = this.n++;
    this.x[i] = x;
    this.y[i] = y;
    this.low[i] = low;
    this.high[i] = high;
    this.gap[i] = this.#lifted ? 1 : 0;
    this.#lifted = false;
  }

  #make(room) {
    for (const name of ['x', 'y', 'low', 'high']) {
      const larger = new Float64Array(room);
      if (this[name]) larger.set(this[name]);
      this[name] = larger;
    }
    const gap = new Uint8Array(room);
    if (this.gap) gap.set(this.gap);
    this.gap = gap;
  }
}

function mergeFor(rows, room) {
  let merged = 1;
  while (rows / merged > room) merged *= 2;
  return merged;
}

/** The last drawable value of the rows [a, b), their extremes, and what cannot be drawn. Scales ascend: extremes are found before they are placed. */
function summarize(drawn, line, { last, min, max, nonFinite }, scale, x, iteration, a, b) {
  const above = scale.kind === 'log' ? 0 : -Infinity;
  const drawable = v => typeof v === 'number' && v > above && v < Infinity;
  let row = -1;
  let least = Infinity;
  let most = -Infinity;
  let edge = -1;
  let floor = -1;
  for (let r = a; r < b; r++) {
    const v = last[r];
    const bad = nonFinite?.[r] || (isNonFinite(v) ? 1 : 0);
    if (bad > 0) {
      drawn.nonFinite += bad;
      edge = r;
      drawn.firstNonFinite ??= iteration[r];
    }
    if (drawable(v)) {
      row = r;
      if (v < least) least = v;
      if (v > most) most = v;
    } else if (Number.isFinite(v)) floor = r;
    if (drawable(min[r]) && min[r] < least) least = min[r];
    if (drawable(max[r]) && max[r] > most) most = max[r];
  }
  if (edge >= 0) drawn.edge.push({ x: x[edge], value: last[edge] });
  if (floor >= 0) drawn.floor.push(x[floor]);
  if (row < 0) {
    if (edge >= 0 || floor >= 0) line.begin(true);
    return;
  }
  const value = scale.to(last[row]);
  const low = least === last[row] ? value : scale.to(least);
  const high = most === last[row] ? value : scale.to(most);
  line.add(x[row], value, low, high);
  drawn.low = Math.min(drawn.low, line.banded ? low : value);
  drawn.high = Math.max(drawn.high, line.banded ? high : value);
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
