import { html, nothing } from 'lit';
import { themeColour } from '../draw/colours.js';
import { number } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { linearTicks, log10 } from '../draw/scales.js';
import { download } from '../panels/download.js';
import { CanvasPen } from './canvas-pen.js';
import { CompareElement } from './compare-element.js';
import { csv } from './export.js';
import { SvgPen } from './svg-pen.js';

/** Shares of runs as step curves: performance profile and target-hitting curve. */
class StepsPanel extends CompareElement {
  static properties = { ...CompareElement.properties, chart: { attribute: false }, helping: { state: true } };

  #pen = null;
  #resize = new ResizeObserver(() => this.#draw());

  onFrame(dirty) {
    if (dirty.has('theme')) this.#draw();
  }

  firstUpdated() {
    this.#resize.observe(this.querySelector('.plot'));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const plot = this.querySelector('.plot');
    const canvas = this.querySelector('canvas');
    if (!plot || plot.clientWidth === 0) return;
    const [width, height] = [plot.clientWidth, plot.clientHeight];
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    this.#pen = new CanvasPen(canvas);
    paintSteps(this.#pen, this.chart, themeColour, { width, height }, plotFrame(), unit());
  }

  #save(kind) {
    const name = `compare-${this.chart.id}.${kind}`;
    if (kind === 'png') return download(name, null, this.querySelector('canvas').toDataURL('image/png'));
    if (kind === 'csv') {
      const rows = this.chart.curves.flatMap(c => c.steps.map(([x, share]) => [c.name, x, share]));
      return download(name, 'text/csv', csv([['group', this.chart.xName, 'share'], ...rows]));
    }
    const pen = new SvgPen();
    const plot = this.querySelector('.plot');
    paintSteps(pen, this.chart, themeColour, { width: plot.clientWidth, height: plot.clientHeight }, plotFrame(), unit());
    pen.title(this.#words());
    return download(name, 'image/svg+xml', pen.toString());
  }

  #words() {
    const { chart } = this;
    return `${chart.title}. ${chart.curves.map(c => `${c.name}: ${number(c.steps.at(-1)?.[1] ?? 0)} in the end`).join('; ')}`;
  }

  render() {
    const { chart } = this;
    return html`<section class="panel" data-testid="compare-${chart.id}">
      <header class="panel-head">
        <h2>${chart.title} <span class="symbol">${chart.symbol}</span></h2>
        <span class="resolution">${chart.note}</span>
        <span class="tools">
          ${['csv', 'svg', 'png'].map(
            kind =>
              html`<button class="tool spare" title="Download as ${kind.toUpperCase()}" @click=${() => this.#save(kind)}>
                ${kind.toUpperCase()}
              </button>`,
          )}
          <button
            class="tool"
            aria-expanded=${Boolean(this.helping)}
            aria-label="What is the ${chart.title}?"
            @click=${() => {
              this.helping = !this.helping;
            }}
          >
            ?
          </button>
        </span>
      </header>
      ${this.helping ? html`<p class="help">${chart.help}</p>` : nothing}
      <div class="plot" role="img" aria-label=${this.#words()}>
        <canvas></canvas>
        ${chart.nothing ? html`<p class="nothing">${chart.nothing}</p>` : nothing}
      </div>
    </section>`;
  }
}

/** @param chart {curves: [{name, look, steps}], from, to, log} */
export function paintSteps(pen, chart, colour, { width, height }, frame, unit) {
  const box = { x: frame.left, y: frame.top, w: width - frame.left - frame.right, h: height - frame.top - frame.bottom };
  const place = x => (chart.log ? (log10.to(x) ?? 0) : x);
  const [from, to] = [place(chart.from), place(chart.to)];
  const px = x => box.x + ((place(x) - from) / (to - from || 1)) * box.w;
  const py = share => box.y + (1 - share) * box.h;
  pen.begin(width, height, colour('panel'));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    pen.line(box.x, py(share), box.x + box.w, py(share), colour('line'), 1);
    pen.text(`${share * 100} %`, box.x - 6 * unit, py(share), 'right', 'middle', colour('ink-3'), 11 * unit);
  }
  const most = Math.max(2, Math.floor(box.w / (80 * unit)));
  const ticks = chart.log ? log10.ticks(from, to, most) : linearTicks(from, to, most);
  for (const { at, label } of ticks) {
    const x = box.x + ((at - from) / (to - from || 1)) * box.w;
    pen.line(x, box.y + box.h, x, box.y + box.h + 4 * unit, colour('edge'), 1);
    pen.text(label, x, box.y + box.h + 6 * unit, 'center', 'top', colour('ink-3'), 11 * unit);
  }
  for (const { look, steps } of chart.curves) {
    const points = [px(chart.from), py(0)];
    let before = 0;
    for (const [x, share] of steps) {
      points.push(px(x), py(before), px(x), py(share));
      before = share;
    }
    points.push(px(chart.to), py(before));
    pen.polyline(points, points.length / 2, colour(look.hue), 1.7 * unit, look.dash);
    pen.glyph(look.shape, px(chart.to), py(before), 8 * unit, colour(look.hue), false, colour('panel'));
  }
}

customElements.define('steps-panel', StepsPanel);
