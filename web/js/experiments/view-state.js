/** What a viewer of a result has chosen, as the address carries it. */

export const PLAIN = { missedOnly: false, list: false, sort: null, cell: null, scales: {}, hidden: {} };

/** @returns {{missedOnly, list, sort: {column, down} | null, cell: string | null, scales: {[figure]: 'log' | 'linear'}, hidden: {[figure]: string[]}}} */
export function stateFrom(query) {
  const scales = {};
  for (const scale of ['log', 'linear'])
    for (const figure of (query.get(scale) ?? '').split(',')) if (/^\d+$/.test(figure)) scales[figure] = scale;
  const hidden = {};
  for (const entry of query.getAll('hide')) {
    const [, figure, name] = /^(\d+):(.+)$/.exec(entry) ?? [];
    if (name) hidden[figure] = [...(hidden[figure] ?? []), name];
  }
  const column = query.get('sort');
  return {
    missedOnly: query.get('only') === 'missed',
    list: query.get('cells') === 'list',
    sort: column ? { column, down: query.get('down') === '1' } : null,
    cell: query.get('cell'),
    scales,
    hidden,
  };
}

export function queryOf(state) {
  const query = new URLSearchParams();
  if (state.missedOnly) query.set('only', 'missed');
  if (state.list) query.set('cells', 'list');
  if (state.sort) {
    query.set('sort', state.sort.column);
    if (state.sort.down) query.set('down', '1');
  }
  if (state.cell) query.set('cell', state.cell);
  for (const scale of ['log', 'linear']) {
    const figures = Object.keys(state.scales).filter(figure => state.scales[figure] === scale);
    if (figures.length > 0) query.set(scale, figures.join(','));
  }
  for (const [figure, names] of Object.entries(state.hidden))
    for (const name of names) query.append('hide', `${figure}:${name}`);
  return query;
}
