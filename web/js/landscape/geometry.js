/** Between a window of the plane, [α from, α to, β from, β to], and px of a picture. Pure. */

export function toPixel([a0, a1, b0, b1], width, height, alpha, beta) {
  return [((alpha - a0) / (a1 - a0)) * width, ((b1 - beta) / (b1 - b0)) * height];
}

export function toPlane([a0, a1, b0, b1], width, height, x, y) {
  return [a0 + (x / width) * (a1 - a0), b1 - (y / height) * (b1 - b0)];
}

/** The smallest window of a shape that holds another: lengths are the same along both axes. */
export function fitted([a0, a1, b0, b1], aspect) {
  const width = Math.max(a1 - a0, aspect * (b1 - b0));
  const height = Math.max(b1 - b0, (a1 - a0) / aspect);
  const [a, b] = [(a0 + a1) / 2, (b0 + b1) / 2];
  return [a - width / 2, a + width / 2, b - height / 2, b + height / 2];
}

/** Nearer (factor below 1) or farther, with one place staying where it is. */
export function zoomed([a0, a1, b0, b1], factor, alpha, beta) {
  return [
    alpha - (alpha - a0) * factor,
    alpha + (a1 - alpha) * factor,
    beta - (beta - b0) * factor,
    beta + (b1 - beta) * factor,
  ];
}

/** A window that holds a place as well, with some air beyond it, so that a path that goes on does not leave it again at once. */
export function widened([a0, a1, b0, b1], alpha, beta, air = 0.3) {
  const [width, height] = [a1 - a0, b1 - b0];
  return [
    alpha < a0 ? alpha - air * width : a0,
    alpha > a1 ? alpha + air * width : a1,
    beta < b0 ? beta - air * height : b0,
    beta > b1 ? beta + air * height : b1,
  ];
}

export function moved([a0, a1, b0, b1], alpha, beta) {
  return [a0 + alpha, a1 + alpha, b0 + beta, b1 + beta];
}

/** Whether two windows are so alike that a picture of one is one of the other. */
export function alike(a, b) {
  const size = Math.max(a[1] - a[0], a[3] - a[2]);
  return a.every((v, i) => Math.abs(v - b[i]) < 1e-6 * size);
}

/** Whether a window is so small beside its place that doubles no longer tell its points apart. */
export function tooNear([a0, a1, b0, b1]) {
  return a1 - a0 < 1e-12 * Math.max(1, Math.abs(a0), Math.abs(a1), Math.abs(b0), Math.abs(b1));
}
