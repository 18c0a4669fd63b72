import { html } from 'lit';
import { resolution } from '../draw/format.js';
import { DESIGNED, unit } from '../draw/plot-frame.js';
import { lowerBound } from '../run/columns.js';
import { fixedText, tableColumns, tableRow } from '../run/table.js';
import { RunElement } from './run-element.js';

/** Height of a row, rem; panels.css has it too. */
const ROW = 1.5;
/** Rows above and below what is seen. */
const SPARE = 8;
/** Rows that are copied at most. */
const MOST_COPIED = 10_000;

/** The rows in view, newest first, as a table of fixed width. Only those on the screen are in the page. */
class IterationTable extends RunElement {
  static properties = { top: { state: true }, frozen: { state: true }, copied: { state: true } };

  #copiedTimer = 0;

  constructor() {
    super();
    this.top = 0;
  }

  #visible = false;
  #watch = new IntersectionObserver(entries => {
    this.#visible = entries.at(-1).isIntersecting;
    if (this.#visible) this.requestUpdate();
  });

  get redrawsOn() {
    return this.frozen ? ['cursor'] : ['data', 'view', 'landmarks', 'cursor'];
  }

  onFrame(dirty) {
    if (this.#visible) super.onFrame(dirty);
  }

  firstUpdated() {
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    clearTimeout(this.#copiedTimer);
  }

  /** What is shown: {columns, names, rows: [first, after the last]}. */
  #now() {
    const { run } = this;
    const { columns } = run;
    const x = run.xColumn(columns);
    const [from, to] = run.range;
    const first = lowerBound(x, from);
    let end = lowerBound(x, to);
    while (end < columns.length && x[end] <= to) end++;
    return { columns, level: run.level, first, end, heads: tableColumns(columns, run.model.header, run.marks), phases: run.phases, marks: run.marks };
  }

  #freeze() {
    // Rows of the run go on changing; a frozen table keeps its own.
    const shown = this.#now();
    const rows = [];
    for (let row = shown.end - 1; row >= shown.first; row--) rows.push(tableRow(shown, row));
    this.frozen = this.frozen ? null : { ...shown, rows };
  }

  async #copy() {
    const shown = this.frozen ?? this.#now();
    const n = Math.min(MOST_COPIED, shown.end - shown.first);
    const rows = Array.from({ length: n }, (_, i) => shown.rows?.[i] ?? tableRow(shown, shown.end - 1 - i));
    const text = fixedText(shown.heads, rows);
    try {
      await navigator.clipboard.writeText(text);
      this.copied = 'Copied';
    } catch {
      this.copied = 'Not allowed';
    }
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => {
      this.copied = undefined;
    }, 1500);
  }

  render() {
    const { run } = this;
    const shown = this.frozen ?? this.#now();
    return html` <section class="panel table" data-testid="iterations" aria-label="Iterations">
      <header class="panel-head">
        <h2>Iterations</h2>
        <span class="quiet">newest first, ${resolution(shown.level, 1)}</span>
        <span class="tools">
          <button class="tool" aria-pressed=${Boolean(this.frozen)} title="Hold what is shown" @click=${this.#freeze}>Freeze</button>
          <button class="tool" title="Copy what is in view as text of fixed width" @click=${this.#copy}>${this.copied ?? 'Copy as text'}</button>
        </span>
      </header>
      ${this.#body(shown, run.cursor)}
    </section>`;
  }

  #body(shown, cursor) {
    const n = shown.end - shown.first;
    const height = ROW * DESIGNED * unit();
    const seen = Math.ceil(24 / ROW) + 1;
    const start = Math.max(0, Math.min(n - 1, Math.floor(this.top / height)) - SPARE);
    const end = Math.min(n, start + seen + 2 * SPARE);
    const rows = [];
    for (let i = start; i < end; i++) rows.push(shown.rows?.[i] ?? tableRow(shown, shown.end - 1 - i));
    return html`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label="Iterations, scrollable"
      @scroll=${e => {
        this.top = e.target.scrollTop;
      }}
    >
      <table aria-rowcount=${n + 1}>
        <thead>
          <tr aria-rowindex="1">
            ${shown.heads.map(h => html`<th scope="col" class=${h.text ? '' : 'num'} title=${h.title}>${h.label}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr class="gap" style="height:${start * height}px" aria-hidden="true"></tr>
          ${rows.map((row, k) => this.#row(shown.heads, row, start + k, cursor))}
          <tr class="gap" style="height:${(n - end) * height}px" aria-hidden="true"></tr>
        </tbody>
      </table>
    </div>`;
  }

  #row(heads, row, index, cursor) {
    const here = cursor !== null && cursor <= row.iteration && cursor > row.before;
    return html`<tr
      aria-rowindex=${index + 2}
      data-here=${here}
      class=${row.phase ? `phase-${row.phase}` : ''}
      @click=${() => this.run.pin(row.iteration)}
    >
      ${heads.map((h, i) => html`<td class=${h.text ? '' : 'num'}>${row.cells[i]}</td>`)}
    </tr>`;
  }
}

customElements.define('iteration-table', IterationTable);
