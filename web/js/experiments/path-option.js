import { number } from '../draw/format.js';
import { linear } from '../draw/scales.js';
import { looksOf, symbolOf } from './looks.js';
import { common, escaped, FONT, ticksOf, valueAxis } from './plane.js';

/** Which coordinates each of the three views shows: from above, from the front, from the side. */
const VIEWS = [
  [0, 1],
  [0, 2],
  [1, 2],
];
const GAP = 54;

/** Whether the three views stand one below the other. */
export function stacked(width) {
  return width < 620;
}

/** Paths in space as three orthogonal projections at one scale, so that lengths can be compared. */
export function pathOption(figure, view) {
  const looks = looksOf(figure.series);
  const shown = figure.series.map((s, i) => ({ ...s, look: looks[i] })).filter(s => !view.hidden.has(s.name));
  const points = shown.flatMap(s => s.points.filter(finite));
  const centre = [];
  let half = 0;
  for (const k of [0, 1, 2]) {
    const low = Math.min(...points.map(p => p[k]));
    const high = Math.max(...points.map(p => p[k]));
    centre[k] = points.length > 0 ? (low + high) / 2 : 0;
    half = Math.max(half, points.length > 0 ? (high - low) / 2 : 0);
  }
  half = half > 0 ? half * 1.1 : 1;
  const range = k => [centre[k] - half, centre[k] + half];
  const down = stacked(view.width);
  const width = down ? view.width - GAP - 16 : (view.width - 3 * GAP - 16) / 3;
  const height = down ? (view.height - view.top - 3 * GAP) / 3 : view.height - view.top - GAP;
  const side = Math.max(40, Math.min(width, height));
  const panels = VIEWS.map(([a, b], i) => ({
    a,
    b,
    grid: down
      ? { left: GAP, top: view.top + 8 + i * (side + GAP), width: side, height: side }
      : { left: GAP + i * (side + GAP), top: view.top + 8, width: side, height: side },
  }));
  const axis = (k, i, vertical) =>
    valueAxis(
      {
        title: figure.axes[k],
        range: range(k),
        ticks: ticksOf(linear, range(k), side, vertical ? 40 : 55),
        gap: vertical ? 30 : 24,
        vertical,
        gridIndex: i,
      },
      view,
    );
  return {
    ...common(view),
    grid: panels.map(p => p.grid),
    xAxis: panels.map((p, i) => axis(p.a, i, false)),
    yAxis: panels.map((p, i) => axis(p.b, i, true)),
    tooltip: { ...common(view).tooltip, trigger: 'item', formatter: p => (p.seriesName ? tip(p) : '') },
    series: panels.flatMap((p, i) => shown.flatMap(s => [line(s, p, i, view), ends(s, p, i, view)])),
  };
}

function finite(point) {
  return Array.isArray(point) && point.every(v => Number.isFinite(v));
}

function line({ name, look, points }, { a, b }, panel, view) {
  const colour = view.colour(look.hue);
  return {
    type: 'line',
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: points.map(p => (finite(p) ? [p[a], p[b]] : [null, null])),
    symbol: 'circle',
    symbolSize: points.length > 60 ? 2 : 4,
    lineStyle: { color: colour, width: 1.5, type: look.dash },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    clip: true,
  };
}

/** A ring where the path starts, a filled mark where it ends. */
function ends({ name, look, points }, { a, b }, panel, view) {
  const known = points.filter(finite);
  const colour = view.colour(look.hue);
  const at = [
    [known[0], { color: view.colour('panel'), borderColor: colour, borderWidth: 2 }],
    [known.at(-1), { color: colour, borderColor: view.colour('panel'), borderWidth: 1 }],
  ];
  return {
    type: 'scatter',
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    symbolSize: 10,
    symbol: symbolOf(look),
    z: 5,
    data: known.length === 0 ? [] : at.map(([p, itemStyle]) => ({ value: [p[a], p[b]], itemStyle })),
    label: { fontSize: FONT },
  };
}

function tip(p) {
  return `${escaped(p.seriesName)}<br>(${p.value.map(v => number(v)).join(', ')})`;
}
