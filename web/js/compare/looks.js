import { DASHES, HUES, SHAPES } from '../experiments/looks.js';

/** How far dash and shape are shifted in each further round of the hues, so that no two runs of a comparison look alike. */
const SHIFT = 3;

/** How the run at a place of the list is drawn: hue, dash and marker; hue and dash together are its own for the first 64. */
export function lookAt(place) {
  const hue = place % HUES;
  const other = (hue + SHIFT * Math.floor(place / HUES)) % HUES;
  const dash = DASHES[other];
  return { hue: `hue-${hue + 1}`, dash: dash === 'solid' ? [] : dash, shape: SHAPES[other] };
}
