import { isHollow } from '../draw/glyphs.js';

/**
 * Draws a scene with a pen: a canvas on the page, SVG for a file. Own drawing, because ECharts makes its whole model anew for each
 * picture: numbers in CONTRIBUTING, "The comparison".
 */

/** Distance of the markers along a line, px as designed. */
const MARKER_EVERY = 130;
/** Bands of more runs than this would only make mud. */
const MOST_BANDS = 8;

/**
 * @param pen     canvas-pen.js or svg-pen.js
 * @param colour  from a name of theme.css to a colour
 * @param size    {width, height} of the whole chart, px
 * @param frame   {left, right, top, bottom} of plot-frame.js
 */
export function paint(pen, scene, colour, { width, height }, frame, unit) {
  const box = { x: frame.left, y: frame.top, w: width - frame.left - frame.right, h: height - frame.top - frame.bottom };
  const [from, to] = scene.x.range;
  const [bottom, top] = scene.y.range;
  const px = x => box.x + ((x - from) / (to - from)) * box.w;
  const py = y => box.y + (1 - (y - bottom) / (top - bottom)) * box.h;
  pen.begin(width, height, colour('panel'));
  grid(pen, scene, colour, box, px, py, unit);
  pen.clip(box.x, box.y - 1, box.w, box.h + 2);
  const { scale } = scene;
  if (!scene.exact && scene.curves.length <= MOST_BANDS) {
    for (const { curve, look } of scene.curves) band(pen, curve, scale, px, py, colour(look.hue), 0.16);
  }
  for (const { spread, look } of scene.spreads) band(pen, spread, scale, px, py, colour(look.hue), 0.2);
  for (const { curve, look } of scene.curves) line(pen, curve, curve.last, scale, px, py, colour(look.hue), look.dash, unit);
  for (const { spread, look } of scene.spreads) {
    line(pen, spread, spread.median, scale, px, py, colour(look.hue), look.dash, 1.4 * unit);
  }
  pen.unclip();
  scene.curves.forEach(({ curve, look }, i) => {
    markers(pen, curve, curve.last, scale, px, py, look, colour, i, scene.curves.length, box, unit);
    edges(pen, curve, scale, px, colour(look.hue), colour('panel'), box, unit);
    for (const x of scene.escapes[i]) escapeMark(pen, curve, x, scale, px, py, colour(look.hue), colour('panel'), unit);
  });
  scene.spreads.forEach(({ spread, look }, i) => {
    markers(pen, spread, spread.median, scale, px, py, look, colour, i, scene.spreads.length, box, unit);
    tally(pen, spread, scale, px, py, colour(look.hue), box, unit);
  });
  for (const set of scene.points) {
    for (const { x, value, look } of set.at) {
      const y = Number.isFinite(value) ? scale.to(value) : null;
      if (y === null) continue;
      pen.glyph(look.shape, px(x), py(y), 9 * unit, colour(look.hue), set.hollow, colour('panel'));
    }
  }
}

function grid(pen, scene, colour, box, px, py, unit) {
  const font = 11 * unit;
  for (const { at, label } of scene.y.ticks) {
    const y = py(at);
    pen.line(box.x, y, box.x + box.w, y, colour('line'), 1);
    pen.text(label, box.x - 6 * unit, y, 'right', 'middle', colour('ink-3'), font);
  }
  pen.line(box.x, box.y + box.h, box.x + box.w, box.y + box.h, colour('edge'), 1);
  for (const { at, label } of scene.x.ticks) {
    const x = px(at);
    pen.line(x, box.y + box.h, x, box.y + box.h + 4 * unit, colour('edge'), 1);
    pen.text(label, x, box.y + box.h + 6 * unit, 'center', 'top', colour('ink-3'), font);
  }
  if (scene.scale.kind === 'asinh' && !scene.empty) pen.line(box.x, py(0), box.x + box.w, py(0), colour('ink-3'), 1, [2, 2]);
}

let buffer = new Float64Array(0);
function room(size) {
  if (buffer.length < size) buffer = new Float64Array(2 * size);
  return buffer;
}

