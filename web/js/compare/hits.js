import { alignRows, missing } from './align.js';

/**
 * When runs reach a target, and what share of them has: a run has hit where the least value of the figure so far is at or below the
 * target, known to the row it was stored in.
 */

/** Below this many runs a share says little. */
export const LEAST_RUNS = 5;

/**
 * What it cost a run to reach the target.
 *
 * @param align iteration, elapsed or oracle
 * @returns x of the first hit; Infinity where it has ended or stands without; NaN where the run has no such figure or no such axis
 */
export function costToTarget(model, { figure, value }, align) {
  const { columns } = model;
  const { min } = columns.series(figure);
  if (min.length === 0 || missing(model, align) !== null) return NaN;
  const row = min.findIndex(v => v !== null && v <= value);
  if (row < 0) return Infinity;
  const x = new Float64Array(columns.length);
  alignRows(columns, model, align, x);
  return x[row];
}

/** What share had hit up to x, as a step curve: [[x, share]] from the first hit on. Runs that have not hit count in the whole. */
export function hittingCurve(costs) {
  const counted = costs.filter(c => !Number.isNaN(c));
  const hits = counted.filter(Number.isFinite).sort((a, b) => a - b);
  const steps = [];
  hits.forEach((x, i) => {
    const share = (i + 1) / counted.length;
    if (steps.at(-1)?.[0] === x) steps.at(-1)[1] = share;
    else steps.push([x, share]);
  });
  return steps;
}

/**
 * Dolan and Moré's performance profile (Math. Program. 91, 2002): for each group s the share ρ_s(τ) of the instances p on which its cost
 * t_ps is at most τ times that of the best group, min_s t_ps. Several runs of a group on one instance count with their median.
 * Instances that no group solved, and those that not every group has run, are left out and counted.
 *
 * @param entries [{group, instance, cost}], cost Infinity where it was not solved; NaN is left out
 * @returns {{instances: number, unsolved: number, partial: number, curves: Map<string, [number, number][]>}} steps [τ, ρ]
 */
export function performanceProfile(entries) {
  const groups = [...new Set(entries.map(e => e.group))];
  const byInstance = new Map();
  for (const { group, instance, cost } of entries) {
    if (Number.isNaN(cost)) continue;
    const row = byInstance.get(instance) ?? byInstance.set(instance, new Map()).get(instance);
    row.set(group, [...(row.get(group) ?? []), cost]);
  }
  const ratios = new Map(groups.map(g => [g, []]));
  let unsolved = 0;
  let partial = 0;
  let instances = 0;
  for (const row of byInstance.values()) {
    if (row.size < groups.length) {
      partial++;
      continue;
    }
    const costs = groups.map(g => medianOf(row.get(g)));
    const best = Math.min(...costs);
    if (best === Infinity) {
      unsolved++;
      continue;
    }
    instances++;
    groups.forEach((g, i) => ratios.get(g).push(best === 0 ? (costs[i] === 0 ? 1 : Infinity) : costs[i] / best));
  }
  const curves = new Map(
    groups.map(g => [g, hittingCurve(ratios.get(g)).map(([tau, share]) => [tau, share])]),
  );
  return { instances, unsolved, partial, curves };
}

function medianOf(costs) {
  const ordered = [...costs].sort((a, b) => a - b);
  const middle = (ordered.length - 1) / 2;
  const [low, high] = [ordered[Math.floor(middle)], ordered[Math.ceil(middle)]];
  return low === high ? low : (low + high) / 2;
}

/**
 * The instance a run solved: problem, seed and the settings that shape it, without what its group is about.
 *
 * @param shaping names of the settings that shape the instance and the start, as the server's problems give them
 * @param by      what the groups are made by
 */
export function instanceOf(header, shaping, by) {
  const parts = by === 'problem' ? [] : [`problem=${header.problem}`];
  for (const name of shaping) {
    if (name === by) continue;
    const value = name === 'seed' ? header.seed : header.settings?.[name];
    if (value !== undefined) parts.push(`${name}=${value}`);
  }
  return parts.join(' ');
}

/** A target that is worth asking for: the success distance of the runs where all know one, else a millionth of the median first loss. */
export function usualTarget(models) {
  const distances = models.map(m => Number(m.header.settings?.['success-distance']));
  if (distances.every(d => d > 0) && models.every(m => m.columns.names.includes('distance'))) {
    return { figure: 'distance', value: Math.min(...distances) };
  }
  const first = models
    .map(m => m.columns.series('loss').first[0])
    .filter(v => Number.isFinite(v) && v > 0)
    .sort((a, b) => a - b);
  const middle = first[Math.floor((first.length - 1) / 2)];
  return { figure: 'loss', value: middle === undefined ? 1e-6 : Number(`1e${Math.floor(Math.log10(middle)) - 6}`) };
}
