import { stateLook } from '../panels/states.js';
import { figureOf } from '../run/columns.js';
import { verdictMark } from '../run/landmarks.js';

/** The run list as data: what its columns are worth, filter, order, and rows that rest while one looks at them. */

export const COLUMNS = [
  { id: 'state', title: 'State', value: r => stateLook(r.status.state).label },
  { id: 'name', title: 'Name', value: r => r.name },
  { id: 'problem', title: 'Problem', value: r => r.problem },
  { id: 'solver', title: 'Solver', value: r => r.solver },
  { id: 'escape', title: 'Escape', value: r => r.escape },
  { id: 'iteration', title: 'Iteration', value: r => r.status.iteration, numeric: true },
  { id: 'loss', title: 'Loss', value: r => figureOf(r.status, 'loss'), numeric: true },
  { id: 'gradient', title: '‖∇h‖', value: r => figureOf(r.status, 'gradientNorm'), numeric: true },
  { id: 'escapes', title: 'Escapes', value: r => r.status.escapes, numeric: true },
  { id: 'verdict', title: 'Verdict', value: r => (r.status.verdict ? verdictMark(r.status.verdict).label : null) },
  { id: 'rate', title: 'it/s', value: r => r.status.iterationsPerSecond, numeric: true },
  { id: 'spark', title: 'log₁₀‖∇h‖' },
  { id: 'started', title: 'Started', value: r => Date.parse(r.started), numeric: true },
];

export const NEWEST_FIRST = { column: 'started', down: true };

/** Words must all occur; "state:stalled", "solver:gd" and the like look at one column. */
export function matches(run, text) {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every(word => {
      const [, key, wanted] = /^(state|status|solver|problem|escape|verdict):(.*)$/.exec(word) ?? [];
      if (key === 'state' || key === 'status') return run.status.state.includes(wanted);
      if (key === 'verdict') return (run.status.verdict ?? '').includes(wanted);
      if (key)
        return String(run[key] ?? '')
          .toLowerCase()
          .includes(wanted);
      return [run.id, run.name, run.problem, run.solver, run.escape, run.status.state, run.status.title].some(field =>
        String(field ?? '')
          .toLowerCase()
          .includes(word),
      );
    });
}

/** Sorted by a column; what is not known or not a number goes last either way. */
export function sorted(runs, { column, down }) {
  const value = COLUMNS.find(c => c.id === column)?.value ?? COLUMNS.at(-1).value;
  const unknown = v => v === null || v === undefined || v === '' || Number.isNaN(v);
  return [...runs].sort((a, b) => {
    const [p, q] = [value(a), value(b)];
    if (unknown(p) || unknown(q)) return unknown(p) - unknown(q);
    const order = typeof p === 'string' ? p.localeCompare(q) : p - q;
    return (down ? -order : order) || (a.id < b.id ? 1 : -1);
  });
}

/**
 * While the pointer rests on the table its rows keep their places: those there before stay in their order, new ones wait.
 *
 * @param before ids in the order shown
 * @returns {{rows: object[], waiting: number}}
 */
export function arranged(runs, before, held) {
  if (!held) return { rows: runs, waiting: 0 };
  const byId = new Map(runs.map(r => [r.id, r]));
  const rows = before.filter(id => byId.has(id)).map(id => byId.get(id));
  return { rows, waiting: runs.length - rows.length };
}

/** Numbers of the tiles. */
export function totals(runs) {
  const inState = state => runs.filter(r => r.status.state === state).length;
  return {
    running: inState('running'),
    stalled: inState('stalled'),
    diverged: inState('diverged'),
    converged: inState('converged'),
    escapes: runs.reduce((sum, r) => sum + (r.status.escapes ?? 0), 0),
  };
}
