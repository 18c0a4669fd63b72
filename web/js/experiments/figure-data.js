import { number } from '../draw/format.js';
import { pairs } from './curves-option.js';
import { axisTitle } from './plane.js';

/** A figure as rows of numbers: for CSV, for readers of screens, and for who wants to look them up. */
export function figureTable(figure) {
  switch (figure.kind) {
    case 'bars':
      return {
        columns: [figure.x.title, ...figure.series.flatMap(s => [s.name, `${s.name}, low`, `${s.name}, high`])],
        rows: figure.groups.map((group, g) => [
          group,
          ...figure.series.flatMap(({ values }) => [values[g]?.value, values[g]?.low, values[g]?.high].map(orNull)),
        ]),
      };
    case 'curves':
    case 'scatter':
      return {
        columns: ['series', axisTitle(figure.x), axisTitle(figure.y)],
        rows: figure.series.flatMap(s => pairs(s).map(point => [s.name, ...point])),
      };
    case 'heatmap':
      return {
        columns: [`${figure.rowTitle} \\ ${figure.columnTitle}`, ...figure.columns],
        rows: figure.rows.map((name, r) => [name, ...figure.columns.map((_, c) => orNull(figure.values[r]?.[c]))]),
      };
    case 'path':
      return {
        columns: ['series', ...figure.axes],
        rows: figure.series.flatMap(s => s.points.map(point => [s.name, ...point])),
      };
    default:
      return { columns: figure.columns ?? [], rows: figure.rows ?? [] };
  }
}

function orNull(value) {
  return value ?? null;
}

const KINDS = { bars: 'Bars', curves: 'Curves', scatter: 'Points', heatmap: 'Heat map', path: 'Paths in space' };

/** The figure in a sentence, for those who do not see it. */
export function described(figure) {
  const kind = KINDS[figure.kind];
  switch (figure.kind) {
    case 'bars':
      return `${kind}: ${axisTitle(figure.y)} against ${axisTitle(figure.x)}. ${figure.series
        .map(s => `${s.name}: ${figure.groups.map((g, i) => `${g} ${number(s.values[i]?.value)}`).join(', ')}`)
        .join('; ')}.`;
    case 'curves':
      return `${kind}: ${axisTitle(figure.y)} against ${axisTitle(figure.x)}. ${figure.series
        .map(s => `${s.name} ${ends(s.y)}`)
        .join('; ')}.`;
    case 'scatter':
      return `${kind}: ${axisTitle(figure.y)} against ${axisTitle(figure.x)}. ${[
        ...figure.series.map(s => `${s.name}, ${s.x.length} points`),
        ...(figure.lines ?? []).map(slopeWords),
      ].join('; ')}.`;
    case 'heatmap': {
      const known = figure.values.flat().filter(v => Number.isFinite(v));
      const range = known.length > 0 ? `, from ${number(Math.min(...known))} to ${number(Math.max(...known))}` : '';
      return `${kind}: ${figure.valueTitle}${range}, for ${figure.columns.length} values of ${figure.columnTitle} and ${figure.rows.length} of ${figure.rowTitle}.`;
    }
    case 'path':
      return `${kind}, as three projections: ${figure.series.map(s => `${s.name}, ${s.points.length} points`).join('; ')}.`;
    default:
      return figure.title;
  }
}

function ends(values) {
  const known = values.filter(v => Number.isFinite(v));
  if (known.length === 0) return 'has no values';
  return known.length === 1 ? `is ${number(known[0])}` : `goes from ${number(known[0])} to ${number(known.at(-1))}`;
}

/** "ours: slope 0.33 (0.31 to 0.35)" */
export function slopeWords({ name, slope }) {
  const interval = slope?.low == null || slope.high == null ? '' : ` (${number(slope.low)} to ${number(slope.high)})`;
  return `${name}: slope ${number(slope?.value)}${interval}`;
}
