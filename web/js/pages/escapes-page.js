import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { Calm } from '../compare/calm.js';
import { csv } from '../compare/export.js';
import { count, number } from '../draw/format.js';
import { COLUMNS, filtered, flat, lanesOf, mechanismLook, signature, sorted } from '../escapes/episodes.js';
import { hatchings, lanesView, swatch } from '../escapes/lanes-view.js';
import { histogramView } from '../escapes/histogram-view.js';
import { download } from '../panels/download.js';
import { amend, runPath } from '../router.js';
import '../escapes/episode-drawer.js';

/** Shortest time between two questions to the server while runs change, ms. */
const INTERVAL = 1500;
/** Lanes and rows shown before one asks for more. */
const LANES = 40;
const ROWS = 200;
const AXES = [
  ['iteration', 'by iteration'],
  ['elapsed', 'by wall time'],
  ['entry', 'from the entry on'],
];
const OUTCOMES = ['open', 'escaped', 'descended', 'stayed', 'interrupted'];

/** All stays at points that runs wanted to leave: lanes, table, histograms, and the rule by which they were found. */
class EscapesPage extends LitElement {
  static properties = {
    runs: { attribute: false },
    stream: { attribute: false },
    query: { attribute: false },
    found: { state: true },
    rule: { state: true },
    next: { state: true },
    refusal: { state: true },
    view: { state: true },
    width: { state: true },
    all: { state: true },
  };

