import { backoff } from './backoff.js';
import { LagMeter } from './lag.js';

/** Pings come at least every 5 s; a connection silent for longer than this is dead. */
const SILENCE = 12_000;
/** Failed attempts in a row after which the page no longer speaks of reconnecting. */
const OFFLINE_AFTER = 6;
/** Seconds behind that are worth telling. */
const BEHIND = 2;
/** How long a catch-up is told, ms. */
const REPLAYED_FOR = 4000;
const ACTIVE_HZ = 20;
const HIDDEN_HZ = 1;

const system = {
  now: () => Date.now(),
  after: (ms, task) => setTimeout(task, ms),
  cancel: id => clearTimeout(id),
};

/**
 * The WebSocket to the server: says what the page looks at, resumes from the last position after a break, notices a
 * dead connection, and slows down to 1 Hz while the tab is hidden, with one catch-up on return.
 *
 * A watched run is anything with `position` (null, or {epoch, from}) and `apply(message)` as in run-model.js, plus
 * `onChange(result, message)` and `onError(detail)`.
 */
export class Stream extends EventTarget {
  #url;
  #connect;
  #clock;
  #random;
  #socket = null;
  #attempt = 0;
  #timer = null;
  #watchdog = null;
  #runs = new Map();
  #listRuns = null;
  #rows = null;
  #hidden = false;
  #lag = new LagMeter();
  #resuming = new Set();

  constructor(url, { connect = u => new WebSocket(u), clock = system, random = Math.random } = {}) {
    super();
    this.#url = url;
    this.#connect = connect;
    this.#clock = clock;
    this.#random = random;
    /** {kind: connecting | live | behind | replayed | reconnecting | offline, …} */
    this.connection = { kind: 'connecting' };
    this.server = null;
  }

  open() {
    this.#timer = null;
    this.#tell({ kind: this.#attempt === 0 ? 'connecting' : this.connection.kind, retryAt: null });
    const socket = this.#connect(this.#url);
    this.#socket = socket;
    socket.onopen = () => this.#watch();
    socket.onmessage = event => socket === this.#socket && this.#receive(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#lost();
    socket.onerror = () => {};
    this.#watch();
  }

  /** Tries at once, for a viewer who does not want to wait, or when the network is back. */
  retry() {
    if (this.#socket) return;
    this.#clock.cancel(this.#timer);
    this.open();
  }

  /** @param listener called with the newest runs, as a whole, whenever they changed; null to follow them no more */
  watchRuns(listener) {
    const followed = this.#listRuns !== null;
    this.#listRuns = listener;
    if (!this.server) return;
    if (listener) this.#send({ op: 'runs' });
    else if (followed) this.#send({ op: 'runs', ids: this.#rows?.ids ?? [] });
  }

  /**
   * Follows rows of the list, at most 200, and the totals over all runs.
   *
   * @param ids      of the runs; null to follow none any more
   * @param listener called with {runs, gone, overview?} whenever something changed
   */
  watchRows(ids, listener) {
    this.#rows = ids && { ids, listener };
    if (this.server) this.#send({ op: 'runs', ids: this.#hidden ? [] : (ids ?? []) });
  }

  watchRun(id, run) {
    this.#runs.set(id, run);
    if (this.server) this.#subscribe(id, run);
  }

  unwatchRun(id) {
    if (this.#runs.delete(id) && this.server) this.#send({ op: 'unsubscribe', run: id });
  }

  setHidden(hidden) {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    if (!this.server) return;
    if (this.#rows) this.watchRows(this.#rows.ids, this.#rows.listener);
    for (const [id, run] of this.#runs) {
      this.#send({ op: 'unsubscribe', run: id });
      this.#subscribe(id, run);
    }
  }

  #subscribe(id, run) {
    const position = run.position;
    if (position) this.#resuming.add(id);
    this.#send({ op: 'subscribe', run: id, maxHz: this.#hidden ? HIDDEN_HZ : ACTIVE_HZ, ...position });
  }

  #receive(message) {
    this.#watch();
    switch (message.op) {
      case 'hello':
        this.#hello(message);
        break;
      case 'runs':
        this.#listRuns?.(message.runs);
        break;
      case 'rows':
        this.#rows?.listener(message);
        break;
      case 'snapshot':
      case 'delta':
        this.#runMessage(message);
        break;
      case 'error':
        this.#runs.get(message.run)?.onError(message.detail);
        break;
      default: // a ping, whose arrival is all it says
    }
  }

  #hello(message) {
    this.server = message;
    this.#attempt = 0;
    this.#tell({ kind: 'live' });
    if (this.#listRuns) this.#send({ op: 'runs' });
    if (this.#rows) this.watchRows(this.#rows.ids, this.#rows.listener);
    for (const [id, run] of this.#runs) this.#subscribe(id, run);
  }

  #runMessage(message) {
    const run = this.#runs.get(message.run);
    if (!run) return;
    const result = run.apply(message);
    if (result.resync) {
      this.#resuming.delete(message.run);
      this.#send({ op: 'subscribe', run: message.run, maxHz: this.#hidden ? HIDDEN_HZ : ACTIVE_HZ });
      return;
    }
    if (this.#resuming.delete(message.run)) {
      if (result.advanced > 0) this.#replayed(result.advanced);
    } else if (result.advanced > 0 && this.connection.kind !== 'replayed') {
      this.#measureLag(message.status);
    }
    run.onChange(result, message);
  }

  #replayed(events) {
    this.#tell({ kind: 'replayed', events });
    this.#clock.after(REPLAYED_FOR, () => this.connection.kind === 'replayed' && this.#tell({ kind: 'live' }));
  }

  #measureLag(status) {
    const behind = this.#hidden ? 0 : this.#lag.observe(Date.parse(status.lastEvent), this.#clock.now());
    if (behind >= BEHIND && !status.ended) this.#tell({ kind: 'behind', seconds: behind });
    else if (this.connection.kind === 'behind') this.#tell({ kind: 'live' });
  }

  #watch() {
    this.#clock.cancel(this.#watchdog);
    this.#watchdog = this.#clock.after(SILENCE, () => this.#lost());
  }

  #lost() {
    const socket = this.#socket;
    this.#socket = null;
    this.server = null;
    this.#clock.cancel(this.#watchdog);
    this.#resuming.clear();
    socket?.close();
    const wait = backoff(this.#attempt++, this.#random);
    const kind = this.#attempt > OFFLINE_AFTER ? 'offline' : 'reconnecting';
    this.#tell({ kind, retryAt: this.#clock.now() + wait });
    this.#timer = this.#clock.after(wait, () => this.open());
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #tell(connection) {
    this.connection = connection;
    this.dispatchEvent(new Event('connection'));
  }
}
