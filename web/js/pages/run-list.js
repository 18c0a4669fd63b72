import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api.js';
import { count, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { amend, go, runPath } from '../router.js';
import { COLUMNS, shownColumns } from '../runs/columns.js';
import { parseSearch, queryOf, requestOf, toggled, viewOf, withoutFilter } from '../runs/list-query.js';
import { inSight, newerThan, RunRows } from '../runs/run-rows.js';
import { forgetView, savedViews, saveView } from '../runs/saved-views.js';
import '../runs/run-edit.js';
import './start-run.js';

const PAGE = 200;
const MOST_COMPARED = 20;
const MOST_PINNED = 20;
const SORTABLE = COLUMNS.filter(c => c.sort).map(c => c.id);
/** Pause in typing after which the server is asked, ms. */
const TYPING = 200;
/** Between two looks at whether the order still holds, ms. */
const REORDER = 2000;

/**
 * All runs of the server: totals, and a table of which only the rows in sight exist. The server sorts and filters; rows in sight are
 * told of twice a second. While the pointer or the keyboard is in the table its rows keep their places.
 *
 * Over the usual length because table, selection and what changes them share the scroll position and the row store.
 */
class RunList extends LitElement {
  static properties = {
    stream: { attribute: false },
    query: { attribute: false },
    view: { state: true },
    overview: { state: true },
    waiting: { state: true },
    chosen: { state: true },
    room: { state: true },
  };

  #ticker = 0;
  #typing = 0;
  #asked = '';
  #held = false;
  #unsure = false;
  #pinned = [];
  #newest = null;
  #scroller = null;
  #rowHeight = 33;
  #sight = { from: 0, to: 0, before: 0, after: 0 };
  #watched = '';
  #cursor = null;
  #sized = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.overview = null;
    this.waiting = 0;
    this.chosen = new Map();
    this.room = 80;
    this.list = new RunRows(
      cursor => this.#fetch(cursor),
      () => this.#changed(),
    );
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
    this.#sized.disconnect();
    this.stream.removeEventListener('connection', this.#connected);
    this.stream.watchRows(null);
  }

  /** After a break, and when the page is shown again, what is there may be old. */
  #connected = () => {
    if (this.stream.connection.kind === 'live' && this.#asked) this.#reload();
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

  async #fetch(cursor) {
    const params = requestOf(this.view, COLUMNS.find(c => c.id === this.view.order.column).sort);
    params.set('limit', PAGE);
    if (cursor) params.set('cursor', cursor);
    const page = await api.runs(params);
    if (!cursor) await this.#alongside(page);
    return page;
  }

  /** What is shown beside the first page: pinned runs, and the newest one, to know which are newer. */
  async #alongside(page) {
    const [pinned, overview] = await Promise.all([
      this.view.archived ? { runs: [] } : api.runs(new URLSearchParams({ tag: 'pinned', archived: 'false', limit: MOST_PINNED })),
      api.overview(),
    ]);
    this.#pinned = pinned.runs;
    this.overview = overview;
    const known = [overview.newest, ...page.runs.map(r => r.id)].filter(Boolean);
    this.#newest = known.length === 0 ? null : known.reduce((a, b) => (a > b ? a : b));
    this.waiting = 0;
    this.#unsure = false;
  }

  #ask() {
    const asked = queryOf({ ...this.view, columns: null }).toString();
    if (asked === this.#asked && this.list.total !== null) return;
    this.#asked = asked || ' ';
    if (this.#scroller) this.#scroller.scrollTop = 0;
    this.#cursor = null;
    this.#reload();
  }

  #reload() {
    this.list.reload();
  }

  /** Another view; the address says so, and the server is asked when typing pauses. */
  #show(change, soon = false) {
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
    const atTop = (this.#scroller?.scrollTop ?? 0) < PAGE * this.#rowHeight * 0.5;
    const due = Date.now() - (this.#looked ?? 0) >= REORDER;
    if (this.#unsure && due && atTop && !this.#held && !this.list.loading) {
      this.#looked = Date.now();
      this.#reload();
    }
  }

  #looked = 0;

  #told({ runs, gone, overview }) {
    for (const run of runs) {
      const before = [...this.list.rows, ...this.#pinned].find(r => r.id === run.id);
      // Another state may end its place under this filter; another figure that in this order.
      if (before && before.status.state !== run.status.state) this.#unsure = true;
      this.list.update(run);
      this.#pinned = this.#pinned.map(r => (r.id === run.id ? run : r));
      if (this.chosen.has(run.id)) this.chosen.set(run.id, run);
    }
    if (runs.length > 0 && !['started', 'name', 'problem', 'solver', 'escape'].includes(this.view.order.column)) this.#unsure = true;
    for (const id of gone) {
      this.list.remove(id);
      this.#pinned = this.#pinned.filter(r => r.id !== id);
      this.chosen.delete(id);
    }
    if (overview) {
      const fresh = overview.newest && this.list.total !== null && (this.#newest === null || overview.newest > this.#newest);
      this.overview = overview;
      if (fresh) this.#announce(overview.newest);
    }
    this.requestUpdate();
  }

  /** New runs enter at once where they come first and nobody is reading, and wait under a bar otherwise. */
  async #announce(newest) {
    const { order } = this.view;
    const top = (this.#scroller?.scrollTop ?? 0) < this.#rowHeight;
    if (order.column === 'started' && order.down && top && !this.#held) {
      this.#newest = newest;
      this.#reload();
      return;
    }
    const params = requestOf({ ...this.view, order: { column: 'started', down: true } }, 'started');
    params.set('limit', PAGE);
    try {
      const { runs } = await api.runs(params);
      this.waiting = newerThan(runs, this.#newest);
    } catch {
      // said by the connection's pill
    }
  }

  #watch(ids) {
    this.stream.watchRows(ids, message => this.#told(message));
  }

  #measure() {
    const wrap = this.querySelector('.table-wrap');
    if (!wrap) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.room = wrap.clientWidth / rem;
    this.#scrolled();
  }

  #scrolled() {
    const scroller = this.#scroller;
    if (!scroller?.isConnected) return;
    const row = scroller.querySelector('tr[data-run]');
    if (row) this.#rowHeight = row.getBoundingClientRect().height || this.#rowHeight;
    const total = Math.max(this.list.rows.length, this.list.total ?? 0);
    const sight = inSight({
      scrollTop: Math.max(0, scroller.scrollTop - this.#pinned.length * this.#rowHeight),
      height: scroller.clientHeight,
      rowHeight: this.#rowHeight,
      count: total,
    });
    if (sight.from !== this.#sight.from || sight.to !== this.#sight.to || sight.after !== this.#sight.after) {
      this.#sight = sight;
      this.requestUpdate();
    }
    this.list.need(sight.to);
    const ids = [...new Set([...this.#pinned, ...this.list.rows.slice(sight.from, sight.to)].map(r => r.id))].slice(0, PAGE);
    if (ids.join() !== this.#watched) {
      this.#watched = ids.join();
      this.#watch(ids);
    }
  }

  updated() {
    const scroller = this.querySelector('.table-wrap');
    if (scroller && scroller !== this.#scroller) {
      this.#scroller = scroller;
      this.#sized.disconnect();
      this.#sized.observe(scroller);
      this.#measure();
    }
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
    return this.list.rows.find(r => r.id === id) ?? this.#pinned.find(r => r.id === id) ?? this.chosen.get(id);
  }

  #choose(id, on) {
    if (on) this.chosen.set(id, this.#find(id));
    else this.chosen.delete(id);
    this.chosen = new Map(this.chosen);
  }

  #compare() {
    if (this.chosen.size >= 2 && this.chosen.size <= MOST_COMPARED) go(`/compare?runs=${[...this.chosen.keys()].join(',')}`);
  }

  #edit(run) {
    this.querySelector('run-edit').open([run]);
  }

  #sort(column) {
    const { order } = this.view;
    const down = order.column === column.id ? !order.down : column.down === true;
    this.#show({ order: { column: column.id, down } });
  }

  stats() {
    return { rows: this.list.rows.length, total: this.list.total, drawn: this.querySelectorAll('tr[data-run]').length, sight: this.#sight };
  }

  render() {
    const { total, error } = this.list;
    if (total === null && !error)
      return html`<main class="page home"><p class="blank" role="status">Waiting for the list of runs…</p></main>`;
    const none = this.overview && this.overview.runs === 0 && this.overview.archived === 0;
    return html`<main class="page home">
      <h1 class="unseen">Runs</h1>
      <div class="list-head">
        ${this.#tiles()}
        <span class="actions">
          <input
            class="search"
            type="search"
            placeholder="Filter ( f )"
            aria-label="Filter runs: words, or state:stalled, tag:, solver:, problem:"
            .value=${this.view.search}
            @input=${e => this.#show({ search: e.target.value }, true)}
          />
          ${this.#views()} ${this.#columnChoice()}
          <button class="button primary" data-testid="start-run" @click=${() => this.querySelector('start-run').open()}>
            Start a run
          </button>
        </span>
      </div>
      ${this.#filters()} ${error ? html`<p class="refusal" role="alert">${error}</p>` : nothing}
      ${none ? empty() : this.#table()} ${this.#selection()}
      <start-run .start=${this.query.get('start')}></start-run>
      <run-edit
        @changed=${() => {
          this.chosen = new Map();
          this.#reload();
        }}
      ></run-edit>
    </main>`;
  }

  #tiles() {
    const { states, escapesLastHour, eventsPerSecond } = this.overview ?? {};
    const filters = parseSearch(this.view.search).filters;
    const tile = (label, value, shape, tone, pressed, act, title = nothing) =>
      html`<button class="tile" data-tile=${label.replaceAll(' ', '-')} title=${title} aria-pressed=${pressed} @click=${act}>
        <b>${value}</b><span>${glyph(shape, tone, 12)} ${label}</span>
      </button>`;
    const state = (name, shape, tone) =>
      tile(
        name,
        count(states?.[name]),
        shape,
        tone,
        filters.some(f => f.key === 'state' && f.value === name),
        () => this.#show({ search: toggled(this.view.search, 'state', name) }),
      );
    const byEscapes = this.view.order.column === 'escapes';
    return html`<div class="tiles" data-panel="tiles">
      ${state('running', 'play', 'accent')} ${state('stalled', 'down', 'bad')} ${state('lost', 'cross', 'judge')}
      ${state('diverged', 'cross', 'bad')}
      ${tile(
        'escapes last hour',
        count(escapesLastHour),
        'up',
        'escape',
        byEscapes,
        () => this.#show({ order: byEscapes ? { column: 'started', down: true } : { column: 'escapes', down: true } }),
        'Accepted escapes of the last hour, in all runs; a click puts the runs with the most escapes first',
      )}
      ${tile(
        'events per second',
        rate(eventsPerSecond),
        'diamond',
        'quiet',
        nothing,
        () => go('/health'),
        'Events that this server takes in, over the last seconds; a click shows its health',
      )}
    </div>`;
  }

  #filters() {
    const { filters } = parseSearch(this.view.search);
    if (filters.length === 0 && !this.view.archived) return nothing;
    return html`<div class="filters" role="group" aria-label="Filters">
      ${filters.map(
        f =>
          html`<button
            class="button small"
            data-testid="filter-chip"
            aria-label="Remove the filter ${f.key} ${f.value}"
            @click=${() => this.#show({ search: withoutFilter(this.view.search, f) })}
          >
            ${f.key}: <b>${f.value}</b> ✕
          </button>`,
      )}
      ${this.view.archived
        ? html`<button class="button small" aria-label="Leave the archive" @click=${() => this.#show({ archived: false })}>
            <b>archived</b> ✕
          </button>`
        : nothing}
    </div>`;
  }

  #views() {
    const views = savedViews();
    const current = queryOf(this.view).toString();
    return html`<details class="menu" data-testid="views">
      <summary class="button">Views</summary>
      <div class="menu-panel">
        <a href="/runs">All runs</a>
        <a href="/runs?archived=1">Archived${this.overview?.archived ? ` (${count(this.overview.archived)})` : ''}</a>
        ${views.map(
          v =>
            html`<span class="menu-row"
              ><a href="/runs?${v.query}" aria-current=${v.query === current ? 'true' : nothing}>${v.name}</a>
              <button
                class="tool"
                aria-label="Forget the view ${v.name}"
                @click=${() => {
                  forgetView(v.name);
                  this.requestUpdate();
                }}
              >
                ✕
              </button></span
            >`,
        )}
        <form
          @submit=${e => {
            e.preventDefault();
            const name = e.target.elements.view.value.trim();
            if (name && saveView(name, current)) e.target.reset();
            this.requestUpdate();
          }}
        >
          <input type="text" name="view" aria-label="Name of the view" placeholder="Keep this view as…" maxlength="60" />
          <button class="button small">Keep</button>
        </form>
      </div>
    </details>`;
  }

  #columnChoice() {
    const shown = shownColumns(this.view.columns, this.room).map(c => c.id);
    return html`<details class="menu" data-testid="columns">
      <summary class="button">Columns</summary>
      <div class="menu-panel">
        ${COLUMNS.filter(c => c.id !== 'name').map(
          c =>
            html`<label
              ><input
                type="checkbox"
                .checked=${shown.includes(c.id)}
                @change=${e =>
                  this.#show({
                    columns: COLUMNS.map(o => o.id).filter(id => (id === c.id ? e.target.checked : shown.includes(id))),
                  })}
              />
              ${c.title}</label
            >`,
        )}
        <button class="button small" @click=${() => this.#show({ columns: null })}>As many as fit</button>
      </div>
    </details>`;
  }

  #table() {
    const { rows, total } = this.list;
    const columns = shownColumns(this.view.columns, this.room);
    const { from, to, before, after } = this.#sight;
    const shown = rows.slice(from, to);
    const missing = Math.max(0, to - Math.max(from, rows.length));
    return html`${this.waiting > 0
        ? html`<button class="waiting" data-testid="waiting" @click=${() => this.#enter()}>
            ${this.waiting >= PAGE ? `${PAGE} or more` : count(this.waiting)} new
          </button>`
        : nothing}
      <div
        class="table-wrap panel"
        data-panel="table"
        role="region"
        aria-label="Runs"
        tabindex="0"
        @scroll=${() => this.#scrolled()}
        @pointerenter=${() => {
          this.#held = true;
        }}
        @pointerleave=${() => {
          this.#held = false;
        }}
      >
        <table
          class="runs"
          aria-rowcount=${total + 1}
          style="min-width:${columns.reduce((sum, c) => sum + c.width, 4.4)}rem"
        >
          <colgroup>
            <col style="width:2.2rem" />
            ${columns.map(c => html`<col style="width:${c.width}rem" />`)}
            <col style="width:2.2rem" />
          </colgroup>
          <thead>
            <tr>
              <td></td>
              ${columns.map(c => this.#heading(c))}
              <td></td>
            </tr>
          </thead>
          ${this.#pinned.length > 0
            ? html`<tbody class="pinned">
                ${repeat(
                  this.#pinned,
                  r => r.id,
                  r => this.#row(r, columns, nothing),
                )}
              </tbody>`
            : nothing}
          <tbody>
            ${before > 0 ? html`<tr aria-hidden="true" style="height:${before}px"></tr>` : nothing}
            ${repeat(
              shown,
              r => r.id,
              (r, i) => this.#row(r, columns, from + i + 2),
            )}
            ${missing > 0
              ? html`<tr class="missing" style="height:${missing * this.#rowHeight}px">
                  <td colspan=${columns.length + 2}>Loading…</td>
                </tr>`
              : nothing}
            ${after > 0 ? html`<tr aria-hidden="true" style="height:${after}px"></tr>` : nothing}
          </tbody>
        </table>
        ${total === 0
          ? html`<p class="blank">No run ${this.view.search ? html`matches “${this.view.search}”` : 'here'}.</p>`
          : nothing}
      </div>
      <p class="quiet under" data-testid="total">
        ${count(total)} ${total === 1 ? 'run' : 'runs'}${rows.length < total ? `, ${count(rows.length)} loaded` : ''}
      </p>`;
  }

  #enter() {
    if (this.#scroller) this.#scroller.scrollTop = 0;
    this.waiting = 0;
    this.#show({ order: { column: 'started', down: true } });
    this.#reload();
  }

  #heading(column) {
    const { id, title, sort, numeric } = column;
    const { order } = this.view;
    const mine = order.column === id;
    return html`<th
      scope="col"
      class="col-${id} ${numeric ? 'num' : ''}"
      aria-sort=${mine ? (order.down ? 'descending' : 'ascending') : nothing}
    >
      ${sort
        ? html`<button @click=${() => this.#sort(column)}>
            ${title}<i aria-hidden="true">${mine ? (order.down ? '↓' : '↑') : ''}</i>
          </button>`
        : title}
    </th>`;
  }

  #row(run, columns, index) {
    return html`<tr
      data-testid="run-row"
      data-run=${run.id}
      data-state=${run.status.state}
      aria-rowindex=${index}
      @focusin=${() => {
        this.#cursor = run.id;
      }}
      @click=${e => e.target.closest('a, button, input, label') || go(runPath(run.id))}
    >
      <td class="col-choose">
        <input
          type="checkbox"
          aria-label="Select ${run.name}"
          .checked=${this.chosen.has(run.id)}
          @change=${e => this.#choose(run.id, e.target.checked)}
        />
      </td>
      ${columns.map(c => html`<td class="col-${c.id} ${c.numeric ? 'num' : ''}">${c.cell(run)}</td>`)}
      <td class="col-more">
        <button class="tool" aria-label="Name, tags and more of ${run.name}" data-testid="run-more" @click=${() => this.#edit(run)}>
          ⋯
        </button>
      </td>
    </tr>`;
  }

  #selection() {
    const size = this.chosen.size;
    if (size === 0) return nothing;
    const reason = size < 2 ? 'select two or more' : size > MOST_COMPARED ? `at most ${MOST_COMPARED}` : '';
    return html`<div class="selection panel" role="group" aria-label="What is selected" data-testid="selection">
      <b>${count(size)} selected</b>
      <button class="button primary" ?disabled=${reason !== ''} @click=${() => this.#compare()} data-testid="compare">
        Compare${reason ? ` (${reason})` : ''}
      </button>
      <button class="button" @click=${() => this.querySelector('run-edit').open([...this.chosen.values()])}>
        Tags, archive, delete…
      </button>
      <button
        class="button"
        @click=${() => {
          this.chosen = new Map();
        }}
      >
        Clear
      </button>
    </div>`;
  }
}

function empty() {
  const curl =
    `curl -X POST ${location.origin}/api/v1/runs -H 'Content-Type: application/json' ` +
    `-d '{"problem":"pmc","options":{"n":11}}'`;
  const python = `import escapement                      # curl -O ${location.origin}/escapement.py
run = escapement.watch(name="my fit", url="${location.origin}")
for k in range(1000): run.log(k, loss=1 / (k + 1))`;
  return html`<section class="panel empty">
    <h2>No run yet</h2>
    <p>Start one here, from a terminal, over HTTP, or from a loop of your own in Python:</p>
    <pre tabindex="0"><code>java -jar target/escapement.jar run pmc --n 11 --rho 0.01 --serve</code></pre>
    <pre tabindex="0"><code>${curl}</code></pre>
    <pre tabindex="0"><code>${python}</code></pre>
  </section>`;
}

customElements.define('run-list', RunList);
