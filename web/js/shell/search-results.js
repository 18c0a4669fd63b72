/** What the search in the top bar finds, as data: in groups, one list for the keyboard. */

/** Words must all occur in one of the texts. */
export function found(texts, search) {
  const all = texts.filter(Boolean).join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every(word => all.includes(word));
}

const MOST = 8;

/**
 * @param search      what was typed
 * @param runs        that the server found for it
 * @param problems    of the catalogue, with name, title and description
 * @param experiments with id, title and source
 * @param pages       with name and path
 * @returns {{title: string, items: {id: string, label: string, more: string, path: string, run?: object}[]}[]} groups that hold anything
 */
export function resultsOf(search, { runs = [], problems = [], experiments = [], pages = [] }) {
  const groups = [
    {
      title: 'Runs',
      items: runs.slice(0, MOST).map(r => ({
        id: `run-${r.id}`,
        label: r.name,
        more: [r.problem, r.solver].filter(Boolean).join(' · '),
        path: `/runs/${encodeURIComponent(r.id)}`,
        run: r,
      })),
    },
    {
      title: 'Problems',
      items: problems
        .filter(p => search.trim() && found([p.name, p.title, p.description], search))
        .slice(0, MOST)
        .map(p => ({
          id: `problem-${p.name}`,
          label: p.title ?? p.name,
          more: p.name,
          path: `/problems?${new URLSearchParams({ q: p.name })}`,
        })),
    },
    {
      title: 'Experiments',
      items: experiments
        .filter(e => search.trim() && found([e.id, e.title, e.source], search))
        .slice(0, MOST)
        .map(e => ({
          id: `experiment-${e.id}`,
          label: e.title,
          more: e.id,
          path: `/experiments/${encodeURIComponent(e.id)}`,
        })),
    },
    {
      title: 'Pages',
      items: pages
        .filter(p => found([p.name], search))
        .map(p => ({ id: `page-${p.name}`, label: p.name, more: p.path, path: p.path })),
    },
  ];
  return groups.filter(group => group.items.length > 0);
}

/** Of runs that were found for another search, those that this one finds too; shown until the server has answered. */
export function stillFound(runs, search) {
  return runs.filter(r => found([r.name, r.problem, r.solver], search));
}

/** The item after or before the one that is active, round and round; the first where none is. */
export function stepped(groups, active, by) {
  const items = groups.flatMap(g => g.items);
  if (items.length === 0) return null;
  const at = items.findIndex(i => i.id === active);
  return items[at < 0 ? (by > 0 ? 0 : items.length - 1) : (at + by + items.length) % items.length].id;
}
