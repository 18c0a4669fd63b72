import { linear, log10, padded } from '../draw/scales.js';

/** What charts over a pair of axes have in common. All coordinates are on the scale already; ECharts draws a plain grid. */

export const FONT = 11;
/** Width of a letter on an axis, px, on average. */
export const LETTER = 6.2;

export function scaleOf(axis, wanted) {
  return (wanted ?? axis?.scale) === 'log' ? log10 : linear;
}

export function axisTitle(axis) {
  return axis?.unit ? `${axis.title} (${axis.unit})` : (axis?.title ?? '');
}

/** The range of what is drawn: whole decades on a log scale that spans more than one, a little air elsewhere. */
export function rangeOf(values, scale, air = 0.06) {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (v === null || !Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (scale.kind === 'log' && high - low > 1.2) return [Math.floor(low + 1e-9), Math.ceil(high - 1e-9) + 0]; // + 0: no negative zero
  return padded(low, high, air);
}

/** A number on the scale, or null: what is not known, not finite, or has no place there. */
export function placed(value, scale) {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  const at = scale.to(value);
  return at === null || !Number.isFinite(at) ? null : at;
}

/** Ticks of an axis with room for so many px. */
export function ticksOf(scale, [low, high], room, spacing) {
  return scale.ticks(low, high, Math.max(2, Math.floor(room / spacing)));
}

/** @param ticks [{at, label}] */
export function valueAxis({ title, range, ticks, gap, vertical = false, gridIndex = 0 }, view) {
  const labels = new Map(ticks.map(t => [t.at, t.label]));
  const values = ticks.map(t => t.at);
  return {
    type: 'value',
    gridIndex,
    min: range[0],
    max: range[1],
    name: title,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: view.colour('ink-2'), fontSize: FONT },
    axisLine: { show: !vertical, onZero: false, lineStyle: { color: view.colour('edge') } },
    axisTick: { show: !vertical, customValues: values, lineStyle: { color: view.colour('edge') } },
    splitLine: { show: vertical, lineStyle: { color: view.colour('line') } },
    axisPointer: { label: { show: false } },
    axisLabel: {
      customValues: values,
      formatter: at => labels.get(at) ?? '',
      color: view.colour('ink-3'),
      fontSize: FONT,
      hideOverlap: true,
    },
  };
}

/** Px that the labels of a vertical axis take, with its title beside them. */
export function leftOf(ticks) {
  const longest = Math.max(1, ...ticks.map(t => t.label.length));
  return { left: Math.round(34 + longest * LETTER), gap: Math.round(16 + longest * LETTER) };
}

export function common(view) {
  return {
    animation: false,
    textStyle: { fontFamily: view.font },
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: view.colour('panel'),
      borderColor: view.colour('edge'),
      padding: [5, 9],
      textStyle: { color: view.colour('ink'), fontSize: 12 },
    },
  };
}

/** For tooltips, which are HTML. */
export function escaped(text) {
  return String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
}

/** A label of ticks for people who look at an axis of names: cut in the middle where there is no room. */
export function shortened(text, most) {
  if (text.length <= most) return text;
  const half = Math.max(1, Math.floor((most - 1) / 2));
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`;
}
