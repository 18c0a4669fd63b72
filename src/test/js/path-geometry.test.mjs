import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from '../../../web/js/run/columns.js';
import { arc, boxAround, jumpEnds, pathPairs, pathRows, replacedPaths, simplified } from '../../../web/js/draw/path-geometry.js';

function columnsOf(points, segment = () => 0) {
  const bucket = points.map((_, i) => i);
  return Columns.from(0, {
    bucket,
    iteration: bucket,
    segment: bucket.map(segment),
    elapsed: bucket,
    series: {},
    point: { x: points.map(p => p[0]), y: points.map(p => p[1]), z: points.map(p => p[2]) },
  });
}

test('rows without a finite point are left out', () => {
  assert.deepEqual(
    pathRows(
      columnsOf([
        [0, 0, 0],
        [null, null, null],
        ['NaN', 0, 0],
        [1, 1, 1],
      ]),
    ),
    [0, 3],
  );
});

test('the line is broken where the segment changes, and the jump knows its ends', () => {
  const columns = columnsOf(
    [
      [0, 0, 0],
      [1, 0, 0],
      [5, 5, 5],
      [6, 5, 5],
    ],
    i => (i < 2 ? 0 : 1),
  );
  const { line, jumps } = pathPairs(columns.segment, pathRows(columns));
  assert.deepEqual(line, [
    [0, 1],
    [2, 3],
  ]);
  assert.deepEqual(jumpEnds(columns, jumps), [{ from: [1, 0, 0], to: [5, 5, 5], iteration: 2 }]);
});

test('a straight path needs few rows, a corner is kept', () => {
  const points = Array.from({ length: 101 }, (_, i) => (i <= 50 ? [i, 0, 0] : [50, i - 50, 0]));
  const columns = columnsOf(points);
  assert.deepEqual(simplified(columns, pathRows(columns), 0.01, 1000), [0, 50, 100]);
  assert.equal(simplified(columns, pathRows(columns), 0.01, 10).length, 11);
});

test('no row left out is farther from the line than the tolerance', () => {
  const points = Array.from({ length: 400 }, (_, i) => [Math.cos(i / 20), Math.sin(i / 20), i / 400]);
  const columns = columnsOf(points);
  const kept = simplified(columns, pathRows(columns), 0.01, 1000);
  assert.ok(kept.length < 200, `${kept.length} kept`);
  for (let k = 1; k < kept.length; k++) {
    const [a, b] = [points[kept[k - 1]], points[kept[k]]];
    for (let i = kept[k - 1]; i <= kept[k]; i++) assert.ok(distance(points[i], a, b) <= 0.0101);
  }
});

test('simplification keeps both ends of a jump', () => {
  const columns = columnsOf(
    [
      [0, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
      [9, 9, 9],
      [9, 9, 8],
      [9, 9, 7],
    ],
    i => (i < 3 ? 0 : 1),
  );
  assert.deepEqual(simplified(columns, pathRows(columns), 0.1, 1000), [0, 2, 3, 5]);
});

test('the box holds all points on one scale', () => {
  const box = boxAround([
    [-1, 0, 0],
    [1, 0.2, 0],
  ]);
  assert.deepEqual(box.centre, [0, 0.1, 0]);
  assert.ok(box.half >= 1);
  assert.ok(
    box.halves.every(h => h > 0),
    'a flat path still has a box',
  );
  assert.deepEqual(boxAround([]).half, 1);
});

test('an arc starts and ends at its points and rises between', () => {
  const points = arc([0, 0, 0], [1, 0, 0]);
  assert.deepEqual(points[0], [0, 0, 0]);
  assert.deepEqual(points.at(-1), [1, 0, 0]);
  assert.ok(points[16][2] > 0.1);
});

function distance(p, a, b) {
  const u = b.map((v, i) => v - a[i]);
  const v = p.map((c, i) => c - a[i]);
  const length = u.reduce((s, c) => s + c * c, 0);
  const t = length ? Math.min(1, Math.max(0, u.reduce((s, c, i) => s + c * v[i], 0) / length)) : 0;
  return Math.hypot(...v.map((c, i) => c - t * u[i]));
}

test('what an attempt replaced is a path of its own, thinned with both ends kept, and none where there are no points', () => {
  const long = columnsOf(Array.from({ length: 2000 }, (_, i) => [i, 2 * i, 0]));
  const [path, ...others] = replacedPaths([{ columns: long }, { columns: new Columns(0) }, { columns: columnsOf([[1, 2, 3]]) }]);
  assert.equal(others.length, 0);
  assert.ok(path.length > 256 && path.length <= 513, `${path.length} points`);
  assert.deepEqual([path[0], path.at(-1)], [[0, 0, 0], [1999, 3998, 0]]);
  assert.deepEqual(replacedPaths([]), []);
});
