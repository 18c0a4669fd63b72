import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, stateLook } from '../../../web/js/panels/states.js';

const STATES =
  'queued running paused quiet stalled lost diverged converged limit cancelled failed'.split(' ');

test('every state has a word, a meaning and a look, and no two look and read the same', () => {
  for (const state of STATES) {
    const look = stateLook(state);
    assert.notEqual(look.label, state, state);
    assert.match(look.meaning, /^[A-Z].*\.$/, state);
  }
  assert.equal(new Set(STATES.map(s => stateLook(s).label)).size, STATES.length);
  assert.equal(new Set(STATES.map(s => stateLook(s).meaning)).size, STATES.length);
});

test('a state of a later server is shown by its name', () => {
  assert.equal(stateLook('dreaming').label, 'dreaming');
});

const taken = commands => commands.filter(c => c.refusal === null).map(c => c.command);

test('a run of another program can be asked to stop and to nothing else', () => {
  const external = { settings: { source: 'external' } };
  assert.deepEqual(taken(commandsOf(external, { state: 'stalled', ended: false })), ['stop']);
  assert.deepEqual(taken(commandsOf(external, { state: 'lost', ended: true })), []);
  assert.match(commandsOf(external, { state: 'running', ended: false })[0].refusal, /another program/);
});

test('one of ours takes all, and nothing once it has ended', () => {
  const ours = { settings: { n: '11' } };
  assert.deepEqual(taken(commandsOf(ours, { state: 'running', ended: false })), ['pause', 'escape', 'checkpoint', 'stop']);
  assert.deepEqual(taken(commandsOf(ours, { state: 'paused', ended: false })), ['resume', 'escape', 'checkpoint', 'stop']);
  assert.deepEqual(taken(commandsOf(ours, { state: 'converged', ended: true })), []);
  assert.equal(commandsOf(ours, { state: 'converged', ended: true })[0].refusal, 'The run has ended');
});
