import { CALLS } from './axes.js';

/** Series that are made of others: rates, times per iteration, the objective above its optimum. */

/** Rows that one rate or percentile is of. */
export const WINDOW = 32;

/** What was made of rows before: of all windows but the last it holds while rows are only added. */
const made = new WeakMap();

/**
 * A series that has one value for each aligned window of rows, at its last row.
 *
 * @param what names the series among those of the same rows
 */
function perWindow(columns, what, valueOf) {
  const { bucket, length } = columns;
  const known = made.get(columns) ?? new Map();
  made.set(columns, known);
  const before = known.get(what);
  const grown = before && before.length <= length && before.newest === bucket[before.length - 1];
  const last = grown ? before.last : [];
  let a = grown ? before.start : 0;
  last.length = a;
  let start = a;
  while (a < length) {
    const window = Math.floor(bucket[a] / WINDOW);
    let b = a + 1;
    while (b < length && Math.floor(bucket[b] / WINDOW) === window) b++;
    for (let row = a; row < b - 1; row++) last.push(null);
    last.push(valueOf(a, b));
    start = a;
    a = b;
  }
  known.set(what, { last, length, newest: bucket[length - 1], start });
  return { last, first: last, min: last, max: last, nonFinite: null };
}

/** How often a counter rose in a second, over each window; null where no time went by. */
export function ratePerSecond(columns, name = CALLS) {
  const { last } = columns.series(name);
  const { elapsed } = columns;
  return perWindow(columns, `rate of ${name}`, (a, b) => {
    const from = Math.max(0, a - 1);
    const seconds = elapsed[b - 1] - elapsed[from];
    if (!(seconds > 0) || typeof last[b - 1] !== 'number' || typeof last[from] !== 'number') return null;
    return (last[b - 1] - last[from]) / seconds;
  });
}

/** Seconds an iteration took, at a percentile of each window's rows; a row of several iterations counts with their mean. */
export function secondsPerIteration(columns, percentile) {
  const { elapsed, iteration } = columns;
  return perWindow(columns, `seconds ${percentile}`, (a, b) => {
    const took = [];
    for (let row = Math.max(1, a); row < b; row++) {
      const iterations = iteration[row] - iteration[row - 1];
      if (iterations > 0) took.push((elapsed[row] - elapsed[row - 1]) / iterations);
    }
    if (took.length === 0) return null;
    took.sort((x, y) => x - y);
    return took[Math.min(took.length - 1, Math.floor(percentile * took.length))];
  });
}

/** A series above a known number. */
export function above(series, level) {
  if (!level) return series;
  const less = values => values.map(v => (typeof v === 'number' ? v - level : v));
  return { first: less(series.first), min: less(series.min), max: less(series.max), last: less(series.last), nonFinite: series.nonFinite };
}

/** The least value of the objective where the program that runs has said what it is, else null. */
export function optimumOf(header) {
  const told = header?.settings?.optimum;
  const value = Number(told);
  return told === undefined || told === '' || !Number.isFinite(value) ? null : value;
}
