import { decodeNumber } from '../run/columns.js';

/** A picture off the wire, with its numbers as numbers. Pure. */

const COLUMNS = ['alpha', 'beta', 'off', 'loss', 'planeLoss'];

/** @param wire answer of GET /api/v1/runs/ID/landscape */
export function readPicture(wire) {
  const basis = wire.basis ? { ...wire.basis, explained: wire.basis.explained.map(decodeNumber) } : null;
  return {
    note: wire.note ?? null,
    live: wire.live,
    basis,
    bases: wire.bases,
    grid: wire.grid ? { ...wire.grid, values: gridValues(wire.grid), window: basis.window } : null,
    paths: wire.paths.map(readPath),
    marks: wire.marks.map(mark => {
      const read = { ...mark };
      for (const name of COLUMNS) read[name] = decodeNumber(mark[name]);
      return read;
    }),
  };
}

function readPath(path) {
  const read = { ...path };
  for (const name of COLUMNS) read[name] = path[name].map(decodeNumber);
  read.length = path.iteration.length;
  return read;
}

/** Base64 of doubles, lowest byte first, or an array. */
export function gridValues({ values, encoding }) {
  if (encoding === undefined) return Float64Array.from(values, decodeNumber);
  const text = atob(values);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/** Points of a path that belong to it, by index: not those of trials that were given up. */
export function ownPoints(path) {
  const own = [];
  for (let i = 0; i < path.length; i++) if (path.trial[i] === 0) own.push(i);
  return own;
}

/** Index of the newest of these points at or before an iteration; the first one where there is none. */
export function indexAt(path, own, iteration) {
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (path.iteration[own[middle]] <= iteration) low = middle + 1;
    else high = middle;
  }
  return own[Math.max(0, low - 1)];
}

/** Stretches of a path that are descended without a jump, as arrays of indices; trials that were given up are none of it. */
export function stretches(path, own) {
  const landings = new Set(path.jumps.map(jump => jump.to));
  const all = [];
  for (const i of own) {
    if (all.length === 0 || landings.has(i)) all.push([]);
    all.at(-1).push(i);
  }
  return all;
}

/** The trials that were given up, each as an array of indices. */
export function trialsOf(path) {
  const all = new Map();
  for (let i = 0; i < path.length; i++) {
    const number = path.trial[i];
    if (number > 0) all.set(number, [...(all.get(number) ?? []), i]);
  }
  return [...all.values()];
}
