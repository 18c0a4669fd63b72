import { number } from '../draw/format.js';
import { linearTicks } from '../draw/scales.js';
import { toPixel } from './geometry.js';
import { barTicks, place } from './levels.js';
import { lookOf, marksOf, upTo } from './marks.js';
import { ownPoints, stretches, trialsOf } from './picture.js';
import { css, heightColour, iterationColour } from './ramps.js';

/**
 * A landscape as a list of shapes in px, which a canvas paints and an SVG writes alike: {kind: line | glyph | dot | text | rect | bar, …}. Those
 * with `inside` are cut off at the frame of the plot. Pure.
 */

const CASING = 'rgba(12,16,24,0.62)';
const HALO = 'rgba(12,16,24,0.85)';
/** Of runs that share a plane, each with its dash, because colours alone tell nothing. */
export const RUN_LOOKS = [
  { colour: '#ffffff', dash: [] },
  { colour: '#ffb37a', dash: [9, 4] },
  { colour: '#8fe0ff', dash: [3, 3] },
  { colour: '#f7a8e0', dash: [12, 3, 3, 3] },
  { colour: '#d6f58a', dash: [6, 3] },
  { colour: '#c8c2ff', dash: [2, 4] },
  { colour: '#ffe27a', dash: [14, 5] },
  { colour: '#ff9c9c', dash: [5, 2, 1, 2] },
];
/** From this share of the picture's width off the plane on, a mark is an outline. */
const AWAY = 0.03;
/** Points are drawn as dots where there is so much room between them, px. */
const DOT_SPACING = 7;

/**
 * Where the plot is in a picture of a size: room for the axes below and to the left, and for the colour bar to the right.
 *
 * @param u how much larger than designed things are
 */
export function frameOf(width, height, u) {
  const left = 52 * u;
  const top = 10 * u;
  const bar = width > 420 * u ? 74 * u : 0;
  return {
    left,
    top,
    width: Math.max(40, width - left - bar - 12 * u),
    height: Math.max(40, height - top - 44 * u),
    bar: bar > 0,
  };
}

/**
 * @param view {picture, window, frame, u, scale, lines: [{level, points}] in px of the plot, at: iteration of the cursor, replaying, trials,
 *   colours: {ink, quiet, edge}, bare: whether without axes, colour bar and cursor}
 */
export function sceneOf(view) {
  const shapes = [];
  for (const line of view.lines) shapes.push(contour(line, view));
  const several = view.picture.paths.length > 1;
  view.picture.paths.forEach((path, k) => pathShapes(shapes, path, several ? RUN_LOOKS[k % RUN_LOOKS.length] : null, view));
  markShapes(shapes, view);
  if (view.bare) return shapes;
  axisShapes(shapes, view);
  if (view.frame.bar && view.picture.grid) barShapes(shapes, view);
  return shapes;
}

function at(view, alpha, beta) {
  const { frame } = view;
  const [x, y] = toPixel(view.window, frame.width, frame.height, alpha, beta);
  return [frame.left + x, frame.top + y];
}

function contour({ level, points }, view) {
  const t = place(view.scale, level);
  const decade = Math.abs(Math.log10(level) - Math.round(Math.log10(level))) < 1e-6;
  const light = t < 0.62;
  return {
    kind: 'line',
    inside: true,
    points: points.map(([x, y]) => [view.frame.left + x, view.frame.top + y]),
    stroke: light ? 'rgb(255,255,255)' : 'rgb(0,0,0)',
    opacity: (light ? 0.3 : 0.24) + (decade ? 0.14 : 0),
    width: (decade ? 1.1 : 0.7) * view.u,
  };
}

