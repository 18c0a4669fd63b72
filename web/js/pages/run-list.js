import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { count } from '../draw/format.js';
import { amend, go } from '../router.js';
import { COLUMNS, shownColumns } from '../runs/columns.js';
import { columnChoice, filters, tiles, viewsMenu } from '../runs/list-head.js';
import { queryOf, viewOf } from '../runs/list-query.js';
import { ListSight } from '../runs/list-sight.js';
import { LiveList, PAGE } from '../runs/live-list.js';
import { noRuns } from '../runs/no-runs.js';
import { runTable } from '../runs/run-table.js';
import { selectionBar, whyNotCompared } from '../runs/selection-bar.js';
import '../runs/run-edit.js';
import './start-run.js';

const SORTABLE = COLUMNS.filter(c => c.sort).map(c => c.id);
/** Pause in typing after which the server is asked, ms. */
const TYPING = 200;

/**
 * All runs of the server: totals, and a table of which only the rows in sight exist. The server sorts and filters; rows in sight are
 * told of twice a second. While the pointer or the keyboard is in the table its rows keep their places. Over the usual length
 * for its markup.
 */
class RunList extends LitElement {
  static properties = {
    stream: { attribute: false },
    query: { attribute: false },
    view: { state: true },
    chosen: { state: true },
    room: { state: true },
  };

  #ticker = 0;
  #typing = 0;
  #asked = '';
  #held = false;
  #watched = '';
  #cursor = null;
  #sight = new ListSight(() => this.#measure());

  constructor() {
    super();
    this.chosen = new Map();
    this.room = 80;
    this.live = new LiveList({
      api,
      view: () => this.view,
      figure: column => COLUMNS.find(c => c.id === column).sort,
      reading: () => this.#held || this.#sight.top >= this.#sight.rowHeight,
      changed: () => this.#changed(),
    });
  }

  get list() {
    return this.live.rows;
  }

