import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '../../../web/js/live/backoff.js';
import { LagMeter } from '../../../web/js/live/lag.js';
import { Stream } from '../../../web/js/live/stream.js';

/** Time that goes by when it is told to. */
class FakeClock {
  time = 0;
  #tasks = new Map();
  #next = 1;

  now = () => this.time;

  after = (ms, task) => {
    this.#tasks.set(this.#next, { at: this.time + ms, task });
    return this.#next++;
  };

  cancel = id => this.#tasks.delete(id);

  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#tasks].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.#tasks.delete(due[0]);
      this.time = due[1].at;
      due[1].task();
    }
    this.time = end;
  }
}

class FakeSocket {
  sent = [];
  closed = false;
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  hello(epoch = 'e1') {
    this.say({ op: 'hello', epoch, version: '0' });
  }
}

/** A run that takes whatever comes, and can be told to want a snapshot. */
function fakeRun(position = null) {
  return {
    position,
    results: [],
    errors: [],
    answer: { applied: true, resync: false, fresh: [], advanced: 0 },
    apply() {
      return this.answer;
    },
    onChange(result, message) {
      this.results.push(message);
    },
    onError(detail) {
      this.errors.push(detail);
    },
  };
}

function open() {
  const clock = new FakeClock();
  const sockets = [];
  const stream = new Stream('ws://x', {
    clock,
    random: () => 1,
    connect: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
  });
  stream.open();
  return {
    clock,
    sockets,
    stream,
    get socket() {
      return sockets.at(-1);
    },
  };
}

const status = (lastEvent = 0) => ({ lastEvent: new Date(lastEvent).toISOString(), ended: false });

test('waits double from 250 ms to 5 s, between half and all', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 60].map(a => backoff(a, () => 1)),
    [250, 500, 1000, 2000, 4000, 5000, 5000],
  );
  assert.equal(
    backoff(0, () => 0),
    125,
  );
});

test('nothing is sent before the server says hello; then everything wanted', () => {
  const t = open();
  t.stream.watchRuns(() => {});
  t.stream.watchRun('r', fakeRun());
  assert.deepEqual(t.socket.sent, []);
  t.socket.hello();
  assert.deepEqual(t.socket.sent, [{ op: 'runs' }, { op: 'subscribe', run: 'r', maxHz: 20 }]);
  assert.equal(t.stream.connection.kind, 'live');
});

test('after a break it comes back by itself and resumes from the last position', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  t.socket.hello();
  run.position = { epoch: 'e1', from: 41 };
  t.socket.onclose();
  assert.equal(t.stream.connection.kind, 'reconnecting');
  assert.equal(t.stream.connection.retryAt, 250);
  t.clock.pass(249);
  assert.equal(t.sockets.length, 1);
  t.clock.pass(1);
  assert.equal(t.sockets.length, 2);
  t.socket.hello();
  assert.deepEqual(t.socket.sent, [{ op: 'subscribe', run: 'r', maxHz: 20, epoch: 'e1', from: 41 }]);
});

test('what the break held back is told as replayed for a while', () => {
  const t = open();
  const run = fakeRun({ epoch: 'e1', from: 41 });
  t.stream.watchRun('r', run);
  t.socket.hello();
  run.answer = { ...run.answer, advanced: 812 };
  t.socket.say({ op: 'delta', run: 'r', status: status() });
  assert.deepEqual(t.stream.connection, { kind: 'replayed', events: 812 });
  t.clock.pass(3000);
  t.socket.say({ op: 'ping' });
  t.clock.pass(1000);
  assert.equal(t.stream.connection.kind, 'live');
});

