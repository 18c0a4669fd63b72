import { withAlpha } from './colours.js';
import { clustered, thinned } from './clusters.js';
import { freeCorner } from './free-corner.js';

/**
 * Draws a panel's plot with a pen: tints, grid, bands, lines, points, marks. Why no chart library: package-info of io.escapement.web.
 *
 * Over the usual length because it is one picture from back to front.
 */

/** Size of letters on axes, px, as designed. */
const FONT = 11;
/** Marks nearer than this are one with a count, px. */
const APART = 11;

/**
 * @param view   of chart-view.js
 * @param width  of the whole panel, px
 * @param height likewise
 */
export function paint(pen, view, width, height) {
  const plot = placed(view, width, height);
  backdrop(pen, view, plot);
  axes(pen, view, plot, width);
  pen.within(plot.left, plot.top - 1, plot.width, plot.height + 2, () => {
    for (const rule of view.rules) horizontal(pen, rule, view, plot);
    for (const curve of view.curves) shadeTrials(pen, curve, view, plot);
    for (const curve of view.curves) shadePath(pen, curve, plot);
    jumps(pen, view, plot);
    for (const curve of view.curves) lines(pen, curve, view, plot);
  });
  words(pen, view, plot);
  for (const points of view.points) scatter(pen, points, view, plot);
  edges(pen, view, plot);
  rug(pen, view, plot);
  marks(pen, view, plot);
}

/** Where things are: from figures on the scale to px. */
function placed({ x, y, frame, unit }, width, height) {
  const { left, top } = frame;
  const w = width - left - frame.right;
  const h = height - top - frame.bottom;
  const [from, to] = x.range;
  const [low, high] = y.range;
  return {
    left,
    top,
    width: w,
    height: h,
    right: left + w,
    bottom: top + h,
    unit,
    x: value => left + ((value - from) / (to - from)) * w,
    y: value => top + (1 - (value - low) / (high - low)) * h,
  };
}

function backdrop(pen, { tints, gaps, colours }, plot) {
  const stretch = (from, to) => [Math.max(plot.left, plot.x(from)), Math.min(plot.right, plot.x(to))];
  for (const tint of tints) {
    const [a, b] = stretch(tint.from, tint.to);
    if (b > a) pen.rect(a, plot.top, b - a, plot.height, withAlpha(tint.colour, 0.1));
  }
  for (const gap of gaps) {
    const [a, b] = stretch(gap.from, gap.to);
    if (b < plot.left || a > plot.right) continue;
    pen.rect(a, plot.top, Math.max(3, b - a), plot.height, withAlpha(colours.quiet, 0.22));
  }
}

function axes(pen, { x, y, colours }, plot, width) {
  const { unit } = plot;
  for (const { at, label } of y.ticks) {
    const py = Math.round(plot.y(at)) + 0.5;
    pen.segment(plot.left, py, plot.right, py, { colour: colours.grid, width: 1 });
    pen.text(label, plot.left - 7 * unit, py, { fill: colours.quiet, size: FONT * unit, align: 'right' });
  }
  pen.segment(plot.left, plot.bottom + 0.5, plot.right, plot.bottom + 0.5, { colour: colours.grid, width: 1 });
  let free = -Infinity;
  for (const { at, label } of x.ticks) {
    const px = plot.x(at);
    const half = (label.length * FONT * unit * 0.58) / 2;
    const centre = Math.min(width - half - 1, px);
    if (px < plot.left - 1 || px > plot.right + 1 || centre - half < free) continue;
    free = centre + half + 8 * unit;
    pen.text(label, centre, plot.bottom + 12 * unit, { fill: colours.quiet, size: FONT * unit, align: 'center' });
  }
}

function horizontal(pen, { y, dash = [1.5, 3], colour }, { colours }, plot) {
  const py = Math.round(plot.y(y)) + 0.5;
  const { unit } = plot;
  pen.segment(plot.left, py, plot.right, py, { colour: colour ?? colours.ink, width: unit, dash: dash.map(d => d * unit) });
}

