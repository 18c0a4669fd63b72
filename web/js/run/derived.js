import { CALLS } from './axes.js';

/** Series that are made of others: rates, times per iteration, the objective above its optimum. */

/** Rows that one rate or percentile is of. */
export const WINDOW = 32;

/** Aligned windows of rows, as [first row, row after the last]. */
function* windows({ bucket, length }) {
  let a = 0;
  while (a < length) {
    const window = Math.floor(bucket[a] / WINDOW);
    let b = a + 1;
    while (b < length && Math.floor(bucket[b] / WINDOW) === window) b++;
    yield [a, b];
    a = b;
  }
}

/** A series that has one value per window, at its last row. */
function perWindow(columns, valueOf) {
  const last = new Array(columns.length).fill(null);
  for (const [a, b] of windows(columns)) last[b - 1] = valueOf(a, b);
  return { last, first: last, min: last, max: last, nonFinite: null };
}

/** How often a counter rose in a second, over each window; null where no time went by. */
export function ratePerSecond(columns, name = CALLS) {
  const { last } = columns.series(name);
  const { elapsed } = columns;
  return perWindow(columns, (a, b) => {
    const from = Math.max(0, a - 1);
    const seconds = elapsed[b - 1] - elapsed[from];
    if (!(seconds > 0) || typeof last[b - 1] !== 'number' || typeof last[from] !== 'number') return null;
    return (last[b - 1] - last[from]) / seconds;
  });
}

/** Seconds an iteration took, at a percentile of each window's rows; a row of several iterations counts with their mean. */
export function secondsPerIteration(columns, percentile) {
  const { elapsed, iteration } = columns;
  return perWindow(columns, (a, b) => {
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
