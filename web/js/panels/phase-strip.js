import { html, svg, nothing } from 'lit';
import { PLOT } from '../draw/chart-option.js';
import { glyph, glyphAt } from '../draw/glyph-svg.js';
import { count } from '../draw/format.js';
import { keyOf, markOf, told } from '../run/landmarks.js';
import { PHASES } from '../run/phases.js';
import { PlotPointer } from './plot-pointer.js';
import { RunElement } from './run-element.js';

const LANES = { verdicts: 9, bar: 19, barHeight: 16, escapes: 45 };
const HEIGHT = 56;
/** A judgement takes no iterations and is shown all the same, px. */
const LEAST = 3;

/** What the run did when, above the charts and on their x axis: phases as a bar, judgements above it, escapes below. */
class PhaseStrip extends RunElement {
  #width = 0;
  #resize = new ResizeObserver(([entry]) => {
    this.#width = entry.contentRect.width;
    this.requestUpdate();
  });

  get redrawsOn() {
    return ['data', 'view', 'landmarks', 'status', 'size'];
  }

  onFrame(dirty) {
    super.onFrame(dirty);
    if (this.hasUpdated) this.#moveCursor();
  }

  firstUpdated() {
    const plot = this.querySelector('.plot');
    this.#resize.observe(plot);
    new PlotPointer(plot, PLOT, this.run).attach();
  }

  updated() {
    this.#moveCursor();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  #x(value) {
    const [from, to] = this.run.range;
    return PLOT.left + ((value - from) / (to - from)) * (this.#width - PLOT.left - PLOT.right);
  }

  #moveCursor() {
    const { cursor, drawnTo } = this.run;
    const line = this.querySelector('.cursor');
    const x = cursor === null ? -1 : this.#x(this.run.xOf(cursor));
    line.hidden = x < PLOT.left - 1 || x > this.#width - PLOT.right + 1;
    line.style.transform = `translateX(${x}px)`;
    const veil = this.querySelector('.veil');
    veil.hidden = drawnTo === null;
    if (!veil.hidden) veil.style.left = `${Math.max(PLOT.left, this.#x(this.run.xOf(drawnTo)))}px`;
  }

  #phase(interval) {
    const { axis } = this.run;
    const right = this.#width - PLOT.right;
    let a = Math.max(PLOT.left, this.#x(interval.from[axis]));
    let b = Math.min(right, this.#x(interval.to[axis]));
    if (b < PLOT.left || a > right) return nothing;
    if (b - a < LEAST) [a, b] = [(a + b - LEAST) / 2, (a + b + LEAST) / 2];
    const label = b - a > interval.phase.length * 7 + 10 ? interval.phase : '';
    return svg`<g class="phase phase-${interval.phase}">
      <rect x=${a} y=${LANES.bar} width=${b - a} height=${LANES.barHeight} rx="2"></rect>
      <rect x=${a} y=${LANES.bar} width=${b - a} height=${LANES.barHeight} rx="2" fill="url(#hatch-${interval.phase})"></rect>
      <text x=${a + 6} y=${LANES.bar + 12}>${label}</text>
      <title>${interval.phase}: iterations ${count(interval.from.iteration)} to ${count(interval.to.iteration)}</title></g>`;
  }

  /** Marks of a lane; those that would overlap are set side by side. */
  #lane(marks, y) {
    let free = -Infinity;
    return marks.map(event => {
      const at = this.#x(event[this.run.axis]);
      if (at < PLOT.left - 1 || at > this.#width - PLOT.right + 1) return nothing;
      const x = Math.min(Math.max(at, free), at + 60);
      free = x + 13;
      const mark = markOf(event);
      const fresh = this.run.flashed === keyOf(event);
      return svg`<g class="mark" data-kind=${event.kind} data-fresh=${fresh}>
        <line x1=${at} x2=${at} y1=${LANES.bar} y2=${LANES.bar + LANES.barHeight} class="tone-${mark.tone}"></line>
        ${glyphAt(mark.shape, mark.tone, x, y, 13)}<title>${told(mark).lead}${told(mark).joined ? '' : '. '}${told(mark).rest}</title></g>`;
    });
  }

  render() {
    const { run } = this;
    const { phases, marks } = run;
    const seen = new Set(phases.map(p => p.phase));
    const lane = (escapes, y) => this.#lane(marks.filter(m => (m.kind === 'escape') === escapes), y);
    return html`
      <section class="strip" data-testid="phase-strip" data-flash=${run.flashed !== null} aria-label="Phases of the run">
        <div class="plot">
          <svg width=${this.#width} height=${HEIGHT} role="img" aria-label=${phases.map(p => p.phase).join(', ')}>
            <defs>
              ${hatch('judge', 'M0 6L6 0')}${hatch('escape', 'M0 0L6 6M0 6L6 0')}${hatch('trial', 'M3 0V6')}${hatch('paused', 'M0 3H6')}
            </defs>
            <rect class="lane" x=${PLOT.left} y=${LANES.bar} width=${Math.max(0, this.#width - PLOT.left - PLOT.right)}
              height=${LANES.barHeight} rx="2"></rect>
            ${phases.map(p => this.#phase(p))}
            ${lane(false, LANES.verdicts)} ${lane(true, LANES.escapes)}
          </svg>
          <div class="veil" hidden></div>
          <div class="cursor" hidden></div>
          <div class="brush" hidden></div>
        </div>
        <p class="key">
          ${PHASES.filter(p => seen.has(p)).map(p => html`<span class="phase-key phase-${p}">${p}</span>`)}
          <span>${glyph('circle', 'good', 12)} global</span><span>${glyph('plus', 'judge', 12)} saddle</span>
          <span>${glyph('down', 'bad', 12)} spurious</span><span>${glyph('up', 'escape', 12)} escape</span>
          <span>${glyph('up-hollow', 'escape', 12)} rejected</span><span>${glyph('diamond', 'trial', 12)} proposed</span>
        </p>
      </section>`;
  }
}

function hatch(phase, d) {
  return svg`<pattern id="hatch-${phase}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" d=${d}></path></pattern>`;
}

customElements.define('phase-strip', PhaseStrip);
