import assert from 'node:assert/strict';
import test from 'node:test';
import { beginsAttempt, holding, superseded } from '../../../web/js/run/attempts.js';
import { markOf } from '../../../web/js/run/landmarks.js';
import { kindOf } from '../../../web/js/run/stories.js';
import { RunModel } from '../../../web/js/run/run-model.js';
import { commandsOf, isResumable } from '../../../web/js/panels/states.js';

const second = { attempt: 2, iteration: 120, of: 1, seq: 50 };

test('what comes after the checkpoint is superseded, also at its own iteration', () => {
  assert.equal(superseded({ iteration: 119, seq: 40 }, [second]), false);
  assert.equal(superseded({ iteration: 120, seq: 49 }, [second]), false);
  assert.equal(superseded({ iteration: 120, seq: 50 }, [second]), true);
  assert.equal(superseded({ attempt: 1, iteration: 121, seq: 60 }, [second]), true);
  assert.equal(superseded({ attempt: 2, iteration: 500, seq: 9 }, [second]), false);
});

test('a third attempt may go back behind the second', () => {
  const attempts = [second, { attempt: 3, iteration: 60, of: 1, seq: 20 }];
  const events = [
    { attempt: 1, iteration: 50, seq: 10 },
    { attempt: 1, iteration: 100, seq: 30 },
    { attempt: 2, iteration: 130, seq: 4 },
    { attempt: 3, iteration: 130, seq: 4 },
  ];
  assert.deepEqual(
    holding(events, attempts).map(e => `${e.attempt}:${e.iteration}`),
    ['1:50', '3:130'],
  );
  assert.equal(holding(events), events);
});

test('the beginning of an attempt is told', () => {
  const begin = { kind: 'phase', phase: 'descend', attempt: 2, seq: 0, iteration: 120, detail: 'goes on' };
  assert.equal(beginsAttempt(begin), true);
  assert.equal(beginsAttempt({ ...begin, attempt: 1 }), false);
  assert.equal(markOf(begin).label, 'Attempt 2 from 120');
  assert.equal(kindOf(begin), 'message', 'listed without being asked for');
});

test('a model draws only what holds', () => {
  const model = new RunModel('r');
  model.apply({
    op: 'snapshot',
    epoch: 'e',
    seq: 3,
    header: {},
    level: 0,
    columns: { iteration: [], elapsed: [], segment: [], bucket: [], series: {} },
    status: { attempts: [second] },
    landmarks: [
      { kind: 'escape', attempt: 1, seq: 60, iteration: 130, outcome: 'accepted' },
      { kind: 'escape', attempt: 2, seq: 6, iteration: 130, outcome: 'accepted' },
    ],
  });
  assert.equal(model.landmarks.list.length, 2);
  assert.deepEqual(
    model.holding.map(e => e.attempt),
    [2],
  );
});

test('a run that was cut short offers to resume, and nothing else', () => {
  const lost = { state: 'lost', ended: true, checkpoint: { iteration: 7 } };
  assert.equal(isResumable(lost), true);
  assert.deepEqual(commandsOf({}, lost), [{ command: 'resume', refusal: null }]);
  assert.equal(isResumable({ ...lost, checkpoint: undefined }), false);
  assert.deepEqual(
    commandsOf({}, { state: 'running', ended: false }).map(each => each.command),
    ['pause', 'escape', 'checkpoint', 'stop'],
  );
});
