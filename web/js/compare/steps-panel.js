import { html, nothing } from 'lit';
import { themeColour } from '../draw/colours.js';
import { number } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { linearTicks, log10 } from '../draw/scales.js';
import { SvgPen } from '../draw/svg-pen.js';
import { download } from '../panels/download.js';
import { fontFamily, penFor } from './canvas.js';
import { CompareElement } from './compare-element.js';
import { csv } from './export.js';

/** Shares of runs as step curves: performance profile and target-hitting curve. */
class StepsPanel extends CompareElement {
  static properties = { ...CompareElement.properties, chart: { attribute: false }, helping: { state: true } };

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
    const canvas = this.querySelector('canvas');
    if (!canvas || canvas.parentElement.clientWidth === 0) return;
    const { pen, width, height } = penFor(canvas);
    paintSteps(pen, this.chart, themeColour, { width, height }, plotFrame(), unit());
  }

  #save(kind) {
    const name = `compare-${this.chart.id}.${kind}`;
    if (kind === 'png') return download(name, null, this.querySelector('canvas').toDataURL('image/png'));
    if (kind === 'csv') {
      const rows = this.chart.curves.flatMap(c => c.steps.map(([x, share]) => [c.name, x, share]));
      return download(name, 'text/csv', csv([['group', this.chart.xName, 'share'], ...rows]));
    }
    const { clientWidth: width, clientHeight: height } = this.querySelector('.plot');
    const pen = new SvgPen(width, height, fontFamily(), themeColour('panel'));
    paintSteps(pen, this.chart, themeColour, { width, height }, plotFrame(), unit());
    return download(name, 'image/svg+xml', pen.document(this.#words()));
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
  const words = { fill: colour('ink-3'), size: 11 * unit };
  pen.rect(0, 0, width, height, colour('panel'));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    pen.segment(box.x, py(share), box.x + box.w, py(share), { colour: colour('line'), width: 1 });
    pen.text(`${share * 100} %`, box.x - 6 * unit, py(share), { ...words, align: 'right' });
  }
  const most = Math.max(2, Math.floor(box.w / (80 * unit)));
  const ticks = chart.log ? log10.ticks(from, to, most) : linearTicks(from, to, most);
  const floor = box.y + box.h;
  for (const { at, label } of ticks) {
    const x = box.x + ((at - from) / (to - from || 1)) * box.w;
    pen.segment(x, floor, x, floor + 4 * unit, { colour: colour('edge'), width: 1 });
    pen.text(label, x, floor + 12 * unit, { ...words, align: 'center' });
  }
  for (const { look, steps } of chart.curves) {
    const xs = [px(chart.from)];
    const ys = [py(0)];
    let before = 0;
    for (const [x, share] of steps) {
      xs.push(px(x), px(x));
      ys.push(py(before), py(share));
      before = share;
    }
    xs.push(px(chart.to));
    ys.push(py(before));
    const lifted = xs.map((_, i) => i === 0);
    pen.polyline(xs.length, xs, ys, lifted, { colour: colour(look.hue), width: 1.7 * unit, dash: look.dash });
    pen.glyph(look.shape, px(chart.to), py(before), 8 * unit, colour(look.hue), colour('panel'));
  }
}

customElements.define('steps-panel', StepsPanel);
