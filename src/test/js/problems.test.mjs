import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pixels, placeIn } from '../../../web/js/problems/picture.js';
import { constantsOf, figuresOf, outcomeWords, pointWords } from '../../../web/js/problems/words.js';

test('a picture is drawn from below upwards, low dark and high bright', () => {
  const data = pixels({ size: 2, values: [0, 1, 2, 3] });
  const light = i => data[4 * i] + data[4 * i + 1] + data[4 * i + 2];
  assert.equal(data.length, 16);
  assert.ok(light(1) > light(0) && light(0) > light(3) && light(3) > light(2));
  assert.equal(data[3], 255);
});

test('coordinates lie where the picture has them', () => {
  assert.deepEqual(placeIn({ reach: 2 }, 0, 0), [0.5, 0.5]);
  assert.deepEqual(placeIn({ reach: 2 }, 1, 1), [0.75, 0.25]);
});

test('a stationary point is told with its index and what is flat', () => {
  const zero = { name: '0', index: 6, flat: 5, lambdaMin: -2, lambdaMax: 1e-16, loss: 3 };
  assert.equal(pointWords(zero), 'X = 0: strict saddle of index 6, h 3; eigenvalues of ∇²h from \u22122 to 0, 5 flat directions');
  assert.match(pointWords({ ...zero, index: 0, flat: 9, lambdaMin: 0, lambdaMax: 0 }), /degenerate/);
  assert.match(pointWords({ name: 'truth', index: 0, flat: 1, lambdaMin: 0, lambdaMax: 4, loss: 0 }), /the truth: no negative curvature.*1 flat direction$/);
});

test('constants are told with where they come from, and only those there are', () => {
  const sheet = {
    figures: { restrictedConvexity: 0.5, restrictedSmoothness: 2, isometryConstant: 1, measurements: 44, perDegreeOfFreedom: 4.5 },
    sources: { restrictedSource: 'exact' },
  };
  assert.deepEqual(
    constantsOf(sheet).map(c => [c.label, c.value]),
    [
      ['αₛ and Lₛ', '0.5 and 2'],
      ['RIP constant δ', '1'],
    ],
  );
  assert.deepEqual(figuresOf(sheet), [
    ['measurements', '44'],
    ['per degree of freedom', '4.5'],
  ]);
});

test('outcomes say of how many', () => {
  assert.equal(outcomeWords({ lookedAt: 0, ended: 0, certified: 0, near: 0, distanceKnown: 0 }), 'no run yet');
  assert.match(outcomeWords({ lookedAt: 3, ended: 1, certified: 1, near: 0, distanceKnown: 0 }), /^1 of 1 ended run certified/);
  assert.match(outcomeWords({ lookedAt: 9, ended: 8, certified: 7, near: 6, distanceKnown: 8 }), /6 of 8 within the success distance/);
});
