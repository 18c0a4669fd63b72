import { withAlpha } from '../draw/colours.js';
import { isHollow } from '../draw/glyphs.js';

/** Draws a scene with a pen of draw/: a canvas on the page, SVG for a file. */

/** Distance of the markers along a line, px as designed. */
const MARKER_EVERY = 130;
/** Bands of more runs than this would only make mud. */
const MOST_BANDS = 8;

/**
 * @param pen     of draw/pen.js or draw/svg-pen.js
 * @param colour  from a name of theme.css to a colour
 * @param size    {width, height} of the whole chart, px
 * @param frame   {left, right, top, bottom} of plot-frame.js
 */
export function paint(pen, scene, colour, { width, height }, frame, unit) {
  const box = { x: frame.left, y: frame.top, w: width - frame.left - frame.right, h: height - frame.top - frame.bottom };
  const [from, to] = scene.x.range;
  const [bottom, top] = scene.y.range;
  const at = {
    px: x => box.x + ((x - from) / (to - from)) * box.w,
    py: y => box.y + (1 - (y - bottom) / (top - bottom)) * box.h,
    scale: scene.scale,
    box,
    unit,
    colour,
  };
  pen.rect(0, 0, width, height, colour('panel'));
  grid(pen, scene, at);
  pen.within(box.x, box.y - 1, box.w, box.h + 2, () => {
    if (!scene.exact && scene.curves.length <= MOST_BANDS) {
      for (const { curve, look } of scene.curves) band(pen, curve, at, withAlpha(colour(look.hue), 0.16));
    }
    for (const { spread, look } of scene.spreads) band(pen, spread, at, withAlpha(colour(look.hue), 0.2));
    for (const { curve, look } of scene.curves) line(pen, curve, curve.last, at, look, 1.5 * unit);
    for (const { spread, look } of scene.spreads) line(pen, spread, spread.median, at, look, 2 * unit);
  });
  scene.curves.forEach(({ curve, look }, i) => {
    markers(pen, curve, curve.last, at, look, i, scene.curves.length);
    edges(pen, curve, at, colour(look.hue));
    for (const x of scene.escapes[i]) escapeMark(pen, curve, x, at, colour(look.hue));
  });
  scene.spreads.forEach(({ spread, look }, i) => {
    markers(pen, spread, spread.median, at, look, i, scene.spreads.length);
  });
  tallies(pen, scene.spreads, at);
  for (const set of scene.points) for (const point of set.at) mark(pen, point, set.hollow, at);
}

function grid(pen, scene, { px, py, box, unit, colour }) {
  const thin = tone => ({ colour: colour(tone), width: 1 });
  const words = { fill: colour('ink-3'), size: 11 * unit };
  for (const { at, label } of scene.y.ticks) {
    pen.segment(box.x, py(at), box.x + box.w, py(at), thin('line'));
    pen.text(label, box.x - 6 * unit, py(at), { ...words, align: 'right' });
  }
  const floor = box.y + box.h;
  pen.segment(box.x, floor, box.x + box.w, floor, thin('edge'));
  for (const { at, label } of scene.x.ticks) {
    pen.segment(px(at), floor, px(at), floor + 4 * unit, thin('edge'));
    pen.text(label, px(at), floor + 12 * unit, { ...words, align: 'center' });
  }
  if (scene.scale.kind === 'asinh' && !scene.empty) {
    pen.segment(box.x, py(0), box.x + box.w, py(0), { ...thin('ink-3'), dash: [2, 2] });
  }
}

/** Arrays for points, used again for every line. */
const room = { xs: new Float64Array(0), ys: new Float64Array(0), lifted: new Uint8Array(0), area: new Float64Array(0) };

function reserve(n) {
  if (room.xs.length >= n) return room;
  Object.assign(room, {
    xs: new Float64Array(2 * n),
    ys: new Float64Array(2 * n),
    lifted: new Uint8Array(2 * n),
    area: new Float64Array(8 * n),
  });
  return room;
}

/** Where a value is drawn, or null where it is no number or has no place on the scale. */
function placeOf(value, scale) {
  return Number.isFinite(value) ? scale.to(value) : null;
}

/** The line, with the pen lifted where a value cannot be drawn and between two segments; a stretch of one point is a dot. */
function line(pen, curve, values, { px, py, scale, unit, colour }, look, width) {
  const { xs, ys, lifted } = reserve(curve.n);
  const { segment } = curve;
  let n = 0;
  let broken = true;
  for (let i = 0; i < curve.n; i++) {
    const y = placeOf(values[i], scale);
    if (segment && i > 0 && segment[i] !== segment[i - 1]) broken = true;
    if (y === null) {
      broken = true;
      continue;
    }
    xs[n] = px(curve.x[i]);
    ys[n] = py(y);
    lifted[n] = broken ? 1 : 0;
    broken = false;
    n++;
  }
  pen.polyline(n, xs, ys, lifted, { colour: colour(look.hue), width, dash: look.dash });
  for (let i = 0; i < n; i++) {
    if (lifted[i] && (i === n - 1 || lifted[i + 1])) pen.glyph('dot', xs[i], ys[i], 9 * unit, colour(look.hue));
  }
}

