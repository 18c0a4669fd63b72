/** Heights: the scale of the colours, and the levels of the contour lines. Logarithmic. Pure. */

/** Contour lines in a picture, about. */
const LINES = 22;
/** Decades of loss that colours tell apart at most, and at least. */
const MOST_DECADES = 8;
const LEAST_DECADES = 0.02;
/** Share of the points that may be below the scale: a minimum of 0 has no logarithm and takes a share of the picture as small as one likes. */
const BELOW = 0.002;
const STEPS = [1, 2, 5];

/**
 * The scale from low to high of a field's values, in log₁₀: what is below is as dark as the lowest.
 *
 * @param values of the grid; those that are not positive and finite do not count
 */
export function scaleFor(values) {
  const logs = [];
  for (const v of values) if (v > 0 && v < Infinity) logs.push(Math.log10(v));
  if (logs.length === 0) return { low: -1, high: 0 };
  logs.sort((a, b) => a - b);
  const high = logs.at(-1);
  let low = logs[Math.floor(BELOW * (logs.length - 1))];
  low = Math.max(low, high - MOST_DECADES);
  if (high - low < LEAST_DECADES) return { low: high - LEAST_DECADES, high };
  return { low, high };
}

/** Where a loss lies on the scale, 0 to 1; null where it has no place (NaN, infinite), 0 for what is below, as 0 is. */
export function place({ low, high }, loss) {
  if (Number.isNaN(loss) || loss === Infinity || loss === -Infinity) return null;
  if (!(loss > 0)) return 0;
  return Math.min(1, Math.max(0, (Math.log10(loss) - low) / (high - low)));
}

/** Losses at which lines are drawn, evenly spaced in their logarithms, ascending; every whole decade is among them where there are many. */
export function levelsFor({ low, high }) {
  const decades = high - low;
  const per = Math.max(1, Math.round(LINES / Math.max(decades, 1e-9)));
  const levels = [];
  if (decades >= 1.5) {
    for (let k = Math.ceil(low * per - 1e-9); k <= high * per + 1e-9; k++) levels.push(10 ** (k / per));
    return levels;
  }
  for (let k = 1; k < LINES; k++) levels.push(10 ** (low + (decades * k) / LINES));
  return levels;
}

/** Ticks of the colour bar: decades, or 1, 2 and 5 of each where there are few, or evenly spaced ones where there are none. */
export function barTicks({ low, high }, most = 7) {
  const decades = high - low;
  const ticks = [];
  if (decades > 1.2) {
    const stride = Math.max(1, Math.ceil(decades / most));
    const within = decades < 3 ? STEPS : [1];
    for (let e = Math.floor(low); e <= high + 1e-9; e++) {
      if (e % stride !== 0) continue;
      for (const m of within) {
        const at = Math.log10(m) + e;
        if (at >= low - 1e-9 && at <= high + 1e-9) ticks.push(m * 10 ** e);
      }
    }
    return ticks;
  }
  const [from, to] = [10 ** low, 10 ** high];
  for (let k = 0; k <= 4; k++) ticks.push(from + ((to - from) * k) / 4);
  return ticks;
}
