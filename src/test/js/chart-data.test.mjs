import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from '../../../web/js/run/columns.js';
import { chartData, landmarkPoints, valueAt } from '../../../web/js/draw/chart-data.js';
import { linear, log10 } from '../../../web/js/draw/scales.js';

function columnsOf(values, { segment = () => 0, level = 0, extra = {} } = {}) {
  const bucket = values.map((_, i) => i);
  const iteration = bucket.map(b => (b + 1) * 2 ** level - 1);
  return Columns.from(level, {
    bucket,
    iteration,
    segment: bucket.map(segment),
    elapsed: iteration.map(i => i / 100),
    series: { loss: { last: values, ...extra } },
  });
}

const draw = (columns, { range = [0, 1e9], scale = linear, room = 1000, axis = 'iteration' } = {}) =>
  chartData(columns, 'loss', axis, range, scale, room);

test('with room for all, every iteration is drawn and there is no band', () => {
  const drawn = draw(columnsOf([5, 4, 3]));
  assert.deepEqual(drawn.line, [
    [0, 5],
    [1, 4],
    [2, 3],
  ]);
  assert.deepEqual([drawn.bands, drawn.merged, drawn.low, drawn.high], [[], 1, 3, 5]);
});

test('without room neighbours merge in aligned powers of two and keep their extremes', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i === 501 ? 99 : i % 7));
  const drawn = draw(columnsOf(values), { room: 130 });
  assert.equal(drawn.merged, 8);
  assert.equal(drawn.line.length, 125);
  assert.equal(drawn.high, 99);
  assert.ok(drawn.bands[0].some(([, , high]) => high === 99));
});

test('what is merged stays when the run grows', () => {
  const values = Array.from({ length: 1100 }, (_, i) => Math.sin(i));
  const before = draw(columnsOf(values.slice(0, 1050)), { room: 300 });
  const after = draw(columnsOf(values), { room: 300 });
  assert.equal(before.merged, after.merged);
  assert.deepEqual(after.line.slice(0, 262), before.line.slice(0, 262));
});

test('a range is cut with one neighbour on either side', () => {
  const drawn = draw(columnsOf([9, 8, 7, 6, 5, 4]), { range: [1.5, 3.5] });
  assert.deepEqual(
    drawn.line.map(([x]) => x),
    [1, 2, 3, 4],
  );
});

test('segments are not joined', () => {
  const drawn = draw(columnsOf([1, 1, 9, 9], { segment: i => (i < 2 ? 0 : 1) }));
  assert.deepEqual(drawn.line, [
    [0, 1],
    [1, 1],
    [2, null],
    [2, 9],
    [3, 9],
  ]);
});

test('on a log scale what is not positive goes to the floor and breaks the line', () => {
  const drawn = draw(columnsOf([1, 0, -3, 100]), { scale: log10 });
  assert.deepEqual(drawn.floor, [1, 2]);
  assert.deepEqual(drawn.line, [
    [0, 0],
    [1, null],
    [2, null],
    [3, 2],
  ]);
  assert.deepEqual([drawn.low, drawn.high], [0, 2]);
});

test('NaN and infinities go to the edge, are counted, and the first is named', () => {
  const drawn = draw(columnsOf([1, 'NaN', 'Infinity', '-Infinity']));
  assert.equal(drawn.nonFinite, 3);
  assert.equal(drawn.firstNonFinite, 1);
  assert.deepEqual(
    drawn.edge.map(e => e.x),
    [1, 2, 3],
  );
  assert.equal(drawn.high, 1);
});

test('non-finite values inside a bucket are counted though its last value is finite', () => {
  const drawn = draw(
    columnsOf([1, 2], { level: 2, extra: { first: [1, 1], min: [1, 1], max: [1, 'Infinity'], nonFinite: [0, 3] } }),
  );
  assert.equal(drawn.nonFinite, 3);
  assert.equal(drawn.line.length, 2);
});

test('buckets of the server have a band at once', () => {
  const drawn = draw(columnsOf([2, 3], { level: 4, extra: { first: [2, 3], min: [1, 2], max: [5, 6] } }));
  assert.deepEqual(drawn.bands, [
    [
      [15, 1, 5],
      [31, 2, 6],
    ],
  ]);
  assert.deepEqual([drawn.low, drawn.high], [1, 6]);
});

test('a series nobody sent is empty', () => {
  const drawn = chartData(columnsOf([1]), 'distance', 'iteration', [0, 10], log10, 100);
  assert.deepEqual([drawn.line, drawn.edge, drawn.nonFinite], [[], [], 0]);
});

test('landmarks give points where they have the figure', () => {
  const landmarks = [
    { iteration: 5, elapsed: 0.5, values: { lambdaMin: -0.2 } },
    { iteration: 6, elapsed: 0.6, values: {} },
    { iteration: 7, elapsed: 0.7, values: { lambdaMin: 'NaN' } },
  ];
  const points = landmarkPoints(landmarks, 'lambdaMin', 'elapsed');
  assert.deepEqual(
    points.map(p => p.x),
    [0.5, 0.7],
  );
  assert.ok(Number.isNaN(points[1].value));
});

test('the value under the cursor', () => {
  const columns = columnsOf([5, 4, 3]);
  assert.equal(valueAt(columns, 'loss', 1), 4);
  assert.equal(valueAt(columns, 'stepSize', 1), null);
  assert.equal(valueAt(new Columns(), 'loss', 1), null);
});
