import { heat } from '../experiments/looks.js';

/** Colours of heights and of iterations, as numbers. Pure. */

const STEPS = 512;
/** Where a height has no place: NaN, infinities. */
export const NOWHERE = [128, 128, 128];

/** Viridis as [r, g, b], 0 to 255. */
const HEIGHTS = Array.from({ length: STEPS + 1 }, (_, i) =>
  heat(i / STEPS)
    .colour.match(/\d+/g)
    .map(Number),
);

/** @param t 0 to 1, or null */
export function heightColour(t) {
  return t === null ? NOWHERE : HEIGHTS[Math.round(t * STEPS)];
}

/** From white to vermilion, which stand out on every height: the path by iteration. */
const PATH = [
  [255, 255, 255],
  [255, 226, 190],
  [255, 178, 112],
  [255, 122, 48],
  [226, 66, 10],
];

/** @returns [r, g, b], 0 to 255, for t in 0…1 */
export function iterationColour(t) {
  const at = Math.min(1, Math.max(0, t)) * (PATH.length - 1);
  const i = Math.min(PATH.length - 2, Math.floor(at));
  return PATH[i].map((low, c) => Math.round(low + (PATH[i + 1][c] - low) * (at - i)));
}

export function css([r, g, b]) {
  return `rgb(${r},${g},${b})`;
}
