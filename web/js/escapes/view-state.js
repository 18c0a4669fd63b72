import { COLUMNS } from './episodes.js';
import { stretchFromQuery } from './lanes-zoom.js';

/** What the page of escapes shows, as the query of its address. Pure. */

export const AXES = [
  ['iteration', 'by iteration'],
  ['elapsed', 'by wall time'],
  ['entry', 'from the entry on'],
];
export const OUTCOMES = ['open', 'escaped', 'descended', 'stayed', 'interrupted'];

/** @param query URLSearchParams; what makes no sense is left out */
export function viewFromQuery(query) {
  const get = key => query.get(key) ?? '';
  return {
    x: AXES.some(([id]) => id === get('x')) ? get('x') : 'iteration',
    q: get('q'),
    mechanism: get('mechanism'),
    outcome: OUTCOMES.includes(get('outcome')) ? get('outcome') : '',
    problem: get('problem'),
    sort: COLUMNS.some(c => c.id === get('sort')) ? get('sort') : '',
    down: get('down') === '1',
    open: get('open'),
    stretch: stretchFromQuery(query),
  };
}

/** Only what differs from the usual. */
export function queryOf({ x, down, stretch, ...rest }) {
  const query = new URLSearchParams();
  if (x !== 'iteration') query.set('x', x);
  for (const [key, value] of Object.entries(rest)) if (value) query.set(key, value);
  if (down && rest.sort) query.set('down', '1');
  if (stretch) ['from', 'to'].forEach((name, k) => query.set(name, String(Number(stretch[k].toPrecision(7)))));
  return query;
}
