import { themeColour } from '../draw/colours.js';
import { GLYPHS } from '../draw/glyphs.js';
import { unit } from '../draw/plot-frame.js';
import { download } from '../panels/download.js';
import { el, svgEl } from './dom.js';
import { described, figureTable, slopeWords } from './figure-data.js';
import { figureSvg, pngOf } from './figure-export.js';
import { figureOption, hasPositive, heightOf, isDrawn, isWide, legendOf, scaleName } from './figure-option.js';
import { numberTable } from './tables.js';
import { csv, markdown } from './texts.js';

/** Rows of numbers shown below a figure; all of them are in its CSV. */
const SHOWN = 500;

/** A figure with its title, legend, numbers and files. */
export class FigureView {
  #chart = null;
  #drawn = '';

  /**
   * @param env {echarts, stem: begin of file names, change: (state → state) → void}
   */
  constructor(figure, index, env) {
    Object.assign(this, { figure, index, env });
    this.element = el('figure', {
      class: `panel fig${isWide(figure) || !isDrawn(figure) ? ' fig-wide' : ''}`,
      id: `${env.stem}-figure-${index + 1}`,
      'data-testid': 'figure',
      'data-kind': figure.kind,
    });
    if (isDrawn(figure)) this.#build();
    else if (figure.kind === 'table') this.#write();
    else
      this.element.append(
        el(
          'p',
          { class: 'hint' },
          `${figure.title}: figures of the kind ${figure.kind} are not known here; the JSON has it.`,
        ),
      );
  }

