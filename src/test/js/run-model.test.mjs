import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunModel } from '../../../web/js/run/run-model.js';

const columns = (buckets, value = b => b) => ({
  bucket: buckets,
  iteration: buckets,
  segment: buckets.map(() => 0),
  elapsed: buckets,
  series: { loss: { last: buckets.map(value) } },
});
const status = (iteration, more = {}) => ({
  state: 'running',
  phase: 'descend',
  iteration,
  elapsed: iteration,
  ended: false,
  ...more,
});
const phase = (seq, name) => ({ attempt: 1, seq, kind: 'phase', phase: name, iteration: seq, elapsed: seq });

function snapshot(more = {}) {
  return {
    op: 'snapshot',
    run: 'r',
    epoch: 'e1',
    seq: 10,
    header: { id: 'r', name: 'n' },
    status: status(9),
    level: 0,
    columns: columns([0, 1, 2]),
    landmarks: [phase(3, 'judge')],
    ...more,
  };
}

function delta(more = {}) {
  return {
    op: 'delta',
    run: 'r',
    epoch: 'e1',
    seq: 12,
    status: status(11),
    level: 0,
    columns: columns([2, 3], b => 10 * b),
    landmarks: [],
    ...more,
  };
}

test('a new model asks for a snapshot, one that has it resumes after its last event', () => {
  const model = new RunModel('r');
  assert.equal(model.position, null);
  model.apply(snapshot());
  assert.deepEqual(model.position, { epoch: 'e1', from: 10 });
  model.apply(delta());
  assert.deepEqual(model.position, { epoch: 'e1', from: 12 });
});

test('a delta upserts rows, brings the status and tells how far it went', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  const result = model.apply(delta({ landmarks: [phase(3, 'judge'), phase(11, 'escape')], conflated: 7 }));
  assert.equal(result.advanced, 2);
  assert.deepEqual(
    result.fresh.map(e => e.seq),
    [11],
    'a landmark sent twice is new once',
  );
  assert.deepEqual(model.columns.series('loss').last, [0, 1, 20, 30]);
  assert.equal(model.status.iteration, 11);
  assert.equal(model.conflated, 7);
});

test('a delta sent again doubles nothing', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  const message = delta({ landmarks: [phase(11, 'escape')] });
  model.apply(message);
  const before = [model.columns.length, model.landmarks.list.length];
  const result = model.apply(message);
  assert.deepEqual([model.columns.length, model.landmarks.list.length], before);
  assert.deepEqual([result.advanced, result.fresh.length], [0, 0]);
});

test('a delta older than what is here is left out', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  assert.equal(model.apply(delta({ seq: 9, status: status(8) })).applied, false);
  assert.equal(model.status.iteration, 9);
});

test('a delta of the same position still brings a change of state', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  model.apply(delta({ seq: 10, columns: columns([]), status: status(9, { state: 'lost' }) }));
  assert.equal(model.status.state, 'lost');
});

test('another epoch or level asks for a snapshot, and the snapshot replaces all rows', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  assert.equal(model.apply(delta({ epoch: 'e2' })).resync, true);
  assert.equal(model.apply(delta({ level: 1 })).resync, true);
  const result = model.apply(snapshot({ seq: 20, level: 1, columns: columns([0, 1]) }));
  assert.equal(result.resync, false);
  assert.equal(result.advanced, 10);
  assert.equal(model.level, 1);
  assert.equal(model.columns.length, 2);
  assert.equal(model.landmarks.list.length, 1);
});

test('a restarted server starts the landmarks anew', () => {
  const model = new RunModel('r');
  model.apply(snapshot());
  const result = model.apply(snapshot({ epoch: 'e2', seq: 4, landmarks: [phase(1, 'judge')] }));
  assert.deepEqual(
    model.landmarks.list.map(e => e.seq),
    [1],
  );
  assert.equal(result.advanced, 0);
});
