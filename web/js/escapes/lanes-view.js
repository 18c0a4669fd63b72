import { html, nothing, svg } from 'lit';
import { unit } from '../draw/plot-frame.js';
import { xTicks } from '../compare/scene.js';
import { mechanismLook, sentence } from './episodes.js';

/** Measures in px as designed. */
const LANE = 26;
const BAR = 16;
const LABEL = 190;
const NARROW_LABEL = 96;
const RIGHT = 26;
const AXIS = 24;
/** A bar is at least so wide, so that a stay of no iterations can be seen and hit. */
const LEAST = 5;

/** Hatchings by name: patterns over the mechanism's colour. */
export function hatchings() {
  const line = d => svg`<path d=${d} class="hatch-line"></path>`;
  const pattern = (id, size, content) => svg`<pattern id=${id} width=${size} height=${size} patternUnits="userSpaceOnUse">
    ${content}
  </pattern>`;
  return html`<svg width="0" height="0" class="hatchings" aria-hidden="true">
    <defs>
      ${pattern('hatch-0', 8, nothing)} ${pattern('hatch-1', 6, line('M0 6L6 0'))} ${pattern('hatch-2', 6, line('M0 0L6 6'))}
      ${pattern('hatch-3', 5, line('M0 2.5H5'))} ${pattern('hatch-4', 5, line('M2.5 0V5'))}
      ${pattern('hatch-5', 6, line('M0 0L6 6M0 6L6 0'))}
    </defs>
  </svg>`;
}

/** A piece of a bar, for legends. */
export function swatch(look) {
  return html`<svg width="22" height="12" aria-hidden="true" class="lane-swatch">
    <rect width="22" height="12" rx="2" class="bar" style="--bar: var(--${look.hue})" data-none=${look.hatch === 'none'}></rect>
    ${look.hatch === 'none' ? nothing : svg`<rect width="22" height="12" rx="2" fill="url(#${look.hatch})"></rect>`}
  </svg>`;
}

/** Where the bars are: {left, width} in px, for so many px of lanes. */
export function lanesPlot(width) {
  const u = unit();
  const left = (width < 600 ? NARROW_LABEL : LABEL) * u;
  return { left, width: Math.max(40, width - left - RIGHT * u) };
}

/**
 * The swim lanes, and below them, where it stays in sight while many lanes are scrolled, their axis.
 *
 * @param lanes  of episodes.js; `range` is what of x is shown
 * @param x      iteration, elapsed or entry
 * @param width  px there is
 * @param chosen id of the episode whose drawer is open, or null
 * @param choose called with an episode
 * @param pointer of lanes-zoom.js
 */
export function lanesView({ lanes, range }, x, width, chosen, choose, pointer) {
  const u = unit();
  const { left, width: plot } = lanesPlot(width);
  const [from, to] = range;
  const px = v => left + ((v - from) / (to - from)) * plot;
  const height = Math.max(1, lanes.length) * LANE * u;
  const ticks = xTicks(x === 'elapsed' ? 'elapsed' : 'iteration', range, Math.max(2, Math.floor(plot / (90 * u))));
  const letters = Math.max(8, Math.floor(left / (7.2 * u)));
  return html`<svg
    class="lanes"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-label="Stays at points that runs wanted to leave, one lane a run"
    data-testid="lanes"
    @pointerdown=${pointer.down}
    @pointermove=${pointer.move}
    @pointerup=${pointer.up}
    @pointercancel=${pointer.cancel}
    @wheel=${pointer.wheel}
  >
    <clipPath id="lanes-plot"><rect x=${left} y="0" width=${plot + RIGHT * u} height=${height}></rect></clipPath>
    <rect class="stretch" x="0" y="0" width="0" height=${height}></rect>
    ${ticks.map(t => svg`<g class="tick"><path d="M${px(t.at)} 0V${height}"></path></g>`)}
    ${lanes.map((lane, i) => {
      const y = i * LANE * u;
      return svg`<g class="lane" data-run=${lane.run.id}>
        <path d="M0 ${y + LANE * u}H${width}" class="divider"></path>
        <a href="/runs/${lane.run.id}"><text x="2" y=${y + LANE * u * 0.66}><title>${lane.run.name}</title>${short(lane.run, letters)}</text></a>
        <g clip-path="url(#lanes-plot)">
          ${lane.bars
            .filter(bar => bar.to >= from && bar.from <= to)
            .map(bar => barView(bar, lane.run, px, y + ((LANE - BAR) / 2) * u, BAR * u, u, chosen, choose))}
        </g>
      </g>`;
    })}
  </svg>
  <svg class="lanes-axis" width=${width} height=${AXIS * u} viewBox="0 0 ${width} ${AXIS * u}" role="img" aria-label="Axis of the lanes">
    ${ticks.map(t => svg`<g class="tick"><text x=${px(t.at)} y=${(AXIS - 7) * u} text-anchor="middle">${t.label}</text></g>`)}
  </svg>`;
}

/** What a lane is called where there is room for so many letters; the seed, which tells most runs apart, stays longest. */
function short(run, letters) {
  const seed = run.seed === undefined || run.seed === null ? '' : ` · ${run.seed}`;
  const names = [[run.problem, run.solver].filter(Boolean).join(' ') || run.name, run.problem ?? run.name];
  const fits = names.find(name => name.length + seed.length <= letters);
  return fits === undefined ? `${names[1].slice(0, Math.max(1, letters - seed.length - 1))}…${seed}` : fits + seed;
}

function barView({ episode, from, to, open }, run, px, y, height, u, chosen, choose) {
  const look = mechanismLook(episode.mechanism);
  const x = px(from);
  const w = Math.max(LEAST * u, px(to) - x);
  const key = event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    choose(episode);
  };
  // An open bar ends in a point: it is not known where it ends.
  const shape = open
    ? `M${x} ${y}H${x + w}l${8 * u} ${height / 2}l${-8 * u} ${height / 2}H${x}z`
    : `M${x} ${y}h${w}v${height}h${-w}z`;
  return svg`<g
    class="episode"
    role="button"
    tabindex="0"
    data-testid="episode-bar"
    data-outcome=${episode.outcome}
    data-chosen=${episode.id === chosen}
    aria-label=${sentence(episode, run)}
    @click=${() => choose(episode)}
    @keydown=${key}
  >
    <title>${sentence(episode, run)}</title>
    <path d=${shape} class="bar" style="--bar: var(--${look.hue})" data-none=${look.hatch === 'none'}></path>
    ${look.hatch === 'none' ? nothing : svg`<path d=${shape} fill="url(#${look.hatch})" class="over"></path>`}
    ${episode.outcome === 'escaped' ? svg`<path class="exit" d="M${x + w} ${y - 3 * u}V${y + height + 3 * u}"></path>` : nothing}
  </g>`;
}
