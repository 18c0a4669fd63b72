import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Landmarks, LIMIT, markOf, marksAmong, told } from '../../../web/js/run/landmarks.js';

const event = (seq, more = {}) => ({
  attempt: 1,
  seq,
  kind: 'message',
  level: 'info',
  text: 't',
  iteration: seq,
  ...more,
});

test('landmarks are kept in order and once', () => {
  const landmarks = new Landmarks();
  landmarks.add([event(5), event(2)]);
  assert.deepEqual(
    landmarks.add([event(2), event(3)]).map(e => e.seq),
    [3],
  );
  assert.deepEqual(
    landmarks.list.map(e => e.seq),
    [2, 3, 5],
  );
});

test('a second attempt comes after the first, though it counts from 0 again', () => {
  const landmarks = new Landmarks();
  landmarks.add([event(0, { attempt: 2 }), event(7)]);
  assert.deepEqual(
    landmarks.list.map(e => `${e.attempt}:${e.seq}`),
    ['1:7', '2:0'],
  );
});

test('there is an end to them, and the oldest go', () => {
  const landmarks = new Landmarks();
  landmarks.add(Array.from({ length: LIMIT + 3 }, (_, i) => event(i)));
  assert.equal(landmarks.list.length, LIMIT);
  assert.equal(landmarks.list[0].seq, 3);
  assert.equal(landmarks.forgotten, 3);
});

test('every outcome and verdict has a shape of its own', () => {
  const shapes = ['global-minimum', 'strict-saddle', 'spurious-minimum', 'undecided'].map(
    verdict => markOf({ kind: 'stationary', verdict }).shape,
  );
  assert.equal(new Set(shapes).size, 4);
  const escapes = ['proposed', 'accepted', 'rejected'].map(
    outcome => markOf({ kind: 'escape', outcome, mechanism: 'm' }).shape,
  );
  assert.equal(new Set(escapes).size, 3);
  assert.notEqual(
    markOf({ kind: 'escape', outcome: 'rejected', mechanism: 'm' }).label,
    markOf({ kind: 'escape', outcome: 'refused', mechanism: 'm' }).label,
  );
});

test('a run that diverged is not drawn as a minimum', () => {
  assert.equal(
    markOf({ kind: 'verdict', state: 'diverged', verdict: 'undecided', reason: 'loss is NaN' }).shape,
    'cross',
  );
  assert.equal(markOf({ kind: 'verdict', state: 'converged', verdict: 'global-minimum' }).shape, 'circle');
});

test('a verdict that repeats a judgement is drawn once', () => {
  const events = [
    event(1, { kind: 'phase', phase: 'judge' }),
    event(2, { kind: 'stationary', verdict: 'global-minimum', iteration: 9 }),
    event(3, { kind: 'verdict', verdict: 'global-minimum', iteration: 9 }),
  ];
  assert.deepEqual(
    marksAmong(events).map(e => e.kind),
    ['stationary'],
  );
  assert.deepEqual(
    marksAmong(events.slice(2)).map(e => e.kind),
    ['verdict'],
  );
});

test('a label that begins the sentence is not said twice', () => {
  assert.deepEqual(told({ label: 'Strict saddle', sentence: 'Strict saddle: down there.' }), {
    lead: 'Strict saddle',
    rest: ': down there.',
    joined: true,
  });
  assert.deepEqual(told({ label: 'Escape', sentence: 'It fell.' }), { lead: 'Escape', rest: 'It fell.' });
});

test('messages are called by their level in words', () => {
  const label = level => markOf({ kind: 'message', level, text: 'so' }).label;
  assert.deepEqual(['info', 'warning', 'error', 'other'].map(label), ['Note', 'Warning', 'Error', 'Message']);
});
