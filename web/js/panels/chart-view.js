import { computedPoints, valueOf } from '../draw/chart-data.js';
import { themeColour } from '../draw/colours.js';
import { bestSoFar, curveOf, Line } from '../draw/curve.js';
import { count, duration, number } from '../draw/format.js';
import { unit } from '../draw/plot-frame.js';
import { asinh, asinhWidth, linear, log10, padded } from '../draw/scales.js';
import { axisTicks } from '../run/axes.js';
import { lowerBound } from '../run/columns.js';
import { replacedX } from '../run/replaced.js';
import { markOf } from '../run/landmarks.js';
import { boundsOf, seriesOf } from './panel-specs.js';

/** From a run and a panel to what plot.js draws. */

/** Dashes that tell the lines of a panel apart without colour. */
const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3]];

/** The scale of a panel, for the figures it shows. Log where none is below zero, unless the panel says otherwise. */
export function scaleFor(spec, run) {
  if (run.isLinear(spec.id)) return linear;
  if (spec.scale === 'log' || (spec.scale === 'auto' && !signed(spec, run))) return log10;
  return asinh(asinhWidth(figures(spec, run)));
}

function figures(spec, run) {
  const lines = linesOf(spec).flatMap(l => seriesOf(l, run).last);
  const points = (spec.points ?? []).flatMap(p => computedPoints(run, p.name, run.domain, 1000).map(q => q.value));
  return lines.concat(points);
}

function signed(spec, run) {
  return linesOf(spec).some(l => seriesOf(l, run).min.some(v => typeof v === 'number' && v < 0));
}

/** The panel's curves, the main one first. */
export function linesOf(spec) {
  return [...(spec.series || spec.derive ? [spec] : []), ...(spec.lines ?? [])];
}

export function chartView(spec, run, width, height) {
  const { range, columns } = run;
  const scale = scaleFor(spec, run);
  const room = Math.max(100, width);
  const x = run.xColumn(columns);
  const broken = new Set(run.gaps.map(g => g.row));
  const strands = spec.whole ? new Int32Array(columns.length) : run.strands;
  const shared = { x, rows: columns, strands, broken, range, scale, room };
  const curves = linesOf(spec).map((line, i) => {
    const series = seriesOf(line, run);
    const drawn = curveOf({ ...shared, series });
    return {
      name: line.label ?? line.series ?? spec.title,
      colour: themeColour(line.tone ?? 'series'),
      trial: themeColour('tone-trial'),
      dash: DASHES[i % DASHES.length],
      thick: i === 0 ? 1.6 : 1.3,
      drawn,
      replaced: run.replaced.map(({ columns: rows }) => replacedCurve(line, run, rows, { range, scale, room })),
      best: i === 0 && spec.best ? bestLine(series, x, range, scale, room) : null,
    };
  });
  const points = (spec.points ?? []).map(p => ({
    name: p.name,
    shape: p.symbol,
    colour: themeColour(p.tone),
    data: computedPoints(run, p.name, range, width)
      .filter(q => Number.isFinite(q.value))
      .map(q => [q.x, scale.to(q.value)])
      .filter(([, y]) => y !== null),
  }));
  const empty = curves.every(c => c.drawn.path.n + c.drawn.trials.n + c.drawn.edge.length + c.drawn.floor.length === 0) && points.every(p => p.data.length === 0);
  const rules = boundsOf(spec, run.model).map(b => ({ y: scale.to(b.value), label: `${b.label} ${number(b.value)}`, below: b.value < 0 })).filter(r => r.y !== null);
  if (scale.kind === 'asinh' && !empty && (points.length > 0 || crossesZero(curves))) rules.push({ y: 0, label: '', dash: [] });
  const yRange = extent(scale, curves.flatMap(c => [c.drawn, ...c.replaced]), points, empty ? [] : rules);
  return {
    x: { range, ticks: axisTicks(run, range, Math.max(2, Math.floor(width / (90 * unit())))) },
    y: { range: yRange, ticks: empty ? [] : scale.ticks(...yRange, Math.max(2, Math.floor(height / (34 * unit())))) },
    curves,
    points,
    trials: run.view.trials,
    marks: spec.series && !spec.whole && !empty ? marksOn(spec, run, scale, range, yRange) : [],
    rules: empty ? [] : rules,
    rug: spec.rejections ? rejections(run, range) : [],
    scale,
    empty,
    jumps: run.marks.filter(m => m.outcome === 'accepted' || m.outcome === 'proposed').map(m => run.xOfPlace(m)).filter(at => inside(at, range)),
    gaps: run.gaps.map(g => ({ from: run.xOfPlace(g.from), to: run.xOfPlace(g.to), label: `nothing for ${duration(g.seconds)}` })),
    attempts: empty ? [] : run.attempts.map(a => ({ at: run.xOfPlace(a), labels: [`attempt ${a.attempt} from ${count(a.iteration)}`, `attempt ${a.attempt}`, `${a.attempt}`] })).filter(a => inside(a.at, range)),
    tints: tints(run, range, width),
    colours: {
      ink: themeColour('ink-2'),
      quiet: themeColour('ink-3'),
      grid: themeColour('line'),
      panel: themeColour('panel'),
      bad: themeColour('tone-bad'),
      escape: themeColour('tone-escape'),
    },
  };
}

