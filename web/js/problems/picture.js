import { heat } from '../experiments/looks.js';

/** A problem's loss on a plane as pixels, and where its known points are. */

/**
 * @param picture {size, reach, values} of the server: row by row from below
 * @returns Uint8ClampedArray, RGBA, row by row from above
 */
export function pixels({ size, values }) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const data = new Uint8ClampedArray(4 * size * size);
  values.forEach((value, i) => {
    const row = size - 1 - Math.floor(i / size);
    const at = 4 * (row * size + (i % size));
    const [r, g, b] = heat(high > low ? (value - low) / (high - low) : 0).colour.match(/\d+/g);
    data.set([Number(r), Number(g), Number(b), 255], at);
  });
  return data;
}

/** Where coordinates of the plane lie in a square of side 1, from the upper left. */
export function placeIn({ reach }, a, b) {
  return [(a / reach + 1) / 2, (1 - b / reach) / 2];
}
