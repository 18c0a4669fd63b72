import assert from 'node:assert/strict';
import test from 'node:test';
import { ownFieldsOf } from '../../../web/js/run/own-fields.js';

const event = { run: 'R', attempt: 1, seq: 3, iteration: 7, segment: 0, time: '2026-11-22T10:00:00Z', elapsed: 1 };

test('what a program adds to an event is told apart from what the event is', () => {
  const sent = { ...event, kind: 'phase', phase: 'descend', detail: 'on', host: 'gpu1', at: { rank: [0, 1] }, sent: true };
  assert.deepEqual(ownFieldsOf(sent), [
    { name: 'host', value: 'gpu1' },
    { name: 'at', value: '{"rank":[0,1]}' },
    { name: 'sent', value: 'true' },
  ]);
});

test('a field may have the name of another kind of event, and be no text', () => {
  assert.deepEqual(ownFieldsOf({ ...event, kind: 'escape', mechanism: 'm', outcome: 'accepted', text: true }), [{ name: 'text', value: 'true' }]);
});

test('nothing is its own in an event of ours', () => {
  const verdict = { ...event, kind: 'verdict', state: 'limit', reason: 'r', stop: {}, verdict: 'undecided', title: 't', sentence: 's', values: {} };
  assert.deepEqual(ownFieldsOf(verdict), []);
  assert.deepEqual(ownFieldsOf({ ...event, kind: 'escape', mechanism: 'm', type: 'x', outcome: 'accepted', detail: '', point: {} }), []);
});

test('what the text says already is not said twice, and a long value is cut', () => {
  assert.deepEqual(ownFieldsOf({ ...event, kind: 'message', level: 'info', text: 'The program sends host = "gpu1".', host: 'gpu1' }), []);
  const [{ value }] = ownFieldsOf({ ...event, kind: 'message', text: 'saved', path: 'x'.repeat(500) });
  assert.equal(value.length, 60);
  assert.ok(value.endsWith('x…'));
});