/** Escapes as thin lines behind the curves, restarts as heavier ones. */
function jumps(pen, { jumps: places, attempts, colours }, plot) {
  const { unit } = plot;
  for (const px of thinned(places.map(plot.x), 4)) {
    pen.segment(px, plot.top, px, plot.bottom, { colour: withAlpha(colours.escape, 0.75), width: unit, dash: [3 * unit, 3 * unit] });
  }
  for (const { at } of attempts) {
    const px = plot.x(at);
    pen.segment(px, plot.top, px, plot.bottom, { colour: colours.ink, width: 1.2 * unit, dash: [6, 2, 1, 2].map(d => d * unit) });
  }
}

/** Names of rules and restarts, over everything. */
function words(pen, view, plot) {
  const { rules, attempts, gaps, note, colours } = view;
  const { unit } = plot;
  const look = { fill: colours.quiet, size: FONT * unit };
  for (const { y, label, below } of rules) if (label) pen.text(label, plot.left + 5 * unit, plot.y(y) + (below ? 8 : -7) * unit, look);
  if (note) noted(pen, view, plot, look);
  for (const { from, to, label } of gaps) {
    const [a, b] = [Math.max(plot.left, plot.x(from)), Math.min(plot.right, plot.x(to))];
    if (b - a < label.length * FONT * 0.6 * unit) continue;
    pen.text(label, (a + b) / 2, plot.top + 9 * unit, { ...look, align: 'center' });
  }
  attempts.forEach(({ at, labels }, i) => {
    const px = plot.x(at) + 4 * unit;
    const room = (i + 1 < attempts.length ? plot.x(attempts[i + 1].at) : plot.right) - px;
    const label = labels.find(each => each.length * FONT * 0.6 * unit <= room);
    if (label) pen.text(label, px, plot.top + 7 * unit, look);
  });
}

/** The note, where the curves leave room for it, on a ground that keeps it readable where they do not. */
function noted(pen, { note, curves, marks: all, rules, colours }, plot, look) {
  const { unit } = plot;
  const size = [note.length * FONT * 0.56 * unit, (FONT + 4) * unit];
  const lines = curves.flatMap(({ drawn, best, replaced = [] }) => [drawn.path, drawn.trials, best, ...replaced.map(r => r.path)]);
  const values = line => (line.banded ? [line.y, line.low, line.high] : [line.y]);
  const placed = lines
    .filter(line => line?.n > 0)
    .flatMap(line => values(line).map(y => ({ n: line.n, gap: line.gap, x: line.x.subarray(0, line.n).map(plot.x), y: y.subarray(0, line.n).map(plot.y) })));
  const level = (from, to, y) => ({ n: 2, gap: [1, 0], x: [from, to], y: [y, y] });
  for (const m of all) placed.push(level(plot.x(m.x) - APART * unit, plot.x(m.x) + APART * unit, plot.y(m.y)));
  for (const { y: at, label } of rules) placed.push(level(plot.left, label ? plot.right : plot.left, plot.y(at)));
  const { x, y, align, hits } = freeCorner(plot, size, placed);
  if (hits > 0) pen.rect(align === 'left' ? x - 2 * unit : x - size[0] - 2 * unit, y - size[1] / 2, size[0] + 4 * unit, size[1], withAlpha(colours.panel, 0.75));
  pen.text(note, x, y, { ...look, align });
}

let px = new Float64Array(0);
let py = new Float64Array(0);

/** The line's points in px, in arrays that are used again. */
function project(line, values, plot) {
  if (px.length < line.n) {
    px = new Float64Array(2 * line.n);
    py = new Float64Array(2 * line.n);
  }
  for (let i = 0; i < line.n; i++) {
    px[i] = plot.x(line.x[i]);
    py[i] = plot.y(values[i]);
  }
}

/** The band between the extremes, one shape for each stretch; at least `least` px high. */
function band(pen, line, plot, fill, least) {
  let a = 0;
  while (a < line.n) {
    let b = a + 1;
    while (b < line.n && !line.gap[b]) b++;
    const points = new Float64Array(4 * (b - a));
    for (let i = a; i < b; i++) {
      const x = plot.x(line.x[i]);
      let high = plot.y(line.high[i]);
      let low = plot.y(line.low[i]);
      if (low - high < least) [high, low] = [(low + high - least) / 2, (low + high + least) / 2];
      points[2 * (i - a)] = x;
      points[2 * (i - a) + 1] = high;
      const back = points.length - 2 * (i - a) - 2;
      points[back] = x;
      points[back + 1] = low;
    }
    if (b - a > 1) pen.area(points, fill);
    else pen.rect(points[0] - 0.75, points[1], 1.5, Math.max(least, points[3] - points[1]), fill);
    a = b;
  }
}

