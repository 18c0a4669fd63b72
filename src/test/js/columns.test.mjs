import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns, decodeNumber, figureOf, lowerBound } from '../../../web/js/run/columns.js';

function rows(from, to, value = i => i) {
  const bucket = Array.from({ length: to - from }, (_, i) => from + i);
  return {
    bucket,
    iteration: bucket,
    segment: bucket.map(() => 0),
    elapsed: bucket.map(i => i / 10),
    series: { loss: { last: bucket.map(value) } },
  };
}

test('non-finite figures travel as strings, unknown ones as null', () => {
  assert.equal(decodeNumber(0.5), 0.5);
  assert.ok(Number.isNaN(decodeNumber('NaN')));
  assert.equal(decodeNumber('Infinity'), Infinity);
  assert.equal(decodeNumber('-Infinity'), -Infinity);
  assert.equal(decodeNumber(null), null);
  assert.equal(decodeNumber(undefined), null);
  assert.throws(() => decodeNumber('12'), /figure is "12"; valid are/);
});

test('a figure of a status or landmark is decoded as well', () => {
  assert.ok(Number.isNaN(figureOf({ values: { loss: 'NaN' } }, 'loss')));
  assert.equal(figureOf({ values: {} }, 'loss'), null);
  assert.equal(figureOf({}, 'loss'), null);
});

test('rows are appended, and a row with a known number replaces it', () => {
  const columns = Columns.from(0, rows(0, 3));
  columns.upsert(rows(2, 5, i => 10 * i));
  assert.deepEqual(columns.bucket, [0, 1, 2, 3, 4]);
  assert.deepEqual(columns.series('loss').last, [0, 1, 20, 30, 40]);
});

test('a resent delta changes nothing', () => {
  const columns = Columns.from(0, rows(0, 4));
  const delta = rows(3, 8, i => 2 * i);
  columns.upsert(delta);
  const before = JSON.stringify([columns.bucket, columns.iteration, columns.series('loss')]);
  columns.upsert(delta);
  assert.equal(JSON.stringify([columns.bucket, columns.iteration, columns.series('loss')]), before);
});

test('a bucket that was missing is put in its place, in every column', () => {
  const columns = Columns.from(0, rows(0, 2));
  columns.upsert(rows(5, 6));
  columns.upsert(rows(3, 4));
  assert.deepEqual(columns.bucket, [0, 1, 3, 5]);
  assert.deepEqual(columns.iteration, [0, 1, 3, 5]);
  assert.deepEqual(columns.series('loss').last, [0, 1, 3, 5]);
});

test('a series that appears late is unknown before, one that is absent is unknown after', () => {
  const columns = Columns.from(0, rows(0, 2));
  columns.upsert({
    bucket: [2],
    iteration: [2],
    segment: [1],
    elapsed: [0.2],
    series: { stepSize: { last: [0.1] } },
    point: { x: [1], y: [2], z: [3] },
  });
  assert.deepEqual(columns.series('loss').last, [0, 1, null]);
  assert.deepEqual(columns.series('stepSize').last, [null, null, 0.1]);
  assert.deepEqual(columns.point, { x: [null, null, 1], y: [null, null, 2], z: [null, null, 3] });
  assert.deepEqual(columns.names, ['loss', 'stepSize']);
});

test('at level 0 the extremes are the value; above they are what the server says', () => {
  const plain = Columns.from(0, rows(0, 2)).series('loss');
  assert.deepEqual(plain.min, plain.last);
  const coarse = Columns.from(3, {
    bucket: [0],
    iteration: [7],
    segment: [0],
    elapsed: [1],
    series: { loss: { first: [9], min: [1], max: ['Infinity'], last: ['NaN'], nonFinite: [2] } },
  }).series('loss');
  assert.deepEqual([coarse.first, coarse.min, coarse.max, coarse.nonFinite], [[9], [1], [Infinity], [2]]);
  assert.ok(Number.isNaN(coarse.last[0]));
});

test('the row of an iteration follows from the level', () => {
  const columns = Columns.from(2, {
    bucket: [0, 1, 3],
    iteration: [3, 7, 12],
    segment: [0, 0, 0],
    elapsed: [0, 0, 0],
    series: {},
  });
  assert.equal(columns.rowAt(0), 0);
  assert.equal(columns.rowAt(3), 0);
  assert.equal(columns.rowAt(4), 1);
  assert.equal(columns.rowAt(11), 1, 'bucket 2 is missing: the one before it');
  assert.equal(columns.rowAt(12), 2);
  assert.equal(columns.rowAt(1e9), 2);
  assert.equal(new Columns().rowAt(5), -1);
});

test('lowerBound finds the first that is not smaller', () => {
  assert.equal(lowerBound([], 1), 0);
  assert.equal(lowerBound([1, 3, 3, 5], 3), 1);
  assert.equal(lowerBound([1, 3, 3, 5], 6), 4);
});
