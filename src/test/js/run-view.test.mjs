import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames } from '../../../web/js/frames.js';
import { Replay, restFor } from '../../../web/js/run/replay.js';
import { RunModel } from '../../../web/js/run/run-model.js';
import { RunView } from '../../../web/js/run/run-view.js';
import { viewFromQuery } from '../../../web/js/run/view-state.js';

function viewOf(iterations, { query = '', landmarks = [] } = {}) {
  const model = new RunModel('r');
  const bucket = Array.from({ length: iterations }, (_, i) => i);
  model.apply({
    op: 'snapshot',
    epoch: 'e',
    seq: iterations,
    header: {},
    level: 0,
    landmarks,
    status: { iteration: iterations - 1, elapsed: (iterations - 1) ** 2 / 100, ended: true },
    columns: {
      bucket,
      iteration: bucket,
      segment: bucket.map(() => 0),
      elapsed: bucket.map(i => i ** 2 / 100),
      series: {},
    },
  });
  return new RunView(model, viewFromQuery(new URLSearchParams(query)), new Frames(() => {}));
}

test('the whole run is shown until one zooms; z shows it again', () => {
  const run = viewOf(101);
  assert.deepEqual(run.range, [0, 100]);
  run.zoom(20, 30);
  assert.deepEqual([run.range, run.following], [[20, 30], false]);
  run.resetRange();
  assert.deepEqual([run.range, run.following], [[0, 100], true]);
});

test('following from a zoom keeps its width, holding still keeps what is seen', () => {
  const run = viewOf(101, { query: 'from=20&to=30' });
  run.follow(true);
  assert.deepEqual(run.range, [90, 100]);
  run.follow(false);
  assert.deepEqual([run.view.range, run.following], [{ from: 90, to: 100 }, false]);
  run.follow(true);
  assert.deepEqual(run.view.range, { last: 10 });
});

test('a change of axis keeps the stretch that is seen', () => {
  const run = viewOf(101, { query: 'from=20&to=30' });
  run.setAxis('elapsed');
  assert.deepEqual(run.range, [4, 9]);
  run.setAxis('iteration');
  assert.deepEqual(run.range, [20, 30]);
});

test('elapsed time and iterations translate to the nearest row', () => {
  const run = viewOf(101, { query: 'x=elapsed' });
  assert.equal(run.xOf(50), 25);
  assert.equal(run.iterationAt(25), 50);
  assert.equal(run.iterationAt(25.6), 51);
  assert.equal(run.iterationAt(-5), 0);
  assert.equal(run.iterationAt(1e9), 100);
});

test('the pointer goes before the pin, and a second click lets it go', () => {
  const run = viewOf(101);
  run.pin(40);
  assert.equal(run.cursor, 40);
  run.hover(60);
  assert.equal(run.cursor, 60);
  run.hover(null);
  assert.equal(run.cursor, 40);
  run.pin(40);
  assert.equal(run.cursor, null);
});

test('the replay draws up to where it is and tells what happened there', () => {
  const judged = {
    attempt: 1,
    seq: 1,
    kind: 'stationary',
    verdict: 'spurious-minimum',
    iteration: 50,
    elapsed: 25,
    sentence: 'Stuck.',
  };
  const run = viewOf(101, { landmarks: [judged] });
  run.play(true);
  run.tick(4);
  assert.equal(run.cursor, 40);
  assert.equal(run.drawnTo, 40);
  assert.equal(run.story, null);
  run.tick(1.01);
  assert.equal(run.drawnTo, 50);
  assert.equal(run.story, judged);
  run.stopReplay();
  assert.equal(run.drawnTo, null);
  assert.equal(run.story, judged);
});

test('a replay rests at every event, also at several in one place, then ends', () => {
  const replay = new Replay(
    0,
    100,
    [
      { x: 50, rest: 1, event: 'a' },
      { x: 50, rest: 2, event: 'b' },
      { x: 100, rest: 1, event: 'c' },
    ],
    10,
  );
  const steps = [
    [5, 50, 'a'],
    [0.99, 50, 'a'],
    [0.02, 50, 'b'],
    [1.98, 50, 'b'],
    [5.01, 100, 'c'],
    [1, 100, 'c'],
  ];
  for (const [seconds, at, event] of steps) {
    replay.advance(seconds);
    assert.ok(Math.abs(replay.at - at) < 0.2, `${replay.at} is not ${at}`);
    assert.equal(replay.event, event);
  }
  assert.equal(replay.done, true);
});

test('seeking back takes events back', () => {
  const replay = new Replay(
    0,
    100,
    [
      { x: 10, rest: 1, event: 'a' },
      { x: 60, rest: 1, event: 'b' },
    ],
    10,
  );
  replay.seek(80);
  assert.equal(replay.event, 'b');
  replay.seek(30);
  assert.equal(replay.event, 'a');
  replay.seek(-4);
  assert.deepEqual([replay.at, replay.event], [0, null]);
});

test('longer sentences get more time, up to a bound', () => {
  assert.ok(restFor('') < restFor('x'.repeat(50)));
  assert.equal(restFor('x'.repeat(1000)), 3.5);
});
