import { download } from '../panels/download.js';
import { listView, matrixView } from './cells-view.js';
import { el } from './dom.js';
import { FigureView } from './figure-view.js';
import { facts, verdictLine } from './result-facts.js';
import { comparisonView } from './tables.js';
import { cellTable, comparisonTable, csv, markdown, tally } from './texts.js';
import { trialsView } from './trials-view.js';
import { PLAIN } from './view-state.js';

/** A result, whole: the verdict, the figures, the table beside the paper, the notes, the cells, how it was run. */
export class ResultView {
  #figures;
  #widths = new ResizeObserver(() => this.redraw());
  #comparisons = el('div', {
    class: 'scroll',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Our figures beside the paper’s',
  });
  #cells = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Cells' });
  #trials = el('div', {});
  #onlyMissed;
  #asList;
  #open = null;
  #width = 0;

  /**
   * @param result the JSON of the server or the file
   * @param env {echarts, state?, onState?: state → void, trials?: (cell, cursor) → {trials, next}, runPath?}
   */
  constructor(result, env) {
    this.result = complete(result);
    this.env = env;
    this.state = env.state ?? PLAIN;
    const change = turn => this.show(turn(this.state));
    const stem = this.result.experiment;
    this.#figures = this.result.figures.map(
      (figure, i) => new FigureView(figure, i, { echarts: env.echarts, stem, change }),
    );
    this.element = el(
      'article',
      { class: 'result', 'data-testid': 'result', 'data-experiment': stem },
      this.#sections(),
    );
    this.#widths.observe(this.element);
    this.#fill();
  }

  #sections() {
    const { result } = this;
    const { missed } = tally(result);
    this.#onlyMissed = el(
      'button',
      {
        class: 'button small',
        type: 'button',
        onclick: () => this.show({ ...this.state, missedOnly: !this.state.missedOnly }),
      },
      'Missed only',
    );
    this.#asList = el(
      'button',
      { class: 'button small', type: 'button', onclick: () => this.show({ ...this.state, list: !this.state.list }) },
      'As a list',
    );
    return [
      el('section', { class: 'panel result-facts' }, verdictLine(result), facts(result)),
      result.figures.length > 0
        ? el(
            'section',
            { 'aria-label': 'Figures' },
            el(
              'div',
              { class: `figs${result.figures.length === 4 ? ' pairs' : ''}` },
              this.#figures.map(f => f.element),
            ),
          )
        : null,
      result.comparisons.length > 0
        ? section(
            'Ours beside the paper’s',
            [missed > 0 ? this.#onlyMissed : null, ...this.#files('comparisons', comparisonTable(result))],
            this.#comparisons,
          )
        : null,
      result.notes.length > 0
        ? section(
            'What differs, and why',
            [],
            el(
              'div',
              { class: 'notes' },
              result.notes.map(note => el('p', {}, note)),
            ),
          )
        : null,
      result.cells.length > 0
        ? section(
            'Cells',
            [result.cells.length > 1 ? this.#asList : null, ...this.#files('cells', cellTable(result))],
            el(
              'p',
              { class: 'hint' },
              'Successes of trials with their 95 % interval; medians of iterations, gradient evaluations and time. The darker a cell, the better its place in the row.',
              this.env.trials ? ' A cell opens its trials.' : '',
            ),
            this.#cells,
            this.#trials,
          )
        : null,
    ];
  }

  #files(what, table) {
    const name = `${this.result.experiment}-${what}`;
    return [
      el(
        'button',
        { class: 'button small', type: 'button', onclick: () => download(`${name}.csv`, 'text/csv', csv(table)) },
        'CSV',
      ),
      el(
        'button',
        {
          class: 'button small',
          type: 'button',
          onclick: () => download(`${name}.md`, 'text/markdown', markdown(table)),
        },
        'Markdown',
      ),
    ];
  }

  /** Shows another choice of the viewer's, and says so. */
  show(state) {
    this.state = state;
    this.env.onState?.(state);
    this.#fill();
  }

  #fill() {
    const { result, state, env } = this;
    for (const figure of this.#figures) figure.show(state);
    this.#onlyMissed.setAttribute('aria-pressed', String(state.missedOnly));
    this.#asList.setAttribute('aria-pressed', String(state.list));
    this.#comparisons.replaceChildren(
      comparisonView(state.missedOnly ? result.comparisons.filter(c => c.met === false) : result.comparisons),
    );
    const open = env.trials ? key => this.show({ ...state, cell: state.cell === key ? null : key }) : null;
    const focused = this.#cells.contains(document.activeElement) ? document.activeElement.dataset.cell : null;
    this.#cells.replaceChildren(
      state.list
        ? listView(result, state, {
            open,
            onSort: column =>
              this.show({ ...state, sort: { column, down: state.sort?.column === column && !state.sort.down } }),
          })
        : matrixView(result, state.cell, open),
    );
    if (focused) this.#cells.querySelector(`[data-cell="${CSS.escape(focused)}"]`)?.focus();
    this.#fillTrials();
  }

  #fillTrials() {
    const { cell } = this.state;
    if (cell === this.#open || !this.env.trials) return;
    this.#open = cell;
    const close = () => this.show({ ...this.state, cell: null });
    this.#trials.replaceChildren(
      ...(cell ? [trialsView(cell, this.result, this.env.trials, this.env.runPath, close)] : []),
    );
    if (cell) this.#trials.scrollIntoView({ block: 'nearest' });
  }

  /** For another width or theme. */
  redraw(always = false) {
    const width = this.element.clientWidth;
    if (width === this.#width && !always) return;
    this.#width = width;
    for (const figure of this.#figures) figure.draw();
  }

  dispose() {
    this.#widths.disconnect();
    for (const figure of this.#figures) figure.dispose();
  }
}

function section(title, tools, ...content) {
  return el(
    'section',
    { class: 'panel part', 'aria-label': title },
    el('header', {}, el('h2', {}, title), el('span', { class: 'tools' }, tools)),
    content,
  );
}

/** Results of other versions may lack parts. */
function complete(result) {
  return {
    comparisons: [],
    figures: [],
    cells: [],
    notes: [],
    settings: {},
    command: `escapement experiment ${result.experiment}`,
    ...result,
  };
}
