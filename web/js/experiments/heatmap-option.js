import { number } from '../draw/format.js';
import { heat } from './looks.js';
import { common, escaped, FONT, LETTER, placed, scaleOf, shortened, ticksOf } from './plane.js';

/** A log scale is the first choice where all values are positive and span more than this. */
const WIDE = 1e3;
const BAR = 12;

/** "linear" or "log": the figure's own word, else by its values. */
export function heatScale(figure) {
  if (figure.scale) return figure.scale;
  const known = figure.values.flat().filter(v => Number.isFinite(v));
  const low = Math.min(...known);
  return known.length > 0 && low > 0 && Math.max(...known) / low > WIDE ? 'log' : 'linear';
}

/** A coloured cell for each pair, with its value where there is room; what is not known is crossed out. */
export function heatmapOption(figure, view) {
  const scale = scaleOf(null, view.scale ?? heatScale(figure));
  const places = figure.values.map(row => row.map(v => placed(v, scale)));
  const [low, high] = extent(places.flat(), scale, figure);
  const letters = Math.max(1, ...figure.values.flat().map(v => number(v).length));
  const rowLetters = Math.min(18, Math.max(1, ...figure.rows.map(r => r.length)));
  const left = Math.round(34 + rowLetters * LETTER);
  const barTicks = ticksOf(scale, [low, high], view.height - view.top - 70, 34);
  const right = Math.round(28 + BAR + Math.max(2, ...barTicks.map(t => t.label.length)) * LETTER + 18);
  const band = (view.width - left - right) / Math.max(1, figure.columns.length);
  const every = Math.max(
    1,
    Math.ceil((Math.max(1, ...figure.columns.map(c => Math.min(8, c.length))) * LETTER + 6) / band),
  );
  const wraps =
    every === 1 ? Math.min(3, Math.max(1, ...figure.columns.map(c => Math.ceil((c.length * LETTER) / (band - 2))))) : 1;
  const rowBand = (view.height - view.top - 58) / Math.max(1, figure.rows.length);
  const grid = { left, right, top: view.top + 8, bottom: 32 + 14 * wraps };
  const names = (data, title, gap) => ({
    type: 'category',
    data,
    name: title,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: view.colour('ink-2'), fontSize: FONT },
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { show: false },
  });
  const label = { color: view.colour('ink-2'), fontSize: FONT };
  return {
    ...common(view),
    grid,
    xAxis: {
      ...names(figure.columns, figure.columnTitle, 12 + 14 * wraps),
      axisLabel: {
        ...label,
        interval: every - 1,
        ...(every === 1 ? { width: band - 2, overflow: 'break', lineHeight: 14 } : {}),
      },
    },
    yAxis: {
      ...names(figure.rows, figure.rowTitle, 16 + rowLetters * LETTER),
      inverse: true,
      axisLabel: {
        ...label,
        interval: Math.max(0, Math.ceil(14 / rowBand) - 1),
        formatter: name => shortened(name, 18),
      },
    },
    tooltip: {
      ...common(view).tooltip,
      formatter: p => {
        const [c, r] = p.value;
        return `${escaped(figure.columnTitle)} ${escaped(figure.columns[c])}, ${escaped(figure.rowTitle)} ${escaped(figure.rows[r])}<br>${escaped(figure.valueTitle)} <b>${number(figure.values[r]?.[c])}</b>`;
      },
    },
    graphic: colourBar({ figure, view, scale, low, high, ticks: barTicks, grid }),
    series: [
      {
        type: 'custom',
        name: figure.valueTitle,
        encode: { x: 0, y: 1 },
        data: figure.rows.flatMap((_, r) => figure.columns.map((_, c) => [c, r])),
        renderItem: (params, api) => {
          const [c, r] = [api.value(0), api.value(1)];
          return cell(
            figure.values[r]?.[c],
            (places[r][c] - low) / (high - low || 1),
            places[r][c],
            api,
            [c, r],
            letters,
            view,
          );
        },
      },
    ],
  };
}

/** Shares get the whole scale from 0 to 1. */
function extent(places, scale, figure) {
  const known = places.filter(p => p !== null && p !== undefined);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  if (scale.kind === 'linear' && low >= 0 && high <= 1 && /rate|share|probab|success/i.test(figure.valueTitle))
    return [0, 1];
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

/** @param letters of the longest value: all cells are labelled, or none */
function cell(value, t, place, api, at, letters, view) {
  const [x, y] = api.coord(at);
  const [w, h] = api.size([1, 1]);
  const gap = w > 8 && h > 8 ? 1 : 0;
  const box = { x: x - w / 2 + gap / 2, y: y - h / 2 + gap / 2, width: w - gap, height: h - gap };
  const children = [];
  let ink = view.colour('ink-3');
  if (place === null || place === undefined) {
    const stroke = view.colour('edge');
    children.push({ type: 'rect', shape: box, style: { fill: view.colour('raised'), stroke: 'none' } });
    children.push({
      type: 'line',
      shape: { x1: box.x, y1: box.y + box.height, x2: box.x + box.width, y2: box.y },
      style: { stroke, lineWidth: 1 },
    });
  } else {
    const { colour, light } = heat(t);
    ink = light ? '#fff' : '#000';
    children.push({ type: 'rect', shape: box, style: { fill: colour, stroke: 'none' } });
  }
  const words = number(value);
  if (place != null && w > letters * LETTER + 4 && h > 14)
    children.push({
      type: 'text',
      silent: true,
      style: { text: words, x, y, fill: ink, fontSize: FONT, textAlign: 'center', textVerticalAlign: 'middle' },
    });
  return { type: 'group', children };
}

/** The scale of the colours, with its figures and its name. */
function colourBar({ figure, view, scale, low, high, ticks, grid }) {
  const x = view.width - grid.right + 14;
  const height = Math.max(20, view.height - grid.top - grid.bottom);
  const stops = Array.from({ length: 9 }, (_, i) => ({ offset: i / 8, color: heat(i / 8).colour }));
  const style = { fill: view.colour('ink-2'), fontSize: FONT };
  return [
    {
      type: 'rect',
      silent: true,
      shape: { x, y: grid.top, width: BAR, height },
      style: { fill: { type: 'linear', x: 0, y: 1, x2: 0, y2: 0, colorStops: stops } },
    },
    ...ticks.map(t => ({
      type: 'text',
      silent: true,
      x: x + BAR + 4,
      y: grid.top + height * (1 - (t.at - low) / (high - low)),
      style: { ...style, text: t.label, verticalAlign: 'middle' },
    })),
    {
      type: 'text',
      silent: true,
      x: view.width - 8,
      y: grid.top + height / 2,
      rotation: Math.PI / 2,
      style: {
        ...style,
        text: figure.valueTitle + (scale.kind === 'log' ? ', log scale' : ''),
        align: 'center',
        verticalAlign: 'middle',
      },
    },
  ];
}
