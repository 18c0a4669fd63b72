import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AXES, axisTicks, callsOf } from '../../../web/js/run/axes.js';
import { byWhom, clocksOf } from '../../../web/js/run/clocks.js';
import { Columns } from '../../../web/js/run/columns.js';
import { above, optimumOf, ratePerSecond, secondsPerIteration, WINDOW } from '../../../web/js/run/derived.js';
import { Detail, POINTS, wanted } from '../../../web/js/run/detail.js';
import { attemptsOf, gapsOf } from '../../../web/js/run/gaps.js';
import { replacedReader, replacedX } from '../../../web/js/run/replaced.js';
import { fixedText, tableColumns, tableRow } from '../../../web/js/run/table.js';

function wire(n, { from = 0, level = 0, elapsed = i => i / 10, calls = i => 3 * i, loss = i => 100 - i } = {}) {
  const bucket = Array.from({ length: n }, (_, i) => from + i);
  const iteration = bucket.map(b => (b + 1) * 2 ** level - 1);
  return {
    bucket,
    iteration,
    segment: bucket.map(() => 0),
    elapsed: iteration.map(elapsed),
    series: { loss: { last: iteration.map(loss) }, gradientEvaluations: { last: iteration.map(calls) } },
  };
}

const columnsOf = (n, more = {}) => Columns.from(more.level ?? 0, wire(n, more));

test('rates are those of whole windows, and grow with the run without changing what is over', () => {
  const columns = columnsOf(WINDOW + 5);
  const before = [...ratePerSecond(columns).last];
  assert.equal(before.length, WINDOW + 5);
  assert.ok(Math.abs(before[WINDOW - 1] - 30) < 1e-9 && Math.abs(before.at(-1) - 30) < 1e-9);
  assert.equal(before.filter(v => v !== null).length, 2);
  columns.upsert(wire(70, { from: WINDOW + 5, calls: i => 6 * i }));
  const after = ratePerSecond(columns).last;
  assert.equal(after[WINDOW - 1], before[WINDOW - 1]);
  assert.equal(after[WINDOW + 4], null, 'the window was not over');
  const fresh = columnsOf(WINDOW + 5);
  fresh.upsert(wire(70, { from: WINDOW + 5, calls: i => 6 * i }));
  assert.deepEqual(after, ratePerSecond(fresh).last);
});

test('the time of an iteration is told at percentiles; a bucket counts with its mean', () => {
  const slow = columnsOf(WINDOW, { elapsed: i => i / 10 + (i >= 20 ? 5 : 0) });
  assert.ok(Math.abs(secondsPerIteration(slow, 0.5).last.at(-1) - 0.1) < 1e-9);
  assert.ok(secondsPerIteration(slow, 0.99).last.at(-1) > 5);
  const coarse = columnsOf(WINDOW, { level: 3 });
  assert.ok(Math.abs(secondsPerIteration(coarse, 0.5).last.at(-1) - 0.1) < 1e-9);
});

test('the height above a known optimum, where the program tells one', () => {
  assert.equal(optimumOf({ settings: { optimum: '0.5' } }), 0.5);
  assert.equal(optimumOf({ settings: { optimum: 'about 1' } }), null);
  assert.equal(optimumOf({ settings: {} }), null);
  assert.deepEqual(above({ first: [1], min: [1], max: [2], last: [null] }, 0.5).max, [1.5]);
});

test('oracle calls never fall along x', () => {
  const columns = columnsOf(4, { calls: i => [5, null, 3, 9][i] });
  assert.deepEqual([...callsOf(columns)], [5, 5, 5, 9]);
});

test('ticks of the axes: whole iterations, round times, shares', () => {
  const run = axis => ({ axis, domain: [0, 400], model: { header: { started: '2026-11-22T10:00:00Z' } } });
  assert.deepEqual(
    axisTicks(run('relative'), [0, 400], 4).map(t => t.label),
    ['0 %', '20 %', '40 %', '60 %', '80 %', '100 %'],
  );
  assert.deepEqual(
    axisTicks(run('elapsed'), [0, 130], 3).map(t => t.label),
    ['0 s', '1 m', '2 m'],
  );
  assert.equal(axisTicks(run('clock'), [0, 130], 3)[0].label.length, 8);
  assert.ok(axisTicks(run('iteration'), [0, 3], 20).every(t => Number.isInteger(t.at)));
  assert.deepEqual(Object.keys(AXES), ['iteration', 'relative', 'elapsed', 'clock', 'calls']);
});

