/** Addresses of the pages, and moving between them without loading anew. */

/** @returns {{page: 'home' | 'runs' | 'run' | 'experiments' | 'experiment' | 'unknown', id?: string, query: URLSearchParams}} */
export function parse(url) {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  if (pathname === '/') return { page: 'home', query };
  if (/^\/runs\/?$/.test(pathname)) return { page: 'runs', query };
  const run = /^\/runs\/([^/]+)\/?$/.exec(pathname);
  if (run) return { page: 'run', id: decodeURIComponent(run[1]), query };
  if (/^\/experiments\/?$/.test(pathname)) return { page: 'experiments', query };
  const experiment = /^\/experiments\/([^/]+)\/?$/.exec(pathname);
  if (experiment) return { page: 'experiment', id: decodeURIComponent(experiment[1]), query };
  return { page: 'unknown', query };
}

export function runPath(id) {
  return `/runs/${encodeURIComponent(id)}`;
}

export function experimentPath(id) {
  return `/experiments/${encodeURIComponent(id)}`;
}

/** Goes to a page of this site. */
export function go(path) {
  history.pushState(null, '', path);
  dispatchEvent(new Event('navigate'));
}

/** Corrects the address of the page one is on: its query, or where it has moved to. */
export function amend(path, query = new URLSearchParams()) {
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
