import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arranged, matches, sorted, totals } from '../../../web/js/pages/row-order.js';
import { sparkline } from '../../../web/js/pages/sparkline.js';

const run = (id, more = {}, values = {}) => ({
  id,
  name: `run ${id}`,
  problem: 'pmc',
  solver: 'gd',
  escape: 'sod-multi',
  started: `2026-01-01T00:00:0${id}Z`,
  status: { state: 'running', iteration: Number(id), escapes: 1, values, ...more },
});
const ids = runs => runs.map(r => r.id).join('');

test('sorting puts what is unknown or not a number last, both ways', () => {
  const runs = [run('1', {}, { loss: 'NaN' }), run('2', {}, { loss: 3 }), run('3'), run('4', {}, { loss: 1 })];
  assert.equal(ids(sorted(runs, { column: 'loss', down: false })).slice(0, 2), '42');
  assert.equal(ids(sorted(runs, { column: 'loss', down: true })).slice(0, 2), '24');
});

test('infinity is a figure and sorts as one', () => {
  const runs = [run('1', {}, { loss: 'Infinity' }), run('2', {}, { loss: 3 })];
  assert.equal(ids(sorted(runs, { column: 'loss', down: true })), '12');
});

test('newest first, and equal rows keep one order', () => {
  assert.equal(ids(sorted([run('1'), run('3'), run('2')], { column: 'started', down: true })), '321');
  assert.equal(
    ids(sorted([run('1'), run('2')], { column: 'problem', down: false })),
    ids(sorted([run('2'), run('1')], { column: 'problem', down: false })),
  );
});

test('search looks for words, and at single columns', () => {
  const stalled = run('1', { state: 'stalled', title: 'Stalled', verdict: 'strict-saddle' });
  assert.ok(matches(stalled, ''));
  assert.ok(matches(stalled, 'PMC run'));
  assert.ok(matches(stalled, 'state:stalled solver:gd'));
  assert.ok(matches(stalled, 'verdict:saddle'));
  assert.ok(!matches(stalled, 'state:running'));
  assert.ok(!matches(stalled, 'solver:pgd'));
});

test('rows rest while the pointer is on them; new ones wait, gone ones go', () => {
  const now = [run('4'), run('3'), run('1')];
  assert.equal(ids(arranged(now, ['1', '2', '3'], false).rows), '431');
  const held = arranged(now, ['1', '2', '3'], true);
  assert.equal(ids(held.rows), '13');
  assert.equal(held.waiting, 1);
});

test('tiles count states and escapes', () => {
  assert.deepEqual(
    totals([run('1'), run('2', { state: 'diverged', escapes: 0 }), run('3', { state: 'converged', escapes: 4 })]),
    { running: 1, stalled: 0, diverged: 1, converged: 1, escapes: 5 },
  );
});

test('a sparkline leaves gaps where nothing is known', () => {
  assert.deepEqual(sparkline([null, null], 90, 20), { line: '', last: null });
  const { line, last } = sparkline([0, -1, null, -3], 90, 20);
  assert.equal(line.match(/M/g).length, 2);
  assert.equal(last, -3);
});
