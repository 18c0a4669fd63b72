import { html, nothing } from 'lit';
import * as echarts from 'echarts';
import { valueAt } from '../draw/chart-data.js';
import { chartOption } from '../draw/chart-option.js';
import { themeColour } from '../draw/colours.js';
import { count, number, resolution } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { chartView } from './chart-view.js';
import { download } from './download.js';
import { seriesCsv } from './export.js';
import { PlotPointer } from './plot-pointer.js';
import { RunElement } from './run-element.js';

/** One chart: title with symbol, what it is, value at the cursor, resolution, what could not be drawn, export. */
class ChartPanel extends RunElement {
  static properties = { spec: { attribute: false }, shown: { state: true }, helping: { state: true } };

  #chart = null;
  #view = null;
  #frame = plotFrame();
  #drawing = () => this.#draw();
  #resize = new ResizeObserver(() => this.#resized());

  onFrame(dirty) {
    if (!this.#chart) return;
    if (['data', 'view', 'theme', 'size', 'landmarks'].some(d => dirty.has(d))) this.run.frames.queue(this.#drawing);
    if (dirty.has('cursor')) this.#moveCursor();
  }

  firstUpdated() {
    this.#chart = echarts.init(this.querySelector('.canvas'), null, { renderer: 'canvas' });
    const plot = this.querySelector('.plot');
    new PlotPointer(plot, this.run).attach();
    this.#resize.observe(plot);
    this.run.frames.request('size');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.run.frames.unqueue(this.#drawing);
    this.#chart?.dispose();
    this.#chart = null;
  }

  #resized() {
    this.#chart?.resize();
    this.run.frames.request('size');
  }

  get #size() {
    const { left, right, top, bottom } = this.#frame;
    return [this.#chart.getWidth() - left - right, this.#chart.getHeight() - top - bottom];
  }

  #draw() {
    this.#frame = plotFrame();
    const [width, height] = this.#size;
    if (width <= 0 || height <= 0) return;
    const view = chartView(this.spec, this.run, width, height);
    this.#view = view;
    this.#chart.setOption(chartOption({ ...view, frame: this.#frame, unit: unit() }), { silent: true });
    this.#chart.getZr().flush();
    this.#moveCursor();
    const { drawn } = view;
    const shown = {
      empty: view.empty,
      floor: drawn?.floor.length ?? 0,
      nonFinite: drawn?.nonFinite ?? 0,
      first: drawn?.firstNonFinite ?? null,
      resolution: drawn ? resolution(this.run.model.level, drawn.merged) : 'points where computed',
      linear: view.scale.kind === 'linear',
    };
    if (JSON.stringify(shown) !== JSON.stringify(this.shown)) this.shown = shown;
  }

  /** The cursor is no part of the chart, so that moving it costs nothing. */
  #moveCursor() {
    if (!this.#view || !this.#chart) return;
    const { run } = this;
    const [width, height] = this.#size;
    const [from, to] = this.#view.x.range;
    const share = x => (x - from) / (to - from);
    const cursor = run.cursor;
    const line = this.querySelector('.cursor');
    const at = cursor === null ? -1 : share(run.xOf(cursor));
    line.hidden = at < 0 || at > 1;
    line.style.transform = `translateX(${this.#frame.left + at * width}px)`;
    const value = this.#valueAt(cursor ?? run.model.status?.iteration ?? 0);
    this.querySelector('.reading').textContent = value === null ? '' : number(value);
    const dot = this.querySelector('.cursor i');
    const [low, high] = this.#view.y.range;
    const y = Number.isFinite(value) ? this.#view.scale.to(value) : null;
    dot.hidden = y === null;
    if (y !== null) dot.style.transform = `translateY(${this.#frame.top + (1 - (y - low) / (high - low)) * height}px)`;
    const veil = this.querySelector('.veil');
    veil.hidden = run.drawnTo === null;
    if (!veil.hidden) {
      const left = Math.min(1, Math.max(0, share(run.xOf(run.drawnTo))));
      veil.style.left = `${this.#frame.left + left * width}px`;
    }
  }

  #valueAt(iteration) {
    return this.spec.series ? valueAt(this.run.model.columns, this.spec.series, iteration) : null;
  }

  #csv() {
    const { model } = this.run;
    download(`${model.id}-${this.spec.id}.csv`, 'text/csv', seriesCsv(model, this.spec, this.run.axis, this.run.range));
  }

  #png() {
    const url = this.#chart.getDataURL({ pixelRatio: 2, backgroundColor: themeColour('panel') });
    download(`${this.run.model.id}-${this.spec.id}.png`, null, url);
  }

  render() {
    const { spec, shown } = this;
    return html` <section class="panel" data-testid="chart-${spec.id}" aria-label="${spec.title}, ${spec.symbol}">
      <header class="panel-head">
        <h2>${spec.title} <span class="symbol">${spec.symbol}</span></h2>
        ${spec.label ? html`<span class="legend tone-series" data-shape="line">${spec.label}</span>` : nothing}
        ${(spec.lines ?? []).map(l => html`<span class="legend tone-${l.tone}" data-shape="line">${l.label}</span>`)}
        ${(spec.points ?? []).map(p => html`<span class="legend tone-${p.tone}" data-shape=${p.symbol}>${p.label}</span>`)}
        <output class="reading"></output>
        <span class="resolution">${shown?.empty ? '' : shown?.resolution}</span>
        <span class="tools">
          <button class="tool spare" title="Download the figures shown as CSV" @click=${this.#csv}>CSV</button>
          <button class="tool spare" title="Download the picture as PNG" @click=${this.#png}>PNG</button>
          <button
            class="tool"
            aria-expanded=${Boolean(this.helping)}
            aria-label="What is ${spec.title}?"
            @click=${() => {
              this.helping = !this.helping;
            }}
          >
            ?
          </button>
          <button
            class="tool"
            aria-pressed=${!shown?.linear}
            title="Logarithmic scale (l toggles all)"
            @click=${() => this.run.setLinear([spec.id], !this.run.isLinear(spec.id))}
          >
            ${spec.scale === 'log' ? 'log' : 'asinh'}
          </button>
        </span>
      </header>
      ${this.helping ? html`<p class="help">${spec.help}</p>` : nothing}
      <div class="plot">
        <div class="canvas"></div>
        <div class="veil" hidden></div>
        <div class="cursor" hidden><i></i></div>
        <div class="brush" hidden></div>
        ${shown?.empty ? html`<p class="nothing">${spec.missing ?? 'nothing recorded in this range'}</p>` : nothing}
      </div>
      ${
        shown?.floor || shown?.nonFinite
          ? html`<footer class="panel-foot">
              ${shown.floor ? note('', `▽ ${count(shown.floor)} at zero or below, drawn at the log axis's floor`) : nothing}
              ${
                shown.nonFinite
                  ? note('bad', `▲ ${count(shown.nonFinite)} not finite, first at iteration ${count(shown.first)}`)
                  : nothing
              }
            </footer>`
          : nothing
      }
    </section>`;
  }
}

function note(tone, text) {
  return html`<span class="note ${tone}">${text}</span>`;
}

customElements.define('chart-panel', ChartPanel);