  get overview() {
    return this.live.overview;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Runs · Escapement';
    this.#ticker = setInterval(() => this.#tick(), 1000);
    this.stream.addEventListener('connection', this.#connected);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
    clearTimeout(this.#typing);
    this.#sight.stop();
    this.stream.removeEventListener('connection', this.#connected);
    this.stream.watchRows(null);
  }

  /** After a break, and when the page is shown again, what is there may be old. */
  #connected = () => {
    if (this.stream.connection.kind === 'live' && this.#asked) this.list.reload();
  };

  willUpdate(changed) {
    if (!changed.has('query')) return;
    // An address that somebody followed; the page's own changes come here as well and ask nothing.
    this.view = viewOf(this.query, SORTABLE);
    this.#ask();
  }

  firstUpdated() {
    this.#watch([]);
  }

  #ask() {
    const asked = queryOf({ ...this.view, columns: null }).toString();
    if (asked === this.#asked && this.list.total !== null) return;
    this.#asked = asked || ' ';
    this.#sight.toTop();
    this.#cursor = null;
    this.list.reload();
  }

  /** Another view; the address says so, and the server is asked when typing pauses. */
  show(change, soon = false) {
    this.view = { ...this.view, ...change };
    amend('/runs', queryOf(this.view));
    clearTimeout(this.#typing);
    if (soon) this.#typing = setTimeout(() => this.#ask(), TYPING);
    else this.#ask();
  }

  #changed() {
    this.requestUpdate();
    this.updateComplete.then(() => this.#scrolled());
  }

  #tick() {
    if (document.hidden) return;
    this.requestUpdate();
    const atTop = this.#sight.top < PAGE * this.#sight.rowHeight * 0.5;
    if (atTop && !this.#held) this.live.reorder(Date.now());
  }

  #told(message) {
    this.live.take(message);
    for (const run of message.runs) if (this.chosen.has(run.id)) this.chosen.set(run.id, run);
    for (const id of message.gone) this.chosen.delete(id);
    this.requestUpdate();
  }

  #watch(ids) {
    this.stream.watchRows(ids, message => this.#told(message));
  }

  #measure() {
    if (!this.#sight.scroller?.isConnected) return;
    this.room = this.#sight.room;
    this.#scrolled();
  }

  #scrolled() {
    if (!this.#sight.scroller?.isConnected) return;
    const total = Math.max(this.list.rows.length, this.list.total ?? 0);
    if (this.#sight.look(this.live.pinned.length, total)) this.requestUpdate();
    const { from, to } = this.#sight.rows;
    this.list.need(to);
    const ids = [...new Set([...this.live.pinned, ...this.list.rows.slice(from, to)].map(r => r.id))].slice(0, PAGE);
    if (ids.join() !== this.#watched) {
      this.#watched = ids.join();
      this.#watch(ids);
    }
  }

  updated() {
    this.#sight.attach(this.querySelector('.table-wrap'));
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    const rows = [...this.querySelectorAll('tr[data-run]')];
    const at = rows.findIndex(r => r.dataset.run === this.#cursor);
    if (key === 'f') this.querySelector('.search')?.focus();
    else if (key === 'n') this.querySelector('start-run').open();
    else if ((key === 'j' || key === 'ArrowDown') && rows.length > 0) this.#point(rows[Math.min(rows.length - 1, at + 1)]);
    else if ((key === 'k' || key === 'ArrowUp') && rows.length > 0) this.#point(rows[Math.max(0, at - 1)]);
    else if (key === 'x' && at >= 0) this.#choose(this.#cursor, !this.chosen.has(this.#cursor));
    else if (key === 'e' && at >= 0) this.#edit(this.#find(this.#cursor));
    else if (key === 'c' && this.chosen.size >= 2) this.#compare();
    else return false;
    return true;
  }

  static keys = [
    ['f', 'filter the list: words, state:stalled, tag:night, solver:, problem:, escape:, verdict:'],
    ['j k ↓ ↑', 'next and previous row'],
    ['Enter', 'open the row'],
    ['x', 'select the row'],
    ['c', 'compare what is selected'],
    ['e', 'name, tags, note, archive, delete'],
    ['n', 'start a run'],
  ];

  #point(row) {
    this.#cursor = row.dataset.run;
    row.querySelector('.col-name a').focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  #find(id) {
    return this.live.find(id) ?? this.chosen.get(id);
  }

  #choose(id, on) {
    if (on) this.chosen.set(id, this.#find(id));
    else this.chosen.delete(id);
    this.chosen = new Map(this.chosen);
  }

  #compare() {
    if (whyNotCompared(this.chosen.size) === '') go(`/compare?runs=${[...this.chosen.keys()].join(',')}`);
  }

  #edit(run) {
    this.querySelector('run-edit').open([run]);
  }

  #sort(column) {
    const { order } = this.view;
    const down = order.column === column.id ? !order.down : column.down === true;
    this.show({ order: { column: column.id, down } });
  }

  stats() {
    return { rows: this.list.rows.length, total: this.list.total, drawn: this.querySelectorAll('tr[data-run]').length, sight: this.#sight.rows };
  }

  render() {
    const { total, error } = this.list;
    if (total === null && !error)
      return html`<main class="page home"><p class="blank" role="status">Waiting for the list of runs…</p></main>`;
    const none = this.overview && this.overview.runs === 0 && this.overview.archived === 0;
    return html`<main class="page home">
      <h1 class="unseen">Runs</h1>
      <div class="list-head">
        ${tiles(this)}
        <span class="actions">
          <input
            class="search"
            type="search"
            placeholder="Filter ( f )"
            aria-label="Filter runs: words, or state:stalled, tag:, solver:, problem:"
            .value=${this.view.search}
            @input=${e => this.show({ search: e.target.value }, true)}
          />
          ${viewsMenu(this)} ${columnChoice(this)}
          <button class="button primary" data-testid="start-run" @click=${() => this.querySelector('start-run').open()}>
            Start a run
          </button>
        </span>
      </div>
      ${filters(this)} ${error ? html`<p class="refusal" role="alert">${error}</p>` : nothing}
      ${none ? noRuns() : this.#table()} ${selectionBar(this.chosen.size, this.#onSelection)}
      <start-run .start=${this.query.get('start')}></start-run>
      <run-edit
        @changed=${() => {
          this.chosen = new Map();
          this.list.reload();
        }}
      ></run-edit>
    </main>`;
  }

  #table() {
    const { rows, total } = this.list;
    const { waiting } = this.live;
    const table = {
      list: this.list,
      pinned: this.live.pinned,
      columns: shownColumns(this.view.columns, this.room),
      sight: this.#sight,
      view: this.view,
      chosen: this.chosen,
      room: this.room,
    };
    return html`${waiting > 0
        ? html`<button class="waiting" data-testid="waiting" @click=${() => this.#enter()}>
            ${waiting >= PAGE ? `${PAGE} or more` : count(waiting)} new
          </button>`
        : nothing}
      ${runTable(table, this.#onTable)}
      <p class="quiet under" data-testid="total">
        ${count(total)} ${total === 1 ? 'run' : 'runs'}${rows.length < total ? `, ${count(rows.length)} loaded` : ''}
      </p>`;
  }

  #onTable = {
    scrolled: () => this.#scrolled(),
    held: held => {
      this.#held = held;
    },
    sort: column => this.#sort(column),
    point: id => {
      this.#cursor = id;
    },
    choose: (id, on) => this.#choose(id, on),
    edit: run => this.#edit(run),
  };

  #enter() {
    this.#sight.toTop();
    this.live.waiting = 0;
    this.show({ order: { column: 'started', down: true } });
    this.list.reload();
  }

  #onSelection = {
    compare: () => this.#compare(),
    edit: () => this.querySelector('run-edit').open([...this.chosen.values()]),
    clear: () => {
      this.chosen = new Map();
    },
  };
}

customElements.define('run-list', RunList);
