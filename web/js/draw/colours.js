/** Colours: those of theme.css as the canvas needs them, and the colour of an iteration along a path. */

const cache = new Map();

/** The custom property `--name` of theme.css as "rgb(…)", for the theme in force. */
export function themeColour(name) {
  let colour = cache.get(name);
  if (!colour) {
    const probe = document.createElement('span');
    probe.style.cssText = `display:none;color:var(--${name})`;
    document.body.append(probe);
    colour = getComputedStyle(probe).color;
    probe.remove();
    cache.set(name, colour);
  }
  return colour;
}

export function withAlpha(rgb, alpha) {
  const [r, g, b] = rgb.match(/[\d.]+/g);
  return `rgba(${r},${g},${b},${alpha})`;
}

/** To be called when the theme changes. */
export function forgetColours() {
  cache.clear();
}

/** Viridis at nine places: even in lightness, readable without colour vision. */
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

/** The end of viridis that would vanish against the background is left out. */
const SPAN = { light: [0, 0.8], dark: [0.3, 1] };

/** @returns [r, g, b] in 0…1 for t in 0…1 */
export function pathColour(t, theme) {
  const [from, to] = SPAN[theme];
  const at = Math.min(1, Math.max(0, from + (to - from) * t)) * (VIRIDIS.length - 1);
  const i = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return VIRIDIS[i].map((low, c) => (low + (VIRIDIS[i + 1][c] - low) * (at - i)) / 255);
}
