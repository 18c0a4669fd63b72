import { GLYPHS } from '../draw/glyphs.js';

/** How series differ: by hue and by shape, so that neither is needed alone. Hues are custom properties of experiments.css. */

export const HUES = 8;
export const DASHES = ['solid', [7, 4], [2, 3], [9, 3, 2, 3], [14, 4], [5, 2, 1, 2, 1, 2], [3, 6], [11, 3, 3, 3, 3, 3]];
/** Names of glyphs.js. */
export const SHAPES = ['circle', 'square', 'up', 'diamond', 'plus', 'star', 'down', 'cross'];

/** @returns {{hue: string, dash: string | number[], shape: string, paper: boolean}} */
export function lookOf(index, paper = false) {
  const i = index % HUES;
  return paper
    ? { hue: 'ink-2', dash: [4, 3], shape: SHAPES[i], paper }
    : { hue: `hue-${i + 1}`, dash: DASHES[i], shape: SHAPES[i], paper };
}

/** The shape as ECharts wants it. */
export function symbolOf(look) {
  return `path://${GLYPHS[look.shape]}`;
}

/** One look a series. Ours are counted without the paper's, so that they keep theirs wherever the paper's stand. */
export function looksOf(series) {
  let ours = 0;
  let papers = 0;
  return series.map(s => (s.paper ? lookOf(papers++, true) : lookOf(ours++)));
}

const STRAIGHT = [
  [6, 4],
  [2, 3],
  [10, 3, 2, 3],
];

/** The straight lines through the points of a figure, with their looks: ours drawn through, the paper's broken. */
export function straightLines({ lines = [] }) {
  let papers = 0;
  return lines
    .filter(line => line.slope?.value != null)
    .map(line => {
      const dash = line.paper ? STRAIGHT[papers++ % STRAIGHT.length] : 'solid';
      return { ...line, look: { hue: line.paper ? 'ink-2' : 'ink', dash, shape: null, paper: line.paper } };
    });
}

/** Viridis at nine places, from low to high: even in lightness, readable without colour vision. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** The colour for t in 0…1, and whether letters on it are to be light. */
export function heat(t) {
  const at = Math.min(1, Math.max(0, t)) * (VIRIDIS.length - 1);
  const i = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [r, g, b] = VIRIDIS[i].map((low, c) => Math.round(low + (VIRIDIS[i + 1][c] - low) * (at - i)));
  const [red, green, blue] = [r, g, b].map(c => (c / 255) ** 2.2);
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { colour: `rgb(${r},${g},${b})`, light: luminance < 0.18 };
}
