import { html, svg } from 'lit';
import { GLYPHS, isHollow } from './glyphs.js';

/** The glyph as a small picture in the text; `tone` names a colour of theme.css. */
export function glyph(shape, tone, size = 14) {
  return html`<svg
    class="glyph tone-${tone}"
    data-hollow=${isHollow(shape)}
    viewBox="0 0 16 16"
    width=${size}
    height=${size}
    aria-hidden="true"
  >
    <path d=${GLYPHS[shape]}></path>
  </svg>`;
}

/** The glyph inside an SVG, centred at (x, y). */
export function glyphAt(shape, tone, x, y, size) {
  return svg`<path class="glyph tone-${tone}" data-hollow=${isHollow(shape)} d=${GLYPHS[shape]}
    transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})"></path>`;
}
