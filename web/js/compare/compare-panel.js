import { html, nothing } from 'lit';
import { themeColour } from '../draw/colours.js';
import { count, number } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { SvgPen } from '../draw/svg-pen.js';
import { download } from '../panels/download.js';
import { PlotPointer } from '../panels/plot-pointer.js';
import { ALIGNMENTS } from './view-state.js';
import { fontFamily, penFor } from './canvas.js';
import { CompareElement } from './compare-element.js';
import { sceneCsv } from './export.js';
import { paint } from './painter.js';
import { badge, readingAt, sceneOf } from './scene.js';

/** How far an arrow key moves the cursor, as a share of the range. */
const NUDGE = 0.01;
const NUDGE_FAR = 0.1;

/** One figure of all runs over each other. */
class ComparePanel extends CompareElement {
  static properties = { ...CompareElement.properties, spec: { attribute: false }, told: { state: true }, helping: { state: true } };

  #scene = null;
  #size = { width: 0, height: 0 };
  #drawing = () => this.#draw();
  #resize = new ResizeObserver(() => this.comparison.frames.request('size'));

  onFrame(dirty) {
    if (!this.hasUpdated) return;
    if (['data', 'view', 'theme', 'size'].some(d => dirty.has(d))) this.comparison.frames.queue(this.#drawing);
    if (dirty.has('cursor')) this.#moveCursor();
  }

  firstUpdated() {
    const plot = this.querySelector('.plot');
    new PlotPointer(plot, this.comparison).attach();
    this.#resize.observe(plot);
    this.comparison.frames.request('size');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.comparison.frames.unqueue(this.#drawing);
  }

  get scene() {
    return this.#scene;
  }

  #draw() {
    const { pen, width, height } = penFor(this.querySelector('canvas'));
    this.#size = { width, height };
    const frame = plotFrame();
    const [w, h] = [width - frame.left - frame.right, height - frame.top - frame.bottom];
    if (w <= 0 || h <= 0) return;
    this.#scene = sceneOf(this.spec, this.comparison, w, h, unit());
    paint(pen, this.#scene, themeColour, this.#size, frame, unit());
    this.#moveCursor();
    const told = {
      empty: this.#scene.empty,
      waiting: this.comparison.runs.some(r => !r.ready && !r.error),
      badge: this.spec.series ? badge(this.comparison.align, this.#scene.bucket) : 'points where computed',
      scale: this.#scene.scale.kind,
      ...this.#scene.lost,
    };
    if (JSON.stringify(told) !== JSON.stringify(this.told)) this.told = told;
  }

  /** The cursor lies over the canvas, so that moving it draws nothing anew. */
  #moveCursor() {
    const line = this.querySelector('.cursor');
    const { cursor } = this.comparison;
    const [from, to] = this.comparison.range;
    line.hidden = cursor === null || cursor < from || cursor > to;
    if (line.hidden) return;
    const { left, right } = plotFrame();
    line.style.transform = `translateX(${left + ((cursor - from) / (to - from)) * (this.#size.width - left - right)}px)`;
  }

  #key(event) {
    const { comparison } = this;
    const [from, to] = comparison.range;
    const step = (event.shiftKey ? NUDGE_FAR : NUDGE) * (to - from);
    const at = comparison.cursor ?? (from + to) / 2;
    const clip = x => Math.min(to, Math.max(from, x));
    if (event.key === 'ArrowLeft') comparison.hover(clip(at - step));
    else if (event.key === 'ArrowRight') comparison.hover(clip(at + step));
    else if (event.key === 'Home') comparison.hover(from);
    else if (event.key === 'End') comparison.hover(to);
    else if (event.key === '+' || event.key === '=') comparison.zoom(at - (at - from) / 2, at + (to - at) / 2);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What the chart shows, in a sentence. */
  #words() {
    const { spec, comparison } = this;
    const by = ALIGNMENTS.find(a => a.id === comparison.align).label;
    const lines = comparison.grouped ? (this.#scene?.spreads ?? []) : (this.#scene?.curves ?? []);
    const ends = lines.slice(0, 20).map(l => {
      const reading = readingAt(l.spread ?? l.curve, comparison.range[1]);
      return `${l.group?.key ?? l.run.name} ${number(reading?.value)}`;
    });
    const points = (this.#scene?.points ?? []).reduce((n, p) => n + p.at.length, 0);
    const what = spec.series ? `last values: ${ends.join('; ') || 'none'}` : `${points} points`;
    return `${spec.title} by ${by}, ${what}. Arrow keys move the cursor, plus zooms in, z shows all.`;
  }

  #name(extension) {
    return `compare-${this.spec.id}-by-${this.comparison.align}.${extension}`;
  }

  #csv() {
    download(this.#name('csv'), 'text/csv', sceneCsv(this.#scene, this.comparison.align));
  }

  #svg() {
    const { width, height } = this.#size;
    const pen = new SvgPen(width, height, fontFamily(), themeColour('panel'));
    paint(pen, this.#scene, themeColour, this.#size, plotFrame(), unit());
    download(this.#name('svg'), 'image/svg+xml', pen.document(this.#words()));
  }

  #png() {
    download(this.#name('png'), null, this.querySelector('canvas').toDataURL('image/png'));
  }

  render() {
    const { spec, told } = this;
    return html`<section class="panel" data-testid="compare-${spec.id}" data-badge=${told?.badge ?? ''}>
      <header class="panel-head">
        <h2>${spec.title} <span class="symbol">${spec.symbol}</span></h2>
        ${(spec.points ?? []).map((p, i) => html`<span class="legend tone-quiet" data-shape=${i > 0 ? 'hollow' : 'circle'}>${p.label}</span>`)}
        <span class="resolution">${told?.empty ? '' : told?.badge}</span>
        <span class="tools">
          <button class="tool spare" title="Download the figures shown as CSV" ?disabled=${!told} @click=${this.#csv}>CSV</button>
          <button class="tool spare" title="Download the picture as SVG" ?disabled=${!told} @click=${this.#svg}>SVG</button>
          <button class="tool spare" title="Download the picture as PNG" ?disabled=${!told} @click=${this.#png}>PNG</button>
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
            aria-pressed=${told?.scale !== 'linear'}
            title="Logarithmic scale (l toggles all)"
            @click=${() => this.comparison.setLinear([spec.id], !this.comparison.isLinear(spec.id))}
          >
            ${told?.scale === 'asinh' || (told?.scale === 'linear' && !spec.series) ? 'asinh' : 'log'}
          </button>
        </span>
      </header>
      ${this.helping ? html`<p class="help">${spec.help} ${this.comparison.grouped ? GROUP_HELP : ''}</p>` : nothing}
      <div class="plot" tabindex="0" role="img" aria-label=${this.#words()} @keydown=${this.#key}>
        <canvas></canvas>
        <div class="cursor" hidden></div>
        <div class="brush" hidden></div>
        ${told?.empty ? html`<p class="nothing">${told.waiting ? 'Waiting for the runs…' : (spec.missing ?? 'nothing recorded in this range')}</p>` : nothing}
      </div>
      ${
        told?.floor || told?.bad
          ? html`<footer class="panel-foot">
              ${told.floor ? html`<span class="note">▽ ${count(told.floor)} at zero or below, at the log axis's floor</span>` : nothing}
              ${told.bad ? html`<span class="note bad">▲ ${count(told.bad)} not finite: ${told.runs.join(', ')}</span>` : nothing}
            </footer>`
          : nothing
      }
    </section>`;
  }
}

export const GROUP_HELP =
  'Line: median over the runs of a group; band: lower to upper quartile; n: how many runs count there. A run that has ended ' +
  'counts on with its last value, one that goes on only as far as it has come, and a value that is not finite as larger than any other.';

customElements.define('compare-panel', ComparePanel);