/** The line in stretches: broken where a value is no number or has no place, and between two segments. */
function line(pen, curve, values, scale, px, py, colour, dash, unit) {
  const points = room(2 * curve.n);
  let n = 0;
  const end = () => {
    if (n === 1) pen.dot(points[0], points[1], 1.6 * unit, colour);
    else if (n > 1) pen.polyline(points, n, colour, 1.5 * unit, dash);
    n = 0;
  };
  const { segment } = curve;
  for (let i = 0; i < curve.n; i++) {
    const v = values[i];
    const y = Number.isFinite(v) ? scale.to(v) : null;
    if (y === null || (segment && i > 0 && segment[i] !== segment[i - 1])) end();
    if (y === null) continue;
    points[2 * n] = px(curve.x[i]);
    points[2 * n + 1] = py(y);
    n++;
  }
  end();
}

/** Between the extremes of each bucket, or the quartiles; an infinite upper end goes to the top. */
function band(pen, curve, scale, px, py, colour, alpha) {
  const most = curve.n;
  const points = room(4 * most);
  let start = 0;
  while (start < most) {
    let end = start;
    while (end < most && drawable(curve, scale, end) && (!curve.segment || curve.segment[end] === curve.segment[start])) end++;
    const n = end - start;
    if (n > 1) {
      for (let i = 0; i < n; i++) {
        const x = px(curve.x[start + i]);
        points[2 * i] = x;
        points[2 * i + 1] = py(Math.min(1e6, scale.to(curve.high[start + i])));
        points[2 * (2 * n - 1 - i)] = x;
        points[2 * (2 * n - 1 - i) + 1] = py(scale.to(curve.low[start + i]));
      }
      pen.polygon(points, 2 * n, colour, alpha);
    }
    start = Math.max(end, start + 1);
  }
}

function drawable(curve, scale, i) {
  return Number.isFinite(curve.low[i]) && scale.to(curve.low[i]) !== null && !Number.isNaN(curve.high[i]) && curve.high[i] !== -Infinity;
}

/** The run's marker along its line, set off from the others', and at its end. */
function markers(pen, curve, values, scale, px, py, look, colour, place, of, box, unit) {
  const step = MARKER_EVERY * unit;
  let next = box.x + (step * (place + 0.5)) / of;
  for (let i = 0; i < curve.n; i++) {
    const x = px(curve.x[i]);
    const last = i === curve.n - 1;
    if (x < box.x - 1 || x > box.x + box.w + 1 || (x < next && !last)) continue;
    while (next <= x) next += step;
    const y = Number.isFinite(values[i]) ? scale.to(values[i]) : null;
    if (y !== null) pen.glyph(look.shape, x, py(y), 7 * unit, colour(look.hue), isHollow(look.shape), colour('panel'));
  }
}

/** Values that are no numbers on the upper edge, those without a place on a log scale on the lower. */
function edges(pen, curve, scale, px, colour, background, box, unit) {
  let before = -Infinity;
  for (let i = 0; i < curve.n; i++) {
    const bad = curve.bad[i] > 0;
    const floor = Number.isFinite(curve.last[i]) && scale.to(curve.last[i]) === null;
    const x = px(curve.x[i]);
    if ((!bad && !floor) || x - before < 4 * unit) continue;
    before = x;
    if (bad) pen.glyph('up', x, box.y + 5 * unit, 9 * unit, colour, false, background);
    if (floor) pen.glyph('down', x, box.y + box.h - 5 * unit, 8 * unit, colour, true, background);
  }
}

function escapeMark(pen, curve, x, scale, px, py, colour, background, unit) {
  let i = 0;
  while (i < curve.n && curve.x[i] < x) i++;
  if (i === curve.n) return;
  const y = Number.isFinite(curve.last[i]) ? scale.to(curve.last[i]) : null;
  if (y !== null) pen.glyph('up', px(x), py(y) - 9 * unit, 10 * unit, colour, false, background);
}

/** How many runs the median stands for, where the line ends. */
function tally(pen, spread, scale, px, py, colour, box, unit) {
  const i = spread.n - 1;
  const y = Number.isFinite(spread.median[i]) ? scale.to(spread.median[i]) : null;
  if (y === null) return;
  const x = Math.min(px(spread.x[i]), box.x + box.w);
  pen.text(`n ${spread.count[i]}`, x - 6 * unit, py(y) - 9 * unit, 'right', 'middle', colour, 11 * unit);
}