test('a silence of more than a minute is a gap, unless the run is slow or was paused', () => {
  const heard = { elapsed: i => i + (i >= 50 ? 100 : 0) };
  const [gap, ...more] = gapsOf(columnsOf(100, heard));
  assert.deepEqual([gap.row, gap.seconds, gap.from.iteration, more.length], [50, 101, 49, 0]);
  assert.deepEqual(gapsOf(columnsOf(100, { elapsed: i => 90 * i })), []);
  const paused = [{ from: { elapsed: 49 }, to: { elapsed: 150 } }];
  assert.deepEqual(gapsOf(columnsOf(100, heard), paused), []);
});

test('later attempts are told by the first of their events', () => {
  const events = [{ iteration: 1 }, { attempt: 2, iteration: 7, elapsed: 3 }, { attempt: 2, iteration: 9 }];
  assert.deepEqual(attemptsOf(events), [{ attempt: 2, iteration: 7, elapsed: 3 }]);
  const made = [{ attempt: 2, iteration: 7 }, { attempt: 3, iteration: -1 }];
  assert.deepEqual(attemptsOf(events, made).slice(1), [{ attempt: 3, iteration: 0 }]);
});

test('what later attempts rewrote is asked for with each of them', async () => {
  const model = { status: { attempts: [] }, replaced: [] };
  let asked = 0;
  const ask = async () => {
    if (++asked === 2) throw new Error('The server cannot be reached.');
    return { replaced: [{ attempt: 2, level: 0, columns: wire(5, { from: 7 }) }] };
  };
  const told = replacedReader(model, ask);
  assert.deepEqual([await told(), asked], [false, 0]);
  model.status = { attempts: [{ attempt: 2 }] };
  assert.deepEqual([await told(), await told(), asked], [true, false, 1]);
  assert.deepEqual(replacedX(model.replaced[0].columns, 'iteration'), [7, 8, 9, 10, 11]);
  assert.deepEqual([...replacedX(model.replaced[0].columns, 'calls')], [21, 24, 27, 30, 33]);
  model.status = { attempts: [{ attempt: 2 }, { attempt: 3 }] };
  assert.deepEqual([await told(), model.replaced.length, await told()], [false, 1, false]);
  model.status = { attempts: [{ attempt: 2 }, { attempt: 3 }, { attempt: 4 }] };
  assert.deepEqual([await told(), asked], [true, 3]);
});

test('the three clocks, by the producer', () => {
  const status = { lastEvent: '2026-11-22T10:00:20Z', lastImprovement: '2026-11-22T10:00:05Z', elapsed: 20 };
  const clocks = clocksOf(status, columnsOf(101));
  assert.equal(clocks.event - clocks.iteration, 10_000);
  assert.equal(clocks.event - clocks.improvement, 15_000);
  assert.deepEqual(clocksOf(undefined, new Columns()), { event: null, iteration: null, improvement: null });
});

test('who paused or stopped a run', () => {
  const phase = (name, detail) => ({ kind: 'phase', phase: name, detail });
  assert.equal(byWhom([phase('paused', 'Paused by the dashboard.')], { state: 'paused' }), 'by the dashboard');
  assert.equal(byWhom([phase('finish', 'Stopped by the API at 192.0.2.7.')], { state: 'cancelled' }), 'by the API at 192.0.2.7');
  assert.equal(byWhom([phase('paused', 'Paused by the dashboard.')], { state: 'running' }), '');
});

