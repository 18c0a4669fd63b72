import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phasesOf } from '../../../web/js/run/phases.js';

const phase = (name, iteration) => ({ kind: 'phase', phase: name, iteration, elapsed: iteration / 10 });
const brief = intervals => intervals.map(p => [p.phase, p.from.iteration, p.to.iteration]);

test('a run without phase events descends from its start to where it is', () => {
  const [only] = phasesOf([], { iteration: 40, elapsed: 4, ended: false });
  assert.deepEqual([only.phase, only.from.iteration, only.to.iteration, only.open], ['descend', 0, 40, true]);
});

test('phases follow each other; a judgement takes no iterations and is kept', () => {
  const landmarks = [
    phase('descend', 0),
    phase('judge', 100),
    { kind: 'stationary', iteration: 100 },
    phase('escape', 100),
    phase('trial', 100),
    phase('descend', 140),
    phase('judge', 200),
    phase('finish', 200),
  ];
  assert.deepEqual(brief(phasesOf(landmarks, { iteration: 200, elapsed: 20, ended: true })), [
    ['descend', 0, 100],
    ['judge', 100, 100],
    ['escape', 100, 100],
    ['trial', 100, 140],
    ['descend', 140, 200],
    ['judge', 200, 200],
  ]);
});

test('a phase told twice is one', () => {
  assert.deepEqual(brief(phasesOf([phase('descend', 0), phase('descend', 5)], { iteration: 9, elapsed: 1 })), [
    ['descend', 0, 9],
  ]);
});

test('a run that starts in another phase has no descent before it', () => {
  assert.deepEqual(brief(phasesOf([phase('judge', 0)], { iteration: 0, elapsed: 0 })), [['judge', 0, 0]]);
});

test('where the beginning was let go it is not invented', () => {
  assert.deepEqual(brief(phasesOf([phase('judge', 500)], { iteration: 600, elapsed: 60 }, true)), [
    ['judge', 500, 600],
  ]);
});

test('a status that is behind the landmarks gives no negative interval', () => {
  assert.deepEqual(brief(phasesOf([phase('judge', 50)], { iteration: 40, elapsed: 4 })), [
    ['descend', 0, 50],
    ['judge', 50, 50],
  ]);
});
