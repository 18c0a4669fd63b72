import { number } from '../draw/format.js';
import { looksOf } from './looks.js';
import {
  axisTitle,
  common,
  escaped,
  FONT,
  leftOf,
  LETTER,
  placed,
  rangeOf,
  scaleOf,
  ticksOf,
  valueAxis,
} from './plane.js';

/** Px between the lines of the hatching that tells the paper's bars. */
const HATCH = 6;
/** Range of shares: from none to all, with room for the figures above the bars. */
const SHARES = [0, 1.12];

/** Groups of bars with their 95 % intervals; the paper's are hollow and hatched. */
export function barsOption(figure, view) {
  const scale = scaleOf(figure.y, view.scale);
  const looks = looksOf(figure.series);
  const shown = figure.series.map((series, i) => ({ ...series, look: looks[i] })).filter(s => !view.hidden.has(s.name));
  const known = shown.flatMap(s => s.values.flatMap(v => [v?.value, v?.low, v?.high])).map(v => placed(v, scale));
  const range = barRange(known, scale, figure);
  const height = view.height - view.top;
  const yTicks = ticksOf(scale, range, height - 60, 34).filter(t => range[1] !== SHARES[1] || t.at <= 1);
  const { left, gap } = leftOf(yTicks);
  const right = 10;
  const band = (view.width - left - right) / Math.max(1, figure.groups.length);
  const lines = Math.min(
    4,
    Math.max(1, ...figure.groups.map(g => Math.ceil((g.length * LETTER) / Math.max(20, band - 4)))),
  );
  return {
    ...common(view),
    grid: { left, right, top: view.top + 14, bottom: 26 + 14 * lines },
    xAxis: {
      type: 'category',
      data: figure.groups,
      name: axisTitle(figure.x),
      nameLocation: 'middle',
      nameGap: 10 + 14 * lines,
      nameTextStyle: { color: view.colour('ink-2'), fontSize: FONT },
      axisTick: { show: false },
      axisLine: { onZero: false, lineStyle: { color: view.colour('edge') } },
      axisLabel: {
        interval: 0,
        width: band - 4,
        overflow: 'break',
        lineHeight: 14,
        color: view.colour('ink-2'),
        fontSize: FONT,
      },
    },
    yAxis: valueAxis({ title: axisTitle(figure.y), range, ticks: yTicks, gap, vertical: true }, view),
    tooltip: {
      ...common(view).tooltip,
      formatter: p =>
        tip(figure.groups[p.dataIndex], shown[p.seriesIndex]?.name, shown[p.seriesIndex]?.values[p.dataIndex]),
    },
    series: shown.map((series, index) => ({
      type: 'custom',
      name: series.name,
      clip: true,
      encode: { x: 0, y: 1 },
      data: figure.groups.map((_, g) => {
        const v = series.values[g] ?? {};
        return [g, placed(v.value, scale) ?? range[0], placed(v.low, scale), placed(v.high, scale)];
      }),
      renderItem: (params, api) =>
        bar(params.dataIndex, series, { api, index, count: shown.length, scale, range, view }),
    })),
  };
}

function barRange(known, scale, figure) {
  const [low, high] = rangeOf(known, scale, 0.05);
  if (scale.kind === 'log') return high - low < 1 ? [Math.floor(low), Math.ceil(high)] : [low - 1, high + 0.1];
  return isShare(figure) ? SHARES : [Math.min(0, low), Math.max(0, high)];
}

function isShare({ y, series }) {
  return y.scale !== 'log' && series.every(s => s.values.every(v => !(v?.value > 1) && !(v?.value < 0)));
}

function bar(group, series, { api, index, count, scale, range, view }) {
  const v = series.values[group] ?? {};
  const width = Math.min(56, (api.size([1, 0])[0] * 0.82) / count);
  const centre = api.coord([group, range[0]])[0] + (index - (count - 1) / 2) * width;
  const y = value => api.coord([group, value])[1];
  const base = y(scale.kind === 'log' ? range[0] : Math.max(0, range[0]));
  const ink = view.colour('ink-2');
  const value = placed(v.value, scale);
  if (value === null) {
    const word = v.value === 0 ? '0' : '–';
    return text(word, centre, base - 3, view.colour('ink-3'));
  }
  const hue = view.colour(series.look.hue);
  const box = {
    x: centre - width * 0.43,
    y: Math.min(base, y(value)),
    width: width * 0.86,
    height: Math.abs(base - y(value)),
  };
  const children = [
    {
      type: 'rect',
      shape: { ...box, height: Math.max(1, box.height) },
      style: series.paper ? { fill: 'none', stroke: hue, lineWidth: 1.4 } : { fill: hue, stroke: 'none' },
    },
  ];
  if (series.paper)
    for (const [x1, y1, x2, y2] of hatching(box))
      children.push({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: hue, lineWidth: 0.9, opacity: 0.75 } });
  const low = placed(v.low, scale);
  const high = placed(v.high, scale);
  let top = Math.min(box.y, base);
  if (high !== null && (low !== null || scale.kind === 'log')) {
    const cap = Math.min(5, width * 0.25);
    const [from, to] = [y(low ?? range[0]), y(high)];
    top = Math.min(top, to);
    for (const [x1, y1, x2, y2] of [
      [centre, from, centre, to],
      [centre - cap, from, centre + cap, from],
      [centre - cap, to, centre + cap, to],
    ]) {
      children.push({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: view.colour('panel'), lineWidth: 3.4 },
      });
      children.push({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: ink, lineWidth: 1.3 } });
    }
  }
  const label = number(v.value);
  if (width > label.length * LETTER * 0.95) children.push(text(label, centre, top - 3, view.colour('ink-2')));
  return { type: 'group', children };
}

function text(words, x, y, fill) {
  return {
    type: 'text',
    style: { text: words, x, y, fill, fontSize: 10.5, textAlign: 'center', textVerticalAlign: 'bottom' },
  };
}

/** Lines that rise to the right, cut off at the box. */
export function hatching({ x, y, width, height }) {
  const lines = [];
  for (let c = HATCH; c < width + height; c += HATCH) {
    const from = c < height ? [x, y + c] : [x + c - height, y + height];
    const to = c < width ? [x + c, y] : [x + width, y + c - width];
    lines.push([...from, ...to]);
  }
  return lines;
}

function tip(group, name, v) {
  const interval = v?.low == null || v?.high == null ? '' : ` <small>(${number(v.low)} to ${number(v.high)})</small>`;
  return `${escaped(group)} · ${escaped(name)}<br><b>${number(v?.value)}</b>${interval}`;
}
