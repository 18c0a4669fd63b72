import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesCsv } from '../../../web/js/panels/export.js';
import { summaryOf } from '../../../web/js/panels/panel-summary.js';
import { boundsOf, emptyWords, hasFigures, panelsFor } from '../../../web/js/panels/panel-specs.js';
import { Frames } from '../../../web/js/frames.js';
import { RunModel } from '../../../web/js/run/run-model.js';
import { RunView } from '../../../web/js/run/run-view.js';
import { viewFromQuery } from '../../../web/js/run/view-state.js';

const ids = names => panelsFor(names).map(p => p.id);

const COMMON = ['objective', 'gradient', 'distance', 'curvature', 'step', 'work', 'pace'];

test('a plain run has the common panels and no empty one of a method', () => {
  assert.deepEqual(ids(['loss', 'gradientNorm']), COMMON);
});

test('the terms of the lifted iterate are lines of one panel', () => {
  const panels = panelsFor(['loss', 'liftedLoss', 'aTerm', 'bTerm', 'cTerm']);
  assert.deepEqual(
    panels.slice(COMMON.length).map(p => p.id),
    ['lifted', 'terms'],
  );
  assert.deepEqual(
    panels[COMMON.length + 1].lines.map(l => l.series),
    ['bTerm', 'cTerm'],
  );
});

test('the figures of an implicit region have panels of their own', () => {
  const panels = panelsFor(['loss', 'residualNorm', 'deviationRate', 'cumulativeDeviation', 'perturbations']).slice(COMMON.length);
  assert.deepEqual(
    panels.map(p => [p.id, p.series, p.scale]),
    [
      ['residual', 'residualNorm', 'log'],
      ['deviation', 'deviationRate', 'asinh'],
      ['cumulative-deviation', 'cumulativeDeviation', 'asinh'],
    ],
  );
});

test('a figure nobody knows gets a panel of its own', () => {
  assert.deepEqual(ids(['loss', 'temperature']).slice(COMMON.length), ['temperature']);
});

test('a counter is no chart', () => {
  assert.deepEqual(ids(['loss', 'gradientEvaluations']).slice(COMMON.length), []);
});

test('lines that a run does not have are not in the legend, and one line alone needs none', () => {
  const step = names => panelsFor(names).find(p => p.id === 'step');
  assert.deepEqual([step(['stepSize']).lines.length, step(['stepSize']).label], [0, undefined]);
  assert.deepEqual([step(['stepSize', 'stepNorm']).lines.map(l => l.label), step(['stepSize', 'stepNorm']).label], [['‖d‖'], 'η']);
});

test('an eigenvalue that a program sends with its iterations belongs to the curvature', () => {
  assert.deepEqual(ids(['loss', 'hessianLambdaMin', 'ritz1', 'ritz2']), COMMON);
});

function runOf(series) {
  const n = Object.values(series)[0].last.length;
  const bucket = Array.from({ length: n }, (_, i) => i);
  const model = new RunModel('r');
  model.apply({
    op: 'snapshot',
    epoch: 'e',
    seq: n,
    header: { settings: {} },
    level: 0,
    status: { iteration: n - 1, elapsed: n / 2, ended: true },
    columns: { bucket, iteration: bucket, segment: bucket.map(() => 0), elapsed: bucket.map(i => i / 2), series },
  });
  return new RunView(model, viewFromQuery(new URLSearchParams()), new Frames(() => {}));
}

test('a panel of several lines is saved with all of them', () => {
  const figures = values => ({ min: values, max: values, last: values });
  const spec = { series: 'aTerm', lines: [{ series: 'bTerm' }] };
  assert.equal(
    seriesCsv(runOf({ aTerm: figures([1, 2]), bTerm: figures([3, null]) }), spec),
    'iteration,elapsed,segment,aTerm min,aTerm max,aTerm last,bTerm min,bTerm max,bTerm last\n' +
      '0,0,0,1,1,1,3,3,3\n1,0.5,0,2,2,2,,,\n',
  );
});

test('a chart in words tells its last value, its extremes, and what is not finite', () => {
  const [objective, gradient] = panelsFor(['loss']);
  const run = runOf({ loss: { last: [5, 'NaN', 2, 3] } });
  assert.equal(summaryOf(objective, run), 'Objective. Objective: last 3, from 2 to 5, 1 not finite.');
  assert.equal(summaryOf(gradient, run), 'Gradient norm. the run sends no gradient norm.');
  run.model.replaced = [{ attempt: 2, columns: run.columns }];
  assert.match(summaryOf(objective, run), /; dotted: what 1 attempt rewrote\.$/);
});

test('an empty panel says whether nothing came yet, nothing of its kind, or nothing in the stretch in view', () => {
  const [objective, gradient] = panelsFor(['loss']);
  const run = runOf({ loss: { last: [5, 4, 3, 2] } });
  assert.equal(emptyWords(gradient, run), 'the run sends no gradient norm');
  assert.equal(emptyWords(objective, run), 'nothing recorded in this range');
  assert.equal(emptyWords({ series: 'other' }, run), 'the run sends no such figure');
  assert.equal(emptyWords(objective, runOf({ loss: { last: [] } })), 'nothing so far');
  assert.deepEqual([hasFigures(objective, run), hasFigures(gradient, run)], [true, false]);
});

test('the curvature has the line of second-order stationarity, by the newest point of which the Hessian is known to change how fast', () => {
  const curvature = panelsFor([]).find(p => p.id === 'curvature');
  const judged = (...rhos) => rhos.map(rho => ({ kind: 'stationary', values: rho === null ? {} : { hessianLipschitz: rho } }));
  const bounds = (epsilon, holding) => boundsOf(curvature, { header: { gradientBound: epsilon }, holding });
  assert.deepEqual(bounds(1e-6, judged(100, 4, null)), [{ value: -2e-3, label: '−√(ρε)' }]);
  assert.deepEqual(bounds(undefined, judged(4)), []);
  assert.deepEqual(bounds(1e-6, judged(null)), []);
  assert.deepEqual(bounds(1e-6, judged(0)), []);
  assert.deepEqual(bounds(1e-6, []), []);
});
