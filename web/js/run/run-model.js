import { holding } from './attempts.js';
import { Columns } from './columns.js';
import { Landmarks } from './landmarks.js';

/** One run as the server tells it: a snapshot, then deltas. Knows nothing of sockets or pages. */
export class RunModel {
  constructor(id) {
    this.id = id;
    this.epoch = null;
    this.seq = null;
    this.header = null;
    this.status = null;
    this.columns = new Columns();
    this.landmarks = new Landmarks();
    this.conflated = 0;
    /** What later attempts took out of the series, [{attempt, columns}]; asked for apart, see replaced.js. */
    this.replaced = [];
  }

  get level() {
    return this.columns.level;
  }

  get ready() {
    return this.header !== null;
  }

  /** Landmarks that no later attempt has superseded. */
  get holding() {
    return holding(this.landmarks.list, this.status?.attempts);
  }

  /** What a client that comes back tells the server; null asks for a snapshot. */
  get position() {
    return this.epoch === null ? null : { epoch: this.epoch, from: this.seq };
  }

  /**
   * @returns {{applied: boolean, resync: boolean, fresh: object[], advanced: number}} resync: the message does not fit
   *   what is here, so that a snapshot is needed; fresh: landmarks not seen before; advanced: by how many events
   */
  apply(message) {
    return message.op === 'snapshot' ? this.#snapshot(message) : this.#delta(message);
  }

  #snapshot(message) {
    const again = this.epoch === message.epoch;
    const advanced = again ? message.seq - this.seq : 0;
    if (!again) this.landmarks = new Landmarks();
    this.epoch = message.epoch;
    this.header = message.header;
    this.columns = Columns.from(message.level, message.columns);
    return this.#take(message, advanced);
  }

  #delta(message) {
    if (message.epoch !== this.epoch || message.level !== this.level) {
      return { applied: false, resync: true, fresh: [], advanced: 0 };
    }
    if (message.seq < this.seq) return { applied: false, resync: false, fresh: [], advanced: 0 };
    const advanced = message.seq - this.seq;
    this.columns.upsert(message.columns);
    this.conflated += message.conflated ?? 0;
    return this.#take(message, advanced);
  }

  #take(message, advanced) {
    this.seq = message.seq;
    this.status = message.status;
    const fresh = this.landmarks.add(message.landmarks ?? []);
    return { applied: true, resync: false, fresh, advanced };
  }
}
