import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLines, wordPlace } from '../../../web/js/draw/word-place.js';

const ROOM = { width: 400, height: 300, margin: 6 };

test('long words come in two lines of about the same length', () => {
  assert.deepEqual(inLines('x₁'), ['x₁']);
  assert.deepEqual(inLines('along the start'), ['along the', 'start']);
  assert.deepEqual(inLines('along the first gradient'), ['along the', 'first gradient']);
  assert.deepEqual(inLines('unbreakableword'), ['unbreakableword']);
});

test('a word is never cut off by the edge of the view', () => {
  assert.deepEqual(wordPlace({ at: [395, 150], size: [80, 20], taken: [], room: ROOM }), [354, 150]);
  assert.deepEqual(wordPlace({ at: [-20, 299], size: [80, 20], taken: [], room: ROOM }), [46, 284]);
  // One that is larger than the view stands at its beginning.
  assert.deepEqual(wordPlace({ at: [200, 150], size: [500, 20], taken: [], room: ROOM }), [256, 150]);
});

test("a name lies beside its axis with all of it, and clear of the axis's figures", () => {
  const size = [80, 20];
  assert.deepEqual(wordPlace({ at: [210, 150], size, from: [200, 150], taken: [], room: ROOM }), [250, 150]);
  const figure = { centre: [250, 155], size: [30, 14] };
  const [x, y] = wordPlace({ at: [200, 160], size, from: [200, 150], taken: [figure], room: ROOM });
  assert.equal(x, 200);
  assert.ok(y - 10 >= 162, `the name at ${y} lies on the figure`);
});

test('a name does not cross its axis, however that leans, and takes the other side where there is no room', () => {
  const size = [80, 20];
  const line = [
    [200, 60],
    [200, 240],
  ];
  // Moved away from a point of the axis by less than its own half width: that alone would leave it across.
  const [x] = wordPlace({ at: [210, 170], size, from: [200, 150], line, taken: [], room: ROOM });
  assert.ok(x - 40 > 200, `the name at ${x} crosses the axis`);
  const edge = line.map(([, y]) => [30, y]);
  const [right] = wordPlace({ at: [20, 150], size, from: [30, 150], line: edge, taken: [], room: ROOM });
  assert.ok(right - 40 > 30, `the name at ${right} crosses the axis at the edge of the view`);
});
