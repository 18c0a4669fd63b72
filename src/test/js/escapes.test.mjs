import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  COLUMNS,
  escapeNumber,
  filtered,
  flat,
  histogram,
  lanesOf,
  mechanismLook,
  sentence,
  signature,
  sorted,
} from '../../../web/js/escapes/episodes.js';
import { within, zoomed } from '../../../web/js/escapes/lanes-zoom.js';
import { queryOf, viewFromQuery } from '../../../web/js/escapes/view-state.js';

const at = iteration => ({ attempt: 1, iteration, elapsed: iteration / 10 });

const RUNS = [
  {
    id: 'b',
    name: 'second',
    problem: 'gaussian',
    solver: 'gd',
    seed: 2,
    iteration: 90,
    elapsed: 9,
    episodes: [
      { number: 0, outcome: 'escaped', judged: true, verdict: 'spurious-minimum', mechanism: 'race', trials: 5, entry: at(10), exit: at(30), iterations: 20, oracleCalls: 64, loss: 3, lossChange: -1, falseAlarm: false },
      { number: 1, outcome: 'open', judged: true, verdict: 'strict-saddle', trials: 0, entry: at(70), loss: 2 },
    ],
  },
  {
    id: 'a',
    name: 'first',
    problem: 'pmc',
    solver: 'lbfgs',
    seed: 1,
    iteration: 60,
    elapsed: 6,
    episodes: [
      { number: 0, outcome: 'descended', judged: true, verdict: 'undecided', trials: 0, entry: at(5), exit: at(9), iterations: 4, loss: 1, falseAlarm: true },
      { number: 1, outcome: 'stayed', judged: true, verdict: 'spurious-minimum', mechanism: 'oracle-probe', trials: 2, entry: at(60), exit: at(60), iterations: 0, loss: 0.5, lossChange: 0, falseAlarm: false },
    ],
  },
];

test('bars go from entry to exit, and of an open episode to where the run is', () => {
  const { lanes, range } = lanesOf(RUNS, flat(RUNS), 'iteration');
  assert.deepEqual(
    lanes.map(l => l.bars.map(b => [b.from, b.to, b.open])),
    [
      [
        [10, 30, false],
        [70, 90, true],
      ],
      [
        [5, 9, false],
        [60, 60, false],
      ],
    ],
  );
  assert.ok(range[1] > 90);
});

test('bars stand by wall time, or from the entry on', () => {
  const bars = x => lanesOf(RUNS, flat(RUNS), x).lanes.flatMap(l => l.bars.map(b => [b.from, b.to]));
  assert.deepEqual(bars('elapsed')[0], [1, 3]);
  assert.deepEqual(bars('entry'), [
    [0, 20],
    [0, 20],
    [0, 4],
    [0, 0],
  ]);
});

test('a run whose episodes are filtered away has no lane', () => {
  const { lanes } = lanesOf(RUNS, filtered(flat(RUNS), 'race'), 'iteration');
  assert.deepEqual(
    lanes.map(l => l.run.id),
    ['b'],
  );
});

test('words, mechanism and outcome filter together', () => {
  const ids = (...how) => filtered(flat(RUNS), ...how).map(e => e.id);
  assert.deepEqual(ids('pmc lbfgs'), ['a:0', 'a:1']);
  assert.deepEqual(ids('', { mechanism: 'oracle-probe' }), ['a:1']);
  assert.deepEqual(ids('spurious', { outcome: 'escaped' }), ['b:0']);
});

test('what is not known is sorted last either way, and what was not left has no figures of leaving', () => {
  const order = down => sorted(flat(RUNS), { column: 'iterations', down }).map(e => e.id);
  assert.deepEqual(order(false), ['a:0', 'b:0', 'b:1', 'a:1']);
  assert.deepEqual(order(true), ['b:0', 'a:0', 'b:1', 'a:1']);
  const column = COLUMNS.find(c => c.id === 'falseAlarm');
  assert.deepEqual(flat(RUNS).map(column.value), ['no', null, 'yes', 'no']);
});

test('the histogram counts accepted escapes in bins of powers of two without gaps', () => {
  const escapes = [0, 1, 5, 6].map(iterations => ({ outcome: 'escaped', mechanism: 'race', iterations }));
  const { bins, most, n } = histogram([...escapes, ...flat(RUNS)], 'iterations');
  assert.deepEqual(
    bins.map(b => [b.from, b.to, b.counts.get('race') ?? 0]),
    [
      [0, 1, 1],
      [1, 2, 1],
      [2, 4, 0],
      [4, 8, 2],
      [8, 16, 0],
      [16, 32, 1],
    ],
  );
  assert.deepEqual([most, n], [2, 5]);
  assert.deepEqual(histogram(flat(RUNS), 'moved'), { bins: [], most: 0, n: 0 });
});

test('an escape has its number among the accepted ones of its run', () => {
  assert.equal(escapeNumber(RUNS[0], RUNS[0].episodes[0]), 1);
  assert.equal(escapeNumber(RUNS[0], RUNS[0].episodes[1]), null);
});

test('known mechanisms always look the same, each its own way', () => {
  const names = ['oracle-probe', 'race', 'restart', 'negative-curvature', 'perturb', 'leac-simulated', 'sod-multi'];
  assert.equal(new Set(names.map(n => JSON.stringify([mechanismLook(n).hue, mechanismLook(n).hatch]))).size, names.length);
  assert.deepEqual(mechanismLook('of their own'), mechanismLook('of their own'));
  assert.equal(mechanismLook(undefined).hatch, 'none');
});

test('an episode is told in a sentence', () => {
  assert.match(sentence(flat(RUNS)[0], RUNS[0]), /spurious minimum at iteration 10, h 3; left by race after 20 iterations, 5 trials, 2 s/);
  assert.match(sentence(flat(RUNS)[1], RUNS[0]), /still there/);
  assert.match(sentence(flat(RUNS)[2], RUNS[1]), /false alarm/);
});

test('only what may change episodes makes the page ask again', () => {
  const run = (iteration, phase) => ({ id: 'a', status: { iteration, phase, escapes: 0, ended: false } });
  assert.equal(signature([run(1, 'descend')]), signature([run(9, 'descend')]));
  assert.notEqual(signature([run(1, 'descend')]), signature([run(1, 'judge')]));
});

test('the lanes are zoomed within what there is, and a place stays where it is', () => {
  const whole = [0, 100];
  assert.deepEqual(zoomed(whole, 0.5, 20, whole), [10, 60]);
  assert.deepEqual(zoomed([10, 60], 0.5, 10, whole), [10, 35]);
  assert.deepEqual(zoomed([80, 100], 2, 100, whole), [60, 100]);
  assert.equal(zoomed([10, 60], 2, 35, whole), null);
  assert.deepEqual(within([-5, 5], whole), [0, 10]);
  assert.deepEqual(within([300, 310], whole), [90, 100]);
  const [from, to] = within([50, 50], whole);
  assert.ok(from <= 50 && to > from, 'a stretch of nothing gets some width');
});

test('a view of the escapes survives its address, and a plain one has a plain address', () => {
  const view = query => viewFromQuery(new URLSearchParams(query));
  assert.equal(queryOf(view('')).toString(), '');
  const query = 'x=elapsed&q=pmc&outcome=open&sort=moved&open=a%3A1&down=1&from=0.5&to=12.25';
  assert.equal(queryOf(view(query)).toString(), query);
  assert.deepEqual(view('from=3&to=1').stretch, null);
  assert.deepEqual(view('from=3&x=wall&outcome=lucky'), view(''));
});
