import { contourLines } from './contours.js';
import { raster } from './field.js';
import { levelsFor, scaleFor } from './levels.js';

/** The loss over a window: the scale of its colours, how finely it is sampled, and its contour lines. Pure. */

/** Px of the screen for one of the heights' picture: they are smooth, and are stretched smoothly. */
const COARSENESS = 2;
/** Points along a side from which the scale is made where the loss is known everywhere. */
const SCALE_POINTS = 48;

/** Colours stay while one moves about on a plane, and are chosen anew for a picture that is asked for. */
export function heightScale(field, grid, window) {
  return scaleFor(field.exact ? raster(field, window, SCALE_POINTS, SCALE_POINTS).values : grid.values);
}

/** Columns and rows of a raster for so many px, at most `most` along the longer side. */
export function samples(width, height, most) {
  const fine = Math.min(1 / COARSENESS, most / Math.max(width, height));
  return [Math.max(2, Math.round(width * fine)), Math.max(2, Math.round(height * fine))];
}

/**
 * Contour lines in coordinates of the plane.
 *
 * @param most points of the raster that they come from, along its longer side
 * @returns [{level, points: [[α, β]]}]
 */
export function linesOf(field, window, scale, most) {
  const [a0, a1, b0, b1] = window;
  const aspect = (a1 - a0) / (b1 - b0);
  const columns = Math.round(aspect >= 1 ? most : most * aspect);
  const rows = Math.round(aspect >= 1 ? most / aspect : most);
  const heights = raster(field, window, columns, rows);
  const lines = [];
  for (const level of levelsFor(scale)) {
    for (const { points } of contourLines(heights, level)) {
      lines.push({
        level,
        points: points.map(([x, y]) => [a0 + ((x + 0.5) / columns) * (a1 - a0), b1 - ((y + 0.5) / rows) * (b1 - b0)]),
      });
    }
  }
  return lines;
}