function pathShapes(shapes, path, look, view) {
  const own = ownPoints(path);
  if (own.length === 0) return;
  const until = view.replaying ? view.at : Infinity;
  const seen = i => path.iteration[i] <= until;
  const spot = i => at(view, path.alpha[i], path.beta[i]);
  if (view.trials) {
    for (const trial of trialsOf(path)) {
      const points = trial.filter(seen).map(spot);
      if (points.length > 1)
        shapes.push({ kind: 'line', inside: true, points, stroke: '#ffffff', opacity: 0.34, width: view.u, dash: [2, 3] });
    }
  }
  const last = Math.max(1, path.iteration[own.at(-1)]);
  for (const stretch of stretches(path, own)) {
    const points = stretch.filter(seen);
    if (points.length < 2) continue;
    shapes.push({ kind: 'line', inside: true, points: points.map(spot), stroke: CASING, width: 5 * view.u });
    if (look) {
      const line = { kind: 'line', inside: true, points: points.map(spot), stroke: look.colour, width: 2.4 * view.u };
      shapes.push({ ...line, dash: look.dash.map(d => d * view.u) });
      continue;
    }
    for (let k = 1; k < points.length; k++) {
      const stroke = css(iterationColour(path.iteration[points[k]] / last));
      shapes.push({
        kind: 'line',
        inside: true,
        points: [spot(points[k - 1]), spot(points[k])],
        stroke,
        width: 2.6 * view.u,
      });
    }
  }
  dotShapes(shapes, path, own.filter(seen), look, last, view);
  for (const jump of path.jumps) {
    if (!seen(jump.to)) continue;
    const points = bow(spot(jump.from), spot(jump.to));
    shapes.push({ kind: 'line', inside: true, points, stroke: CASING, width: 4.4 * view.u });
    shapes.push({ kind: 'line', inside: true, points, stroke: '#ffc4ee', width: 2.4 * view.u, dash: [8 * view.u, 4 * view.u] });
  }
}

/** The farther a point is from the plane, the smaller its dot, as for an eye above the plane. */
function dotShapes(shapes, path, points, look, last, view) {
  const extent = view.window[1] - view.window[0];
  let before = null;
  for (const i of points) {
    const [x, y] = at(view, path.alpha[i], path.beta[i]);
    if (before && Math.hypot(x - before[0], y - before[1]) < DOT_SPACING * view.u) continue;
    before = [x, y];
    const off = Number.isFinite(path.off[i]) ? path.off[i] : 0;
    shapes.push({
      kind: 'dot',
      inside: true,
      x,
      y,
      r: dotRadius(off, extent) * view.u,
      fill: look ? look.colour : css(iterationColour(path.iteration[i] / last)),
      stroke: CASING,
      width: view.u,
    });
  }
}

/** Radius of a dot, px as designed, by the distance from the plane and the width of the picture. */
export function dotRadius(off, extent) {
  return 1.2 + 2.6 / (1 + (12 * off) / extent);
}

/** A shallow arc, so that a jump does not hide what it passes over. */
function bow([x1, y1], [x2, y2], pieces = 24) {
  const points = [];
  for (let i = 0; i <= pieces; i++) {
    const t = i / pieces;
    const lift = 0.18 * 4 * t * (1 - t);
    points.push([x1 + (x2 - x1) * t + (y2 - y1) * lift, y1 + (y2 - y1) * t - Math.abs(x2 - x1) * lift]);
  }
  return points;
}

function markShapes(shapes, view) {
  const { picture } = view;
  const marks = view.replaying ? upTo(marksOf(picture), view.at) : marksOf(picture).filter(mark => mark.kind !== 'end');
  for (const mark of marks) shapes.push(glyph(mark, view));
  for (const path of view.bare ? [] : picture.paths) {
    const spot = cursorOf(path, view.at);
    if (spot === null) continue;
    const [x, y] = at(view, path.alpha[spot], path.beta[spot]);
    // A ring, so that what is marked at the same place is seen within it.
    const ring = { kind: 'dot', inside: true, x, y, fill: 'none' };
    shapes.push({ ...ring, r: 11 * view.u, stroke: HALO, width: 5.4 * view.u });
    shapes.push({ ...ring, r: 11 * view.u, stroke: '#ffffff', width: 3 * view.u });
    shapes.push({ kind: 'dot', inside: true, x, y, r: 3.6 * view.u, fill: lookOf({ kind: 'end' }).fill, stroke: HALO, width: view.u });
  }
}

