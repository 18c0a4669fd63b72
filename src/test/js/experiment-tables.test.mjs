import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellKey, matrix, ranks, sortedCells, standing, varied } from '../../../web/js/experiments/cells.js';
import { telling } from '../../../web/js/experiments/report.js';
import { precise } from '../../../web/js/experiments/tables.js';
import { cellTable, comparisonTable, csv, markdown, resultMarkdown, tally } from '../../../web/js/experiments/texts.js';
import { figureNames, nextTrials } from '../../../web/js/experiments/trial-pages.js';
import { PLAIN, queryOf, stateFrom } from '../../../web/js/experiments/view-state.js';
import { experimentPath, parse } from '../../../web/js/router.js';

const cell = (labels, trials, successes, more) => ({
  labels,
  trials,
  successes,
  rate: trials === 0 ? undefined : successes / trials,
  ...more,
});

const cells = [
  cell({ n: '40', solver: 'gd', escape: 'none' }, 50, 29, { seconds: 1 }),
  cell({ n: '40', solver: 'gd', escape: 'auto' }, 50, 50, { gradients: 90 }),
  cell({ n: '40', solver: 'gd', escape: 'probe' }, 50, 50, { gradients: 70 }),
  cell({ n: '9', solver: 'gd', escape: 'none' }, 0, 0),
  cell({ n: '9', solver: 'gd', escape: 'auto' }, 48, 0),
];

test('addresses of experiments', () => {
  assert.equal(parse('/experiments').page, 'experiments');
  assert.deepEqual(
    [parse('/experiments/sod-pmc?cell=a').page, parse('/experiments/sod-pmc').id],
    ['experiment', 'sod-pmc'],
  );
  assert.equal(parse(experimentPath('a/b')).id, 'a/b');
});

test('a cell is named as the server names it', () => {
  assert.equal(cellKey(cells[0]), 'n = 40, solver = gd, escape = none');
});

test('the last varied label goes across, the others down; absent cells are null', () => {
  const m = matrix(cells);
  assert.deepEqual([m.across, m.down, m.columns], ['escape', ['n'], ['none', 'auto', 'probe']]);
  assert.deepEqual(
    m.rows.map(r => r.cells.map(c => c?.successes ?? null)),
    [
      [29, 50, 50],
      [0, 0, null],
    ],
  );
  assert.deepEqual(varied(cells.slice(0, 1)), ['n', 'solver', 'escape']);
  const one = matrix([cells[0], cells[3]]);
  assert.deepEqual([one.across, one.columns, one.rows.length], [null, ['all'], 2]);
});

test('ranks go by success, then by gradients; equals share a place and cells without trials have none', () => {
  assert.deepEqual(ranks(cells.slice(0, 3)), [3, 2, 1]);
  assert.deepEqual(ranks([cells[0], cells[0], null, cells[3]]), [1, 1, null, null]);
});

test('missing, incomplete, failed and absent cells are told apart', () => {
  assert.deepEqual(
    [null, cells[3], cells[4], cells[0], cell({}, 50, 0)].map(c => standing(c, 50)),
    ['absent', 'missing', 'partial', 'done', 'failed'],
  );
});

test('cells are sorted by number, and unknown figures come last either way', () => {
  const by = (column, down) => sortedCells(cells, { column, down }).map(c => cells.indexOf(c));
  assert.deepEqual(by('n', false).slice(0, 2), [3, 4]);
  assert.deepEqual(by('gradients', false).slice(0, 2), [2, 1]);
  assert.deepEqual(by('gradients', true).slice(0, 2), [1, 2]);
  assert.equal(sortedCells(cells, null), cells);
});

const result = {
  experiment: 'x',
  title: 'X',
  source: '[P] 1',
  command: 'escapement experiment x',
  finished: '2026-11-22T06:00:00Z',
  program: '1',
  comparisons: [
    {
      what: 'a, "quoted"',
      ours: { value: 0.5, low: 0.4, high: 0.6 },
      paper: '0.4|5',
      required: 'at least 1',
      met: false,
    },
    { what: 'b', ours: {} },
    { what: 'c', ours: { value: 1 }, met: true },
  ],
  figures: [{ kind: 'table', title: 'T', columns: ['p', 'q'], rows: [[1, null]] }],
  cells,
  notes: ['A note.'],
};

test('tables become CSV and Markdown without losing a cell', () => {
  const lines = csv(comparisonTable(result)).split('\n');
  assert.equal(lines[1], '"a, ""quoted""",0.5,0.4,0.6,0.4|5,at least 1,MISSED');
  assert.equal(lines[2], 'b,,,,,,');
  assert.match(markdown(comparisonTable(result)), /0\.4\\\|5/);
  assert.deepEqual(cellTable(result).columns.slice(0, 4), ['n', 'escape', 'trials', 'successes']);
  const whole = resultMarkdown(result);
  for (const part of ['A note.', '### T', '| 1 |  |', '`escapement experiment x`'])
    assert.ok(whole.includes(part), part);
});

test('requirements are counted', () => {
  assert.deepEqual(tally(result), { required: 2, missed: 1 });
  assert.equal(telling(result.comparisons).what, 'a, "quoted"');
  assert.equal(telling(result.comparisons.slice(1)).what, 'c');
  assert.equal(telling([]), undefined);
});

test('what a viewer has chosen survives the address', () => {
  const chosen = {
    missedOnly: true,
    list: true,
    sort: { column: 'seconds', down: true },
    cell: 'n = 40, escape = a&b',
    scales: { 0: 'log', 2: 'log', 3: 'linear' },
    hidden: { 1: ['GD + SOD', 'a:b'] },
  };
  assert.deepEqual(stateFrom(new URLSearchParams(queryOf(chosen).toString())), chosen);
  assert.equal(queryOf(PLAIN).toString(), '');
  assert.deepEqual(stateFrom(new URLSearchParams('log=x,-1&hide=nonsense')), PLAIN);
});

test('figures of trials: those that say most first, the others by name', () => {
  const trials = [{ figures: { success: 1, zeta: 1, loss: 2 } }, { figures: { iterations: 3, alpha: 1 } }, {}];
  assert.deepEqual(figureNames(trials), {
    first: ['iterations', 'loss'],
    all: ['iterations', 'loss', 'alpha', 'zeta'],
  });
});

test('trials of other seeds are counted and passed over, whole pages of them too', async () => {
  const pages = {
    null: { trials: [{ seed: 1 }, { seed: 2 }], next: 'a' },
    a: { trials: [{ seed: 77 }, { seed: 3 }], next: 'b' },
    b: { trials: [{ seed: 80 }, { seed: 78 }] },
  };
  const load = async cursor => pages[cursor];
  const first = await nextTrials(load, null, { seed: 77, trials: 3 });
  assert.deepEqual(first, { trials: [{ seed: 77 }], others: 3, next: 'b' });
  const second = await nextTrials(load, first.next, { seed: 77, trials: 3 });
  assert.deepEqual(second, { trials: [{ seed: 78 }], others: 1, next: null });
  const none = await nextTrials(async () => ({ trials: [] }), null, { seed: 1, trials: 1 });
  assert.deepEqual(none, { trials: [], others: 0, next: null });
});

test('our figures are written as finely as printed ones are compared', () => {
  assert.deepEqual([1.0005, -3.00150001, 5.38e-13, 0, 512].map(precise), ['1.0005', '−3.0015', '5.38e−13', '0', '512']);
});