  #write() {
    const { figure } = this;
    this.element.append(
      el(
        'figcaption',
        {},
        el('h3', {}, figure.title ?? figure.kind),
        el('span', { class: 'tools' }, this.#csv(), this.#markdown()),
      ),
      el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': figure.title },
        numberTable(figureTable(figure)),
      ),
    );
  }

  #build() {
    const { figure } = this;
    this.scaleButton = hasPositive(figure)
      ? el(
          'button',
          { class: 'tool', type: 'button', title: 'Logarithmic or linear scale', onclick: () => this.#turnScale() },
          'log',
        )
      : null;
    const title = `${this.element.id}-title`;
    this.legend = el('div', { class: 'series-legend' });
    this.canvas = el('div', { class: 'figure-canvas' });
    this.plot = el('div', { class: 'figure-plot', role: 'img', 'aria-label': described(figure) }, this.canvas);
    const numbers = el('details', { class: 'numbers' }, el('summary', {}, 'Numbers'));
    numbers.addEventListener(
      'toggle',
      () => numbers.open && numbers.children.length === 1 && numbers.append(this.#numbers()),
    );
    this.element.setAttribute('aria-labelledby', title);
    this.element.append(
      ...[
        el(
          'figcaption',
          {},
          el('h3', { id: title }, figure.title),
          el(
            'span',
            { class: 'tools' },
            this.scaleButton,
            this.#csv(),
            this.#file('SVG', svg => download(`${this.#name()}.svg`, 'image/svg+xml', svg)),
            this.#file('PNG', async svg => download(`${this.#name()}.png`, null, await pngOf(svg))),
          ),
        ),
        this.legend,
        this.plot,
        hasGaps(figure) ? el('p', { class: 'hint' }, 'Crossed out: no value.') : null,
        ...(figure.lines ?? []).map(line => el('p', { class: 'fit' }, slopeWords(line))),
        numbers,
      ].filter(Boolean),
    );
  }

  #numbers() {
    const table = figureTable(this.figure);
    const more = table.rows.length - SHOWN;
    return el(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Numbers of ${this.figure.title}` },
      numberTable({ ...table, rows: table.rows.slice(0, SHOWN) }),
      more > 0 ? el('p', { class: 'quiet' }, `and ${more} more rows, which are in the CSV`) : null,
    );
  }

  #name() {
    return `${this.env.stem}-figure-${this.index + 1}`;
  }

  #csv() {
    const save = () => download(`${this.#name()}.csv`, 'text/csv', csv(figureTable(this.figure)));
    return el('button', { class: 'tool', type: 'button', title: 'Download the numbers', onclick: save }, 'CSV');
  }

  #markdown() {
    const save = () => download(`${this.#name()}.md`, 'text/markdown', markdown(figureTable(this.figure)));
    return el('button', { class: 'tool', type: 'button', title: 'Download as Markdown', onclick: save }, 'MD');
  }

  #file(kind, save) {
    const make = () => save(figureSvg(this.env.echarts, this.figure, this.#view()));
    return el(
      'button',
      { class: 'tool', type: 'button', title: `Download the picture as ${kind}`, onclick: make },
      kind,
    );
  }

  #turnScale() {
    const next = (this.state.scales[this.index] ?? scaleName(this.figure)) === 'log' ? 'linear' : 'log';
    this.env.change(state => {
      const scales = { ...state.scales, [this.index]: next };
      if (next === scaleName(this.figure)) delete scales[this.index];
      return { ...state, scales };
    });
  }

  #turnSeries(name) {
    this.env.change(state => {
      const names = new Set(state.hidden[this.index]);
      if (!names.delete(name)) names.add(name);
      const hidden = { ...state.hidden, [this.index]: [...names] };
      if (names.size === 0) delete hidden[this.index];
      return { ...state, hidden };
    });
  }

  show(state) {
    this.state = state;
    const chosen = JSON.stringify([state.scales[this.index], state.hidden[this.index]]);
    if (!isDrawn(this.figure) || chosen === this.#drawn) return;
    this.#drawn = chosen;
    const scale = state.scales[this.index] ?? scaleName(this.figure);
    this.scaleButton?.setAttribute('aria-pressed', String(scale === 'log'));
    const hidden = new Set(state.hidden[this.index]);
    this.legend.replaceChildren(
      ...legendOf(this.figure).map(({ name, look }) =>
        el(
          'button',
          {
            type: 'button',
            'aria-pressed': String(!hidden.has(name)),
            title: 'Show or hide',
            onclick: () => this.#turnSeries(name),
          },
          swatch(look, this.figure.kind),
          name,
        ),
      ),
    );
    this.draw();
  }

  #view() {
    return {
      top: 0,
      font: getComputedStyle(this.element).fontFamily.replaceAll('"', "'"), // it becomes part of attributes
      colour: themeColour,
      scale: this.state.scales[this.index] ?? null,
      hidden: new Set(this.state.hidden[this.index]),
    };
  }

  /**
   * Draws anew: for another width, theme or choice. Nothing while the figure is on no page. On a large screen, where the page's letters are
   * larger than designed, all of the picture is, as one drawing that is enlarged.
   */
  draw() {
    const room = this.plot?.clientWidth ?? 0;
    if (room === 0 || !this.state) return;
    const scale = Math.max(1, unit());
    const width = Math.floor(room / scale);
    const height = Math.round(heightOf(this.figure, width));
    this.plot.style.height = `${Math.ceil(height * scale)}px`;
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`, transformOrigin: '0 0' });
    if (this.#chart) this.#chart.resize({ width, height });
    else this.#chart = this.env.echarts.init(this.canvas, null, { renderer: 'svg', width, height });
    this.#chart.setOption(figureOption(this.figure, { ...this.#view(), width, height }), { notMerge: true });
  }

  dispose() {
    this.#chart?.dispose();
    this.#chart = null;
  }
}

function hasGaps({ kind, values }) {
  return kind === 'heatmap' && values.some(row => row.some(v => !Number.isFinite(v)));
}

/** What a series looks like in the legend: a bar, or a line with its mark. */
function swatch(look, kind) {
  const style = `--hue: var(--${look.hue})`;
  if (kind === 'bars')
    return svgEl(
      'svg',
      {
        class: 'swatch',
        viewBox: '0 0 26 14',
        width: 26,
        height: 14,
        style,
        'data-paper': String(look.paper),
        'aria-hidden': 'true',
      },
      svgEl('rect', { x: 5, y: 1.5, width: 16, height: 11 }),
      look.paper ? svgEl('path', { d: 'M5 9L12.5 1.5M9 12.5L20 1.5M16.5 12.5L21 8' }) : null,
    );
  const dashes = look.dash === 'solid' ? null : look.dash.join(' ');
  return svgEl(
    'svg',
    {
      class: 'swatch',
      viewBox: '0 0 26 14',
      width: 26,
      height: 14,
      style,
      'data-paper': String(look.paper),
      'aria-hidden': 'true',
    },
    kind === 'scatter' && look.shape
      ? null
      : svgEl('path', { class: 'line', d: 'M0 7H26', 'stroke-dasharray': dashes }),
    look.shape
      ? svgEl('path', { class: 'swatch-mark', d: GLYPHS[look.shape], transform: 'translate(8.5 2.5) scale(.56)' })
      : null,
  );
}
