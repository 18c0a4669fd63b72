/**
 * Groups of runs, and their median and quartiles on common buckets.
 *
 * What counts in a bucket: a run's last value up to there; in an escape whose trials are left out, that of the point it wants to leave.
 * A run that has ended goes on with its last value, as an optimizer that rests stays where it is, so that the median does not jump
 * when the good ones are through; a run that is going on counts only as far as it has come; one that has not begun there does not count. A value that is not finite counts as larger than any other, since
 * all the figures compared are better when smaller. n, the number that count, is part of the answer.
 */

/** The groups of the runs in the order of their first, by what `by` gives; [{key, runs}]. */
export function groupsOf(runs, by) {
  const groups = new Map();
  for (const run of runs) {
    const key = keyOf(run.model.header, by);
    if (!groups.has(key)) groups.set(key, { key, runs: [] });
    groups.get(key).runs.push(run);
  }
  return [...groups.values()];
}

function keyOf(header, by) {
  if (by === 'tag') return (header.tags ?? []).join(', ') || 'no tag';
  if (by === 'seed') return `seed ${header.seed ?? '–'}`;
  return String(header[by] ?? '–');
}

/**
 * The quantile q of ascending numbers, of which the last may be infinite, by linear interpolation between closest ranks
 * (Hyndman and Fan's type 7).
 *
 * @param n how many of them count
 */
export function quantile(ascending, q, n = ascending.length) {
  if (n === 0) return NaN;
  const place = (n - 1) * q;
  const below = Math.floor(place);
  const share = place - below;
  const low = ascending[below];
  if (share === 0 || low === ascending[below + 1]) return low;
  return low + share * (ascending[below + 1] - low);
}

/** Median with quartiles of several curves: arrays of `n` entries like those of a Curve. */
export class Spread {
  constructor() {
    this.n = 0;
    this.x = new Float64Array(0);
    this.median = new Float64Array(0);
    this.low = new Float64Array(0);
    this.high = new Float64Array(0);
    this.count = new Uint16Array(0);
    this.values = new Float64Array(0);
  }

  reserve(size) {
    if (this.x.length >= size) return;
    for (const key of ['x', 'median', 'low', 'high']) this[key] = new Float64Array(size);
    this.count = new Uint16Array(size);
  }
}

/**
 * @param spread  filled anew
 * @param members [{curve, ended}] on buckets of one width
 * @param width   of the buckets
 * @param from    first bucket
 * @param to      last bucket
 * @param whole   whether x are whole numbers, so that a bucket ends one before the next begins
 */
export function fillSpread(spread, members, width, from, to, whole) {
  const cursors = members.map(() => -1);
  spread.reserve(Math.max(0, to - from + 1));
  if (spread.values.length < members.length) spread.values = new Float64Array(members.length);
  spread.n = 0;
  for (let k = from; k <= to; k++) {
    let count = 0;
    members.forEach(({ curve, ended }, m) => {
      while (cursors[m] + 1 < curve.n && curve.bucket[cursors[m] + 1] <= k) cursors[m]++;
      const at = cursors[m];
      if (at < 0 || (at === curve.n - 1 && curve.reached < k && !ended)) return;
      spread.values[count++] = Number.isFinite(curve.last[at]) ? curve.last[at] : Infinity;
    });
    if (count === 0) continue;
    const ordered = spread.values.subarray(0, count).sort();
    const i = spread.n++;
    spread.x[i] = (k + 1) * width - (whole ? 1 : 0);
    spread.median[i] = quantile(ordered, 0.5, count);
    spread.low[i] = quantile(ordered, 0.25, count);
    spread.high[i] = quantile(ordered, 0.75, count);
    spread.count[i] = count;
  }
  return spread;
}
