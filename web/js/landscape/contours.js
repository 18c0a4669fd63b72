/** Contour lines of a raster by marching squares, joined to polylines. Pure. */

/**
 * Corner bits of a cell: 1 upper left, 2 upper right, 4 lower right, 8 lower left, set where the value is at least the level. Edges: 0 top, 1
 * right, 2 bottom, 3 left. Cells 5 and 10 are saddles, decided by the mean of their corners.
 */
const CASES = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  null,
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  null,
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/** The two ways through a cell whose opposite corners are alike: around the upper right and lower left ones, or the others. */
const SADDLES = {
  joined: [
    [0, 1],
    [2, 3],
  ],
  split: [
    [3, 0],
    [1, 2],
  ],
};

/**
 * @param values width·height numbers by rows; a cell with one that is not finite has no line
 * @returns [{points: [[x, y], …], closed}] in cells: (0, 0) is the first value, x to the right, y downwards
 */
export function contourLines({ width, height, values }, level) {
  const segments = [];
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const top = y * width + x;
      const [a, b, c, d] = [values[top], values[top + 1], values[top + width + 1], values[top + width]];
      if (a >= level && b >= level && c >= level && d >= level) continue;
      if (a < level && b < level && c < level && d < level) continue;
      const corners = [a, b, c, d];
      if (!corners.every(Number.isFinite)) continue;
      let bits = 0;
      for (let c = 0; c < 4; c++) if (corners[c] >= level) bits |= 1 << c;
      for (const [from, to] of pairs(bits, corners, level)) segments.push([key(x, y, from), key(x, y, to)]);
    }
  }
  return joined(segments, edge => crossing(edge, width, values, level));
}

function pairs(bits, corners, level) {
  const known = CASES[bits];
  if (known) return known;
  const high = (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level;
  if (bits === 5) return high ? SADDLES.joined : SADDLES.split;
  return high ? SADDLES.split : SADDLES.joined;
}

/** An edge of the raster, the same whichever cell asks: horizontal ones begin with h. */
function key(x, y, edge) {
  if (edge === 0) return `h${x},${y}`;
  if (edge === 1) return `v${x + 1},${y}`;
  if (edge === 2) return `h${x},${y + 1}`;
  return `v${x},${y}`;
}

/** Where the level is on an edge, between logarithms where both ends have one. */
function crossing(edge, width, values, level) {
  const [x, y] = edge.slice(1).split(',').map(Number);
  const flat = edge[0] === 'h';
  const a = values[y * width + x];
  const b = flat ? values[y * width + x + 1] : values[(y + 1) * width + x];
  const logs = a > 0 && b > 0 && level > 0;
  const t = logs ? Math.log(level / a) / Math.log(b / a) : (level - a) / (b - a);
  const share = Number.isFinite(t) ? Math.min(1, Math.max(0, t)) : 0.5;
  return flat ? [x + share, y] : [x, y + share];
}

function joined(segments, point) {
  const ends = new Map();
  segments.forEach((segment, i) => {
    for (const end of segment) ends.set(end, [...(ends.get(end) ?? []), i]);
  });
  const used = new Uint8Array(segments.length);
  const lines = [];
  const follow = (line, end) => {
    for (let at = end; ; ) {
      const next = (ends.get(at) ?? []).find(i => !used[i]);
      if (next === undefined) return;
      used[next] = 1;
      const [a, b] = segments[next];
      at = a === at ? b : a;
      line.push(at);
    }
  };
  segments.forEach(([a, b], i) => {
    if (used[i]) return;
    used[i] = 1;
    const line = [a, b];
    follow(line, b);
    const closed = line.at(-1) === a;
    if (!closed) {
      line.reverse();
      follow(line, a);
    }
    lines.push({ points: line.map(point), closed });
  });
  return lines;
}