test('finer rows are asked for where the overview is coarse, once, and again while the run goes on', () => {
  const view = (from, to, newest = 1e6) => ({ from, to, newest });
  assert.equal(wanted(view(0, 1e6), 0, null, 0), null, 'every iteration is here');
  assert.equal(wanted(view(0, 1e6), 8, null, 0), null, 'more rows than can be seen');
  const stretch = wanted(view(1000, 2000), 8, null, 0);
  assert.deepEqual(stretch, { from: 750, to: 2250 });
  assert.equal(wanted(view(1000, 2000), 8, { ...stretch, level: 0, rows: 1500, at: 0 }, 0), null);
  assert.equal(wanted(view(1000, 2000), 8, { ...stretch, level: 8, rows: 6, at: 0 }, 0), null, 'the server has no more');
  assert.ok(wanted(view(5000, 6000), 8, { ...stretch, level: 0, rows: 1500, at: 0 }, 0), 'elsewhere');
  const deeper = { from: 0, to: 1e5, level: 5, rows: 2000, at: 0 };
  assert.ok(wanted(view(1000, 2000), 8, deeper, 0), 'closer than what is here');
  const live = { from: 900, to: 1950, level: 0, rows: 1000, at: 0 };
  assert.equal(wanted(view(1000, 2000, 2000), 8, live, 500), null, 'not at every frame');
  assert.ok(wanted(view(1000, 2000, 2000), 8, live, 1500));
});

test('what came from the server takes the place of the buckets it covers', async () => {
  const overview = Columns.from(4, {
    bucket: [0, 1, 2, 3],
    iteration: [15, 31, 47, 63],
    segment: [0, 0, 0, 0],
    elapsed: [1, 2, 3, 4],
    series: { loss: { first: [9, 7, 5, 3], min: [8, 6, 4, 2], max: [9, 7, 5, 3], last: [8, 6, 4, 2] } },
  });
  const asked = [];
  let changed;
  const done = new Promise(resolve => {
    changed = resolve;
  });
  const answer = { level: 0, columns: wire(16, { from: 16 }) };
  const clock = { now: () => 0, after: (ms, task) => task(), cancel: () => {} };
  const detail = new Detail(async stretch => asked.push(stretch) && answer, changed, clock);
  detail.look(
    () => ({ from: 18, to: 30, newest: 63 }),
    () => 4,
  );
  await done;
  assert.deepEqual(asked, [{ from: 15, to: 33, points: POINTS }]);
  const rows = detail.over(overview);
  assert.deepEqual(rows.iteration, [15, ...answer.columns.iteration, 47, 63]);
  assert.deepEqual(rows.series('loss').min.slice(0, 3), [8, 84, 83]);
  assert.equal(rows.rowAt(20), 5);
  assert.deepEqual([detail.levelAt({ from: 18, to: 30 }, 4), detail.levelAt({ from: 0, to: 60 }, 4)], [0, 4]);
});

test('the table has the columns a run has, and is copied with its figures under each other', () => {
  const columns = columnsOf(12);
  const marks = [{ kind: 'stationary', verdict: 'strict-saddle', iteration: 11, values: { hessianLambdaMin: -0.5 } }];
  const labels = events => tableColumns(columns, {}, events).map(h => h.label);
  assert.deepEqual(labels([]), ['iter', 'f', 'calls', 'phase', 'tags']);
  assert.deepEqual(labels([{ values: { lambdaMin: -1, hessianLambdaMin: 4 } }]).slice(3, 5), ['λₘᵢₙ(G)', 'λₘᵢₙ(∇²h)']);
  const heads = tableColumns(columns, {}, marks);
  assert.deepEqual(labels(marks), ['iter', 'f', 'calls', 'λₘᵢₙ(∇²h)', 'phase', 'tags']);
  const shown = { columns, heads, marks, phases: [{ phase: 'descend', to: { iteration: 11 } }] };
  assert.deepEqual(tableRow(shown, 11).cells, ['11', '89', '33', '−0.5', 'descend', 'Strict saddle']);
  assert.deepEqual(tableRow(shown, 4).cells, ['4', '96', '12', '', 'descend', '']);
  const text = fixedText(heads, [tableRow(shown, 11), tableRow(shown, 4)]).split('\n');
  assert.equal(text[1], '  11  89     33       −0.5  descend  Strict saddle');
  assert.equal(text[2], '   4  96     12             descend');
});

test('the table tells the objective above its least value, where that is known and not 0', () => {
  const columns = columnsOf(12);
  const labels = optimum => tableColumns(columns, { settings: { optimum } }).map(h => h.label);
  assert.deepEqual(labels('88.5').slice(0, 3), ['iter', 'f', 'f − f*']);
  assert.equal(labels('0').includes('f − f*'), false);
  assert.equal(labels(undefined).includes('f − f*'), false);
  const heads = tableColumns(columns, { settings: { optimum: '88.5' } });
  assert.equal(tableRow({ columns, heads, marks: [], phases: [] }, 11).cells[2], '0.5');
});
