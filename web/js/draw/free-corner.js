/** Where in a plot a short text lies over as little of the curves as can be. Pure; places are in px. */

/** From the plot's edge to the text, px as designed. */
const MARGIN = 4;

/**
 * @param plot  {left, top, right, bottom, unit}
 * @param size  [width, height] of the text
 * @param lines [{n, x, y, gap}] polylines; before a point with a gap the pen is lifted
 * @returns {{x, y, align, hits}} where the text's middle line begins or ends: the first corner that no line enters, else the one with the fewest
 *   pieces in it; hits counts these
 */
export function freeCorner(plot, [width, height], lines) {
  const { left, top, right, bottom, unit } = plot;
  const margin = MARGIN * unit;
  let best = null;
  for (const [low, atLeft] of [[true, false], [true, true], [false, false], [false, true]]) {
    const x = atLeft ? left + margin : right - margin - width;
    const y = low ? bottom - margin - height : top + margin;
    const hits = lines.reduce((sum, line) => sum + piecesIn(line, x, y, x + width, y + height), 0);
    if (best === null || hits < best.hits) best = { hits, x: atLeft ? x : x + width, y: y + height / 2, align: atLeft ? 'left' : 'right' };
    if (hits === 0) break;
  }
  return best;
}

/** How many pieces of a line enter the box. */
function piecesIn({ n, x, y, gap }, x0, y0, x1, y1) {
  let hits = 0;
  for (let i = 0; i < n; i++) {
    const from = i === 0 || gap[i] ? i : i - 1;
    if (x[i] < x0 || x[from] > x1) continue;
    const at = px => (x[i] === x[from] ? y[i] : y[from] + ((y[i] - y[from]) * (px - x[from])) / (x[i] - x[from]));
    const a = at(Math.max(x0, x[from]));
    const b = x[i] === x[from] ? y[from] : at(Math.min(x1, x[i]));
    if (Math.max(a, b) >= y0 && Math.min(a, b) <= y1) hits++;
  }
  return hits;
}
