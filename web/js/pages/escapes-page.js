import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { Calm } from '../compare/calm.js';
import { count } from '../draw/format.js';
import { episodesCsv, episodeTable } from '../escapes/episode-table.js';
import { filtered, flat, lanesOf, mechanismLook, signature, sorted } from '../escapes/episodes.js';
import { hatchings, lanesPlot, lanesView, swatch } from '../escapes/lanes-view.js';
import { LanesPointer, STEP, within, zoomed } from '../escapes/lanes-zoom.js';
import { AXES, OUTCOMES, queryOf, viewFromQuery } from '../escapes/view-state.js';
import { histogramView } from '../escapes/histogram-view.js';
import { download } from '../panels/download.js';
import { amend } from '../router.js';
import '../escapes/episode-drawer.js';

/** Shortest time between two questions to the server while runs change, ms. */
const INTERVAL = 1500;
/** Lanes and rows shown before one asks for more. */
const LANES = 40;
const ROWS = 200;

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
  /** All there is along x, and what of it is shown. */
  #whole = [0, 1];
  #shown = [0, 1];
  #pointer = new LanesPointer({
    place: () => lanesPlot(this.width),
    range: () => this.#shown,
    choose: (from, to) => this.#set({ stretch: within([from, to], this.#whole) }),
    zoom: (factor, at) => this.#zoom(factor, at),
  });

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Escapes · Escapement';
    this.found = null;
    this.width = 0;
    this.view = viewFromQuery(this.query);
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
    // Along another axis the same numbers mean something else.
    if ('x' in changes && changes.x !== this.view.x) changes.stretch = null;
    this.view = { ...this.view, ...changes };
    amend('/escapes', queryOf(this.view));
    if ('problem' in changes) this.#load();
  }

  #zoom(factor, at = (this.#shown[0] + this.#shown[1]) / 2) {
    this.#set({ stretch: zoomed(this.#shown, factor, at, this.#whole) });
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
    } else if (key === '+' || key === '=') this.#zoom(1 / STEP);
    else if (key === '-') this.#zoom(STEP);
    else if (key === 'z') this.#set({ stretch: null });
    else return false;
    return true;
  }

  stats() {
    return { episodes: flat(this.found ?? []).length, shown: this.#episodes.length, stretch: this.#shown };
  }

  #sort(id, numeric) {
    const same = this.view.sort === id;
    this.#set({ sort: id, down: same ? !this.view.down : Boolean(numeric) });
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
    this.#whole = range;
    this.#shown = (this.view.stretch && within(this.view.stretch, range)) ?? range;
    const zoomedIn = this.#shown !== range;
    const shown = this.all ? lanes : lanes.slice(0, LANES);
    const looks = new Map(episodes.map(e => [e.mechanism ?? '', mechanismLook(e.mechanism)]));
    return html`<section class="panel lanes-panel" aria-label="Lanes">
      <header class="panel-head">
        <h2>Stays <span class="symbol">${AXES.find(([id]) => id === this.view.x)[1]}</span></h2>
        <span class="lane-key">${[...looks.values()].map(look => html`<span>${swatch(look)} ${look.label}</span>`)}</span>
        <span class="resolution">${count(episodes.length)} in ${count(lanes.length)} ${lanes.length === 1 ? 'run' : 'runs'}</span>
        <span class="tools" role="group" aria-label="Zoom">
          <button class="tool" title="Farther ( - )" aria-label="Farther" ?disabled=${!zoomedIn} @click=${() => this.#zoom(STEP)}>−</button>
          <button class="tool" title="Nearer ( + ); so does dragging over a stretch" aria-label="Nearer" data-testid="nearer" @click=${() => this.#zoom(1 / STEP)}>+</button>
          <button class="tool" title="Show all of it ( z )" data-testid="whole" ?disabled=${!zoomedIn} @click=${() => this.#set({ stretch: null })}>Whole</button>
        </span>
      </header>
      <div class="lanes-body">
        ${this.width > 0 ? lanesView({ lanes: shown, range: this.#shown }, this.view.x, this.width, this.view.open, e => this.#set({ open: e.id }), this.#pointer) : nothing}
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
    return episodeTable(ordered.slice(0, this.all ? undefined : ROWS), this.view, {
      order: column => this.#sort(column.id, column.numeric),
      choose: episode => this.#set({ open: episode.id }),
      save: () => download('escapes.csv', 'text/csv', episodesCsv(ordered)),
    });
  }
}

customElements.define('escapes-page', EscapesPage);
