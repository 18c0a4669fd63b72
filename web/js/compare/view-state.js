/**
 * What is compared and how, as the query of the address: the runs, or a selection by problem, tag and words of which the newest are
 * taken; alignment, grouping, hidden runs, baseline, range, panels off their log scale, target, trials, panel shown alone.
 */

/** As many as a comparison holds. */
export const MOST = 20;

export const ALIGNMENTS = [
  { id: 'iteration', label: 'iteration', unit: '' },
  { id: 'relative', label: 'relative iteration', unit: '%' },
  { id: 'elapsed', label: 'wall time', unit: 's' },
  { id: 'oracle', label: 'oracle calls', unit: '' },
  { id: 'escape', label: 'first escape', unit: '' },
];

export const GROUPINGS = ['none', 'solver', 'problem', 'seed', 'tag', 'escape'];

const known = (list, value, otherwise) => (list.includes(value) ? value : otherwise);
const words = text => (text ?? '').split(',').filter(Boolean);

/** @param query URLSearchParams; what it says that makes no sense is left out */
export function viewFromQuery(query) {
  const runs = [...new Set(words(query.get('runs')))].slice(0, MOST);
  const selection = {};
  for (const key of ['problem', 'tag', 'q']) if (query.get(key)) selection[key] = query.get(key);
  return {
    runs,
    selection: runs.length === 0 && Object.keys(selection).length > 0 ? selection : null,
    align: known(
      ALIGNMENTS.map(a => a.id),
      query.get('x'),
      'iteration',
    ),
    group: known(GROUPINGS, query.get('group'), 'none'),
    hidden: words(query.get('hide')),
    baseline: query.get('base'),
    range: rangeIn(query),
    linear: words(query.get('linear')),
    target: targetIn(query.get('target')),
    trials: query.get('trials') === '1',
    panel: query.get('panel'),
  };
}

/** Only what differs from the plain comparison. */
export function queryOf(view) {
  const query = new URLSearchParams();
  if (view.selection) for (const [key, value] of Object.entries(view.selection)) query.set(key, value);
  else if (view.runs.length > 0) query.set('runs', view.runs.join(','));
  if (view.align !== 'iteration') query.set('x', view.align);
  if (view.group !== 'none') query.set('group', view.group);
  if (view.hidden.length > 0) query.set('hide', view.hidden.join(','));
  if (view.baseline) query.set('base', view.baseline);
  if (view.range) {
    query.set('from', short(view.range[0]));
    query.set('to', short(view.range[1]));
  }
  if (view.linear.length > 0) query.set('linear', view.linear.join(','));
  if (view.target) query.set('target', `${view.target.figure}:${short(view.target.value)}`);
  if (view.trials) query.set('trials', '1');
  if (view.panel) query.set('panel', view.panel);
  return query;
}

function rangeIn(query) {
  const [from, to] = ['from', 'to'].map(key => (query.get(key)?.trim() ? Number(query.get(key)) : NaN));
  return from < to ? [from, to] : null;
}

/** "loss:1e-8" */
function targetIn(text) {
  const [, figure, value] = /^(loss|distance|gradientNorm):(.+)$/.exec(text ?? '') ?? [];
  return Number(value) > 0 ? { figure, value: Number(value) } : null;
}

function short(value) {
  return String(Number(value.toPrecision(8)));
}
