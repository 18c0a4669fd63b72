import { AXES } from './axes.js';

/**
 * How a run is looked at, as the query of its address: x axis, range, panels off their log scale, pinned cursor, whether
 * trials and what later attempts rewrote are shown, kinds of events that are listed, the panel somebody pointed at. range is null (the whole run),
 * {from, to} (fixed) or {last} (a window that moves with the newest iteration).
 */

const DEFAULTS = { axis: 'iteration', range: null, linear: [], at: null, trials: false, replaced: true, kinds: null, panel: null };

/** @param query URLSearchParams; what it says that makes no sense is left out */
export function viewFromQuery(query) {
  const view = { ...DEFAULTS };
  if (Object.hasOwn(AXES, query.get('x') ?? '')) view.axis = query.get('x');
  const from = numberIn(query, 'from');
  const to = numberIn(query, 'to');
  const last = numberIn(query, 'last');
  if (from !== null && to !== null && from < to) view.range = { from, to };
  else if (last !== null && last > 0) view.range = { last };
  view.linear = (query.get('linear') ?? '').split(',').filter(Boolean);
  view.at = numberIn(query, 'at');
  view.trials = query.get('trials') === '1';
  view.replaced = query.get('replaced') !== '0';
  view.kinds = query.has('events') ? query.get('events').split(',').filter(Boolean) : null;
  view.panel = query.get('panel');
  return view;
}

/** Only what differs from the defaults, so that a plain address stays plain. */
export function queryOf(view) {
  const query = new URLSearchParams();
  if (view.axis !== 'iteration') query.set('x', view.axis);
  if (view.range?.last) query.set('last', short(view.range.last));
  else if (view.range) {
    query.set('from', short(view.range.from));
    query.set('to', short(view.range.to));
  }
  if (view.linear.length > 0) query.set('linear', view.linear.join(','));
  if (view.at !== null) query.set('at', short(view.at));
  if (view.trials) query.set('trials', '1');
  if (!view.replaced) query.set('replaced', '0');
  if (view.kinds !== null) query.set('events', view.kinds.join(','));
  if (view.panel !== null) query.set('panel', view.panel);
  return query;
}

/** Whether the view moves with the newest iteration. */
export function follows(view) {
  return view.range === null || view.range.last !== undefined;
}

/** The range in numbers, given what there is. */
export function resolveRange(range, [low, high]) {
  if (range === null) return [low, high];
  if (range.last !== undefined) return [Math.max(low, high - range.last), high];
  return [range.from, range.to];
}

function numberIn(query, key) {
  const text = query.get(key);
  const value = Number(text);
  return text === null || text.trim() === '' || !Number.isFinite(value) ? null : value;
}

function short(value) {
  return String(Number(value.toPrecision(9)));
}
