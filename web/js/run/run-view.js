import { AXES, CALLS, callsOf } from './axes.js';
import { figureOf, lowerBound } from './columns.js';
import { Detail } from './detail.js';
import { episodesOf, foldedTrials, strandsOf } from './episodes.js';
import { attemptsOf, gapsOf } from './gaps.js';
import { calmMarks, markOf, marksAmong } from './landmarks.js';
import { foldedPhases, phasesOf } from './phases.js';
import { Replay, restFor } from './replay.js';
import { follows, resolveRange } from './view-state.js';

/** Further than this from the newest iteration nothing is at, so that a view is not asked for beyond it. */
const SINGLE = 1;

/**
 * One run and how it is looked at: range, axis, the shared cursor and the replay. Panels read it and ask it for changes;
 * it asks for a frame. The cursor is an iteration, whatever the axis. What is made of rows and landmarks (episodes, phases,
 * gaps) is kept until they change.
 *
 * Over the usual length because it is the one thing that all panels share.
 */
export class RunView {
  #hover = null;
  #before = null;
  #made = new Map();
  #detail;

  /** @param series ({from, to, points}) → what the server has of a stretch, as /series answers; null where nothing can be asked */
  constructor(model, view, frames, series = null) {
    this.model = model;
    this.view = view;
    this.frames = frames;
    this.replay = null;
    this.playing = false;
    this.seconds = 10;
    this.flashed = null;
    this.#detail = series === null ? null : new Detail(series, () => frames.request('data'));
  }

  /** Name of what lies along x, as in axes.js. */
  get axis() {
    return this.view.axis;
  }

  /** What x measures: iteration, elapsed or calls. */
  get measure() {
    return AXES[this.view.axis].measure;
  }

  /** The rows that are drawn: the overview, with finer ones in the stretch one looks at where the server had them. */
  get columns() {
    const overview = this.model.columns;
    return this.#detail?.over(overview) ?? overview;
  }

  /** How fine the rows in view are: a row is a bucket of 2^level iterations. */
  get level() {
    const { level } = this.model;
    return level === 0 || !this.#detail ? level : this.#detail.levelAt(this.#inView, level);
  }

  /** Asks for finer rows where those in view are coarse; to be called when view or data changed. */
  lookCloser() {
    this.#detail?.look(
      () => ({ ...this.#inView, newest: this.model.columns.iteration.at(-1) ?? 0 }),
      () => this.model.level,
    );
  }

  close() {
    this.#detail?.stop();
  }

  /** The iterations in view. */
  get #inView() {
    const [from, to] = this.range;
    return { from: this.iterationAt(from), to: Math.max(this.iterationAt(to), this.iterationAt(from) + SINGLE) };
  }

