import { requestOf } from './list-query.js';
import { newerThan, RunRows } from './run-rows.js';

/** Rows of a page of the list. */
export const PAGE = 200;
const MOST_PINNED = 20;
/** Between two looks at whether the order still holds, ms. */
const REORDER = 2000;
/** Columns whose figures do not change while a run goes on. */
const STEADY = ['started', 'name', 'problem', 'solver', 'escape'];

/**
 * What the server tells of the list: the rows so far, the runs pinned on top of them, the totals, and how many newer runs wait to be
 * let in. No DOM.
 */
export class LiveList {
  #api;
  #view;
  #figure;
  #reading;
  #changed;
  #newest = null;
  #unsure = false;
  #looked = 0;

  /**
   * @param api     {runs(params), overview()} as in api.js
   * @param view    () → the view of list-query.js
   * @param figure  (id of a column) → what the server calls the figure it is sorted by
   * @param reading () → whether somebody reads the table, so that no row may come in on top
   * @param changed called when rows came or went, or runs wait
   */
  constructor({ api, view, figure, reading, changed }) {
    this.#api = api;
    this.#view = view;
    this.#figure = figure;
    this.#reading = reading;
    this.#changed = changed;
    this.rows = new RunRows(cursor => this.#fetch(cursor), changed);
    this.pinned = [];
    this.overview = null;
    this.waiting = 0;
  }

  async #fetch(cursor) {
    const view = this.#view();
    const params = requestOf(view, this.#figure(view.order.column));
    params.set('limit', PAGE);
    if (cursor) {
      params.set('cursor', cursor);
      return this.#api.runs(params);
    }
    // The totals first: a run that comes between the questions is then in the page, or known to be newer.
    const before = this.overview;
    const overview = await this.#api.overview();
    const [page, onTop] = await Promise.all([this.#api.runs(params), view.archived ? { runs: [] } : this.#api.runs(pinned())]);
    this.pinned = onTop.runs;
    if (this.overview === before) this.overview = overview;
    const known = [overview.newest, ...page.runs.map(r => r.id)].filter(Boolean);
    this.#newest = known.length === 0 ? null : known.reduce((a, b) => (a > b ? a : b));
    this.waiting = 0;
    this.#unsure = false;
    return page;
  }

  find(id) {
    return this.rows.rows.find(r => r.id === id) ?? this.pinned.find(r => r.id === id);
  }

  /** @param told a frame of the stream: rows that changed or are gone, and the totals where these changed */
  take({ runs, gone, overview }) {
    for (const run of runs) {
      const before = this.find(run.id);
      // Another state may end its place under this filter; another figure that in this order.
      if (before && before.status.state !== run.status.state) this.#unsure = true;
      this.rows.update(run);
      this.pinned = this.pinned.map(r => (r.id === run.id ? run : r));
    }
    if (runs.length > 0 && !STEADY.includes(this.#view().order.column)) this.#unsure = true;
    for (const id of gone) {
      this.rows.remove(id);
      this.pinned = this.pinned.filter(r => r.id !== id);
    }
    if (!overview) return;
    this.overview = overview;
    const first = this.#newest === null || overview.newest > this.#newest;
    if (overview.newest && this.rows.total !== null && first) this.#announce(overview.newest);
  }

  /** New runs enter at once where they come first and nobody is reading, and wait otherwise. */
  async #announce(newest) {
    const { order } = this.#view();
    if (order.column === 'started' && order.down && !this.#reading()) {
      this.#newest = newest;
      this.rows.reload();
      return;
    }
    const params = requestOf({ ...this.#view(), order: { column: 'started', down: true } }, 'started');
    params.set('limit', PAGE);
    try {
      const { runs } = await this.#api.runs(params);
      this.waiting = newerThan(runs, this.#newest);
      this.#changed();
    } catch {
      // said by the connection's pill
    }
  }

  /** Asks anew where the order may not hold any more, and not too often. @param now ms */
  reorder(now) {
    if (!this.#unsure || now - this.#looked < REORDER || this.rows.loading) return;
    this.#looked = now;
    this.rows.reload();
  }
}

function pinned() {
  return new URLSearchParams({ tag: 'pinned', archived: 'false', limit: MOST_PINNED });
}
