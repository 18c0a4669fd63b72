/**
 * Stretches in which nothing was heard of a run: between two rows that lie more than a minute apart (a run without a sign
 * for so long is lost) and more than ten times as far as rows usually do, so that a slow run has none.
 */

const SILENCE = 60;
const UNUSUAL = 10;

/**
 * @param paused intervals in which the run was paused: silence is what was asked for
 * @returns [{row, from: {iteration, elapsed}, to: {iteration, elapsed}, seconds}]; row is the first one after the gap
 */
export function gapsOf(columns, paused = []) {
  const { elapsed, iteration } = columns;
  const n = columns.length;
  if (n < 3 || elapsed[n - 1] - elapsed[0] < SILENCE) return [];
  const between = new Float64Array(n - 1);
  let longest = 0;
  for (let row = 1; row < n; row++) {
    between[row - 1] = elapsed[row] - elapsed[row - 1];
    if (between[row - 1] > longest) longest = between[row - 1];
  }
  if (longest <= SILENCE) return [];
  const usual = between.slice().sort()[n >> 1];
  const least = Math.max(SILENCE, UNUSUAL * usual);
  const gaps = [];
  for (let row = 1; row < n; row++) {
    const asked = () => paused.some(p => p.from.elapsed < elapsed[row] && p.to.elapsed > elapsed[row - 1]);
    if (!(between[row - 1] > least) || asked()) continue;
    gaps.push({
      row,
      from: { iteration: iteration[row - 1], elapsed: elapsed[row - 1] },
      to: { iteration: iteration[row], elapsed: elapsed[row] },
      seconds: between[row - 1],
    });
  }
  return gaps;
}

/**
 * Restarts: where every attempt but the first took the run up, by its first landmark; by what the server lists of one that has none.
 *
 * @param made attempts as in attempts.js
 * @returns [{attempt, iteration, elapsed}]; elapsed is not known of the latter
 */
export function attemptsOf(landmarks, made = []) {
  const starts = [];
  let attempt = 1;
  for (const event of landmarks) {
    if ((event.attempt ?? 1) <= attempt) continue;
    attempt = event.attempt;
    starts.push({ attempt, iteration: event.iteration, elapsed: event.elapsed ?? 0 });
  }
  for (const { attempt: number, iteration } of made) {
    if (!starts.some(start => start.attempt === number)) starts.push({ attempt: number, iteration: Math.max(0, iteration) });
  }
  return starts.sort((a, b) => a.attempt - b.attempt);
}
