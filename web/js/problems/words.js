import { count, number } from '../draw/format.js';

/** A problem's sheet in words. */

/** Eigenvalues below this fraction of the largest are flat directions to the server, too. */
const ROUNDING = 1e-9;

/** "strict saddle of index 6: λ from −2 to 0, 5 flat directions" */
export function pointWords({ name, index, flat, lambdaMin, lambdaMax, loss }) {
  const where = name === '0' ? 'X = 0' : 'the truth';
  const directions = n => `${n} flat ${n === 1 ? 'direction' : 'directions'}`;
  // What is 0 but for rounding is told as 0.
  const least = ROUNDING * Math.max(Math.abs(lambdaMin), Math.abs(lambdaMax));
  const plain = v => number(Math.abs(v) <= least ? 0 : v);
  const range = `eigenvalues of ∇²h from ${plain(lambdaMin)} to ${plain(lambdaMax)}`;
  if (index > 0) return `${where}: strict saddle of index ${index}, h ${number(loss)}; ${range}${flat ? `, ${directions(flat)}` : ''}`;
  if (lambdaMax === 0 && lambdaMin === 0) return `${where}: degenerate, ∇²h is 0 there, h ${number(loss)}`;
  return `${where}: no negative curvature, h ${number(loss)}; ${range}${flat ? `, ${directions(flat)}` : ''}`;
}

const PAIRS = [
  ['restricted', 'αₛ and Lₛ'],
  ['sampled', 'αₛ and Lₛ, sampled'],
];

/** [{label, value, source}] constants of restricted convexity and smoothness, and δ where there is one. */
export function constantsOf({ figures, sources }) {
  const found = PAIRS.filter(([key]) => figures[`${key}Convexity`] !== undefined).map(([key, label]) => ({
    label,
    value: `${number(figures[`${key}Convexity`])} and ${number(figures[`${key}Smoothness`])}`,
    source: sources[`${key}Source`] ?? '',
  }));
  if (figures.isometryConstant !== undefined)
    found.push({ label: 'RIP constant δ', value: number(figures.isometryConstant), source: 'max(1 − αₛ, Lₛ − 1)' });
  return found;
}

const CONSTANTS = /Convexity$|Smoothness$|^isometryConstant$/;

/** [[name, value]] what else the instance says of itself. */
export function figuresOf({ figures }) {
  const spaced = name => name.replace(/[A-Z]/g, c => ` ${c.toLowerCase()}`);
  return Object.entries(figures)
    .filter(([name]) => !CONSTANTS.test(name))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => [spaced(name), Number.isInteger(value) ? count(value) : number(value)]);
}

/** How runs of a problem went: "12 of 13 certified, 12 of 13 near the truth". */
export function outcomeWords({ lookedAt, ended, certified, near, distanceKnown }) {
  if (lookedAt === 0) return 'no run yet';
  const parts = [`${certified} of ${ended} ended ${ended === 1 ? 'run' : 'runs'} certified as global minimum`];
  if (distanceKnown > 0) parts.push(`${near} of ${distanceKnown} within the success distance of the truth`);
  return `${parts.join(', ')}; of the newest ${lookedAt}`;
}