/** Between the extremes of each bucket, or the quartiles; an infinite upper end goes to the top. */
function band(pen, curve, { px, py, scale, box }, fill) {
  const { area } = reserve(curve.n);
  let start = 0;
  while (start < curve.n) {
    let end = start;
    while (end < curve.n && banded(curve, scale, end) && (!curve.segment || curve.segment[end] === curve.segment[start])) end++;
    const n = end - start;
    for (let i = 0; i < n; i++) {
      const x = px(curve.x[start + i]);
      const high = curve.high[start + i];
      area[2 * i] = x;
      area[2 * i + 1] = high === Infinity ? box.y : py(scale.to(high));
      area[2 * (2 * n - 1 - i)] = x;
      area[2 * (2 * n - 1 - i) + 1] = py(scale.to(curve.low[start + i]));
    }
    if (n > 1) pen.area(area.subarray(0, 4 * n), fill);
    start = Math.max(end, start + 1);
  }
}

function banded(curve, scale, i) {
  return placeOf(curve.low[i], scale) !== null && curve.high[i] > -Infinity;
}

/** The run's marker along its line, set off from the others', and at its end. */
function markers(pen, curve, values, { px, py, scale, box, unit, colour }, look, place, of) {
  const step = MARKER_EVERY * unit;
  let next = box.x + (step * (place + 0.5)) / of;
  for (let i = 0; i < curve.n; i++) {
    const x = px(curve.x[i]);
    const last = i === curve.n - 1;
    if (x < box.x - 1 || x > box.x + box.w + 1 || (x < next && !last)) continue;
    while (next <= x) next += step;
    const y = placeOf(values[i], scale);
    if (y !== null) pen.glyph(look.shape, x, py(y), 7 * unit, colour(look.hue), colour('panel'));
  }
}

/** Values that are no numbers on the upper edge, those without a place on a log scale on the lower. */
function edges(pen, curve, { px, scale, box, unit, colour }, hue) {
  let before = -Infinity;
  for (let i = 0; i < curve.n; i++) {
    const bad = curve.bad[i] > 0;
    const floor = Number.isFinite(curve.last[i]) && scale.to(curve.last[i]) === null;
    const x = px(curve.x[i]);
    if ((!bad && !floor) || x - before < 4 * unit || x < box.x - 1 || x > box.x + box.w + 1) continue;
    before = x;
    if (bad) pen.glyph('up', x, box.y + 5 * unit, 9 * unit, hue, colour('panel'));
    if (floor) pen.glyph('down', x, box.y + box.h - 5 * unit, 8 * unit, hue, colour('panel'));
  }
}

function escapeMark(pen, curve, x, { px, py, scale, unit, colour }, hue) {
  let i = 0;
  while (i < curve.n && curve.x[i] < x) i++;
  const y = i < curve.n ? placeOf(curve.last[i], scale) : null;
  if (y !== null) pen.glyph('up', px(x), py(y) - 9 * unit, 10 * unit, hue, colour('panel'));
}

/** A point in the run's marker; of the second figure with a hole. */
function mark(pen, { x, value, look }, hollow, { px, py, scale, unit, colour }) {
  const y = placeOf(value, scale);
  if (y === null) return;
  pen.glyph(look.shape, px(x), py(y), 9 * unit, colour(look.hue), colour('panel'));
  if (hollow && !isHollow(look.shape)) pen.glyph(look.shape, px(x), py(y), 4.5 * unit, colour('panel'));
}

/** How many runs each median stands for where its line ends; said once where it is the same for all. */
function tallies(pen, spreads, { py, scale, box, unit, colour }) {
  const ends = spreads
    .map(({ spread, look }) => ({ n: spread.count[spread.n - 1], y: placeOf(spread.median[spread.n - 1], scale), look }))
    .filter(({ y }) => y !== null)
    .map(end => ({ ...end, y: py(end.y) - 9 * unit }))
    .sort((a, b) => a.y - b.y);
  const x = box.x + box.w - 6 * unit;
  const words = { size: 11 * unit, align: 'right' };
  if (ends.length > 1 && ends.every(end => end.n === ends[0].n)) {
    pen.text(`n ${ends[0].n} each`, x, box.y + 8 * unit, { ...words, fill: colour('ink-3') });
    return;
  }
  const step = 13 * unit;
  const floor = box.y + box.h - 6 * unit;
  ends.forEach((end, i) => {
    end.y = Math.max(end.y, i === 0 ? box.y + 8 * unit : ends[i - 1].y + step);
  });
  for (let i = ends.length - 1, most = floor; i >= 0; i--, most -= step) {
    ends[i].y = Math.min(ends[i].y, most);
    pen.text(`n ${ends[i].n}`, x, ends[i].y, { ...words, fill: colour(ends[i].look.hue) });
  }
}
