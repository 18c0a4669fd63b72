/** Marker shapes, once, as paths in a box of 16 × 16: for SVG, for ECharts and for the sprites of the 3-D path. */
export const GLYPHS = {
  circle: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z',
  ring: 'M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  dot: 'M8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z',
  plus: 'M5.8 1.5h4.4v4.3h4.3v4.4h-4.3v4.3h-4.4v-4.3h-4.3v-4.4h4.3z',
  down: 'M1.5 3h13L8 14.5z',
  up: 'M8 1.5L14.5 13h-13z',
  'up-hollow': 'M8 2.5L13.5 12.5h-11z',
  diamond: 'M8 1.5L14 8L8 14.5L2 8z',
  square: 'M3 3h10v10h-10z',
  cross: 'M3.5 1.5L8 6l4.5-4.5l2 2L10 8l4.5 4.5l-2 2L8 10l-4.5 4.5l-2-2L6 8L1.5 3.5z',
  star: 'M8 1l2.1 4.6l5 .6l-3.7 3.4l1 4.9L8 12l-4.4 2.5l1-4.9L.9 6.2l5-.6z',
  play: 'M4 2l10 6l-10 6z',
  pause: 'M3 2h4v12h-4zM9 2h4v12h-4z',
  clock: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 4.5v3.7l2.5 1.6',
};

const HOLLOW = new Set(['ring', 'up-hollow', 'diamond', 'clock']);

export function isHollow(shape) {
  return HOLLOW.has(shape);
}
