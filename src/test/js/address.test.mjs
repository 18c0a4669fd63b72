import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAt, parse, runPath } from '../../../web/js/router.js';
import { follows, queryOf, resolveRange, viewFromQuery } from '../../../web/js/run/view-state.js';

test('addresses name pages', () => {
  assert.equal(parse('/').page, 'home');
  assert.equal(parse('/runs').page, 'runs');
  assert.equal(parse('/runs/').page, 'runs');
  assert.deepEqual([parse('/runs/01J?x=elapsed').page, parse('/runs/01J').id], ['run', '01J']);
  assert.equal(parse('/nothing/here').page, 'unknown');
  assert.equal(parse(runPath('a/b c')).id, 'a/b c');
});

test('a page that was left does not correct the address of the next one', () => {
  assert.equal(isAt('/runs/01J', 'http://localhost:8080/runs/01J?from=3'), true);
  assert.equal(isAt('/runs/01J', 'http://localhost:8080/health'), false);
  assert.equal(isAt('/runs/01J', 'http://localhost:8080/runs/01K'), false);
  assert.equal(isAt('/runs', 'http://localhost:8080/'), true);
});

const PLAIN = { axis: 'iteration', range: null, linear: [], at: null, trials: false, replaced: true, kinds: null, panel: null };
const roundTrip = view => viewFromQuery(new URLSearchParams(queryOf(view).toString()));

test('a plain view has a plain address', () => {
  const view = viewFromQuery(new URLSearchParams());
  assert.deepEqual(view, PLAIN);
  assert.equal(queryOf(view).toString(), '');
});

test('a view survives its address', () => {
  const views = [
    { ...PLAIN, axis: 'elapsed', range: { from: 0.5, to: 1.25 }, linear: ['objective', 'step'], at: 640 },
    { ...PLAIN, range: { last: 500 } },
    { ...PLAIN, range: { from: -1, to: 0 }, at: 0 },
    { ...PLAIN, axis: 'calls', range: { from: 9_000_001, to: 9_000_064 }, trials: true, replaced: false, kinds: ['escape', 'phase'], panel: 'step' },
    { ...PLAIN, kinds: [] },
  ];
  for (const view of views) assert.deepEqual(roundTrip(view), view);
});

test('nonsense in the address is left out', () => {
  const view = viewFromQuery(new URLSearchParams('x=wall&from=9&to=3&last=-4&at=abc'));
  assert.deepEqual(view, PLAIN);
  assert.equal(viewFromQuery(new URLSearchParams('from=1')).range, null);
});

test('a view follows unless its range is fixed', () => {
  assert.equal(follows({ range: null }), true);
  assert.equal(follows({ range: { last: 5 } }), true);
  assert.equal(follows({ range: { from: 0, to: 5 } }), false);
});

test('a range in numbers', () => {
  assert.deepEqual(resolveRange(null, [0, 90]), [0, 90]);
  assert.deepEqual(resolveRange({ last: 20 }, [0, 90]), [70, 90]);
  assert.deepEqual(resolveRange({ last: 200 }, [0, 90]), [0, 90]);
  assert.deepEqual(resolveRange({ from: 5, to: 7 }, [0, 90]), [5, 7]);
});
