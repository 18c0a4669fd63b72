import { barsOption } from './bars-option.js';
import { curvesOption } from './curves-option.js';
import { heatmapOption, heatScale } from './heatmap-option.js';
import { looksOf, straightLines } from './looks.js';
import { pathOption, stacked } from './path-option.js';

const OPTIONS = {
  bars: barsOption,
  curves: curvesOption,
  scatter: curvesOption,
  heatmap: heatmapOption,
  path: pathOption,
};

/** Whether a figure is drawn; a table is written. */
export function isDrawn(figure) {
  return figure.kind in OPTIONS;
}

/**
 * The ECharts option of a figure. Pure: the same numbers give the same picture, on the page and in a report.
 *
 * @param view {width, height, top, font, colour: name → "rgb(…)", scale: 'log' | 'linear' | null, hidden: Set of series}
 */
export function figureOption(figure, view) {
  return OPTIONS[figure.kind](figure, view);
}

/** The scale of the values, unless the viewer wants the other one; null where there is no choice. */
export function scaleName(figure) {
  switch (figure.kind) {
    case 'bars':
    case 'curves':
    case 'scatter':
      return figure.y?.scale === 'log' ? 'log' : 'linear';
    case 'heatmap':
      return heatScale(figure);
    default:
      return null;
  }
}

/** Whether a log scale would show anything. */
export function hasPositive(figure) {
  switch (figure.kind) {
    case 'bars':
      return figure.series.some(s => s.values.some(v => v?.value > 0));
    case 'curves':
    case 'scatter':
      return figure.series.some(s => s.y.some(v => v > 0));
    case 'heatmap':
      return figure.values.some(row => row.some(v => v > 0));
    default:
      return false;
  }
}

/** [{name, look}]: what the legend says. */
export function legendOf(figure) {
  if (!figure.series) return [];
  const looks = looksOf(figure.series);
  return [
    ...figure.series.map((s, i) => ({ name: s.name, look: looks[i] })),
    ...straightLines(figure).map(({ name, look }) => ({ name, look })),
  ];
}

/** Height in px for a width. */
export function heightOf(figure, width) {
  switch (figure.kind) {
    case 'path':
      return stacked(width) ? 3 * Math.min(320, width - 70) + 180 : Math.min(420, (width - 180) / 3 + 60);
    case 'heatmap':
      return Math.round(Math.min(560, Math.max(220, 80 + figure.rows.length * (figure.rows.length > 16 ? 16 : 30))));
    default:
      return Math.round(Math.min(340, Math.max(240, width * 0.6)));
  }
}

/** Whether a figure needs the whole width of the page. */
export function isWide(figure) {
  if (figure.kind === 'path') return true;
  if (figure.kind === 'bars') return figure.groups.length * figure.series.length > 40;
  return figure.kind === 'heatmap' && figure.columns.length > 14;
}
