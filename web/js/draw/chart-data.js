import { figureOf, lowerBound } from '../run/columns.js';

/** Figures at places of a run: where one was computed, and what a series has where the cursor stands. */

/** Figures that landmarks carry, such as eigenvalues: [{x, value, event}], in order. A name ending in a number belongs to the name without it. */
export function landmarkPoints(landmarks, name, run) {
  const points = [];
  for (const event of landmarks) {
    for (const each of family(Object.keys(event.values ?? {}), name)) {
      const value = figureOf(event, each);
      if (value !== null) points.push({ x: run.xOfPlace(event), value, event });
    }
  }
  return points;
}

/** "ritz" stands for ritz, ritz1, ritz2, …; any other name for itself. */
function family(names, name) {
  return names.filter(each => each === name || (each.startsWith(name) && /^\d+$/.test(each.slice(name.length))));
}

/**
 * A figure where it was computed, by landmarks or by rows that carry it, within a range: of those in one px of the panel the
 * least and the largest.
 *
 * @returns [{x, value}]
 */
export function computedPoints(run, name, [from, to], width) {
  const found = landmarkPoints(run.model.holding, name, run).filter(p => p.x >= from && p.x <= to);
  const { columns } = run;
  const x = run.xColumn(columns);
  const start = lowerBound(x, from);
  for (const each of family(columns.names, name)) {
    const { last, min, max } = columns.series(each);
    for (let row = start; row < columns.length && x[row] <= to; row++) {
      if (typeof last[row] !== 'number') continue;
      for (const value of new Set([last[row], min[row], max[row]])) found.push({ x: x[row], value });
    }
  }
  if (found.length <= 2 * width) return found;
  const extremes = new Map();
  for (const point of found) {
    const px = Math.floor(((point.x - from) / (to - from)) * width);
    const known = extremes.get(px);
    if (!known) extremes.set(px, { low: point, high: point });
    else if (point.value < known.low.value) known.low = point;
    else if (point.value > known.high.value) known.high = point;
  }
  return [...extremes.values()].flatMap(({ low, high }) => (low === high ? [low] : [low, high]));
}

/** A value holds for so many rows after the one that carries it: as many as a rate is made of. */
const HOLDS = 64;

/** Of numbers by row: that of the iteration, or the newest known one shortly before it; null where there is none. */
export function valueOf(columns, { last }, iteration) {
  const row = columns.rowAt(iteration);
  for (let r = row; r >= 0 && r > row - HOLDS; r--) if (last[r] !== null && last[r] !== undefined) return last[r];
  return null;
}