test('waits grow while the server is away, and it is called offline in the end', () => {
  const t = open();
  const waits = [];
  for (let i = 0; i < 8; i++) {
    t.socket.onclose();
    waits.push(t.stream.connection.retryAt - t.clock.time);
    t.clock.pass(5000);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
  assert.equal(t.stream.connection.kind, 'offline');
  t.socket.hello();
  assert.equal(t.stream.connection.kind, 'live');
  t.socket.onclose();
  assert.equal(t.stream.connection.retryAt - t.clock.time, 250, 'a success starts the waits anew');
});

test('a silent connection is dead; pings keep it alive', () => {
  const t = open();
  t.socket.hello();
  for (let i = 0; i < 10; i++) {
    t.clock.pass(5000);
    t.socket.say({ op: 'ping', time: '' });
  }
  assert.equal(t.sockets.length, 1);
  const dead = t.socket;
  t.clock.pass(12_000);
  assert.equal(dead.closed, true);
  assert.equal(t.stream.connection.kind, 'reconnecting');
});

test('a socket that was given up says nothing any more', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  const old = t.socket;
  old.hello();
  t.clock.pass(12_000);
  t.clock.pass(250);
  old.say({ op: 'snapshot', run: 'r', status: status() });
  old.onclose();
  assert.equal(run.results.length, 0);
  assert.equal(t.sockets.length, 2);
});

test('a delta that does not fit asks for a snapshot', () => {
  const t = open();
  const run = fakeRun({ epoch: 'e1', from: 5 });
  t.stream.watchRun('r', run);
  t.socket.hello();
  run.answer = { applied: false, resync: true, fresh: [], advanced: 0 };
  t.socket.say({ op: 'delta', run: 'r', status: status() });
  assert.deepEqual(t.socket.sent.at(-1), { op: 'subscribe', run: 'r', maxHz: 20 });
  assert.equal(run.results.length, 0);
});

test('a hidden tab gets 1 Hz, and on return one catch-up at full rate', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  t.socket.hello();
  run.position = { epoch: 'e1', from: 7 };
  t.stream.setHidden(true);
  t.stream.setHidden(true);
  assert.deepEqual(t.socket.sent.slice(1), [
    { op: 'unsubscribe', run: 'r' },
    { op: 'subscribe', run: 'r', maxHz: 1, epoch: 'e1', from: 7 },
  ]);
  run.position = { epoch: 'e1', from: 9 };
  t.stream.setHidden(false);
  assert.deepEqual(t.socket.sent.slice(3), [
    { op: 'unsubscribe', run: 'r' },
    { op: 'subscribe', run: 'r', maxHz: 20, epoch: 'e1', from: 9 },
  ]);
});

test('a run no longer looked at is given back, and its late messages are left out', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  t.socket.hello();
  t.stream.unwatchRun('r');
  t.socket.say({ op: 'delta', run: 'r', status: status() });
  assert.deepEqual(t.socket.sent.at(-1), { op: 'unsubscribe', run: 'r' });
  assert.equal(run.results.length, 0);
});

test('an error reaches the run it is about', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  t.socket.hello();
  t.socket.say({ op: 'error', run: 'r', detail: 'run r is not known' });
  t.socket.say({ op: 'error', detail: 'about nothing' });
  assert.deepEqual(run.errors, ['run r is not known']);
});

test('falling behind is told, and catching up again', () => {
  const t = open();
  const run = fakeRun();
  t.stream.watchRun('r', run);
  t.socket.hello();
  run.answer = { ...run.answer, advanced: 1 };
  t.socket.say({ op: 'delta', run: 'r', status: status(0) });
  t.clock.pass(5000);
  t.socket.say({ op: 'delta', run: 'r', status: status(2000) });
  assert.deepEqual(t.stream.connection, { kind: 'behind', seconds: 3 });
  t.socket.say({ op: 'delta', run: 'r', status: status(4900) });
  assert.equal(t.stream.connection.kind, 'live');
});

test('lag is measured against the least difference of clocks seen', () => {
  const lag = new LagMeter();
  assert.equal(lag.observe(0, 90_000), 0, 'a viewer whose clock is 90 s ahead is not behind');
  assert.equal(lag.observe(1000, 92_500), 1.5);
  assert.equal(lag.observe(NaN, 1), 0);
});
