import { count, number } from '../draw/format.js';
import { figureOf } from './columns.js';
import { optimumOf } from './derived.js';
import { markOf } from './landmarks.js';

/** The rows of a run as a table: what the columns are, a row's cells, and all of it as text of fixed width. */

const KNOWN = [
  ['loss', 'f', 'the objective'],
  ['gradientNorm', '‖g‖', 'length of the gradient'],
  ['gradientNormInf', '‖g‖∞', 'largest entry of the gradient'],
  ['stepNorm', '‖d‖', 'length of the step'],
  ['distance', 'dist', 'distance to the known solution'],
  ['rho', 'ρ', 'actual over predicted decrease'],
  ['stepSize', 'α', 'step size'],
  ['gradientEvaluations', 'calls', 'oracle calls so far'],
];

/** Eigenvalues stand where they were computed, be it by an iteration or a judgement. */
const CURVATURES = [
  ['lambdaMin', 'λₘᵢₙ(G)', 'smallest eigenvalue of the gradient matrix, where it was computed'],
  ['hessianLambdaMin', 'λₘᵢₙ(∇²h)', 'smallest eigenvalue of the Hessian, where it was computed'],
];
const EIGENVALUES = new Set(CURVATURES.map(([name]) => name));

/**
 * The columns that this run has figures for, in order. Above its least value the objective is told where that is known and not 0.
 *
 * @param marks events with eigenvalues of judged points
 */
export function tableColumns(columns, header, marks = []) {
  const names = new Set(columns.names);
  const heads = (known, has) => known.filter(([name]) => has(name)).map(([name, label, title]) => ({ name, label, title }));
  const figures = heads(KNOWN, name => names.has(name));
  const optimum = optimumOf(header);
  const excess = optimum ? [{ name: 'excess', label: 'f − f*', title: `the objective above its least value, ${number(optimum)}`, optimum }] : [];
  return [
    { name: 'iteration', label: 'iter', title: 'iteration; of a bucket its last' },
    ...figures.flatMap(head => (head.name === 'loss' ? [head, ...excess] : head)),
    ...heads(CURVATURES, name => names.has(name) || marks.some(e => figureOf(e, name) !== null)),
    { name: 'phase', label: 'phase', title: 'what the run did', text: true },
    { name: 'tags', label: 'tags', title: 'what happened there', text: true },
  ];
}

/**
 * A row's cells as text.
 *
 * @param shown {columns, heads, phases, marks}
 * @returns {{iteration, before, phase, cells: string[]}}; before is the iteration of the row before it, −1 for none
 */
export function tableRow({ columns, heads, phases, marks }, row) {
  const iteration = columns.iteration[row];
  const before = row > 0 ? columns.iteration[row - 1] : -1;
  const events = between(marks, before, iteration);
  const phase = phaseAt(phases, iteration);
  const { last: losses } = columns.series('loss');
  const cells = heads.map(({ name, optimum }) => {
    switch (name) {
      case 'iteration':
        return count(iteration);
      case 'excess':
        return typeof losses[row] === 'number' ? number(losses[row] - optimum) : '';
      case 'phase':
        return phase ?? '';
      case 'tags':
        return events.map(e => markOf(e).label).join(', ');
      default:
        return EIGENVALUES.has(name) ? eigenvalue(name, columns, row, events) : figure(name, columns.series(name).last[row]);
    }
  });
  return { iteration, before, phase, cells };
}

function figure(name, value) {
  if (value === null || value === undefined) return '';
  return name === 'gradientEvaluations' && Number.isFinite(value) ? count(value) : number(value);
}

function eigenvalue(name, columns, row, events) {
  const judged = events.map(e => figureOf(e, name)).find(v => v !== null);
  const value = columns.series(name).last[row] ?? judged ?? null;
  return value === null ? '' : number(value);
}

function between(marks, before, iteration) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle].iteration <= before) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let i = low; i < marks.length && marks[i].iteration <= iteration; i++) found.push(marks[i]);
  return found;
}

function phaseAt(phases, iteration) {
  let low = 0;
  let high = phases.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (phases[middle].to.iteration < iteration) low = middle + 1;
    else high = middle;
  }
  return phases[low]?.phase ?? phases.at(-1)?.phase ?? null;
}

/** Head and rows as lines, figures to the right, words to the left. */
export function fixedText(heads, rows) {
  const lines = [heads.map(h => h.label), ...rows.map(r => r.cells)];
  const widths = heads.map((_, i) => lines.reduce((most, cells) => Math.max(most, [...cells[i]].length), 0));
  const pad = (text, i) => {
    const room = ' '.repeat(widths[i] - [...text].length);
    return heads[i].text ? text + room : room + text;
  };
  return `${lines.map(cells => cells.map(pad).join('  ').trimEnd()).join('\n')}\n`;
}
