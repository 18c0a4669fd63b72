import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeCorner } from '../../../web/js/draw/free-corner.js';

const PLOT = { left: 0, top: 0, right: 400, bottom: 100, unit: 1 };
const SIZE = [150, 16];

function line(...points) {
  return { n: points.length, x: points.map(p => p[0]), y: points.map(p => p[1]), gap: points.map((_, i) => (i === 0 ? 1 : 0)) };
}

test('a note stands at the lower right where nothing is there', () => {
  assert.deepEqual(freeCorner(PLOT, SIZE, []), { x: 396, y: 88, align: 'right', hits: 0 });
});

test('a note goes where no line passes, also one that has no point in the corner', () => {
  const falling = line([0, 5], [400, 95]);
  assert.deepEqual(freeCorner(PLOT, SIZE, [falling]), { x: 4, y: 88, align: 'left', hits: 0 });
  const low = line([0, 90], [400, 90]);
  assert.deepEqual(freeCorner(PLOT, SIZE, [low]), { x: 396, y: 12, align: 'right', hits: 0 });
});

test('where the pen is lifted there is no line to avoid', () => {
  const parted = { ...line([0, 5], [390, 95]), gap: [1, 1] };
  assert.equal(freeCorner(PLOT, SIZE, [parted]).align, 'left');
  const point = { ...line([0, 5], [399, 50]), gap: [1, 1] };
  assert.equal(freeCorner(PLOT, SIZE, [point]).align, 'right');
});

test('where lines pass everywhere it is the corner with the fewest', () => {
  const lines = [line([0, 90], [400, 90]), line([0, 10], [400, 10]), line([0, 12], [300, 12]), line([300, 92], [400, 92])];
  const { align, y, hits } = freeCorner(PLOT, SIZE, lines);
  assert.deepEqual([align, y, hits], ['left', 88, 1]);
});
