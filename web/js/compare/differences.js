import { figureOf } from '../run/columns.js';

/** The table under the charts: settings in which the runs differ, and results beside the baseline's. */

/** Settings that differ between any two runs of their nature. */
const NAMES = new Set(['name', 'tags', 'note', 'demo']);

/**
 * @param headers of the runs
 * @returns [{key, values}] the settings of which not all runs have the same, problem, solver, escape and seed first
 */
export function differingSettings(headers) {
  const rows = ['problem', 'solver', 'escape', 'seed'].map(key => ({ key, values: headers.map(h => text(h[key])) }));
  const keys = new Set(headers.flatMap(h => Object.keys(h.settings ?? {})));
  for (const key of [...keys].sort()) {
    if (NAMES.has(key) || rows.some(r => r.key === key)) continue;
    rows.push({ key, values: headers.map(h => text(h.settings?.[key])) });
  }
  return rows.filter(r => r.values.some(v => v !== r.values[0]));
}

function text(value) {
  return value === undefined || value === null ? null : String(value);
}

/** Results: how to read them off a run; `better` says which way is better, or null where neither is. */
export const RESULTS = [
  { key: 'loss', label: 'h', better: 'less', value: m => figureOf(m.status, 'loss') },
  { key: 'best', label: 'least h', better: 'less', value: m => least(m, 'loss') },
  { key: 'gradient', label: '‖∇h‖', better: 'less', value: m => figureOf(m.status, 'gradientNorm') },
  { key: 'distance', label: 'distance', better: 'less', value: m => figureOf(m.status, 'distance') },
  { key: 'lambda', label: 'λₘᵢₙ(G)', better: null, value: m => lastJudged(m, 'lambdaMin') },
  { key: 'iteration', label: 'iterations', better: 'less', value: m => m.status.iteration },
  {
    key: 'oracle',
    label: 'oracle calls',
    better: 'less',
    value: m => m.columns.series('gradientEvaluations').last.at(-1) ?? null,
  },
  { key: 'elapsed', label: 'wall time, s', better: 'less', value: m => m.status.elapsed },
  { key: 'escapes', label: 'escapes', better: null, value: m => m.status.escapes },
];

function least(model, name) {
  let least = Infinity;
  for (const v of model.columns.series(name).min) if (v !== null && v < least) least = v;
  return least === Infinity ? null : least;
}

function lastJudged(model, name) {
  const event = model.holding.findLast(e => figureOf(e, name) !== null);
  return event ? figureOf(event, name) : null;
}

/** Figures nearer than this fraction are the same. */
const SAME = 1e-3;

/**
 * How a result stands to the baseline's.
 *
 * @returns {{ratio: number | null, difference: number, word: 'better' | 'worse' | 'same' | null}} or null where one is not known
 */
export function delta(value, baseline, better) {
  if (value === null || value === undefined || baseline === null || baseline === undefined) return null;
  const bad = v => !Number.isFinite(v);
  if (bad(value) || bad(baseline)) {
    const word = bad(value) === bad(baseline) || better === null ? null : bad(value) ? 'worse' : 'better';
    return { ratio: null, difference: NaN, word };
  }
  const difference = value - baseline;
  const ratio = baseline > 0 && value > 0 ? value / baseline : null;
  const same = Math.abs(difference) <= SAME * Math.max(Math.abs(value), Math.abs(baseline));
  if (better === null) return { ratio, difference, word: same ? 'same' : null };
  return { ratio, difference, word: same ? 'same' : difference < 0 ? 'better' : 'worse' };
}

/** Settings told of each run in a name. */
const MOST_DIFFERENCES = 4;
/** Settings whose values speak for themselves. */
const PLAIN = new Set(['problem', 'solver', 'escape']);

/**
 * What runs are called beside each other: by their names, or where these are all the same by what tells them apart.
 *
 * @param runs [{name, model: {header}}]
 * @returns a Map from run to [name, more]
 */
export function namesOf(runs) {
  const headers = runs.map(r => r.model.header);
  const rows = differingSettings(headers)
    .filter(row => isChosen(row.key, headers))
    .slice(0, MOST_DIFFERENCES);
  const word = ({ key, values }, i) => (PLAIN.has(key) ? values[i] : `${key} ${values[i] ?? '–'}`);
  const differences = runs.map((_, i) => rows.map(row => word(row, i)).join(' · '));
  const alike = runs.length > 1 && runs.every((r, i) => r.name === runs[0].name && differences[i]);
  return new Map(runs.map((r, i) => [r, alike ? [differences[i], r.name] : [r.name, differences[i]]]));
}

/** Whether somebody has set it, and not found it in the instance; of programs that tell no command any setting may be. */
function isChosen(key, headers) {
  return PLAIN.has(key) || key === 'seed' || headers.some(h => !h.command || h.command.includes(`--${key}`));
}