  #signature = null;
  #pages = 1;
  #calm = new Calm(() => this.#load(), INTERVAL);
  #resize = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry.contentRect.width);
  });
  #observed = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Escapes · Escapement';
    this.found = null;
    this.width = 0;
    const get = key => this.query.get(key) ?? '';
    this.view = {
      x: AXES.some(([id]) => id === get('x')) ? get('x') : 'iteration',
      q: get('q'),
      mechanism: get('mechanism'),
      outcome: OUTCOMES.includes(get('outcome')) ? get('outcome') : '',
      problem: get('problem'),
      sort: COLUMNS.some(c => c.id === get('sort')) ? get('sort') : '',
      down: get('down') === '1',
      open: get('open'),
    };
    this.#calm.request();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#calm.stop();
    this.#resize.disconnect();
  }

  willUpdate(changed) {
    if (!changed.has('runs')) return;
    const now = signature(this.runs);
    if (this.#signature !== null && now !== this.#signature) this.#calm.request();
    this.#signature = now;
  }

  updated() {
    const body = this.querySelector('.lanes-body');
    if (body === this.#observed) return;
    this.#resize.disconnect();
    this.#observed = body;
    if (body) this.#resize.observe(body);
  }

  async #load() {
    try {
      const found = [];
      let cursor = null;
      let answer = null;
      for (let page = 0; page < this.#pages; page++) {
        answer = await api.episodes({ ...(this.view.problem && { problem: this.view.problem }), ...(cursor && { cursor }) });
        found.push(...answer.runs);
        cursor = answer.next;
        if (!cursor) break;
      }
      this.found = found;
      this.rule = answer.rule;
      this.next = cursor;
      this.refusal = null;
    } catch (error) {
      this.refusal = error.message;
    }
  }

  #set(changes) {
    this.view = { ...this.view, ...changes };
    const query = new URLSearchParams();
    const { x, down, ...rest } = this.view;
    if (x !== 'iteration') query.set('x', x);
    for (const [key, value] of Object.entries(rest)) if (value) query.set(key, value);
    if (down && rest.sort) query.set('down', '1');
    amend('/escapes', query);
    if ('problem' in changes) this.#load();
  }

  get #episodes() {
    const { q, mechanism, outcome } = this.view;
    return filtered(flat(this.found ?? []), q, { mechanism, outcome });
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    if (key === 'f') this.querySelector('.search')?.focus();
    else if (key === 'Escape' && this.view.open) this.#set({ open: '' });
    else if (key === 'x') {
      const ids = AXES.map(([id]) => id);
      this.#set({ x: ids[(ids.indexOf(this.view.x) + 1) % ids.length] });
    } else return false;
    return true;
  }

  stats() {
    return { episodes: flat(this.found ?? []).length, shown: this.#episodes.length };
  }

  #sort(id, numeric) {
    const same = this.view.sort === id;
    this.#set({ sort: id, down: same ? !this.view.down : Boolean(numeric) });
  }

  #csv(episodes) {
    download(
      'escapes.csv',
      'text/csv',
      csv([
        ['run id', 'problem', 'solver', 'seed', ...COLUMNS.map(c => c.label), 'exit iteration'],
        ...episodes.map(e => [
          e.run.id,
          e.run.problem,
          e.run.solver,
          e.run.seed,
          ...COLUMNS.map(c => c.value(e)),
          e.exit?.iteration,
        ]),
      ]),
    );
  }

  render() {
    const all = flat(this.found ?? []);
    const episodes = this.#episodes;
    const chosen = all.find(e => e.id === this.view.open) ?? null;
    return html`<main class="page escapes-page">
      ${hatchings()}
      <div class="list-head">
        <h1>Escapes</h1>
        ${this.#controls(all)}
      </div>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      ${this.rule ? html`<p class="rule" data-testid="rule">${this.rule.entry} ${this.rule.exit}</p>` : nothing}
      ${
        this.found === null
          ? html`<p class="blank" role="status">Waiting for the episodes…</p>`
          : all.length === 0
            ? html`<section class="panel empty">
                <h2>No run has got stuck yet</h2>
                <p>A run that descends into a trap shows here: <code>escapement run pmc --n 20 --rho 0.1 --serve</code></p>
              </section>`
            : html`<div class="escapes-grid" data-drawer=${chosen !== null}>
                <div class="escapes-main">
                  ${this.#lanes(episodes)}
                  <div class="histograms">
                    ${histogramView('Iterations to leave', 'iterations', episodes, 'bins of powers of two', this.#half)}
                    ${histogramView('Oracle calls per escape', 'oracleCalls', episodes, 'gradient evaluations, trials included', this.#half)}
                  </div>
                  ${this.#table(episodes)}
                </div>
                ${
                  chosen
                    ? html`<episode-drawer
                        .episode=${chosen}
                        .stream=${this.stream}
                        @close=${() => this.#set({ open: '' })}
                      ></episode-drawer>`
                    : nothing
                }
              </div>`
      }
    </main>`;
  }

  #controls(all) {
    const { view } = this;
    const mechanisms = [...new Set(all.map(e => e.mechanism).filter(Boolean))].sort();
    const problems = [...new Set([...all.map(e => e.run.problem), view.problem].filter(Boolean))].sort();
    const select = (label, key, options, any) =>
      html`<label
        >${label}
        <select data-testid="filter-${key}" @change=${e => this.#set({ [key]: e.target.value })}>
          ${any ? html`<option value="">${any}</option>` : nothing}
          ${options.map(([id, text]) => html`<option value=${id} ?selected=${id === view[key]}>${text}</option>`)}
        </select></label
      >`;
    const plain = list => list.map(v => [v, v]);
    return html`<span class="controls">
      <input
        class="search"
        type="search"
        placeholder="Filter ( f )"
        aria-label="Filter by run, problem, solver, mechanism, verdict or outcome"
        .value=${view.q}
        @input=${e => this.#set({ q: e.target.value })}
      />
      ${select('x', 'x', AXES)} ${select('problem', 'problem', plain(problems), 'any')}
      ${select('mechanism', 'mechanism', plain(mechanisms), 'any')} ${select('outcome', 'outcome', plain(OUTCOMES), 'any')}
    </span>`;
  }

  /** Width of a histogram: half of what the lanes have, or all of it where they stand below each other. */
  get #half() {
    return Math.max(200, matchMedia('(max-width: 46rem)').matches ? this.width : Math.floor(this.width / 2) - 10);
  }

  #lanes(episodes) {
    const { lanes, range } = lanesOf(this.found, episodes, this.view.x);
    const shown = this.all ? lanes : lanes.slice(0, LANES);
    const looks = new Map(episodes.map(e => [e.mechanism ?? '', mechanismLook(e.mechanism)]));
    return html`<section class="panel lanes-panel" aria-label="Lanes">
      <header class="panel-head">
        <h2>Stays <span class="symbol">${AXES.find(([id]) => id === this.view.x)[1]}</span></h2>
        <span class="lane-key">${[...looks.values()].map(look => html`<span>${swatch(look)} ${look.label}</span>`)}</span>
        <span class="resolution">${count(episodes.length)} in ${count(lanes.length)} ${lanes.length === 1 ? 'run' : 'runs'}</span>
      </header>
      <div class="lanes-body">
        ${this.width > 0 ? lanesView({ lanes: shown, range }, this.view.x, this.width, this.view.open, e => this.#set({ open: e.id })) : nothing}
      </div>
      ${
        shown.length < lanes.length
          ? html`<button
              class="more"
              @click=${() => {
                this.all = true;
              }}
            >
              Show ${count(lanes.length - shown.length)} more lanes
            </button>`
          : nothing
      }
      ${
        this.next
          ? html`<button
              class="more"
              data-testid="older"
              @click=${() => {
                this.#pages++;
                this.#load();
              }}
            >
              Look at older runs
            </button>`
          : nothing
      }
    </section>`;
  }

  #table(episodes) {
    const { sort, down } = this.view;
    const ordered = sort ? sorted(episodes, { column: sort, down }) : episodes;
    const rows = ordered.slice(0, this.all ? undefined : ROWS);
    return html`<section class="panel" data-testid="episode-table">
      <header class="panel-head">
        <h2>Figures</h2>
        <span class="resolution">what is not known is left blank</span>
        <span class="tools"><button class="tool" @click=${() => this.#csv(ordered)}>CSV</button></span>
      </header>
      <div class="table-wrap">
        <table class="runs episodes">
          <thead>
            <tr>
              ${COLUMNS.map(c => {
                const mine = sort === c.id;
                return html`<th scope="col" class=${c.numeric ? 'num' : ''} aria-sort=${mine ? (down ? 'descending' : 'ascending') : nothing}>
                  <button @click=${() => this.#sort(c.id, c.numeric)}>
                    ${c.label}<i aria-hidden="true">${mine ? (down ? '↓' : '↑') : ''}</i>
                  </button>
                </th>`;
              })}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              e => html`<tr
                data-testid="episode-row"
                data-outcome=${e.outcome}
                data-chosen=${e.id === this.view.open}
                @click=${event => event.target.closest('a') || this.#set({ open: e.id })}
              >
                ${COLUMNS.map(c => html`<td class=${c.numeric ? 'num' : ''}>${this.#cell(c, e)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
        ${rows.length === 0 ? html`<p class="blank">No stay matches.</p>` : nothing}
      </div>
    </section>`;
  }

  #cell(column, episode) {
    const value = column.value(episode);
    if (column.id === 'run')
      return html`<a href=${runPath(episode.run.id)} title=${episode.run.name}>${episode.run.name}</a>`;
    if (column.id === 'entry')
      return html`<button class="link" aria-label="Details of iteration ${value}" @click=${() => this.#set({ open: episode.id })}>
        ${count(value)}
      </button>`;
    if (value === undefined || value === null) return nothing;
    if (column.id === 'mechanism') return html`${swatch(mechanismLook(value))} ${value}`;
    if (column.numeric) return column.whole ? count(value) : number(value);
    return String(value).replace('-', ' ');
  }
}

customElements.define('escapes-page', EscapesPage);