  /** What `make` gives, kept under a name until one of the versions changes. */
  #keep(name, versions, make) {
    const kept = this.#made.get(name);
    if (kept && kept.versions.every((v, i) => v === versions[i])) return kept.value;
    const value = make();
    this.#made.set(name, { versions, value });
    return value;
  }

  get #told() {
    const { landmarks, status } = this.model;
    return [landmarks, landmarks.version, status?.iteration, status?.ended];
  }

  get #rows() {
    return [this.columns, this.columns.version];
  }

  /** First and last x there is. */
  get domain() {
    const { columns, status, landmarks } = this.model;
    const x = this.xColumn(columns);
    const first = columns.level === 0 ? (x[0] ?? 0) : 0;
    const measured = this.measure === 'calls' ? 0 : Math.max(status?.[this.measure] ?? 0, landmarks.list.at(-1)?.[this.measure] ?? 0);
    return [first, Math.max(first, x[columns.length - 1] ?? 0, measured)];
  }

  /** x of every row. */
  xColumn(columns = this.columns) {
    if (this.measure !== 'calls') return columns[this.measure];
    return this.#keep(columns === this.model.columns ? 'calls' : 'finer calls', [columns, columns.version], () => callsOf(columns));
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

  get episodes() {
    const { status } = this.model;
    return this.#keep('episodes', this.#told, () => episodesOf(this.model.holding, status));
  }

  /** Trials that are folded into their episodes. */
  get folded() {
    return this.view.trials ? 0 : foldedTrials(this.episodes);
  }

  get phases() {
    const { landmarks, status } = this.model;
    const { trials } = this.view;
    return this.#keep('phases', [...this.#told, trials], () => {
      const phases = phasesOf(this.model.holding, status, landmarks.forgotten > 0);
      return trials ? phases : foldedPhases(phases, this.episodes);
    });
  }

  get marks() {
    const { trials } = this.view;
    return this.#keep('marks', [...this.#told, trials], () => {
      const list = this.model.holding;
      return trials ? marksAmong(list) : calmMarks(list, this.episodes);
    });
  }

  /** A series by row, or what `derive` makes of (columns, header). */
  series(name, derive) {
    const { columns } = this;
    if (!derive) return columns.series(name);
    return this.#keep(`series ${name}`, this.#rows, () => derive(columns, this.model.header));
  }

  /** To which stretch each row belongs, as strandsOf tells. */
  get strands() {
    const { trials } = this.view;
    return this.#keep('strands', [...this.#rows, ...this.#told, trials], () => strandsOf(this.columns, this.episodes, trials));
  }

  get gaps() {
    return this.#keep('gaps', [...this.#rows, this.model.landmarks.version], () =>
      gapsOf(this.columns, this.phases.filter(p => p.phase === 'paused')),
    );
  }

  get attempts() {
    const { landmarks, status } = this.model;
    const made = status?.attempts ?? [];
    return this.#keep('attempts', [landmarks, landmarks.version, made.length], () => attemptsOf(landmarks.list, made));
  }

  /** What later attempts rewrote, unless it is to be left out. */
  get replaced() {
    return this.view.replaced ? this.model.replaced : [];
  }

  /** Whether the run tells how often its functions were called. */
  get countsCalls() {
    return this.model.columns.names.includes(CALLS);
  }

  /** x of a place that knows its iteration and elapsed time: an event, the end of a phase. */
  xOfPlace(place) {
    if (this.measure !== 'calls') return place[this.measure] ?? this.xOf(place.iteration);
    return figureOf(place, CALLS) ?? this.xOf(place.iteration);
  }

  xOf(iteration) {
    if (this.measure === 'iteration') return iteration;
    const { columns } = this;
    return this.xColumn(columns)[Math.max(0, columns.rowAt(iteration))] ?? 0;
  }

  iterationAt(at) {
    if (this.measure === 'iteration') return Math.round(at);
    const { columns } = this;
    const x = this.xColumn(columns);
    if (columns.length === 0) return 0;
    const row = Math.min(columns.length - 1, lowerBound(x, at));
    const before = Math.max(0, row - 1);
    return columns.iteration[at - x[before] < x[row] - at ? before : row];
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
    const same = AXES[axis].measure === this.measure;
    const ends = this.view.range?.from === undefined ? null : this.range.map(x => this.iterationAt(x));
    this.stopReplay();
    this.view.axis = axis;
    if (same && ends) this.view.range = { ...this.view.range };
    else if (!ends) this.view.range = null;
    else this.view.range = { from: this.xOf(ends[0]), to: Math.max(this.xOf(ends[1]), this.xOf(ends[0]) + 1e-9) };
    this.frames.request('view', 'cursor');
  }

  /** Moves the cursor by so many rows; from the newest where it stands nowhere. */
  step(rows) {
    const { columns } = this;
    if (columns.length === 0) return;
    const here = this.view.at === null ? columns.length - 1 : Math.max(0, columns.rowAt(this.view.at));
    const row = Math.min(columns.length - 1, Math.max(0, here + rows));
    this.#moveTo(columns.iteration[row]);
  }

  /** Moves the cursor to the next escape episode, or the one before. */
  jump(direction) {
    const here = this.view.at ?? (direction < 0 ? Infinity : -1);
    const places = this.episodes.map(e => (e.accepted ? e.to : e.from).iteration);
    const next = direction < 0 ? places.findLast(i => i < here) : places.find(i => i > here);
    if (next !== undefined) this.#moveTo(next);
  }

  /** Puts the pinned cursor somewhere, and the view around it where it is out of sight. */
  #moveTo(iteration) {
    if (this.replay) this.replay.seek(this.xOf(iteration));
    this.view.at = iteration;
    const [from, to] = this.range;
    const x = this.xOf(iteration);
    if (x < from || x > to) this.view.range = { from: x - (to - from) / 2, to: x + (to - from) / 2 };
    this.frames.request('cursor', 'view');
  }

  showTrials(on) {
    this.view.trials = on;
    this.frames.request('view', 'landmarks');
  }

  showReplaced(on) {
    this.view.replaced = on;
    this.frames.request('view');
  }

  showKinds(kinds) {
    this.view.kinds = kinds;
    this.frames.request('view', 'landmarks');
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
