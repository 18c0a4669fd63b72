import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesCsv } from '../../../web/js/panels/export.js';
import { panelsFor } from '../../../web/js/panels/panel-specs.js';
import { Columns } from '../../../web/js/run/columns.js';

const ids = names => panelsFor(names).map(p => p.id);

test('a plain run has the five panels and no empty one of a method', () => {
  assert.deepEqual(ids(['loss', 'gradientNorm']), ['objective', 'gradient', 'distance', 'curvature', 'step']);
});

test('the terms of the lifted iterate are lines of one panel', () => {
  const panels = panelsFor(['loss', 'liftedLoss', 'aTerm', 'bTerm', 'cTerm']);
  assert.deepEqual(
    panels.slice(5).map(p => p.id),
    ['lifted', 'terms'],
  );
  assert.deepEqual(
    panels[6].lines.map(l => l.series),
    ['bTerm', 'cTerm'],
  );
});

test('the figures of an implicit region have panels of their own', () => {
  const panels = panelsFor(['loss', 'residualNorm', 'deviationRate', 'cumulativeDeviation', 'perturbations']).slice(5);
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
  assert.deepEqual(ids(['loss', 'temperature']).slice(5), ['temperature']);
});

test('a counter is no chart', () => {
  assert.deepEqual(ids(['loss', 'gradientEvaluations']).slice(5), []);
});

test('a panel of several lines is saved with all of them', () => {
  const figures = values => ({ min: values, max: values, last: values });
  const columns = Columns.from(0, {
    bucket: [0, 1],
    iteration: [0, 1],
    segment: [0, 0],
    elapsed: [0, 0.5],
    series: { aTerm: figures([1, 2]), bTerm: figures([3, null]) },
  });
  const spec = { series: 'aTerm', lines: [{ series: 'bTerm' }] };
  assert.equal(
    seriesCsv({ columns }, spec, 'iteration', [0, 10]),
    'iteration,elapsed,segment,aTerm min,aTerm max,aTerm last,bTerm min,bTerm max,bTerm last\n' +
      '0,0,0,1,1,1,3,3,3\n1,0.5,0,2,2,2,,,\n',
  );
});
