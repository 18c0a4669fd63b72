/**
 * What a list of runs shows, as an address says it and as the server is asked: words to search for, filters like "state:stalled", an
 * order, columns. No DOM.
 */

/** Filters by the key that one writes, with the server's parameter. */
const KEYS = {
  state: 'state',
  status: 'state',
  tag: 'tag',
  problem: 'problem',
  solver: 'solver',
  escape: 'escape',
  verdict: 'verdict',
  experiment: 'experiment',
};

/** Keys that take several values, any of which admits a run. */
const SEVERAL = new Set(['state']);

const TERM = /(\w+):("[^"]*"|\S*)|"[^"]*"|\S+/g;

/**
 * Splits what is in the search box: 'sod state:stalled tag:"night shift"'.
 *
 * @returns {{words: string, filters: {key: string, value: string, text: string}[]}} text is what was written
 */
export function parseSearch(text) {
  const words = [];
  const filters = [];
  for (const [term, key, value] of text.matchAll(TERM)) {
    const known = key && KEYS[key.toLowerCase()];
    if (known && value !== '') filters.push({ key: known, value: value.replaceAll('"', ''), text: term });
    else words.push(term.replaceAll('"', ''));
  }
  return { words: words.join(' '), filters };
}

/** The search text without one of its filters. */
export function withoutFilter(text, filter) {
  return text.replace(filter.text, ' ').replace(/\s+/g, ' ').trim();
}

/** The search text with a filter put in or, where it is there, taken out. */
export function toggled(text, key, value) {
  const written = /[\s"]/.test(value) ? `${key}:"${value.replaceAll('"', '')}"` : `${key}:${value}`;
  const there = parseSearch(text).filters.find(f => f.key === key && f.value === value);
  if (there) return withoutFilter(text, there);
  const others = SEVERAL.has(key) ? [] : parseSearch(text).filters.filter(f => f.key === key);
  return `${others.reduce(withoutFilter, text)} ${written}`.trim();
}

export const NEWEST_FIRST = { column: 'started', down: true };

/** @returns {{search: string, order: {column: string, down: boolean}, columns: string[] | null, archived: boolean}} */
export function viewOf(query, sortable) {
  const column = query.get('sort');
  const columns = query.get('columns');
  return {
    search: query.get('q') ?? '',
    order: sortable.includes(column) ? { column, down: query.get('down') === '1' } : NEWEST_FIRST,
    columns: columns === null ? null : columns.split(',').filter(Boolean),
    archived: query.get('archived') === '1',
  };
}

/** The same as the query of an address; what is as usual is left out. */
export function queryOf({ search, order, columns, archived }) {
  const query = new URLSearchParams();
  if (search.trim()) query.set('q', search.trim());
  if (order.column !== NEWEST_FIRST.column || order.down !== NEWEST_FIRST.down) {
    query.set('sort', order.column);
    if (order.down) query.set('down', '1');
  }
  if (columns) query.set('columns', columns.join(','));
  if (archived) query.set('archived', '1');
  return query;
}

/** Parameters of GET /api/v1/runs. */
export function requestOf({ search, order, archived }, sortKey) {
  const { words, filters } = parseSearch(search);
  const params = new URLSearchParams();
  const tagged = filters.some(f => f.key === 'tag');
  if (!tagged || !archived) params.set('archived', String(archived));
  if (words) params.set('q', words);
  for (const { key, value } of filters)
    params.set(key, SEVERAL.has(key) && params.has(key) ? `${params.get(key)},${value}` : value);
  params.set('sort', sortKey);
  params.set('order', order.down ? 'desc' : 'asc');
  return params;
}
