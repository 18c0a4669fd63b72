import { chartData, landmarkPoints, valueAt } from '../draw/chart-data.js';
import { themeColour } from '../draw/colours.js';
import { count, number } from '../draw/format.js';
import { unit } from '../draw/plot-frame.js';
import { asinh, asinhWidth, linear, linearTicks, log10, padded } from '../draw/scales.js';
import { markOf } from '../run/landmarks.js';

/** From a run and a panel to what chart-option.js draws. */

/** The scale of a panel, for the figures it shows. */
export function scaleFor(spec, run) {
  if (run.isLinear(spec.id)) return linear;
  if (spec.scale === 'log') return log10;
  return asinh(asinhWidth(figures(spec, run)));
}

function figures(spec, run) {
  if (spec.series) return [spec, ...(spec.lines ?? [])].flatMap(l => [...run.model.columns.series(l.series).last]);
  return spec.points.flatMap(p => landmarkPoints(run.model.landmarks.list, p.name, run.axis).map(q => q.value));
}

export function chartView(spec, run, width, height) {
  const { model, range } = run;
  const scale = scaleFor(spec, run);
  const room = Math.max(100, width);
  const drawn = spec.series ? chartData(model.columns, spec.series, run.axis, range, scale, room) : null;
  const lines = (spec.lines ?? []).map(l => ({
    name: l.series,
    colour: themeColour(l.tone),
    drawn: chartData(model.columns, l.series, run.axis, range, scale, room),
  }));
  const points = (spec.points ?? []).map(p => ({
    name: p.name,
    symbol: p.symbol,
    colour: themeColour(p.tone),
    data: landmarkPoints(model.landmarks.list, p.name, run.axis)
      .filter(q => Number.isFinite(q.value) && inside(q.x, range))
      .map(q => [q.x, scale.to(q.value)]),
  }));
  const bound = spec.bound ? model.header?.[spec.bound] : undefined;
  const boundAt = bound === undefined ? null : scale.to(bound);
  const empty = (drawn ? drawn.line.length + drawn.edge.length : points.reduce((n, p) => n + p.data.length, 0)) === 0;
  const rules = boundAt === null ? [] : [{ y: boundAt, label: `bound ${number(bound)}` }];
  if (scale.kind === 'asinh' && !empty) rules.push({ y: 0, label: '' });
  const yRange = extent(scale, [drawn, ...lines.map(l => l.drawn)], points, rules);
  const marks = spec.series ? marksOn(spec, run, scale, range, yRange) : [];
  return {
    x: { range, ticks: xTicks(run.axis, range, width) },
    y: { range: yRange, ticks: empty ? [] : scale.ticks(...yRange, Math.max(2, Math.floor(height / (34 * unit())))) },
    drawn,
    lines,
    points,
    marks,
    rules,
    scale,
    empty,
    jumps: run.marks
      .filter(m => m.outcome === 'accepted' || m.outcome === 'proposed')
      .map(m => m[run.axis])
      .filter(at => inside(at, range)),
    tints: tints(run, range, width),
    colours: {
      ink: themeColour('ink-2'),
      quiet: themeColour('ink-3'),
      grid: themeColour('line'),
      panel: themeColour('panel'),
      series: themeColour('series'),
      bad: themeColour('tone-bad'),
      escape: themeColour('tone-escape'),
    },
  };
}

export function xTicks(axis, [from, to], width) {
  const ticks = linearTicks(from, to, Math.max(2, Math.floor(width / (90 * unit()))));
  if (axis === 'elapsed') return ticks.map(t => ({ at: t.at, label: `${t.label} s` }));
  return ticks.filter(t => Number.isInteger(t.at)).map(t => ({ at: t.at, label: count(t.at) }));
}

/** Log scales grow by whole decades, so that the axis rests while the run descends. */
function extent(scale, curves, points, rules) {
  let low = Math.min(...curves.map(c => c?.low ?? Infinity));
  let high = Math.max(...curves.map(c => c?.high ?? -Infinity));
  for (const p of points) for (const [, y] of p.data) [low, high] = [Math.min(low, y), Math.max(high, y)];
  for (const r of rules) [low, high] = [Math.min(low, r.y), Math.max(high, r.y)];
  if (scale.kind === 'log' && high - low > 1) return [Math.floor(low - 0.15), Math.ceil(high + 0.1)];
  return padded(low, high, 0.1);
}

function inside(x, [from, to]) {
  return x >= from && x <= to;
}

/** Landmarks above the curve, or below it where there is no room; those at one place are stacked. */
function marksOn(spec, run, scale, range, [bottom, top]) {
  const stacks = new Map();
  return run.marks
    .filter(m => inside(m[run.axis], range))
    .map(m => {
      const mark = markOf(m);
      const value = valueAt(run.model.columns, spec.series, m.iteration);
      const y = (Number.isFinite(value) ? scale.to(value) : null) ?? top;
      const stack = (stacks.get(m.iteration) ?? 0) + 1;
      stacks.set(m.iteration, stack);
      const upwards = (top - y) / (top - bottom) > 0.3;
      return {
        x: m[run.axis],
        y,
        shape: mark.shape,
        colour: themeColour(`tone-${mark.tone}`),
        stack: upwards ? stack : -stack,
      };
    });
}

/** Phases wide enough to be seen behind a chart; the plain descent stays untinted. */
function tints(run, [from, to], width) {
  const least = (to - from) / width;
  return run.phases
    .filter(p => p.phase !== 'descend')
    .map(p => ({ from: Math.max(from, p.from[run.axis]), to: Math.min(to, p.to[run.axis]), phase: p.phase }))
    .filter(p => p.to - p.from >= least)
    .map(p => ({ ...p, colour: themeColour(`phase-${p.phase}`) }));
}