function shadeTrials(pen, { drawn, trial }, { trials }, plot) {
  if (drawn.trials.n === 0) return;
  band(pen, drawn.trials, plot, withAlpha(trial, trials ? 0.14 : 0.2), 1);
  if (!trials) return;
  project(drawn.trials, drawn.trials.y, plot);
  pen.polyline(drawn.trials.n, px, py, drawn.trials.gap, { colour: withAlpha(trial, 0.7), width: 0.8 });
}

function shadePath(pen, { drawn, colour }, plot) {
  if (drawn.path.banded) band(pen, drawn.path, plot, withAlpha(colour, 0.22), 0);
}

function lines(pen, { drawn, colour, dash, best, replaced = [], thick = 1.5 }, { colours }, plot) {
  const { path } = drawn;
  const width = thick * plot.unit;
  if (best) {
    project(best, best.y, plot);
    pen.polyline(best.n, px, py, best.gap, { colour: colours.ink, width: 1.1 * plot.unit, dash: [1.5 * plot.unit, 2.5 * plot.unit] });
  }
  for (const { path: old } of replaced) {
    project(old, old.y, plot);
    pen.polyline(old.n, px, py, old.gap, { colour: withAlpha(colour, 0.85), width, dash: [1.2 * width, 2.4 * width] });
  }
  project(path, path.y, plot);
  pen.polyline(path.n, px, py, path.gap, { colour, width, dash: dash.map(d => d * plot.unit) });
  for (let i = 0; i < path.n; i++) {
    const alone = path.gap[i] && (i + 1 === path.n || path.gap[i + 1]);
    if (alone) pen.rect(px[i] - width, py[i] - width, 2 * width, 2 * width, colour);
  }
}

/** Points where something was computed. Never joined. */
function scatter(pen, { shape, colour, data }, { colours }, plot) {
  const at = data.map(([x, y]) => ({ px: plot.x(x), py: plot.y(y) }));
  const size = (at.length > 200 ? 6 : 9) * plot.unit;
  for (const p of at) pen.glyph(shape, p.px, p.py, size, colour, colours.panel);
}

/** What has no place on the scale: at the floor of a log axis, and not finite. */
function edges(pen, { curves, colours }, plot) {
  const { unit } = plot;
  const row = (places, shape, y, colour, size) => {
    for (const at of thinned(places.map(plot.x), 6)) {
      if (at >= plot.left - 1 && at <= plot.right + 1) pen.glyph(shape, at, y, size, colour, colours.panel);
    }
  };
  for (const { drawn } of curves) {
    row(drawn.floor, 'down', plot.bottom - 5 * unit, colours.quiet, 8 * unit);
    const low = drawn.edge.filter(e => e.value === -Infinity).map(e => e.x);
    const high = drawn.edge.filter(e => e.value !== -Infinity).map(e => e.x);
    row(low, 'down', plot.bottom - 6 * unit, colours.bad, 10 * unit);
    row(high, 'up', plot.top + 5 * unit, colours.bad, 10 * unit);
  }
}

/** Short ticks on the floor. */
function rug(pen, { rug: places, colours }, plot) {
  for (const at of thinned(places.map(plot.x), 1)) {
    if (at < plot.left || at > plot.right) continue;
    pen.segment(at, plot.bottom - 6 * plot.unit, at, plot.bottom, { colour: colours.bad, width: 1 });
  }
}

/** Landmarks above the curve, or below it where there is no room. */
function marks(pen, { marks: all, colours }, plot) {
  const { unit } = plot;
  const size = 12 * unit;
  for (const mark of clustered(all.map(m => ({ ...m, px: plot.x(m.x) })), APART * unit)) {
    const y = plot.y(mark.y);
    const up = y - plot.top > 0.3 * plot.height;
    const centre = Math.min(plot.bottom - size / 2, y + (up ? -1 : 1) * 13 * unit * mark.stack);
    if (centre < plot.top - size) continue;
    pen.glyph(mark.shape, mark.px, centre, size, mark.colour, colours.panel);
    if (mark.count > 1) {
      pen.text(`×${mark.count}`, mark.px + size * 0.6, centre, { fill: colours.ink, size: 9.5 * unit, bold: true });
    }
  }
}
