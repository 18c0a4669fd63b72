import { GLYPHS, isHollow } from './glyphs.js';
import { withAlpha } from './colours.js';

/** Size of letters on axes, px, as designed. */
const FONT = 11;

/**
 * The ECharts option of a panel. All y are already on the panel's scale; ECharts draws a plain grid.
 *
 * @param x       {range, ticks}
 * @param y       {range, ticks}
 * @param drawn   of chart-data.js, or null where only points are shown
 * @param lines   [{name, colour, drawn}] further curves
 * @param points  [{name, symbol, colour, data: [[x, y]]}]
 * @param marks   [{x, y, shape, colour, stack}] landmarks on the curve
 * @param jumps   x of escapes
 * @param tints   [{from, to, colour}] phases
 * @param rules   [{y, label, dashed}] horizontal lines
 * @param colours {ink, quiet, grid, panel, series, bad}
 * @param frame   of plot-frame.js
 * @param unit    how much larger than designed symbols and letters are
 */
export function chartOption({ x, y, drawn, lines, points, marks, jumps, tints, rules, colours, frame, unit }) {
  const [bottom, top] = y.range;
  return {
    animation: false,
    grid: frame,
    xAxis: axis(x, colours, unit, { axisLine: { show: true, onZero: false, lineStyle: { color: colours.grid } } }),
    yAxis: axis(y, colours, unit, {
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.grid, width: 1 } },
    }),
    series: [
      band(drawn?.bands ?? [], colours.series),
      {
        id: 'line',
        type: 'line',
        data: drawn?.line ?? [],
        silent: true,
        showSymbol: (drawn?.line.length ?? 0) < 2,
        symbolSize: 5,
        symbol: 'circle',
        lineStyle: { color: colours.series, width: 1.5 * unit },
        itemStyle: { color: colours.series },
        connectNulls: false,
        markArea: {
          silent: true,
          data: tints.map(t => [{ xAxis: t.from, itemStyle: { color: withAlpha(t.colour, 0.09) } }, { xAxis: t.to }]),
        },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: [...jumps.map(at => jumpLine(at, colours)), ...rules.map(r => rule(r, colours, unit))],
        },
      },
      ...lines.flatMap(l => [
        band(l.drawn.bands, l.colour, l.name),
        {
          id: `line ${l.name}`,
          type: 'line',
          data: l.drawn.line,
          silent: true,
          showSymbol: l.drawn.line.length < 2,
          symbolSize: 5,
          symbol: 'circle',
          lineStyle: { color: l.colour, width: 1.5 * unit },
          itemStyle: { color: l.colour },
          connectNulls: false,
        },
      ]),
      scatter(
        'floor',
        (drawn?.floor ?? []).map(at => symbolAt(at, bottom, 'down', colours.quiet, 8 * unit, [0, -5 * unit], true)),
      ),
      scatter(
        'edge',
        (drawn?.edge ?? []).map(e =>
          e.value === -Infinity
            ? symbolAt(e.x, bottom, 'down', colours.bad, 10 * unit, [0, -6 * unit])
            : symbolAt(e.x, top, 'up', colours.bad, 10 * unit, [0, 6 * unit]),
        ),
      ),
      ...points.map(p => ({
        ...scatter(p.name, p.data),
        symbol: `path://${GLYPHS[p.symbol]}`,
        symbolSize: 9 * unit,
        itemStyle: { color: p.colour },
      })),
      scatter(
        'marks',
        marks.map(m =>
          symbolAt(m.x, m.y, m.shape, m.colour, 12 * unit, [0, -13 * unit * m.stack], isHollow(m.shape), colours.panel),
        ),
      ),
    ],
  };
}

function axis({ range, ticks }, colours, unit, more) {
  const labels = new Map(ticks.map(t => [t.at, t.label]));
  const values = ticks.map(t => t.at);
  return {
    type: 'value',
    min: range[0],
    max: range[1],
    axisTick: { show: false, customValues: values },
    axisLabel: {
      customValues: values,
      formatter: at => labels.get(at) ?? '',
      color: colours.quiet,
      fontSize: FONT * unit,
      hideOverlap: true,
      margin: 7,
    },
    splitLine: { show: false },
    ...more,
  };
}

/** Extremes of buckets as one filled shape per stretch. */
function band(bands, colour, name = '') {
  return {
    id: `band ${name}`,
    type: 'custom',
    silent: true,
    clip: true,
    data: bands.map((_, i) => [i]),
    encode: { x: -1, y: -1 },
    renderItem: (params, api) => {
      const stretch = bands[params.dataIndex];
      if (!stretch) return null;
      const above = stretch.map(([at, , high]) => api.coord([at, high]));
      const below = stretch.map(([at, low]) => api.coord([at, low])).reverse();
      return { type: 'polygon', shape: { points: [...above, ...below] }, style: { fill: withAlpha(colour, 0.22) } };
    },
  };
}

function scatter(id, data) {
  return { id, type: 'scatter', data, silent: true, clip: false, z: 5, animation: false };
}

function symbolAt(x, y, shape, colour, size, offset, hollow = false, fill = 'transparent') {
  return {
    value: [x, y],
    symbol: `path://${GLYPHS[shape]}`,
    symbolSize: size,
    symbolOffset: offset,
    itemStyle: hollow
      ? { color: fill, borderColor: colour, borderWidth: 1.5, opacity: 1 }
      : { color: colour, borderColor: fill, borderWidth: 1, opacity: 1 },
  };
}

function jumpLine(at, colours) {
  return { xAxis: at, lineStyle: { color: colours.escape, width: 1, type: [3, 3] }, label: { show: false } };
}

function rule({ y, label }, colours, unit) {
  return {
    yAxis: y,
    lineStyle: { color: colours.ink, width: 1, type: 'dotted', opacity: 0.7 },
    label: {
      show: Boolean(label),
      formatter: label,
      position: 'insideStartTop',
      color: colours.quiet,
      fontSize: FONT * unit,
    },
  };
}
