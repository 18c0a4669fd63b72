import { html, nothing } from 'lit';
import { valueOf } from '../draw/chart-data.js';
import { count, number, resolution } from '../draw/format.js';
import { CanvasPen } from '../draw/pen.js';
import { fontFamily, plotFrame, unit } from '../draw/plot-frame.js';
import { paint } from '../draw/plot.js';
import { chartView, linesOf } from './chart-view.js';
import { copyLink, csvOf, pngOf, svgOf } from './panel-files.js';
import { emptyWords, hasFigures, seriesOf } from './panel-specs.js';
import { isExternal } from './states.js';
import { summaryOf } from './panel-summary.js';
import { PlotPointer } from './plot-pointer.js';
import { RunElement } from './run-element.js';

/** What makes a chart stale. */
const STALE = ['data', 'view', 'theme', 'size', 'landmarks'];
/** A screen reader is told of changes at most this often, ms. */
const SPOKEN = 3000;

/**
 * One chart: title with symbol, what it is, value at the cursor, resolution, what could not be drawn, files, link. It is drawn
 * while it is on the screen only.
 */
class ChartPanel extends RunElement {
  static properties = { spec: { attribute: false }, shown: { state: true }, helping: { state: true }, copied: { state: true } };

  #canvas = null;
  #context = null;
  #width = 0;
  #height = 0;
  #parts = null;
  #view = null;
  #stale = true;
  #visible = false;
  #spoken = -Infinity;
  #toSpeak = 0;
  #frame = plotFrame();
  #drawing = () => this.#draw();
  #resize = new ResizeObserver(([{ contentRect }]) => {
    this.#width = contentRect.width;
    this.#height = contentRect.height;
    this.run.frames.request('size');
  });
  #watch = new IntersectionObserver(entries => {
    this.#visible = entries.at(-1).isIntersecting;
    if (this.#visible && this.#stale) this.run.frames.queue(this.#drawing);
  }, { rootMargin: '120px' });

  onFrame(dirty) {
    if (!this.#canvas) return;
    if (STALE.some(d => dirty.has(d))) {
      this.#stale = true;
      if (this.#visible) this.run.frames.queue(this.#drawing);
    }
    if (dirty.has('cursor') && this.#visible) this.#moveCursor();
  }

  firstUpdated() {
    this.#canvas = this.querySelector('canvas');
    this.#context = this.#canvas.getContext('2d');
    const plot = this.querySelector('.plot');
    const part = selector => this.querySelector(selector);
    this.#parts = { line: part('.cursor'), dot: part('.cursor i'), veil: part('.veil'), reading: part('.reading') };
    new PlotPointer(plot, this.run).attach();
    this.#resize.observe(plot);
    this.#watch.observe(plot);
  }

  updated(changed) {
    if (changed.has('spec') && this.#canvas) this.run.frames.request('view');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#watch.disconnect();
    clearTimeout(this.#toSpeak);
    this.run.frames.unqueue(this.#drawing);
    this.#canvas = null;
  }

  #draw() {
    const width = this.#width;
    const height = this.#height;
    if (!this.#canvas || width === 0 || height === 0) return;
    this.#frame = plotFrame();
    const view = this.#view = this.#viewFor(width, height);
    const ratio = Math.min(2, devicePixelRatio || 1);
    const context = this.#context;
    if (this.#canvas.width !== Math.round(width * ratio) || this.#canvas.height !== Math.round(height * ratio)) {
      this.#canvas.width = Math.round(width * ratio);
      this.#canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const never = view.empty && this.#never();
    this.toggleAttribute('data-none', never);
    if (!never) paint(new CanvasPen(context, fontFamily()), view, width, height);
    if (this.#stale && !this.drawn) performance.mark('chart-drawn');
    this.drawn = true;
    this.#stale = false;
    this.#moveCursor();
    this.#tell(view);
  }

  /** Whether the run has iterations and nothing for this panel, now or later: then a line of text is all it gets. */
  #never() {
    const { columns, model } = this.run;
    return columns.length > 0 && (isExternal(model.header) || Boolean(model.status?.ended)) && !hasFigures(this.spec, this.run);
  }

  #viewFor(width, height) {
    const { left, right, top, bottom } = this.#frame;
    const view = chartView(this.spec, this.run, width - left - right, height - top - bottom);
    const { folded } = this.run;
    const note = folded > 0 && view.curves.some(c => c.drawn.trials.n > 0) ? `${count(folded)} trials folded, min–max shown` : '';
    return { ...view, note, frame: this.#frame, unit: unit() };
  }

  /** What stands around the plot, in words. */
  #tell(view) {
    const { run, spec } = this;
    const drawn = view.curves.map(c => c.drawn);
    const shown = {
      empty: view.empty ? emptyWords(spec, run) : null,
      floor: drawn.reduce((n, d) => n + d.floor.length, 0),
      nonFinite: drawn.reduce((n, d) => n + d.nonFinite, 0),
      first: drawn.map(d => d.firstNonFinite).find(i => i !== null) ?? null,
      resolution: drawn.length > 0 ? resolution(run.level, drawn[0].merged) : 'points where computed',
      linear: view.scale.kind === 'linear',
      kind: view.scale.kind,
    };
    if (JSON.stringify(shown) !== JSON.stringify(this.shown)) this.shown = shown;
    const wait = run.model.status?.ended ? 0 : this.#spoken + SPOKEN - performance.now();
    clearTimeout(this.#toSpeak);
    if (wait <= 0) this.#speak();
    // What is drawn last is told too, though nothing may be drawn after it.
    else this.#toSpeak = setTimeout(() => this.#speak(), wait);
  }

  #speak() {
    this.#spoken = performance.now();
    this.#canvas.setAttribute('aria-label', summaryOf(this.spec, this.run));
  }

  /** The cursor is no part of the chart, so that moving it costs nothing. */
  #moveCursor() {
    if (!this.#view || !this.#canvas) return;
    const { run } = this;
    const { left, right, top, bottom } = this.#frame;
    const width = this.#width - left - right;
    const height = this.#height - top - bottom;
    const [from, to] = this.#view.x.range;
    const share = x => (x - from) / (to - from);
    const { cursor } = run;
    const { line, dot, veil, reading } = this.#parts;
    const at = cursor === null ? -1 : share(run.xOf(cursor));
    set(line, 'hidden', at < 0 || at > 1);
    if (!line.hidden) line.style.transform = `translateX(${left + at * width}px)`;
    const value = this.#valueAt(cursor ?? run.model.status?.iteration ?? 0);
    set(reading, 'textContent', value === null ? '' : number(value));
    const [low, high] = this.#view.y.range;
    const y = Number.isFinite(value) ? this.#view.scale.to(value) : null;
    set(dot, 'hidden', y === null);
    if (y !== null && !line.hidden) dot.style.transform = `translateY(${top + (1 - (y - low) / (high - low)) * height}px)`;
    set(veil, 'hidden', run.drawnTo === null);
    if (!veil.hidden) veil.style.left = `${left + Math.min(1, Math.max(0, share(run.xOf(run.drawnTo)))) * width}px`;
  }

  #valueAt(iteration) {
    const [line] = linesOf(this.spec);
    return line ? valueOf(this.run.columns, seriesOf(line, this.run), iteration) : null;
  }

  async #copy() {
    this.copied = await copyLink(this.run, this.spec.id);
    setTimeout(() => {
      this.copied = undefined;
    }, 1500);
  }

  render() {
    const { spec, shown, run } = this;
    const symbol = spec.symbolFor?.(run.model.header) ?? spec.symbol;
    const legend = (label, tone, dash) => html`<span class="legend tone-${tone}" data-shape="line" data-dash=${dash}>${label}</span>`;
    const file = (label, title, save) => html`<button class="tool spare" title=${title} @click=${save}>${label}</button>`;
    return html` <section
      class="panel"
      id="panel-${spec.id}"
      data-testid="chart-${spec.id}"
      data-pointed=${run.view.panel === spec.id}
      aria-label="${spec.title}, ${symbol}"
    >
      <header class="panel-head">
        <h2>${spec.title} <span class="symbol">${symbol}</span></h2>
        ${spec.label ? legend(spec.label, 'series', 0) : nothing}
        ${(spec.lines ?? []).map((l, i) => legend(l.label, l.tone, i + 1))}
        ${this.#pointsSeen().map(p => html`<span class="legend tone-${p.tone}" data-shape=${p.symbol}>${p.label}</span>`)}
        <output class="reading"></output>
        <span class="resolution" data-plain=${shown?.resolution.startsWith('1:') ? 'false' : 'true'} title=${shown?.resolution ?? ''}>${shown && !shown.empty ? resolutionWords(shown.resolution) : nothing}</span>
        <span class="tools">
          ${file('CSV', 'Save the figures shown as CSV', () => csvOf(run, spec))}
          ${file('PNG', 'Save the picture as PNG', () => pngOf(run, spec, size => this.#picture(size)))}
          ${file('SVG', 'Save the picture as SVG', () => svgOf(run, spec, size => this.#picture(size)))}
          ${file(this.copied ?? 'Link', 'Copy a link to exactly this view', () => this.#copy())}
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
            aria-label="${spec.title}: ${shown?.linear ? 'linear' : 'logarithmic'} scale; press to change"
            title="Logarithmic or linear (l changes all)"
            @click=${() => run.setLinear([spec.id], !run.isLinear(spec.id))}
          >
            ${shown?.kind === 'asinh' || spec.scale === 'asinh' ? 'asinh' : 'log'}
          </button>
        </span>
      </header>
      ${this.helping ? html`<p class="help">${spec.help}</p>` : nothing}
      <div class="plot">
        <canvas class="canvas" role="img" aria-label=${spec.title}></canvas>
        <div class="veil" hidden></div>
        <div class="cursor" hidden><i></i></div>
        <div class="brush" hidden></div>
        ${shown?.empty ? html`<p class="nothing">${shown.empty}</p>` : nothing}
      </div>
      ${shown ? notes(shown) : nothing}
    </section>`;
  }

  #picture({ width, height }) {
    return this.#viewFor(width, height);
  }

  /** Only what there is, so that the legend stays short. */
  #pointsSeen() {
    const points = this.spec.points ?? [];
    const seen = points.filter(p => this.#view?.points.find(q => q.name === p.name)?.data.length > 0);
    return seen.length > 0 ? seen : points.slice(0, 2);
  }
}

/** How fine the chart is; where the head is narrow, the part before the comma alone. */
function resolutionWords(text) {
  const [first, ...rest] = text.split(', ');
  return html`${first}${rest.map(more => html`<span class="more">, ${more}</span>`)}`;
}

/** Sets a property where it has another value, so that the page is not laid out anew for nothing. */
function set(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

/** What has no place on the scale. Nothing is left out in silence. */
function notes({ floor, nonFinite, first }) {
  const all = [];
  if (floor > 0) all.push(note('', `▽ ${count(floor)} at zero or below, drawn at the log axis's floor`));
  if (nonFinite > 0) all.push(note('bad', `▲ ${count(nonFinite)} not finite, first at iteration ${count(first)}`));
  return all.length > 0 ? html`<footer class="panel-foot">${all}</footer>` : nothing;
}

function note(tone, text) {
  return html`<span class="note ${tone}">${text}</span>`;
}

customElements.define('chart-panel', ChartPanel);
