import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from '../../../web/js/run/columns.js';
import { computedPoints, landmarkPoints, valueOf } from '../../../web/js/draw/chart-data.js';
import { bestSoFar, curveOf } from '../../../web/js/draw/curve.js';
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

function draw(columns, { range = [0, 1e9], scale = linear, room = 1000, strands = columns.segment, broken, name = 'loss' } = {}) {
  return curveOf({ x: columns.iteration, rows: columns, series: columns.series(name), strands, broken, range, scale, room });
}

/** [x, y] of a line, with null where the pen is lifted. */
function points(line) {
  const all = [];
  for (let i = 0; i < line.n; i++) {
    if (line.gap[i] && i > 0) all.push(null);
    all.push([line.x[i], line.y[i]]);
  }
  return all;
}

test('with room for all, every iteration is drawn and there is no band', () => {
  const drawn = draw(columnsOf([5, 4, 3]));
  assert.deepEqual(points(drawn.path), [
    [0, 5],
    [1, 4],
    [2, 3],
  ]);
  assert.deepEqual([drawn.path.banded, drawn.merged, drawn.low, drawn.high], [false, 1, 3, 5]);
});

test('without room neighbours merge in aligned powers of two and keep their extremes', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i === 501 ? 99 : i % 7));
  const drawn = draw(columnsOf(values), { room: 130 });
  assert.deepEqual([drawn.merged, drawn.path.n, drawn.path.banded, drawn.high], [8, 125, true, 99]);
  assert.ok(drawn.path.high.includes(99));
});

test('what is merged stays when the run grows', () => {
  const values = Array.from({ length: 1100 }, (_, i) => Math.sin(i));
  const before = draw(columnsOf(values.slice(0, 1050)), { room: 300 });
  const after = draw(columnsOf(values), { room: 300 });
  assert.equal(before.merged, after.merged);
  assert.deepEqual(points(after.path).slice(0, 262), points(before.path).slice(0, 262));
});

test('a range is cut with one neighbour on either side', () => {
  const drawn = draw(columnsOf([9, 8, 7, 6, 5, 4]), { range: [1.5, 3.5] });
  assert.deepEqual(
    points(drawn.path).map(([x]) => x),
    [1, 2, 3, 4],
  );
});

test('strands are not joined, and trials are a curve of their own', () => {
  const drawn = draw(columnsOf([1, 1, 9, 8, 2, 2]), { strands: [0, 0, -1, -1, 3, 3] });
  assert.deepEqual(points(drawn.path), [[0, 1], [1, 1], null, [4, 2], [5, 2]]);
  assert.deepEqual(points(drawn.trials), [
    [2, 9],
    [3, 8],
  ]);
  assert.equal(drawn.high, 9, 'what is folded still counts for the extent');
});

test('folded trials merge across their segments and keep their extremes', () => {
  const values = Array.from({ length: 64 }, (_, i) => (i === 40 ? -7 : i));
  const drawn = draw(columnsOf(values, { segment: i => i }), { strands: values.map(() => -1), room: 8 });
  assert.deepEqual([drawn.trials.n, drawn.merged], [8, 8]);
  assert.equal(drawn.trials.low[5], -7);
});

test('the line is broken where nothing was heard of the run', () => {
  const drawn = draw(columnsOf([4, 3, 2, 1]), { broken: new Set([2]) });
  assert.deepEqual(points(drawn.path), [[0, 4], [1, 3], null, [2, 2], [3, 1]]);
});

test('on a log scale what is not positive goes to the floor and breaks the line', () => {
  const drawn = draw(columnsOf([1, 0, -3, 100]), { scale: log10 });
  assert.deepEqual(drawn.floor, [1, 2]);
  assert.deepEqual(points(drawn.path), [[0, 0], null, [3, 2]]);
  assert.deepEqual([drawn.low, drawn.high], [0, 2]);
});

test('NaN and infinities go to the edge, are counted, and the first is named', () => {
  const drawn = draw(columnsOf([1, 'NaN', 'Infinity', '-Infinity']));
  assert.deepEqual([drawn.nonFinite, drawn.firstNonFinite, drawn.high], [3, 1, 1]);
  assert.deepEqual(
    drawn.edge.map(e => e.x),
    [1, 2, 3],
  );
});

test('non-finite values inside a bucket are counted though its last value is finite', () => {
  const extra = { first: [1, 1], min: [1, 1], max: [1, 'Infinity'], nonFinite: [0, 3] };
  const drawn = draw(columnsOf([1, 2], { level: 2, extra }));
  assert.deepEqual([drawn.nonFinite, drawn.path.n, drawn.firstNonFinite], [3, 2, 7]);
});

test('buckets of the server have a band at once', () => {
  const drawn = draw(columnsOf([2, 3], { level: 4, extra: { first: [2, 3], min: [1, 2], max: [5, 6] } }));
  assert.deepEqual([drawn.path.banded, drawn.low, drawn.high], [true, 1, 6]);
});

test('a series nobody sent is empty', () => {
  const drawn = draw(columnsOf([1]), { name: 'distance' });
  assert.deepEqual([drawn.path.n, drawn.edge, drawn.nonFinite], [0, [], 0]);
});

test('the best so far counts the extremes of buckets and never rises', () => {
  assert.deepEqual([...bestSoFar({ last: [null, 5, 7, 3], min: [null, 5, 2, 3] })], [NaN, 5, 2, 2]);
});

const run = columns => ({
  columns,
  model: { holding: [{ iteration: 1, values: { lambdaMin: -0.5, ritz1: 2, ritz2: 3, ritzy: 9 } }] },
  xColumn: c => c.iteration,
  xOfPlace: place => place.iteration,
});

test('eigenvalues are points where landmarks or rows have them', () => {
  const columns = Columns.from(0, {
    bucket: [0, 1, 2],
    iteration: [0, 1, 2],
    segment: [0, 0, 0],
    elapsed: [0, 0, 0],
    series: { lambdaMin: { last: [null, null, -2] } },
  });
  const found = computedPoints(run(columns), 'lambdaMin', [0, 10], 100);
  assert.deepEqual(
    found.map(({ x, value }) => [x, value]),
    [
      [1, -0.5],
      [2, -2],
    ],
  );
  const ritz = landmarkPoints(run(columns).model.holding, 'ritz', run(columns));
  assert.deepEqual(
    ritz.map(p => p.value),
    [2, 3],
  );
});

test('of more points than there is room for, the extremes stay', () => {
  const values = Array.from({ length: 5000 }, (_, i) => (i === 3333 ? -99 : Math.cos(i)));
  const columns = columnsOf(values);
  const found = computedPoints(run(columns), 'loss', [0, 4999], 100);
  assert.ok(found.length <= 202, `${found.length} points`);
  assert.ok(found.some(p => p.value === -99));
});

test('the value under the cursor is that of its row or the newest shortly before', () => {
  const columns = columnsOf([5, null, 3]);
  const at = i => valueOf(columns, columns.series('loss'), i);
  assert.deepEqual([at(0), at(1), at(2)], [5, 5, 3]);
  assert.equal(valueOf(columns, columns.series('stepSize'), 1), null);
  assert.equal(valueOf(new Columns(), columns.series('loss'), 1), null);
});
