import { count, number } from '../draw/format.js';
import { asinh, asinhWidth, linear, linearTicks, log10, padded } from '../draw/scales.js';

/**
 * What a chart of a comparison shows, in figures and pixels' worth of resolution, not yet drawn: curves or spreads, points, ranges,
 * ticks, and what could not be drawn.
 */

/**
 * @param spec  of panel-specs.js
 * @param width of the plot, px
 */
export function sceneOf(spec, comparison, width, height, unit = 1) {
  const bucket = comparison.width(Math.max(50, Math.floor(width / 2)));
  const points = (spec.points ?? []).map((p, i) => ({ ...p, hollow: i > 0, at: comparison.points(p.name) }));
  const curves = spec.series && !comparison.grouped ? comparison.curves(spec.series, bucket) : [];
  const spreads = spec.series && comparison.grouped ? comparison.spreads(spec.series, bucket) : [];
  const scale = scaleOf(spec, comparison.isLinear(spec.id), curves, spreads, points);
  const extent = extentOf(scale, curves, spreads, points);
  const { range } = comparison;
  const empty = curves.length + spreads.length + points.reduce((n, p) => n + p.at.length, 0) === 0;
  return {
    spec,
    scale,
    bucket,
    curves,
    spreads,
    points,
    empty,
    /** Whether a bucket is one iteration, so that it has no extremes beside its value. */
    exact: bucket === 1 && (comparison.align === 'iteration' || comparison.align === 'escape'),
    x: { range, ticks: xTicks(comparison.align, range, Math.max(2, Math.floor(width / (90 * unit)))) },
    y: {
      range: extent,
      ticks: empty ? [] : scale.ticks(...extent, Math.max(2, Math.floor(height / (34 * unit)))),
    },
    escapes: comparison.grouped ? [] : curves.map(c => comparison.escapes(c.run)),
    lost: lostOf(scale, curves),
  };
}

/** Logarithmic where nothing is below zero, asinh for signed figures. */
function scaleOf(spec, isLinear, curves, spreads, points) {
  if (isLinear) return linear;
  if (spec.series) {
    const lines = [...curves.map(c => c.curve), ...spreads.map(s => s.spread)];
    const negative = spec.scale === 'auto' && lines.some(l => l.low.subarray(0, l.n).some(v => v < 0));
    return negative ? asinh(asinhWidth(lines.flatMap(l => [...l.high.subarray(0, l.n)]))) : log10;
  }
  return asinh(asinhWidth(points.flatMap(p => p.at.map(q => q.value))));
}

function extentOf(scale, curves, spreads, points) {
  let low = Infinity;
  let high = -Infinity;
  const take = v => {
    const y = Number.isFinite(v) ? scale.to(v) : null;
    if (y === null) return;
    if (y < low) low = y;
    if (y > high) high = y;
  };
  for (const { curve } of curves) {
    for (let i = 0; i < curve.n; i++) {
      take(curve.low[i]);
      take(curve.high[i]);
    }
  }
  for (const { spread } of spreads) {
    for (let i = 0; i < spread.n; i++) {
      take(spread.low[i]);
      take(spread.median[i]);
      take(spread.high[i]);
    }
  }
  for (const p of points) for (const q of p.at) take(q.value);
  if (points.length > 0 && scale.kind !== 'log') take(0);
  if (scale.kind === 'log' && high - low > 1) return [Math.floor(low - 0.15), Math.ceil(high + 0.1)];
  return padded(low, high, 0.1);
}

/** Figures that the scale has no place for, and those that are no numbers. */
function lostOf(scale, curves) {
  let floor = 0;
  let bad = 0;
  const runs = [];
  for (const { curve, run } of curves) {
    let mine = 0;
    for (let i = 0; i < curve.n; i++) {
      mine += curve.bad[i];
      if (Number.isFinite(curve.last[i]) && scale.to(curve.last[i]) === null) floor++;
    }
    if (mine > 0) runs.push(run.name);
    bad += mine;
  }
  return { floor, bad, runs };
}

export function xTicks(align, [from, to], most) {
  const ticks = linearTicks(from, to, most);
  if (align === 'relative') return ticks.map(t => ({ at: t.at, label: `${number(Number((t.at * 100).toPrecision(6)))} %` }));
  if (align === 'elapsed') return ticks.map(t => ({ at: t.at, label: `${t.label} s` }));
  if (align === 'oracle') return ticks;
  return ticks
    .filter(t => Number.isInteger(t.at))
    .map(t => ({ at: t.at, label: t.at < 0 ? `\u2212${count(-t.at)}` : count(t.at) }));
}

/** The resolution, which all runs of a chart share. */
export function badge(align, bucket) {
  switch (align) {
    case 'elapsed':
      return `buckets of ${number(bucket)} s for all, min–max shown`;
    case 'relative':
      return `buckets of 1/${count(1 / bucket)} of a run, min–max shown`;
    case 'oracle':
      return `buckets of ${number(bucket)} oracle calls for all, min–max shown`;
    default:
      return bucket === 1 ? 'every iteration' : `1:${count(bucket)} buckets for all, min–max shown`;
  }
}

/** Value of a curve or spread where the cursor stands: {value, n}, or null before its beginning. */
export function readingAt(curve, x) {
  let low = 0;
  let high = curve.n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (curve.x[middle] <= x) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return null;
  const i = low - 1;
  return { value: curve.median ? curve.median[i] : curve.last[i], n: curve.count?.[i] ?? null };
}
