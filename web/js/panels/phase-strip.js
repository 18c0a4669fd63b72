import { html, svg, nothing } from 'lit';
import { glyph, glyphAt } from '../draw/glyph-svg.js';
import { count, duration } from '../draw/format.js';
import { plotFrame, unit } from '../draw/plot-frame.js';
import { clustered } from '../draw/clusters.js';
import { keyOf, markOf, told } from '../run/landmarks.js';
import { drawnPhases, PHASES } from '../run/phases.js';
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
    const u = unit();
    const [left, right] = this.#ends;
    let a = Math.max(left, interval.a);
    let b = Math.min(right, interval.b);
    if (b < left || a > right) return nothing;
    if (b - a < LEAST) [a, b] = [(a + b - LEAST) / 2, (a + b + LEAST) / 2];
    const { words, told: title } = sayPhase(interval);
    const label = b - a > (words.length * 7 + 10) * u ? words : '';
    const bar = fill =>
      svg`<rect x=${a} y=${LANES.bar * u} width=${b - a} height=${LANES.barHeight * u} rx="2" fill=${fill}></rect>`;
    return svg`<g class="phase phase-${interval.phase}">
      ${bar('var(--phase)')}${interval.phase === 'descend' ? nothing : bar(`url(#hatch-${interval.phase})`)}
      <text x=${a + 6 * u} y=${(LANES.bar + 12) * u}>${label}</text>
      <title>${title}</title></g>`;
  }

  /** Where nothing was heard of the run. */
  #gaps() {
    const u = unit();
    return this.run.gaps.map(gap => {
      const [a, b] = [gap.from, gap.to].map(place => this.#x(this.run.xOfPlace(place)));
      return svg`<rect class="gap" x=${a} y="0" width=${Math.max(3, b - a)} height=${HEIGHT * u}>
        <title>Nothing for ${duration(gap.seconds)} after iteration ${count(gap.from.iteration)}</title></rect>`;
    });
  }

  /** Marks of a lane; those of one kind that would overlap are one with a count, others set side by side. */
  #lane(marks, y) {
    const u = unit();
    const [left, right] = this.#ends;
    const placed = marks
      .map(event => ({ event, px: this.#x(this.run.xOfPlace(event)), ...markOf(event) }))
      .filter(m => m.px >= left - 1 && m.px <= right + 1)
      .sort((p, q) => p.px - q.px);
    let free = -Infinity;
    return clustered(placed, MARK * u).map(cluster => {
      const { event, px, count: n } = cluster;
      const x = Math.min(Math.max(px, free), px + 5 * MARK * u);
      const words = n > 1 ? `×${count(n)}` : '';
      free = x + (MARK + 7 * words.length) * u;
      const { lead, rest, joined } = told(cluster);
      const title = n > 1 ? `${count(n)} of: ${lead}. Zoom in to tell them apart.` : `${lead}${joined ? '' : '. '}${rest}`;
      return svg`<g class="mark" data-kind=${event.kind} data-fresh=${this.run.flashed === keyOf(event)}>
        <line x1=${px} x2=${px} y1=${LANES.bar * u} y2=${(LANES.bar + LANES.barHeight) * u} class="tone-${cluster.tone}"></line>
        ${glyphAt(cluster.shape, cluster.tone, x, y * u, MARK * u)}
        <text class="times" x=${x + MARK * 0.6 * u} y=${(y + 4) * u}>${words}</text><title>${title}</title></g>`;
    });
  }

  render() {
    const { run } = this;
    const { phases, marks } = run;
    const drawn = drawnPhases(phases, place => this.#x(run.xOfPlace(place)), LEAST);
    const seen = new Set(drawn.map(p => p.phase));
    const kinds = new Set(marks.map(m => markOf(m).shape));
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
        <svg width=${this.#width} height=${HEIGHT * u} role="img" aria-label=${said(phases)}>
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
          ${this.#gaps()} ${drawn.map(p => this.#phase(p))} ${lane(false, LANES.verdicts)} ${lane(true, LANES.escapes)}
        </svg>
        <div class="veil" hidden></div>
        <div class="cursor" hidden></div>
        <div class="brush" hidden></div>
      </div>
      <p class="key">
        ${PHASES.filter(p => seen.has(p)).map(p => html`<span class="phase-key phase-${p}">${p}</span>`)}
        ${KEY.filter(([shape]) => kinds.has(shape)).map(([shape, tone, words]) => html`<span>${glyph(shape, tone, 12)} ${words}</span>`)}
        ${run.folded > 0 ? html`<span>${count(run.folded)} trials folded into their episodes</span>` : nothing}
      </p>
    </section>`;
  }
}

const KEY = [
  ['circle', 'good', 'global'],
  ['plus', 'judge', 'saddle'],
  ['down', 'bad', 'spurious'],
  ['square', 'quiet', 'undecided'],
  ['up', 'escape', 'escape'],
  ['up-hollow', 'escape', 'no way out'],
  ['diamond', 'trial', 'on trial'],
  ['cross', 'bad', 'broken off'],
];

/** A phase in a few words and in a sentence. */
function sayPhase({ phase, episode, held, from, to }) {
  const where = `iterations ${count(from.iteration)} to ${count(to.iteration)}`;
  if (episode) {
    const trials = `${count(episode.trials)} ${episode.trials === 1 ? 'trial' : 'trials'}`;
    const end = episode.accepted ? `out by ${episode.accepted.mechanism}` : episode.open ? 'going on' : 'no way out';
    return { words: `${trials}, ${end}`, told: `Escape: ${trials}, ${end}; ${where}` };
  }
  return { words: phase, told: held > 1 ? `${count(held)} phases, mostly ${phase}: ${where}` : `${phase}: ${where}` };
}

/** The phases as a sentence; of many the first and the last few. */
function said(phases) {
  const words = phases.map(p => sayPhase({ ...p, held: 1 }).words);
  if (words.length > 12) words.splice(6, words.length - 12, `${count(words.length - 12)} more`);
  return words.join('; ');
}

function hatch(phase, d) {
  return svg`<pattern id="hatch-${phase}" width="6" height="6" patternUnits="userSpaceOnUse">
    <path class="hatch" d=${d}></path></pattern>`;
}

customElements.define('phase-strip', PhaseStrip);
