import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignEvent, firstEscape, iterationsIn } from '../../../web/js/compare/align.js';
import { commonWidth, Curve, fill } from '../../../web/js/compare/buckets.js';
import { Calm } from '../../../web/js/compare/calm.js';
import { CompareRun } from '../../../web/js/compare/compare-run.js';
import { Comparison } from '../../../web/js/compare/comparison.js';
import { delta, differingSettings, namesOf } from '../../../web/js/compare/differences.js';
import { csv, sceneCsv } from '../../../web/js/compare/export.js';
import { fillSpread, quantile, Spread } from '../../../web/js/compare/groups.js';
import {
  costToTarget,
  hittingCurve,
  instanceOf,
  performanceProfile,
  usualTarget,
} from '../../../web/js/compare/hits.js';
import { lookAt } from '../../../web/js/compare/looks.js';
import { paint } from '../../../web/js/compare/painter.js';
import { SavedGroups } from '../../../web/js/compare/saved-groups.js';
import { badge, readingAt, sceneOf } from '../../../web/js/compare/scene.js';
import { shareCharts } from '../../../web/js/compare/shares.js';
import { specOf } from '../../../web/js/compare/specs.js';
import { queryOf, viewFromQuery } from '../../../web/js/compare/view-state.js';
import { SvgPen } from '../../../web/js/draw/svg-pen.js';
import { Frames } from '../../../web/js/frames.js';

let made = 0;

/** A run with these losses, one an iteration, or a bucket of 2^level. */
function runOf(
  losses,
  { level = 0, header = {}, landmarks = [], segments = null, ended = true, calls = i => 2 * i, rate = 10, ask = null } = {},
) {
  const run = new CompareRun(`run-${++made}`, lookAt(made % 20), ask);
  const bucket = losses.map((_, i) => i);
  const iteration = bucket.map(b => (b + 1) * 2 ** level - 1);
  run.apply({
    op: 'snapshot',
    epoch: 'e',
    seq: losses.length,
    level,
    header: { id: run.id, name: run.id, problem: 'pmc', solver: 'gd', escape: 'auto', seed: 1, settings: {}, ...header },
    status: { iteration: iteration.at(-1), elapsed: iteration.at(-1) / rate, ended, values: { loss: losses.at(-1) } },
    landmarks,
    columns: {
      bucket,
      iteration,
      segment: segments ?? bucket.map(() => 0),
      elapsed: iteration.map(i => i / rate),
      series: { loss: { last: losses }, gradientEvaluations: { last: iteration.map(calls) } },
    },
  });
  return run;
}

const escapeAt = (iteration, outcome = 'accepted') => ({
  kind: 'escape',
  attempt: 1,
  seq: 1000 + iteration,
  iteration,
  segment: 0,
  elapsed: iteration / 10,
  outcome,
  mechanism: 'oracle-probe',
  values: {},
});

function comparisonOf(runs, query = '') {
  const comparison = new Comparison(viewFromQuery(new URLSearchParams(query)), new Frames(() => {}));
  comparison.runs = runs;
  return comparison;
}

const xs = (run, align) => {
  const comparison = comparisonOf([run], `x=${align}`);
  const curve = comparison.curves('loss', comparison.width(1000))[0]?.curve;
  return curve ? [...curve.x.subarray(0, curve.n)] : null;
};

