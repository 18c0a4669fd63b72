import { figureOf, lowerBound } from '../run/columns.js';

/**
 * What of a series is drawn in a range of x: the last value of each bucket as a line, the extremes as a band. Where there
 * are more rows than the panel has room for, neighbours are merged in aligned powers of two, so that what is drawn does
 * not flicker as the run grows; their extremes are kept. Segments are not joined: between two of them lies a jump.
 *
 * @param columns the run's
 * @param name    of the series
 * @param axis    'iteration' or 'elapsed'
 * @param range   [from, to] in units of the axis
 * @param scale   of scales.js
 * @param room    how many points the panel has room for
 * @returns line: [[x, y | null]]; bands: [[[x, low, high]]] one per stretch; floor: x of values the scale has no place for;
 *   edge: [{x, value}] of NaN and ±Infinity; merged: rows per point; low, high: extent; nonFinite and firstNonFinite
 */
export function chartData(columns, name, axis, [from, to], scale, room) {
  const x = columns[axis];
  const start = Math.max(0, lowerBound(x, from) - 1);
  const end = Math.min(columns.length, lowerBound(x, to) + 1);
  const merged = mergeFor(end - start, room);
  const banded = merged > 1 || columns.level > 0;
  const series = columns.series(name);
  const drawn = {
    line: [],
    bands: [],
    floor: [],
    edge: [],
    merged,
    low: Infinity,
    high: -Infinity,
    nonFinite: 0,
    firstNonFinite: null,
  };
  let band = null;
  let segment = null;
  for (const [a, b] of groups(columns, start, end, merged)) {
    const point = summary(series, scale, a, b);
    const at = x[point.row];
    if (segment !== null && segment !== columns.segment[a]) {
      drawn.line.push([x[a], null]);
      band = null;
    }
    segment = columns.segment[a];
    drawn.nonFinite += point.nonFinite;
    if (point.nonFinite > 0) {
      drawn.firstNonFinite ??= columns.iteration[point.edgeRow];
      drawn.edge.push({ x: x[point.edgeRow], value: series.last[point.edgeRow] });
    }
    if (point.floorRow !== null) drawn.floor.push(x[point.floorRow]);
    if (point.value === null) {
      if (point.nonFinite > 0 || point.floorRow !== null) drawn.line.push([at, null]);
      continue;
    }
    drawn.line.push([at, point.value]);
    drawn.low = Math.min(drawn.low, banded ? point.low : point.value);
    drawn.high = Math.max(drawn.high, banded ? point.high : point.value);
    if (banded) {
      if (!band) drawn.bands.push((band = []));
      band.push([at, point.low, point.high]);
    }
  }
  return drawn;
}

function mergeFor(rows, room) {
  let merged = 1;
  while (rows / merged > room) merged *= 2;
  return merged;
}

/** Stretches [a, b) of rows that are drawn as one point: aligned, and within one segment. */
function* groups(columns, start, end, merged) {
  const { bucket, segment } = columns;
  let a = start;
  while (a < end) {
    const group = Math.floor(bucket[a] / merged);
    let b = a + 1;
    while (b < end && Math.floor(bucket[b] / merged) === group && segment[b] === segment[a]) b++;
    yield [a, b];
    a = b;
  }
}

/** The last drawable value of the rows [a, b), their extremes, and what cannot be drawn. */
function summary({ last, min, max, nonFinite }, scale, a, b) {
  const point = { row: a, value: null, low: Infinity, high: -Infinity, floorRow: null, edgeRow: null, nonFinite: 0 };
  const place = v => (Number.isFinite(v) ? scale.to(v) : null);
  for (let row = a; row < b; row++) {
    const bad = nonFinite?.[row] || (isNonFinite(last[row]) ? 1 : 0);
    if (bad > 0) {
      point.nonFinite += bad;
      point.edgeRow = row;
    }
    const y = place(last[row]);
    if (y !== null) Object.assign(point, { row, value: y });
    else if (Number.isFinite(last[row])) point.floorRow = row;
    for (const e of [place(min[row]), place(max[row]), y]) {
      if (e === null) continue;
      point.low = Math.min(point.low, e);
      point.high = Math.max(point.high, e);
    }
  }
  return point;
}

function isNonFinite(value) {
  return typeof value === 'number' && !Number.isFinite(value);
}

/** Figures that only landmarks carry, such as eigenvalues: [{x, value, event}], in order. */
export function landmarkPoints(landmarks, name, axis) {
  const points = [];
  for (const event of landmarks) {
    const value = figureOf(event, name);
    if (value !== null) points.push({ x: event[axis] ?? 0, value, event });
  }
  return points;
}

/** Value of a series where the cursor stands, or null. */
export function valueAt(columns, name, iteration) {
  const row = columns.rowAt(iteration);
  return row < 0 ? null : (columns.series(name).last[row] ?? null);
}
