import { figureOf } from '../run/columns.js';
import { foldedTrials } from '../run/episodes.js';
import { calmMarks } from '../run/landmarks.js';
import { alignEvent, iterationsIn, missing } from './align.js';
import { commonWidth } from './buckets.js';
import { fillSpread, groupsOf, Spread } from './groups.js';
import { lookAt } from './looks.js';

/**
 * The runs that are compared and how they are looked at. Panels read it and ask it for changes; it asks for a frame. The
 * cursor is an x of the axis in force.
 */
export class Comparison {
  #spreads = new Map();

  constructor(view, frames) {
    this.view = view;
    this.frames = frames;
    /** CompareRun, in the order of the list. */
    this.runs = [];
    this.cursor = null;
    this.paused = false;
  }

  get align() {
    return this.view.align;
  }

  get grouped() {
    return this.view.group !== 'none';
  }

  get shown() {
    return this.runs.filter(r => r.ready && !this.view.hidden.includes(r.id));
  }

  get baseline() {
    return this.runs.find(r => r.id === this.view.baseline && r.ready) ?? null;
  }

  /** Runs shown that have no place on the axis, with why. */
  get unplaced() {
    return this.shown.map(run => ({ run, why: missing(run.model, this.align) })).filter(u => u.why !== null);
  }

  /** Trials of escapes that led nowhere, of the shown runs. */
  get trials() {
    return this.shown.reduce((n, run) => n + foldedTrials(run.episodes), 0);
  }

  /** First and last x there is. */
  get domain() {
    if (this.align === 'relative') return [0, 1];
    let [low, high] = this.align === 'escape' ? [Infinity, -Infinity] : [0, 0];
    for (const run of this.shown) {
      const [first, last] = run.ends(this.align);
      if (this.align === 'escape' && first < low) low = first;
      if (last > high) high = last;
    }
    return high >= low ? [low, high] : [0, 1];
  }

  get range() {
    const [from, to] = this.view.range ?? this.domain;
    return to > from ? [from, to] : [from, from + 1];
  }

  /** Width of the buckets of a chart with room for so many: one for all runs. */
  width(room) {
    const { range } = this;
    const level = Math.max(0, ...this.shown.map(r => r.level(iterationsIn(r.model, this.align, range))));
    return commonWidth(this.align, range, level, room);
  }

  /** Where one has zoomed in, asks for finer rows. */
  refine() {
    if (!this.view.range) return;
    for (const run of this.shown) run.refine(() => iterationsIn(run.model, this.align, this.range));
  }

  /** [{run, look, curve}] of a figure. */
  curves(name, width) {
    const { range, align } = this;
    const { trials } = this.view;
    return this.shown
      .map(run => ({ run, look: run.look, curve: run.curve(name, align, width, range, trials) }))
      .filter(c => c.curve !== null && c.curve.n > 0);
  }

  /** The groups of the shown runs, each with its look. */
  get groups() {
    return groupsOf(this.shown, this.view.group).map((g, i) => ({ ...g, look: lookAt(i) }));
  }

  /** [{group, look, spread}] of a figure. */
  spreads(name, width) {
    const [from, to] = this.range;
    const curves = new Map(this.curves(name, width).map(c => [c.run, c.curve]));
    const whole = this.align === 'iteration' || this.align === 'escape';
    return this.groups
      .map(group => {
        const members = group.runs.filter(r => curves.has(r)).map(r => ({ curve: curves.get(r), ended: r.ended }));
        const key = `${name} ${group.key}`;
        const spread = this.#spreads.get(key) ?? this.#spreads.set(key, new Spread()).get(key);
        fillSpread(spread, members, width, Math.floor(from / width), Math.floor(to / width), whole);
        return { group, look: group.look, spread };
      })
      .filter(s => s.spread.n > 0);
  }

  /** [{run, look, x, value}] where judgements computed a figure, within the range. */
  points(name) {
    const [from, to] = this.range;
    const looks = this.grouped ? new Map(this.groups.flatMap(g => g.runs.map(r => [r, g.look]))) : null;
    const { trials } = this.view;
    return this.shown.flatMap(run =>
      (trials ? run.model.holding : calmMarks(run.model.holding, run.episodes))
        .map(event => ({
          run,
          look: looks?.get(run) ?? run.look,
          x: alignEvent(event, run.model, this.align),
          value: figureOf(event, name),
        }))
        .filter(p => p.value !== null && p.x >= from && p.x <= to),
    );
  }

  /** x of a run's accepted escapes within the range. */
  escapes(run) {
    const [from, to] = this.range;
    return run.model.holding
      .filter(e => e.kind === 'escape' && e.outcome === 'accepted')
      .map(e => alignEvent(e, run.model, this.align))
      .filter(x => x >= from && x <= to);
  }

  // What PlotPointer asks of a run: here the cursor is an x.

  iterationAt(x) {
    return x;
  }

  hover(x) {
    this.cursor = x;
    this.frames.request('cursor');
  }

  pin() {}

  zoom(from, to) {
    this.view.range = [from, to];
    this.frames.request('view');
  }

  resetRange() {
    this.view.range = null;
    this.frames.request('view');
  }

  showTrials(on) {
    this.view.trials = on;
    this.frames.request('view');
  }

  isLinear(panel) {
    return this.view.linear.includes(panel);
  }

  setLinear(panels, on) {
    const rest = this.view.linear.filter(p => !panels.includes(p));
    this.view.linear = on ? [...rest, ...panels] : rest;
    this.frames.request('view');
  }

  setAlign(align) {
    this.view.align = align;
    this.view.range = null;
    this.cursor = null;
    this.frames.request('view');
  }

  setGroup(group) {
    this.view.group = group;
    this.#spreads.clear();
    this.frames.request('view');
  }

  toggleHidden(id) {
    const { hidden } = this.view;
    this.view.hidden = hidden.includes(id) ? hidden.filter(h => h !== id) : [...hidden, id];
    this.frames.request('view');
  }

  setBaseline(id) {
    this.view.baseline = this.view.baseline === id ? null : id;
    this.frames.request('view');
  }
}
