import { html, nothing, svg } from 'lit';
import { count } from '../draw/format.js';
import { unit } from '../draw/plot-frame.js';
import { histogram, mechanismLook } from './episodes.js';

/** Measures in px as designed. */
const TALL = 170;
const LEFT = 34;
const RIGHT = 24;
const BOTTOM = 34;
/** Room of a label. */
const LABEL = 40;
/** A bin is no wider than this, however few there are. */
const WIDEST = 110;

/**
 * Escapes by what they took, in bins of powers of two, stacked by mechanism.
 *
 * @param width px there is
 */
export function histogramView(title, figure, episodes, note, width) {
  const u = unit();
  const height = TALL * u;
  const left = LEFT * u;
  const { bins, most, n } = histogram(episodes, figure);
  const words = bins
    .map(b => `${count(b.from)} to ${count(b.to)}: ${[...b.counts].map(([m, c]) => `${c} ${m}`).join(', ') || 'none'}`)
    .join('; ');
  const band = Math.min(WIDEST * u, (width - left - RIGHT * u) / Math.max(1, bins.length));
  const every = Math.ceil((LABEL * u) / band);
  const py = c => (height - BOTTOM * u) * (1 - c / Math.max(1, most)) + 6 * u;
  const step = Math.max(1, Math.ceil(most / 4));
  const ticks = [];
  for (let c = 0; c <= most; c += step) ticks.push(c);
  return html`<section class="panel" data-testid="histogram-${figure}">
    <header class="panel-head">
      <h2>${title}</h2>
      <span class="resolution">${n} ${n === 1 ? 'escape' : 'escapes'}; ${note}</span>
    </header>
    ${
      n === 0
        ? html`<p class="blank">No escape accepted so far.</p>`
        : html`<svg class="histogram" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: ${words}">
            ${ticks.map(
              c => svg`<g class="tick"><path d="M${left} ${py(c)}H${width}"></path>
                <text x=${left - 5 * u} y=${py(c)} text-anchor="end" dominant-baseline="central">${c}</text></g>`,
            )}
            ${bins.map((b, i) => {
              let sum = 0;
              const x = left + i * band;
              return svg`${[...b.counts].map(([mechanism, c]) => {
                const look = mechanismLook(mechanism);
                const [top, bottom] = [py(sum + c), py(sum)];
                sum += c;
                return svg`<rect x=${x + 1} y=${top} width=${band - 2} height=${bottom - top} class="bar" style="--bar: var(--${look.hue})"></rect>
                  <rect x=${x + 1} y=${top} width=${band - 2} height=${bottom - top} fill="url(#${look.hatch})"><title>${mechanism}: ${c}</title></rect>`;
              })}${i % every === 0 ? svg`<text class="tick" x=${x} y=${height - 12 * u} text-anchor="middle">${count(b.from)}</text>` : nothing}`;
            })}
            ${bins.length % every === 0 ? svg`<text class="tick" x=${left + bins.length * band} y=${height - 12 * u} text-anchor="middle">${count(bins.at(-1).to)}</text>` : nothing}
          </svg>`
    }
  </section>`;
}
