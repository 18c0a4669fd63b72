/** A run's path in space as numbers: bounds, the line by segments, the jumps between them. No drawing. */

/** Rows with a finite point, in order. */
export function pathRows(columns) {
  const { x, y, z } = columns.point;
  const rows = [];
  for (let row = 0; row < columns.length; row++) {
    if (Number.isFinite(x[row]) && Number.isFinite(y[row]) && Number.isFinite(z[row])) rows.push(row);
  }
  return rows;
}

/**
 * The rows a line needs so that none left out is farther than `tolerance` from it (Ramer, Douglas and Peucker, with every
 * `stride`-th row kept, so that a replay grows evenly), and the first and last of every strand.
 */
export function simplified(columns, rows, tolerance, stride, strand = columns.segment) {
  const { x, y, z } = columns.point;
  const keep = new Uint8Array(rows.length);
  const stack = [];
  let start = 0;
  for (let i = 1; i <= rows.length; i++) {
    const ends = i === rows.length || strand[rows[i]] !== strand[rows[start]];
    if (!ends && (i - start) % stride !== 0) continue;
    const last = ends ? i - 1 : i;
    stack.push([start, last]);
    start = i;
  }
  while (stack.length > 0) {
    const [a, b] = stack.pop();
    keep[a] = keep[b] = 1;
    let farthest = -1;
    let most = tolerance * tolerance;
    for (let i = a + 1; i < b; i++) {
      const d = squaredDistance(rows[i], rows[a], rows[b]);
      if (d > most) [most, farthest] = [d, i];
    }
    if (farthest >= 0) stack.push([a, farthest], [farthest, b]);
  }
  return rows.filter((_, i) => keep[i]);

  /** From a row's point to the straight piece between two others. */
  function squaredDistance(p, a, b) {
    const [ux, uy, uz] = [x[b] - x[a], y[b] - y[a], z[b] - z[a]];
    const [vx, vy, vz] = [x[p] - x[a], y[p] - y[a], z[p] - z[a]];
    const length = ux * ux + uy * uy + uz * uz;
    const t = length > 0 ? Math.min(1, Math.max(0, (ux * vx + uy * vy + uz * vz) / length)) : 0;
    return (vx - t * ux) ** 2 + (vy - t * uy) ** 2 + (vz - t * uz) ** 2;
  }
}

/** Pairs of neighbouring rows of one strand (line), and pairs across a change of strand (jumps). */
export function pathPairs(strand, rows) {
  const line = [];
  const jumps = [];
  for (let i = 1; i < rows.length; i++) {
    const pair = [rows[i - 1], rows[i]];
    (strand[pair[0]] === strand[pair[1]] ? line : jumps).push(pair);
  }
  return { line, jumps };
}

/** Where jumps start and land: the escape's own points where it has them, else the rows around the change of segment. */
export function jumpEnds(columns, jumps) {
  const { x, y, z } = columns.point;
  const at = row => [x[row], y[row], z[row]];
  return jumps.map(([a, b]) => ({ from: at(a), to: at(b), iteration: columns.iteration[b] }));
}

/** The box that holds all points: its centre, its half widths, and the largest of them, which sets the one scale. */
export function boxAround(points) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const p of points) {
    for (let k = 0; k < 3; k++) {
      if (!Number.isFinite(p[k])) continue;
      low[k] = Math.min(low[k], p[k]);
      high[k] = Math.max(high[k], p[k]);
    }
  }
  if (!(low[0] <= high[0])) return { centre: [0, 0, 0], halves: [1, 1, 1], half: 1 };
  const half = Math.max(1e-12, ...low.map((l, k) => (high[k] - l) / 2)) * 1.06;
  const halves = low.map((l, k) => Math.max(((high[k] - l) / 2) * 1.06, half * 0.25));
  return { centre: low.map((l, k) => (l + high[k]) / 2), halves, half };
}

/** Points of an arc from a to b that bows upwards (third coordinate of the box) by a share of its length. */
export function arc(a, b, pieces = 32, bow = 0.22) {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  const points = [];
  for (let i = 0; i <= pieces; i++) {
    const t = i / pieces;
    const lift = 4 * t * (1 - t) * bow * length;
    points.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t + lift]);
  }
  return points;
}

/** At most so many points of what an attempt replaced: it is a thin dotted line behind the path. */
const REPLACED = 512;

/** Points of what later attempts did anew, one list a stretch. @param stretches [{columns}] of replaced.js */
export function replacedPaths(stretches) {
  return stretches
    .map(({ columns }) => {
      const { x, y, z } = columns.point;
      const rows = pathRows(columns);
      const step = Math.ceil(rows.length / REPLACED);
      return rows.filter((_, i) => i % step === 0 || i === rows.length - 1).map(row => [x[row], y[row], z[row]]);
    })
    .filter(points => points.length > 1);
}
