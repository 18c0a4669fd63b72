/** Views of the list that somebody has given a name: in this browser, as the queries of their addresses. */

const KEY = 'escapement.runs.views';

/** @returns {{name: string, query: string}[]} */
export function savedViews(storage = localStorage) {
  try {
    const views = JSON.parse(storage.getItem(KEY) ?? '[]');
    return views.filter(v => typeof v.name === 'string' && typeof v.query === 'string');
  } catch {
    return []; // storage refused by the browser, or something else wrote there
  }
}

/** Keeps a view under a name, instead of the one that had it. @returns whether it could be kept */
export function saveView(name, query, storage = localStorage) {
  return write([...savedViews(storage).filter(v => v.name !== name), { name, query }], storage);
}

export function forgetView(name, storage = localStorage) {
  return write(
    savedViews(storage).filter(v => v.name !== name),
    storage,
  );
}

function write(views, storage) {
  try {
    storage.setItem(KEY, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}
