import { html, LitElement, nothing, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { age, count, number, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { stateLook } from '../panels/states.js';
import { amend, go, runPath } from '../router.js';
import { figureOf } from '../run/columns.js';
import { verdictMark } from '../run/landmarks.js';
import { arranged, COLUMNS, matches, NEWEST_FIRST, sorted, totals } from './row-order.js';
import { sparkline } from './sparkline.js';
import './start-run.js';

/** All runs of the server, newest first unless sorted otherwise. */
class RunList extends LitElement {
  static properties = {
    runs: { attribute: false },
    query: { attribute: false },
    search: { state: true },
    order: { state: true },
    held: { state: true },
  };

  #shown = [];
  #ticker = 0;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.search = this.query.get('q') ?? '';
    const column = this.query.get('sort');
    this.order = COLUMNS.some(c => c.id === column && c.value)
      ? { column, down: this.query.get('down') === '1' }
      : NEWEST_FIRST;
    this.#ticker = setInterval(() => this.requestUpdate(), 1000);
    document.title = 'Runs · Escapement';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
  }

  key(key) {
    if (key !== '/') return false;
    this.querySelector('.search')?.focus();
    return true;
  }

  #remember() {
    const query = new URLSearchParams();
    if (this.search) query.set('q', this.search);
    if (this.order.column !== 'started' || !this.order.down) {
      query.set('sort', this.order.column);
      if (this.order.down) query.set('down', '1');
    }
    amend('/runs', query);
  }

  #sort(column) {
    const down = this.order.column === column ? !this.order.down : COLUMNS.find(c => c.id === column).numeric === true;
    this.order = { column, down };
    this.#shown = [];
    this.#remember();
  }

  #find(text) {
    this.search = text;
    this.#shown = [];
    this.#remember();
  }

  render() {
    if (this.runs === null)
      return html`<main class="page"><p class="blank" role="status">Waiting for the list of runs…</p></main>`;
    return html`<main class="page">
      <div class="list-head">
        ${this.#tiles()}
        <span class="actions">
          <input
            class="search"
            type="search"
            placeholder="Search ( / )"
            aria-label="Search runs, for instance state:stalled solver:gd"
            .value=${this.search}
            @input=${e => this.#find(e.target.value)}
          />
          <button class="button primary" data-testid="start-run" @click=${() => this.querySelector('start-run').open()}>
            Start a run
          </button>
        </span>
      </div>
      ${this.runs.length === 0 ? empty() : this.#table()}
      <start-run></start-run>
    </main>`;
  }

  #tiles() {
    const t = totals(this.runs);
    const tile = (label, value, shape, tone, search) =>
      html`<button
        class="tile"
        ?disabled=${!search}
        aria-pressed=${search !== '' && this.search === search}
        @click=${() => this.#find(this.search === search ? '' : search)}
      >
        <b>${count(value)}</b><span>${glyph(shape, tone, 12)} ${label}</span>
      </button>`;
    return html`<div class="tiles">
      ${tile('running', t.running, 'play', 'accent', 'state:running')}
      ${tile('stalled', t.stalled, 'down', 'bad', 'state:stalled')}
      ${tile('diverged', t.diverged, 'cross', 'bad', 'state:diverged')}
      ${tile('converged', t.converged, 'circle', 'good', 'state:converged')}
      ${tile('escapes', t.escapes, 'up', 'escape', '')}
    </div>`;
  }

  #table() {
    const found = sorted(
      this.runs.filter(r => matches(r, this.search)),
      this.order,
    );
    const { rows, waiting } = arranged(found, this.#shown, Boolean(this.held) && this.#shown.length > 0);
    this.#shown = rows.map(r => r.id);
    return html` ${
        waiting > 0
          ? html`<button
              class="waiting"
              @click=${() => {
                this.held = false;
              }}
            >
              ${count(waiting)} new
            </button>`
          : nothing
      }
      <div class="table-wrap panel">
        <table class="runs">
          <thead>
            <tr>
              ${COLUMNS.map(c => this.#heading(c))}
            </tr>
          </thead>
          <tbody
            @pointerenter=${() => {
              this.held = true;
            }}
            @pointerleave=${() => {
              this.held = false;
            }}
          >
            ${repeat(
              rows,
              r => r.id,
              r => this.#row(r),
            )}
          </tbody>
        </table>
        ${rows.length === 0 ? html`<p class="blank">No run matches “${this.search}”.</p>` : nothing}
      </div>`;
  }

  #heading({ id, title, value, numeric }) {
    const mine = this.order.column === id;
    const sort = mine ? (this.order.down ? 'descending' : 'ascending') : nothing;
    return html`<th scope="col" class="col-${id} ${numeric ? 'num' : ''}" aria-sort=${sort}>
      ${
        value
          ? html`<button @click=${() => this.#sort(id)}>
              ${title}<i aria-hidden="true">${mine ? (this.order.down ? '↓' : '↑') : ''}</i>
            </button>`
          : title
      }
    </th>`;
  }

  #row(run) {
    const { status } = run;
    const look = stateLook(status.state);
    const mark = status.verdict ? verdictMark(status.verdict) : null;
    return html` <tr
      data-testid="run-row"
      data-run=${run.id}
      data-state=${status.state}
      @click=${e => e.target.closest('a') || go(runPath(run.id))}
    >
      <td class="col-state">
        <span class="chip tone-${look.tone}" title=${status.sentence ?? nothing}
          >${glyph(look.shape, look.tone, 12)} ${look.label}</span
        >
      </td>
      <td class="col-name"><a href=${runPath(run.id)} title=${status.sentence ?? nothing}>${run.name}</a></td>
      <td class="col-problem">${run.problem ?? '–'}</td>
      <td class="col-solver">${run.solver ?? '–'}</td>
      <td class="col-escape">${run.escape ?? '–'}</td>
      <td class="col-iteration num">${count(status.iteration)}</td>
      <td class="col-loss num">${number(figureOf(status, 'loss'))}</td>
      <td class="col-gradient num">${number(figureOf(status, 'gradientNorm'))}</td>
      <td class="col-escapes num">${count(status.escapes)}</td>
      <td class="col-verdict">
        ${mark ? html`<span class="tone-${mark.tone} word">${glyph(mark.shape, mark.tone, 12)} ${mark.label}</span>` : '–'}
      </td>
      <td class="col-rate num">${status.ended ? '–' : rate(status.iterationsPerSecond)}</td>
      <td class="col-spark">${spark(run.spark ?? [])}</td>
      <td class="col-started num" title=${run.started}>${age(run.started)}</td>
    </tr>`;
  }
}

function spark(values) {
  const { line, last } = sparkline(values, 96, 20);
  if (!line) return nothing;
  return html`<svg
    class="spark"
    width="96"
    height="20"
    viewBox="0 0 96 20"
    role="img"
    aria-label="log of the gradient norm, now ${number(last)}"
  >
    ${svg`<path d=${line}></path>`}
  </svg>`;
}

function empty() {
  const curl =
    `curl -X POST ${location.origin}/api/v1/runs -H 'Content-Type: application/json' ` +
    `-d '{"problem":"pmc","options":{"n":11}}'`;
  return html`<section class="panel empty">
    <h1>No run yet</h1>
    <p>Start one here, from a terminal, or over HTTP:</p>
    <pre><code>java -jar target/escapement.jar run pmc --n 11 --rho 0.01 --serve</code></pre>
    <pre><code>${curl}</code></pre>
  </section>`;
}

customElements.define('run-list', RunList);
