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

/** Pairs of neighbouring rows of one segment (line), and pairs across a change of segment (jumps). */
export function pathPairs(columns, rows) {
  const line = [];
  const jumps = [];
  for (let i = 1; i < rows.length; i++) {
    const pair = [rows[i - 1], rows[i]];
    (columns.segment[pair[0]] === columns.segment[pair[1]] ? line : jumps).push(pair);
  }
  return { line, jumps };
}

/** Where jumps start and land: the escape's own points where it has them, else the rows around the change of segment. */
export function jumpEnds(columns, jumps) {
  const { x, y, z } = columns.point;
  const at = row => [x[row], y[row], z[row]];
  return jumps.map(([a, b]) => ({ from: at(a), to: at(b), iteration: columns.iteration[b] }));
}

/** Centre and half width of a cube that holds all points; the same scale on all axes. */
export function cubeAround(points) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const p of points) {
    for (let k = 0; k < 3; k++) {
      if (!Number.isFinite(p[k])) continue;
      low[k] = Math.min(low[k], p[k]);
      high[k] = Math.max(high[k], p[k]);
    }
  }
  if (!(low[0] <= high[0])) return { centre: [0, 0, 0], half: 1 };
  const half = Math.max(1e-12, ...low.map((l, k) => (high[k] - l) / 2)) * 1.08;
  return { centre: low.map((l, k) => (l + high[k]) / 2), half };
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
