/** The loss as a function of the place: exact from six quadratics where the server sends them, else between the grid's points. Pure. */

/**
 * @param grid {size, values, window, squares?}
 * @returns {{at: (alpha: number, beta: number) => number, exact: boolean}} NaN where it is not known
 */
export function fieldOf(grid) {
  if (grid.squares) return { at: (alpha, beta) => halfSquares(grid.squares, alpha, beta), exact: true };
  return { at: (alpha, beta) => between(grid, alpha, beta), exact: false };
}

/** ½‖R·(1, α, β, α², αβ, β²)‖² for an upper triangular R by rows. */
export function halfSquares(r, alpha, beta) {
  const terms = [1, alpha, beta, alpha * alpha, alpha * beta, beta * beta];
  let sum = 0;
  let k = 0;
  for (let i = 0; i < 6; i++) {
    let entry = 0;
    for (let j = i; j < 6; j++) entry += r[k++] * terms[j];
    sum += entry * entry;
  }
  return sum / 2;
}

/** Smallest loss that has a logarithm worth drawing. */
const TINY = 1e-300;

/** Cubic between the logarithms of sixteen neighbours, which are even where losses are not; linear where one has none. */
function between({ size, values, window: [a0, a1, b0, b1] }, alpha, beta) {
  const x = ((alpha - a0) / (a1 - a0)) * (size - 1);
  const y = ((beta - b0) / (b1 - b0)) * (size - 1);
  if (!(x >= 0 && y >= 0 && x <= size - 1 && y <= size - 1)) return NaN;
  const i = Math.min(size - 2, Math.floor(x));
  const j = Math.min(size - 2, Math.floor(y));
  const value = (c, r) => values[clamped(r, size) * size + clamped(c, size)];
  const columns = [];
  for (let r = -1; r <= 2; r++) {
    const logs = [];
    for (let c = -1; c <= 2; c++) {
      const v = value(i + c, j + r);
      if (!(v > TINY) || v === Infinity) return bilinear(value, i, j, x - i, y - j);
      logs.push(Math.log(v));
    }
    columns.push(cubic(logs, x - i));
  }
  return Math.exp(cubic(columns, y - j));
}

function bilinear(value, i, j, s, t) {
  const low = value(i, j) * (1 - s) + value(i + 1, j) * s;
  const high = value(i, j + 1) * (1 - s) + value(i + 1, j + 1) * s;
  return low * (1 - t) + high * t;
}

/** Catmull and Rom's, kept between the two inner values' neighbours so that it makes no minima of its own. */
function cubic([p, q, r, s], t) {
  const v = q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  const low = Math.min(p, q, r, s);
  const high = Math.max(p, q, r, s);
  return Math.min(high, Math.max(low, v));
}

function clamped(i, size) {
  return Math.min(size - 1, Math.max(0, i));
}

/**
 * The field on a raster over a window, the highest β first, as on a screen: at the middles of so many cells, or with `corners` from edge to edge.
 *
 * @returns {{width: number, height: number, values: Float64Array}}
 */
export function raster(field, [a0, a1, b0, b1], width, height, corners = false) {
  const share = (k, of) => (corners ? k / (of - 1) : (k + 0.5) / of);
  const values = new Float64Array(width * height);
  for (let row = 0; row < height; row++) {
    const beta = b1 - share(row, height) * (b1 - b0);
    for (let column = 0; column < width; column++) {
      values[row * width + column] = field.at(a0 + share(column, width) * (a1 - a0), beta);
    }
  }
  return { width, height, values };
}
