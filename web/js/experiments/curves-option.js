import { number } from '../draw/format.js';
import { looksOf, straightLines, symbolOf } from './looks.js';
import { axisTitle, common, escaped, leftOf, placed, rangeOf, scaleOf, ticksOf, valueAxis } from './plane.js';

/** Marks on a curve, so that it is told from its neighbours without its colour. */
const MARKS = 7;
/** Up to so many points each one gets a mark. */
const FEW = 12;

/** A series as pairs. */
export function pairs({ x, y }) {
  return x.map((at, i) => [at, y[i] ?? null]);
}

/** Curves over a pair of axes; or points over one, with lines that are straight on the scales that are drawn. */
export function curvesOption(figure, view) {
  const xScale = scaleOf(figure.x);
  const yScale = scaleOf(figure.y, view.scale);
  const looks = looksOf(figure.series);
  const shown = figure.series
    .map((series, i) => ({ name: series.name, look: looks[i], points: pairs(series) }))
    .filter(s => !view.hidden.has(s.name))
    .map(s => ({ ...s, data: s.points.map(([x, y]) => [placed(x, xScale), placed(y, yScale)]) }));
  const xs = shown.flatMap(s => s.data.map(p => p[0]));
  const xRange = rangeOf(xs, xScale, figure.kind === 'scatter' ? 0.06 : 0);
  const yRange = rangeOf(
    shown.flatMap(s => s.data.map(p => p[1])),
    yScale,
  );
  const yTicks = ticksOf(yScale, yRange, view.height - view.top - 60, 34);
  const { left, gap } = leftOf(yTicks);
  const xTicks = ticksOf(xScale, xRange, view.width - left - 20, 70);
  const scatter = figure.kind === 'scatter';
  return {
    ...common(view),
    grid: { left, right: 18, top: view.top + 10, bottom: 44 },
    xAxis: valueAxis({ title: axisTitle(figure.x), range: xRange, ticks: xTicks, gap: 26 }, view),
    yAxis: valueAxis({ title: axisTitle(figure.y), range: yRange, ticks: yTicks, gap, vertical: true }, view),
    tooltip: {
      ...common(view).tooltip,
      trigger: scatter ? 'item' : 'axis',
      axisPointer: { type: 'line', lineStyle: { color: view.colour('ink-3'), type: 'dashed' } },
      formatter: found => tip([found].flat(), figure, xScale, yScale),
    },
    series: [
      ...shown.map(s => (scatter ? cloud(s, view) : line(s, view))),
      floor(shown, yRange, view),
      ...straightLines(figure)
        .filter(l => !view.hidden.has(l.name))
        .map(l => straight(l, xRange, view)),
    ],
  };
}

function line({ name, look, data }, view) {
  const colour = view.colour(look.hue);
  const known = data.flatMap(([x, y], i) => (x === null || y === null ? [] : [i]));
  const marked = new Set(
    known.length <= FEW
      ? known
      : Array.from({ length: MARKS }, (_, k) => known[Math.floor(((k + 0.5) * known.length) / MARKS)]),
  );
  const mark = {
    symbol: symbolOf(look),
    symbolSize: 7,
    itemStyle: look.paper ? { color: view.colour('panel'), borderColor: colour, borderWidth: 1.4 } : { color: colour },
  };
  return {
    type: 'line',
    name,
    symbol: 'none',
    showAllSymbol: true,
    data: data.map((value, i) => (marked.has(i) ? { value, ...mark } : { value })),
    lineStyle: { color: colour, width: 1.7, type: look.dash },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    connectNulls: false,
    clip: true,
  };
}

function cloud({ name, look, data }, view) {
  const colour = view.colour(look.hue);
  return {
    type: 'scatter',
    name,
    symbol: symbolOf(look),
    symbolSize: data.length > 200 ? 5 : 8,
    data: data.filter(([x, y]) => x !== null && y !== null),
    itemStyle: look.paper
      ? { color: 'transparent', borderColor: colour, borderWidth: 1.4 }
      : { color: colour, opacity: data.length > 60 ? 0.6 : 0.9 },
  };
}

/** Zeros have no place on a log scale: a triangle at the lower edge where a stretch of them begins. */
function floor(shown, [bottom], view) {
  const data = [];
  for (const { points, data: places, look } of shown) {
    points.forEach(([, y], i) => {
      const first = y === 0 && places[i][1] === null && places[i][0] !== null && points[i - 1]?.[1] !== 0;
      if (first)
        data.push({
          value: [places[i][0], bottom],
          itemStyle: { color: view.colour('panel'), borderColor: view.colour(look.hue), borderWidth: 1.4 },
        });
    });
  }
  return {
    type: 'scatter',
    name: '',
    symbol: 'triangle',
    symbolRotate: 180,
    symbolSize: 8,
    symbolOffset: [0, -4],
    silent: true,
    tooltip: { show: false },
    data,
  };
}

function straight({ name, look, intercept, slope }, [low, high], view) {
  const colour = view.colour(look.hue);
  return {
    type: 'line',
    name,
    symbol: 'none',
    silent: true,
    clip: true,
    data: [low, high].map(x => [x, intercept + slope.value * x]),
    lineStyle: { color: colour, width: 1.6, type: look.dash },
    itemStyle: { color: colour },
  };
}

function tip(found, figure, xScale, yScale) {
  const known = found.filter(p => p.seriesName && Array.isArray(p.value) && p.value[1] !== null);
  if (known.length === 0) return '';
  const rows = known.map(p => `${escaped(p.seriesName)} <b>${number(round(yScale.from(p.value[1])))}</b>`);
  return [`${escaped(axisTitle(figure.x))} ${number(round(xScale.from(known[0].value[0])))}`, ...rows].join('<br>');
}

/** What a trip to the scale and back left behind the twelfth digit is no news. */
function round(value) {
  return Number(value.toPrecision(12));
}