/** A line of what a later attempt rewrote. */
function replacedCurve(line, run, rows, { range, scale, room }) {
  const series = line.derive ? line.derive(rows, run.model.header) : rows.series(line.series);
  const strands = new Int32Array(rows.length);
  return curveOf({ x: replacedX(rows, run.measure), rows, series, strands, broken: null, range, scale, room });
}

/** The lowest value so far, where it is on the scale. */
function bestLine(series, x, [from, to], scale, room) {
  const best = bestSoFar(series);
  const start = Math.max(0, lowerBound(x, from) - 1);
  const end = Math.min(best.length, lowerBound(x, to) + 1);
  const step = Math.max(1, Math.ceil((end - start) / room));
  const line = new Line(false);
  let before = null;
  for (let row = start; row < end; row = row === end - 1 ? end : Math.min(end - 1, row + step)) {
    const y = Number.isNaN(best[row]) ? null : scale.to(best[row]);
    if (y === null) line.begin(true);
    else {
      if (before !== null && y !== before) line.add(x[row], before, before, before);
      line.add(x[row], y, y, y);
    }
    before = y;
  }
  return line;
}

/** Whether the curves have both signs: one of figures far from 0 shows them larger without it. */
function crossesZero(curves) {
  const all = curves.flatMap(c => [c.drawn, ...c.replaced]);
  return all.some(c => c.low <= 0) && all.some(c => c.high >= 0);
}

/** Log scales grow by whole decades, so that the axis rests while the run descends. */
function extent(scale, curves, points, rules) {
  let low = Math.min(...curves.map(c => c.low));
  let high = Math.max(...curves.map(c => c.high));
  for (const p of points) for (const [, y] of p.data) [low, high] = [Math.min(low, y), Math.max(high, y)];
  for (const r of rules) [low, high] = [Math.min(low, r.y), Math.max(high, r.y)];
  if (scale.kind === 'log' && high - low > 1) return [Math.floor(low - 0.15), Math.ceil(high + 0.1)];
  return padded(low, high, 0.1);
}

function inside(x, [from, to]) {
  return x >= from && x <= to;
}

function marksOn(spec, run, scale, range, [, top]) {
  const series = seriesOf(spec, run);
  return run.marks
    .map(m => ({ m, x: run.xOfPlace(m) }))
    .filter(({ x }) => inside(x, range))
    .map(({ m, x }) => {
      const mark = markOf(m);
      const value = valueOf(run.columns, series, m.iteration);
      const y = (Number.isFinite(value) ? scale.to(value) : null) ?? top;
      return { x, y, shape: mark.shape, tone: mark.tone, colour: themeColour(`tone-${mark.tone}`) };
    })
    .sort((a, b) => a.x - b.x);
}

/** Where trials or steps were turned down. */
function rejections(run, range) {
  const { columns } = run;
  const { last } = columns.series('accepted');
  const x = run.xColumn(columns);
  const places = run.model.holding.filter(e => e.kind === 'escape' && e.outcome === 'rejected').map(e => run.xOfPlace(e));
  for (let row = 0; row < columns.length; row++) if (last[row] === 0) places.push(x[row]);
  return places.filter(at => inside(at, range)).sort((a, b) => a - b);
}

/** Phases wide enough to be seen behind a chart; the plain descent stays untinted. */
function tints(run, [from, to], width) {
  const least = (to - from) / width;
  return run.phases
    .filter(p => p.phase !== 'descend')
    .map(p => ({ from: Math.max(from, run.xOfPlace(p.from)), to: Math.min(to, run.xOfPlace(p.to)), phase: p.phase }))
    .filter(p => p.to - p.from >= least)
    .map(p => ({ ...p, colour: themeColour(`phase-${p.phase}`) }));
}