test('rows stand by iteration, share of the run, seconds, oracle calls, or from the first escape', () => {
  const run = runOf([5, 4, 3, 2, 1], { landmarks: [escapeAt(1, 'proposed'), escapeAt(2)] });
  assert.deepEqual(xs(run, 'iteration'), [0, 1, 2, 3, 4]);
  assert.deepEqual(xs(run, 'relative'), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(xs(run, 'elapsed'), [0, 0.1, 0.2, 0.3, 0.4]);
  assert.deepEqual(xs(run, 'oracle'), [0, 2, 4, 6, 8]);
  assert.deepEqual(xs(run, 'escape'), [-2, -1, 0, 1, 2]);
  assert.equal(firstEscape(run.model), 2);
  assert.equal(alignEvent(escapeAt(3), run.model, 'escape'), 1);
  assert.equal(alignEvent(escapeAt(3), run.model, 'oracle'), 6);
});

test('a run without an escape has no place from the first escape on, and that is said', () => {
  const comparison = comparisonOf([runOf([3, 2]), runOf([3, 2], { landmarks: [escapeAt(1)] })], 'x=escape');
  assert.deepEqual(
    comparison.unplaced.map(u => u.why),
    ['has not escaped'],
  );
  assert.equal(comparison.curves('loss', 1).length, 1);
  assert.deepEqual(comparison.domain, [-1, 0]);
});

test('a range of the axis is one of iterations of each run', () => {
  const run = runOf(Array.from({ length: 101 }, (_, i) => 100 - i), { landmarks: [escapeAt(40)] });
  assert.deepEqual(iterationsIn(run.model, 'relative', [0.5, 0.6]), [50, 60]);
  assert.deepEqual(iterationsIn(run.model, 'escape', [-10, 10]), [30, 50]);
  assert.deepEqual(iterationsIn(run.model, 'elapsed', [1, 2]), [10, 20]);
  assert.deepEqual(iterationsIn(run.model, 'oracle', [20, 40]), [10, 20]);
  assert.deepEqual(iterationsIn(run.model, 'iteration', [-5, 500]), [0, 100]);
});

test('buckets are one width for all: the coarsest run, or what there is room for', () => {
  assert.equal(commonWidth('iteration', [0, 100], 0, 1000), 1);
  assert.equal(commonWidth('iteration', [0, 100], 4, 1000), 16);
  assert.equal(commonWidth('iteration', [0, 10_000], 0, 500), 32);
  assert.equal(commonWidth('elapsed', [0, 10], 0, 400), 0.05);
  assert.equal(commonWidth('relative', [0, 1], 0, 400), 1 / 256);
  const comparison = comparisonOf([runOf([3, 2, 1, 1], { level: 3 }), runOf([9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5])]);
  assert.equal(comparison.width(500), 8);
  assert.equal(badge('iteration', 8), '1:8 buckets for all, min–max shown');
});

test('a bucket keeps the last value and both extremes, and counts what is no number', () => {
  const run = runOf([5, 9, 1, 4, NaN, 2, 'Infinity', 3]);
  const x = Float64Array.from(run.model.columns.iteration);
  const curve = fill(new Curve(), run.model.columns, 'loss', x, 4, [0, 7]);
  assert.deepEqual([...curve.last.subarray(0, 2)], [4, 3]);
  assert.deepEqual([...curve.low.subarray(0, 2)], [1, 2]);
  assert.deepEqual([...curve.high.subarray(0, 2)], [9, 3]);
  assert.deepEqual([...curve.bad.subarray(0, 2)], [0, 2]);
});

test('the nearest buckets outside of the range are kept, so that lines reach the edges', () => {
  const run = runOf(Array.from({ length: 100 }, (_, i) => i));
  const x = Float64Array.from(run.model.columns.iteration);
  const curve = fill(new Curve(), run.model.columns, 'loss', x, 1, [40, 45]);
  assert.deepEqual([...curve.x.subarray(0, curve.n)], [39, 40, 41, 42, 43, 44, 45, 46]);
});

test('curves use their arrays again, and are made anew when the run goes on', () => {
  const run = runOf([3, 2, 1], { ended: false });
  const comparison = comparisonOf([run]);
  const [before] = comparison.curves('loss', 1);
  const array = before.curve.x;
  assert.equal(before.curve.n, 3);
  run.apply({
    op: 'delta',
    epoch: 'e',
    seq: 4,
    level: 0,
    status: { iteration: 3, elapsed: 0.3, ended: false, values: { loss: 0.5 } },
    columns: { bucket: [3], iteration: [3], segment: [0], elapsed: [0.3], series: { loss: { last: [0.5] }, gradientEvaluations: { last: [6] } } },
  });
  const [after] = comparison.curves('loss', 1);
  assert.equal(after.curve.n, 4);
  assert.equal(after.curve.last[3], 0.5);
  assert.equal(after.curve.x, array);
});

test('quantiles interpolate between ranks and may be infinite', () => {
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
  assert.equal(quantile([7], 0.75), 7);
  assert.equal(quantile([1, 2, Infinity], 0.5), 2);
  assert.equal(quantile([1, Infinity], 0.5), Infinity);
  assert.equal(quantile([Infinity, Infinity], 0.5), Infinity);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

function spreadOf(runs, width = 1, to = 5) {
  const comparison = comparisonOf(runs);
  const curves = new Map(comparison.curves('loss', width).map(c => [c.run, c.curve]));
  const members = runs.map(r => ({ curve: curves.get(r), ended: r.ended }));
  return fillSpread(new Spread(), members, width, 0, to, true);
}

test('an ended run counts on with its last value, one that goes on only as far as it has come', () => {
  const spread = spreadOf([runOf([5, 1]), runOf([6, 5, 4, 3], { ended: false }), runOf([7, 6, 5, 4, 3, 2])]);
  assert.deepEqual([...spread.count.subarray(0, spread.n)], [3, 3, 3, 3, 2, 2]);
  assert.deepEqual([...spread.median.subarray(0, spread.n)], [6, 5, 4, 3, 2, 1.5]);
  assert.equal(spread.x[5], 5);
});

test('a value that is not finite counts as larger than any other', () => {
  const spread = spreadOf([runOf([1, NaN]), runOf([2, 2]), runOf([3, 3])], 1, 1);
  assert.deepEqual([...spread.median.subarray(0, 2)], [2, 3]);
  assert.equal(spread.high[1], Infinity);
  assert.equal(spread.count[1], 3);
});

/** Rests at 4 from iteration 1 on, tries 9 and 7 in iterations 2 and 3, and is led out by 3 in iteration 4. */
function escaping(ended = true, rows = 6) {
  const trial = (iteration, outcome, segment) => ({ ...escapeAt(iteration, outcome), seq: 1000 + 2 * iteration + segment, segment });
  const landmarks = [trial(1, 'proposed', 1), trial(2, 'rejected', 1), trial(2, 'proposed', 2), trial(3, 'rejected', 2)];
  if (rows > 4) landmarks.push(trial(4, 'accepted', 3));
  return runOf([5, 4, 9, 7, 3, 2].slice(0, rows), { segments: [0, 0, 1, 2, 3, 3].slice(0, rows), landmarks, ended });
}

test('trials that led nowhere are no part of the curve unless they are asked for, and what led out is', () => {
  const comparison = comparisonOf([escaping()]);
  const drawn = () => {
    const { curve } = comparison.curves('loss', 1)[0];
    return [...curve.last.subarray(0, curve.n)];
  };
  assert.equal(comparison.trials, 2);
  assert.deepEqual(drawn(), [5, 4, 3, 2]);
  comparison.showTrials(true);
  assert.deepEqual(drawn(), [5, 4, 9, 7, 3, 2]);
});

test('while a run tries, the median counts the point it wants to leave, and a run that tries still is counted so far', () => {
  const spread = spreadOf([escaping(false, 4)], 1, 4);
  assert.deepEqual([...spread.median.subarray(0, spread.n)], [5, 4, 4, 4]);
  const both = spreadOf([escaping(), runOf([6, 6, 6, 6, 6, 6])]);
  assert.deepEqual([...both.median.subarray(0, both.n)], [5.5, 5, 5, 5, 4.5, 4]);
});

test('a group is what the runs have in common, and its median stands for all of them', () => {
  const runs = [4, 2, 8].map((v, i) => runOf([v, v / 2], { header: { solver: i < 2 ? 'gd' : 'lbfgs' } }));
  const comparison = comparisonOf(runs, 'group=solver');
  const spreads = comparison.spreads('loss', 1);
  assert.deepEqual(
    spreads.map(s => [s.group.key, s.spread.median[0], s.spread.count[0]]),
    [
      ['gd', 3, 2],
      ['lbfgs', 8, 1],
    ],
  );
  comparison.toggleHidden(runs[0].id);
  assert.equal(comparison.spreads('loss', 1)[0].spread.median[0], 2);
});

test('the cost to a target is where the least value so far is at or below it', () => {
  const run = runOf([5, 1, 3, 0.5]);
  assert.equal(costToTarget(run.model, { figure: 'loss', value: 1 }, 'iteration'), 1);
  assert.equal(costToTarget(run.model, { figure: 'loss', value: 0.7 }, 'oracle'), 6);
  assert.equal(costToTarget(run.model, { figure: 'loss', value: 0.1 }, 'oracle'), Infinity);
  assert.ok(Number.isNaN(costToTarget(run.model, { figure: 'distance', value: 1 }, 'oracle')));
});

test('the hitting curve rises with each run that hits, of all that could', () => {
  assert.deepEqual(hittingCurve([3, 1, Infinity, 3]), [
    [1, 0.25],
    [3, 0.75],
  ]);
  assert.deepEqual(hittingCurve([NaN, 2]), [[2, 1]]);
  assert.deepEqual(hittingCurve([]), []);
});

test('the performance profile is that of Dolan and Moré', () => {
  const table = { a: { p1: 1, p2: 4, p3: Infinity, p4: Infinity }, b: { p1: 2, p2: 2, p3: 9, p4: Infinity } };
  const entries = Object.entries(table).flatMap(([group, row]) =>
    Object.entries(row).map(([instance, cost]) => ({ group, instance, cost })),
  );
  entries.push({ group: 'a', instance: 'p5', cost: 1 });
  const profile = performanceProfile(entries);
  assert.deepEqual([profile.instances, profile.unsolved, profile.partial], [3, 1, 1]);
  assert.deepEqual(profile.curves.get('a'), [
    [1, 1 / 3],
    [2, 2 / 3],
  ]);
  assert.deepEqual(profile.curves.get('b'), [
    [1, 2 / 3],
    [2, 1],
  ]);
});

test('several runs of a group on an instance count with their median', () => {
  const entries = [1, 3, Infinity].map(cost => ({ group: 'a', instance: 'p', cost }));
  entries.push({ group: 'b', instance: 'p', cost: 6 });
  const { curves } = performanceProfile(entries);
  assert.deepEqual([curves.get('a'), curves.get('b')], [[[1, 1]], [[2, 1]]]);
});

test('an instance is what shapes it, without what the groups are made by', () => {
  const header = { problem: 'pmc', seed: 7, settings: { n: '20', rho: '0.1', solver: 'gd' } };
  assert.equal(instanceOf(header, ['n', 'rho', 'm', 'seed'], 'solver'), 'problem=pmc n=20 rho=0.1 seed=7');
  assert.equal(instanceOf(header, ['n', 'seed'], 'seed'), 'problem=pmc n=20');
});

test('five runs a group make a profile and a hitting curve, fewer are left out and told', () => {
  const runs = [];
  for (let seed = 1; seed <= 5; seed++) {
    runs.push(runOf([1, 0.5, 1e-9], { header: { seed, solver: 'gd' } }));
    runs.push(runOf([1, 1e-9], { header: { seed, solver: 'lbfgs' } }));
  }
  runs.push(runOf([1, 1], { header: { seed: 1, solver: 'adam' } }));
  const comparison = comparisonOf(runs, 'group=solver&target=loss:1e-6');
  const { hitting, profile } = shareCharts(comparison, () => ['seed']);
  assert.deepEqual(
    hitting.curves.map(c => [c.name, c.steps]),
    [
      ['gd', [[4, 1]]],
      ['lbfgs', [[2, 1]]],
    ],
  );
  assert.match(hitting.note, /1 of fewer than 5 runs left out/);
  assert.equal(profile.nothing, null);
  assert.deepEqual(profile.curves.find(c => c.name === 'gd').steps, [[2, 1]]);
  comparison.view.group = 'seed';
  assert.match(shareCharts(comparison, () => ['seed']).profile.nothing, /two groups of at least 5/);
});

test('the usual target is the success distance of the runs, else a millionth of the first loss', () => {
  assert.deepEqual(usualTarget([runOf([300, 1]).model]), { figure: 'loss', value: 1e-4 });
});

test('only settings that differ are told, and where a run lacks one', () => {
  const rows = differingSettings([
    { problem: 'pmc', solver: 'gd', seed: 1, settings: { n: '20', step: 'exact' } },
    { problem: 'pmc', solver: 'lbfgs', seed: 1, settings: { n: '20', name: 'x' } },
  ]);
  assert.deepEqual(rows, [
    { key: 'solver', values: ['gd', 'lbfgs'] },
    { key: 'step', values: ['exact', null] },
  ]);
});

test('a result stands better or worse beside the baseline by its own measure', () => {
  assert.deepEqual(delta(2, 8, 'less'), { ratio: 0.25, difference: -6, word: 'better' });
  assert.equal(delta(9, 8, 'less').word, 'worse');
  assert.equal(delta(8.001, 8, 'less').word, 'same');
  assert.equal(delta(NaN, 8, 'less').word, 'worse');
  assert.equal(delta(1, 'NaN' * 1, 'less').word, 'better');
  assert.equal(delta(3, 2, null).word, null);
  assert.equal(delta(null, 2, 'less'), null);
});

test('no two runs of a comparison look alike, and none differs by hue alone from its neighbours in hue', () => {
  const looks = Array.from({ length: 20 }, (_, i) => lookAt(i));
  assert.equal(new Set(looks.map(l => `${l.hue} ${l.dash}`)).size, 20);
  assert.equal(new Set(looks.map(l => `${l.hue} ${l.shape}`)).size, 20);
  assert.equal(new Set(looks.slice(0, 8).map(l => l.shape)).size, 8);
});

test('the address says all and gives it back', () => {
  const query = 'runs=a%2Cb&x=oracle&group=solver&hide=b&base=a&from=10&to=20&linear=objective&target=distance%3A0.05&trials=1';
  assert.equal(queryOf(viewFromQuery(new URLSearchParams(query))).toString(), query);
  const selection = viewFromQuery(new URLSearchParams('problem=pmc&tag=mine'));
  assert.deepEqual(selection.selection, { problem: 'pmc', tag: 'mine' });
  assert.equal(queryOf(selection).toString(), 'problem=pmc&tag=mine');
  const odd = viewFromQuery(new URLSearchParams('runs=a,a,&x=up&group=down&from=3&to=1&target=loss:-1'));
  assert.deepEqual([odd.runs, odd.align, odd.group, odd.range, odd.target], [['a'], 'iteration', 'none', null, null]);
});

test('a chart of runs becomes SVG and CSV', () => {
  const runs = [runOf([1, 0.1, 0.01], { header: { name: 'a & b, "c"' } }), runOf([2, 0, NaN])];
  const comparison = comparisonOf(runs);
  const scene = sceneOf(specOf('objective'), comparison, 600, 200);
  assert.deepEqual(scene.lost, { floor: 1, bad: 1, runs: [runs[1].name] });
  const pen = new SvgPen(700, 250, 'sans-serif', 'rgb(1,1,1)');
  paint(pen, scene, name => `rgb(0,0,${name.length})`, { width: 700, height: 250 }, { left: 50, right: 10, top: 10, bottom: 30 }, 1);
  const svg = pen.document('two runs');
  assert.match(svg, /^<svg .*<title>two runs<\/title>.*<\/svg>$/s);
  assert.equal(svg.match(/stroke-linejoin="round" stroke-dasharray|stroke-width="1.5" stroke-linejoin/g).length, 2);
  const rows = sceneCsv(scene, 'iteration').trim().split('\n');
  assert.equal(rows[0], 'run,name,iteration,loss min,loss max,loss last,not finite,bucket width');
  assert.equal(rows[1], `${runs[0].id},"a & b, ""c""",0,1,1,1,0,1`);
  assert.equal(rows.length, 7);
  assert.equal(csv([['a\nb', null]]), '"a\nb",\n');
});

test('medians become CSV with their quartiles and n', () => {
  const comparison = comparisonOf([runOf([1, 3]), runOf([3, 5])], 'group=solver');
  const scene = sceneOf(specOf('objective'), comparison, 600, 200);
  assert.equal(sceneCsv(scene, 'iteration').split('\n')[1], 'gd,0,2,1.5,2,2.5,1');
  assert.deepEqual(readingAt(scene.spreads[0].spread, 1.4), { value: 4, n: 2 });
  assert.equal(readingAt(scene.spreads[0].spread, -1), null);
});

test('a zoom asks for finer rows, and these take the place of the coarse ones in that range', async () => {
  const asked = [];
  const ask = async ({ from, to }) => {
    asked.push([from, to]);
    const iteration = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    return {
      level: 0,
      columns: {
        bucket: iteration,
        iteration,
        segment: iteration.map(() => 0),
        elapsed: iteration.map(i => i / 10),
        series: { loss: { last: iteration.map(i => 2000 - i) } },
      },
    };
  };
  const run = runOf(
    Array.from({ length: 64 }, (_, i) => 64 - i),
    { level: 4, ask },
  );
  const comparison = comparisonOf([run], 'from=320&to=400');
  assert.equal(comparison.width(1000), 16);
  const came = new Promise(resolve => {
    run.onDetail = resolve;
  });
  comparison.refine();
  await came;
  assert.deepEqual(asked, [[300, 420]]);
  assert.equal(comparison.width(1000), 1);
  const [{ curve }] = comparison.curves('loss', 1);
  assert.deepEqual([curve.x[1] - curve.x[0], curve.last[0]], [1, 2000 - curve.x[0]]);
  comparison.resetRange();
  assert.equal(comparison.width(1000), 16);
});

test('a figure that goes below zero is drawn on asinh, others on a log scale', () => {
  assert.equal(sceneOf(specOf('objective'), comparisonOf([runOf([1, 0])]), 600, 200).scale.kind, 'log');
  assert.equal(sceneOf(specOf('objective'), comparisonOf([runOf([1, -1])]), 600, 200).scale.kind, 'asinh');
});

test('something is done at once, and once more for what came meanwhile', () => {
  let now = 0;
  let later = null;
  let times = 0;
  const clock = {
    now: () => now,
    after: (ms, task) => {
      later = { ms, task };
      return 1;
    },
    cancel: () => {
      later = null;
    },
  };
  const calm = new Calm(() => times++, 20, clock);
  calm.request();
  now = 5;
  calm.request();
  calm.request();
  assert.deepEqual([times, later.ms], [1, 15]);
  now = 20;
  later.task();
  assert.equal(times, 2);
  calm.request();
  calm.stop();
  assert.equal(later, null);
});

test('groups are kept by name in the browser, where it lets one', () => {
  const kept = new Map();
  const groups = new SavedGroups({ getItem: k => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) });
  groups.save('seeds', 'problem=pmc');
  groups.save('others', 'tag=x');
  groups.save('seeds', 'problem=pmc&group=solver');
  assert.deepEqual(
    groups.list.map(g => g.name),
    ['seeds', 'others'],
  );
  groups.forget('seeds');
  assert.deepEqual(groups.list, [{ name: 'others', query: 'tag=x' }]);
  const refusing = new SavedGroups(null);
  refusing.save('a', 'b');
  assert.deepEqual(refusing.list, []);
});

test('runs of one name are called by what tells them apart, others by their names', () => {
  const run = (name, solver, seed) => ({ name, model: { header: { solver, seed, settings: {} } } });
  const alike = [run('sensing', 'gd', 1), run('sensing', 'lbfgs', 2)];
  assert.deepEqual([...namesOf(alike).values()], [['gd · seed 1', 'sensing'], ['lbfgs · seed 2', 'sensing']]);
  const named = [run('a', 'gd', 1), run('b', 'lbfgs', 2)];
  assert.deepEqual([...namesOf(named).values()], [['a', 'gd · seed 1'], ['b', 'lbfgs · seed 2']]);
  const [only] = alike;
  assert.deepEqual(namesOf([only]).get(only), ['sensing', '']);
});
