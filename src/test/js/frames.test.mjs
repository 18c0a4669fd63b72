import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames } from '../../../web/js/frames.js';

function frames() {
  const waiting = [];
  const timers = [];
  let now = 0;
  const f = new Frames(
    callback => waiting.push(callback),
    () => now,
    (ms, task) => timers.push({ ms, task }),
  );
  return {
    f,
    timers,
    next: () => waiting.shift()?.(0),
    waiting,
    spend: ms => {
      now += ms;
    },
  };
}

test('many requests make one frame', () => {
  const { f, next, waiting } = frames();
  const seen = [];
  f.listen(dirty => seen.push([...dirty]));
  f.request('data');
  f.request('data', 'status');
  assert.equal(waiting.length, 1);
  next();
  assert.deepEqual(seen, [['data', 'status']]);
  assert.equal(f.rendered, 1);
  assert.equal(waiting.length, 0);
});

test('what is asked for while drawing comes in the next frame', () => {
  const { f, next, waiting } = frames();
  const stop = f.listen(dirty => dirty.has('data') && f.request('cursor'));
  f.request('data');
  next();
  assert.equal(waiting.length, 1);
  stop();
  next();
  assert.equal(f.rendered, 2);
});

test('costly tasks are spread over frames in turn, each once', () => {
  const { f, next, spend, waiting } = frames();
  const done = [];
  const task = name => () => {
    done.push(name);
    spend(6);
  };
  const [a, b, c] = ['a', 'b', 'c'].map(task);
  for (const t of [a, b, c, a]) f.queue(t);
  next();
  assert.deepEqual(done, ['a', 'b']);
  f.queue(a);
  next();
  assert.deepEqual(done, ['a', 'b', 'c', 'a']);
  next();
  assert.equal(waiting.length, 0);
});

test('after a frame that was held up costly drawing rests, and nothing else does', () => {
  const { f, next, spend, waiting, timers } = frames();
  const done = [];
  const seen = [];
  f.listen(dirty => seen.push(...dirty));
  const task = () => done.push(1);
  f.queue(task);
  next();
  // The browser takes its time for what was drawn.
  spend(40);
  f.queue(task);
  f.request('cursor');
  next();
  assert.deepEqual([done.length, seen, waiting.length], [1, ['cursor'], 0]);
  assert.deepEqual(
    timers.map(t => t.ms),
    [240],
  );
  spend(240);
  timers.pop().task();
  next();
  assert.equal(done.length, 2);
});

test('after a late frame one thing is drawn in a frame, and more again when that is in time', () => {
  const { f, next, spend, timers } = frames();
  const done = [];
  const tasks = [0, 1, 2, 3].map(n => () => done.push(n));
  const queueAll = () => tasks.forEach(t => f.queue(t));
  queueAll();
  next();
  assert.equal(done.length, 4);
  spend(40);
  queueAll();
  next();
  spend(240);
  timers.pop().task();
  next();
  assert.equal(done.length, 5, 'one');
  spend(16);
  next();
  assert.equal(done.length, 7, 'two');
  spend(40);
  queueAll();
  next();
  assert.equal(done.length, 7, 'late, so that it rests');
  f.request('view');
  next();
  assert.equal(done.length, 11, 'what is asked for does not wait, and comes all at once');
});

test('what somebody asked for by moving or zooming does not wait for the rest', () => {
  const { f, next, spend } = frames();
  const done = [];
  const task = () => done.push(1);
  f.queue(task);
  next();
  spend(1000);
  f.queue(task);
  next();
  assert.equal(done.length, 1);
  f.request('view');
  next();
  assert.equal(done.length, 2);
});

test('a frame in time is followed by the next drawing at once', () => {
  const { f, next, spend, timers } = frames();
  const done = [];
  const task = () => done.push(1);
  for (let i = 0; i < 3; i++) {
    f.queue(task);
    next();
    spend(16);
  }
  assert.equal(done.length, 3);
  assert.equal(timers.length, 0);
});

test('a task that is taken back is not done', () => {
  const { f, next } = frames();
  const done = [];
  const task = () => done.push(1);
  f.queue(task);
  f.unqueue(task);
  next();
  assert.deepEqual(done, []);
});
