import { html, svg, nothing } from 'lit';
import { glyph, glyphAt } from '../draw/glyph-svg.js';
import { count } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { keyOf, markOf, told } from '../run/landmarks.js';
import { PHASES } from '../run/phases.js';
import { PlotPointer } from './plot-pointer.js';
import { RunElement } from './run-element.js';

/** Heights at which things are drawn, px, as designed. */
const LANES = { verdicts: 9, bar: 19, barHeight: 16, escapes: 45 };
const HEIGHT = 56;
const MARK = 13;
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
    new PlotPointer(plot, this.run).attach();
  }

  updated() {
    this.#moveCursor();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Ends of the x axis, px. */
  get #ends() {
    const { left, right } = plotFrame();
    return [left, this.#width - right];
  }

  #x(value) {
    const [from, to] = this.run.range;
    const [left, right] = this.#ends;
    return left + ((value - from) / (to - from)) * (right - left);
  }

  #moveCursor() {
    const { cursor, drawnTo } = this.run;
    const line = this.querySelector('.cursor');
    const x = cursor === null ? -1 : this.#x(this.run.xOf(cursor));
    const [left, right] = this.#ends;
    line.hidden = x < left - 1 || x > right + 1;
    line.style.transform = `translateX(${x}px)`;
    const veil = this.querySelector('.veil');
    veil.hidden = drawnTo === null;
    if (!veil.hidden) veil.style.left = `${Math.max(left, this.#x(this.run.xOf(drawnTo)))}px`;
  }

  #phase(interval) {
    const { axis } = this.run;
    const u = unit();
    const [left, right] = this.#ends;
    let a = Math.max(left, this.#x(interval.from[axis]));
    let b = Math.min(right, this.#x(interval.to[axis]));
    if (b < left || a > right) return nothing;
    if (b - a < LEAST) [a, b] = [(a + b - LEAST) / 2, (a + b + LEAST) / 2];
    const label = b - a > (interval.phase.length * 7 + 10) * u ? interval.phase : '';
    const bar = fill =>
      svg`<rect x=${a} y=${LANES.bar * u} width=${b - a} height=${LANES.barHeight * u} rx="2" fill=${fill}></rect>`;
    return svg`<g class="phase phase-${interval.phase}">
      ${bar('var(--phase)')}${interval.phase === 'descend' ? nothing : bar(`url(#hatch-${interval.phase})`)}
      <text x=${a + 6 * u} y=${(LANES.bar + 12) * u}>${label}</text>
      <title>${interval.phase}: iterations ${count(interval.from.iteration)} to ${count(interval.to.iteration)}</title></g>`;
  }

  /** Marks of a lane; those that would overlap are set side by side. */
  #lane(marks, y) {
    const u = unit();
    const [left, right] = this.#ends;
    let free = -Infinity;
    return marks.map(event => {
      const at = this.#x(event[this.run.axis]);
      if (at < left - 1 || at > right + 1) return nothing;
      const x = Math.min(Math.max(at, free), at + 5 * MARK * u);
      free = x + MARK * u;
      const mark = markOf(event);
      const { lead, rest, joined } = told(mark);
      return svg`<g class="mark" data-kind=${event.kind} data-fresh=${this.run.flashed === keyOf(event)}>
        <line x1=${at} x2=${at} y1=${LANES.bar * u} y2=${(LANES.bar + LANES.barHeight) * u} class="tone-${mark.tone}"></line>
        ${glyphAt(mark.shape, mark.tone, x, y * u, MARK * u)}<title>${lead}${joined ? '' : '. '}${rest}</title></g>`;
    });
  }

  render() {
    const { run } = this;
    const { phases, marks } = run;
    const seen = new Set(phases.map(p => p.phase));
    const u = unit();
    const [left, right] = this.#ends;
    const lane = (escapes, y) =>
      this.#lane(
        marks.filter(m => (m.kind === 'escape') === escapes),
        y,
      );
    return html` <section
      class="strip"
      data-testid="phase-strip"
      data-flash=${run.flashed !== null}
      aria-label="Phases of the run"
    >
      <div class="plot">
        <svg width=${this.#width} height=${HEIGHT * u} role="img" aria-label=${phases.map(p => p.phase).join(', ')}>
          <defs>
            ${hatch('judge', 'M0 6L6 0')}${hatch('escape', 'M0 0L6 6M0 6L6 0')}
            ${hatch('trial', 'M3 0V6')}${hatch('paused', 'M0 3H6')}
          </defs>
          <rect
            class="lane"
            x=${left}
            y=${LANES.bar * u}
            width=${Math.max(0, right - left)}
            height=${LANES.barHeight * u}
            rx="2"
          ></rect>
          ${phases.map(p => this.#phase(p))} ${lane(false, LANES.verdicts)} ${lane(true, LANES.escapes)}
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
  return svg`<pattern id="hatch-${phase}" width="6" height="6" patternUnits="userSpaceOnUse">
    <path class="hatch" d=${d}></path></pattern>`;
}

customElements.define('phase-strip', PhaseStrip);
