/** Addresses of the pages, and moving between them without loading anew. */

const PATTERNS = [
  ['home', /^\/$/],
  ['runs', /^\/runs\/?$/],
  ['run', /^\/runs\/([^/]+)\/?$/],
  ['landscape', /^\/runs\/([^/]+)\/landscape\/?$/],
  ['compare', /^\/compare\/?$/],
  ['escapes', /^\/escapes\/?$/],
  ['problems', /^\/problems\/?$/],
  ['experiments', /^\/experiments\/?$/],
  ['health', /^\/health\/?$/],
  ['experiment', /^\/experiments\/([^/]+)\/?$/],
];

/** @returns {{page: string, id?: string, query: URLSearchParams}} the page by its name in pages/registry.js, home, or unknown */
export function parse(url) {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  for (const [page, pattern] of PATTERNS) {
    const found = pattern.exec(pathname);
    if (found) return found[1] === undefined ? { page, query } : { page, id: decodeURIComponent(found[1]), query };
  }
  return { page: 'unknown', query };
}

export function runPath(id) {
  return `/runs/${encodeURIComponent(id)}`;
}

export function landscapePath(id) {
  return `${runPath(id)}/landscape`;
}

export function experimentPath(id) {
  return `/experiments/${encodeURIComponent(id)}`;
}

/** Goes to a page of this site. */
export function go(path) {
  history.pushState(null, '', path);
  dispatchEvent(new Event('navigate'));
}

/** Whether an address is of the page that a path names; the bare address of the server may turn out to be any. */
export function isAt(path, href) {
  const [here, there] = [parse(href), parse(path)];
  return here.page === 'home' || (here.page === there.page && here.id === there.id);
}

/** Corrects the address of the page one is on: its query, or where it has moved to. A page that was left meanwhile corrects nothing. */
export function amend(path, query = new URLSearchParams()) {
  if (!isAt(path, location.href)) return;
  const search = query.toString();
  history.replaceState(null, '', search ? `${path}?${search}` : path);
}

/** Calls back now and whenever the page changes; clicks on links of this site become moves. */
export function onNavigate(callback) {
  const report = () => callback(parse(location.href));
  addEventListener('popstate', report);
  addEventListener('navigate', report);
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey ||
      link.target ||
      link.hasAttribute('download')
    )
      return;
    event.preventDefault();
    go(link.getAttribute('href'));
  });
  report();
}
