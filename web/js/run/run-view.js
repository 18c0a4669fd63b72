import { markOf, marksAmong } from './landmarks.js';
import { phasesOf } from './phases.js';
import { Replay, restFor } from './replay.js';
import { follows, resolveRange } from './view-state.js';

/**
 * One run and how it is looked at: range, axis, the shared cursor and the replay. Panels read it and ask it for changes;
 * it asks for a frame. The cursor is an iteration, whatever the axis.
 */
export class RunView {
  #hover = null;
  #before = null;

  constructor(model, view, frames) {
    this.model = model;
    this.view = view;
    this.frames = frames;
    this.replay = null;
    this.playing = false;
    this.seconds = 10;
    this.flashed = null;
  }

  get axis() {
    return this.view.axis;
  }

  /** First and last x there is. */
  get domain() {
    const { columns, status, landmarks } = this.model;
    const x = columns[this.axis];
    const first = columns.level === 0 ? (x[0] ?? 0) : 0;
    return [first, Math.max(first, x.at(-1) ?? 0, status?.[this.axis] ?? 0, landmarks.list.at(-1)?.[this.axis] ?? 0)];
  }

  /** The x shown; a run of one iteration gets some width. */
  get range() {
    const [from, to] = resolveRange(this.view.range, this.domain);
    return to > from ? [from, to] : [from, from + 1];
  }

  get following() {
    return follows(this.view);
  }

  /** The iteration where the cursor stands: hovered, replayed or pinned; null where it does not. */
  get cursor() {
    return this.#hover ?? (this.replay ? this.iterationAt(this.replay.at) : this.view.at);
  }

  /** How far the run is drawn: up to the replay's position, else null for all of it. */
  get drawnTo() {
    return this.replay ? this.iterationAt(this.replay.at) : null;
  }

  get phases() {
    const { landmarks, status } = this.model;
    return phasesOf(this.model.holding, status, landmarks.forgotten > 0);
  }

  get marks() {
    return marksAmong(this.model.holding);
  }

  xOf(iteration) {
    if (this.axis === 'iteration') return iteration;
    const { columns } = this.model;
    return columns.elapsed[Math.max(0, columns.rowAt(iteration))] ?? 0;
  }

  iterationAt(x) {
    if (this.axis === 'iteration') return Math.round(x);
    const { columns } = this.model;
    if (columns.length === 0) return 0;
    let low = 0;
    let high = columns.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (columns.elapsed[middle] < x) low = middle + 1;
      else high = middle;
    }
    const before = Math.max(0, low - 1);
    const nearer = x - columns.elapsed[before] < columns.elapsed[low] - x ? before : low;
    return columns.iteration[nearer];
  }

  hover(iteration) {
    if (iteration === this.#hover) return;
    this.#hover = iteration;
    this.frames.request('cursor');
  }

  pin(iteration) {
    if (this.replay && iteration !== null) this.replay.seek(this.xOf(iteration));
    else this.view.at = this.view.at === iteration ? null : iteration;
    this.frames.request('cursor', 'view');
  }

  setRange(range) {
    this.view.range = range;
    this.frames.request('view');
  }

  /** Follows with the width of the window there is, or holds still what is seen. */
  follow(on) {
    if (on === this.following) return;
    const [from, to] = this.range;
    if (on) this.setRange(this.#before ?? (to - from < this.domain[1] - this.domain[0] ? { last: to - from } : null));
    else {
      this.#before = this.view.range;
      this.setRange({ from, to });
    }
  }

  resetRange() {
    this.#before = null;
    this.setRange(null);
  }

  zoom(from, to) {
    this.#before = null;
    this.setRange({ from, to });
  }

  setAxis(axis) {
    const ends = this.view.range?.from === undefined ? null : this.range.map(x => this.iterationAt(x));
    this.stopReplay();
    this.view.axis = axis;
    if (!ends) this.view.range = null;
    else this.view.range = { from: this.xOf(ends[0]), to: Math.max(this.xOf(ends[1]), this.xOf(ends[0]) + 1e-9) };
    this.frames.request('view', 'cursor');
  }

  isLinear(panel) {
    return this.view.linear.includes(panel);
  }

  setLinear(panels, on) {
    const rest = this.view.linear.filter(p => !panels.includes(p));
    this.view.linear = on ? [...rest, ...panels] : rest;
    this.frames.request('view');
  }

  /** Starts the replay, or goes on with it, or holds it. */
  play(on) {
    if (on && (!this.replay || this.replay.done)) this.#newReplay();
    this.playing = on;
    this.frames.request('replay', 'cursor');
  }

  #newReplay() {
    const stops = this.marks.map(event => ({
      x: this.xOf(event.iteration),
      rest: restFor(markOf(event).sentence),
      event,
    }));
    this.replay = new Replay(...this.domain, stops, this.seconds);
  }

  setSpeed(seconds) {
    this.seconds = seconds;
    if (this.replay) this.replay.seconds = seconds;
    this.frames.request('replay');
  }

  seek(x) {
    if (!this.replay) this.#newReplay();
    this.replay.seek(x);
    this.frames.request('replay', 'cursor');
  }

  /** One frame of the replay. */
  tick(seconds) {
    if (!this.playing) return;
    this.replay.advance(seconds);
    if (this.replay.done) this.playing = false;
    this.frames.request('replay', 'cursor');
  }

  stopReplay() {
    this.replay = null;
    this.playing = false;
    this.frames.request('replay', 'cursor');
  }

  /** What had last been judged, tried or decided where the cursor stands; the newest landmark where it does not stand. */
  get story() {
    const { cursor } = this;
    if (cursor === null) return this.model.landmarks.list.at(-1) ?? null;
    if (this.#hover === null && this.replay) return this.replay.event;
    return this.marks.findLast(e => e.iteration <= cursor) ?? null;
  }
}