/** Index of the point where the cursor stands: the newest one where it does not stand. */
export function cursorOf(path, iteration) {
  const own = ownPoints(path);
  if (own.length === 0) return null;
  if (iteration === null) return own.at(-1);
  let found = own[0];
  for (const i of own) if (path.iteration[i] <= iteration) found = i;
  return found;
}

function glyph(mark, view) {
  const { shape, fill, size } = lookOf(mark);
  const [x, y] = at(view, mark.alpha, mark.beta);
  // What lies off the plane is only seen on it, and is drawn as an outline.
  const away = mark.off > AWAY * (view.window[1] - view.window[0]);
  return { kind: 'glyph', inside: true, shape, x, y, size: size * view.u, fill, stroke: HALO, title: mark.label, away };
}

function axisShapes(shapes, view) {
  const { frame, window, u, colours, picture } = view;
  const right = frame.left + frame.width;
  const bottom = frame.top + frame.height;
  const small = 11 * u;
  shapes.push({ kind: 'rect', x: frame.left, y: frame.top, width: frame.width, height: frame.height, stroke: colours.edge, lineWidth: u });
  for (const { at: alpha, label } of linearTicks(window[0], window[1], Math.max(2, Math.floor(frame.width / (90 * u))))) {
    const [x] = at(view, alpha, 0);
    shapes.push({ kind: 'line', points: [[x, bottom], [x, bottom + 4 * u]], stroke: colours.edge, width: u });
    shapes.push({ kind: 'text', x, y: bottom + 7 * u, text: label, fill: colours.quiet, size: small, anchor: 'middle', baseline: 'top' });
  }
  for (const { at: beta, label } of linearTicks(window[2], window[3], Math.max(2, Math.floor(frame.height / (56 * u))))) {
    const [, y] = at(view, 0, beta);
    shapes.push({ kind: 'line', points: [[frame.left - 4 * u, y], [frame.left, y]], stroke: colours.edge, width: u });
    shapes.push({ kind: 'text', x: frame.left - 7 * u, y, text: label, fill: colours.quiet, size: small, anchor: 'end', baseline: 'middle' });
  }
  const [first, second] = picture.basis.labels;
  const middle = frame.left + frame.width / 2;
  shapes.push({ kind: 'text', x: middle, y: bottom + 24 * u, text: first, fill: colours.ink, size: small, anchor: 'middle', baseline: 'top', most: right - frame.left });
  shapes.push({ kind: 'text', x: 12 * u, y: frame.top + frame.height / 2, text: second, fill: colours.ink, size: small, anchor: 'middle', baseline: 'middle', turned: true, most: frame.height });
}

function barShapes(shapes, view) {
  const { frame, u, scale, colours } = view;
  const x = frame.left + frame.width + 14 * u;
  const width = 12 * u;
  const steps = 96;
  for (let k = 0; k < steps; k++) {
    const fill = css(heightColour((k + 0.5) / steps));
    const y = frame.top + frame.height * (1 - (k + 1) / steps);
    shapes.push({ kind: 'rect', x, y: y - 0.3, width, height: frame.height / steps + 0.6, fill });
  }
  shapes.push({ kind: 'rect', x, y: frame.top, width, height: frame.height, stroke: colours.edge, lineWidth: u });
  for (const tick of barTicks(scale, Math.max(2, Math.floor(frame.height / (34 * u))))) {
    const y = frame.top + frame.height * (1 - place(scale, tick));
    const text = number(Number(tick.toPrecision(2)));
    shapes.push({ kind: 'text', x: x + width + 5 * u, y, text, fill: colours.quiet, size: 11 * u, anchor: 'start', baseline: 'middle' });
  }
  const words = 'loss h, log';
  shapes.push({ kind: 'text', x: x + width / 2, y: frame.top + frame.height + 24 * u, text: words, fill: colours.ink, size: 11 * u, anchor: 'middle', baseline: 'top' });
}
