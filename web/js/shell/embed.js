/**
 * One panel of a page and nothing else, for `?embed=1&panel=…`: everything that is neither the panel nor around it is hidden, whatever the
 * page draws later. A panel is what has `data-panel` with that name, a chart of it ("chart-NAME" as its test id), or an element named
 * "NAME-panel" or NAME itself.
 */

/** @returns {{panel: string | null} | null} null where the address asks for the whole page */
export function embedding(query) {
  return query.get('embed') === '1' ? { panel: query.get('panel') } : null;
}

export function findPanel(root, name) {
  const id = CSS.escape(name);
  for (const selector of [`[data-panel="${id}"]`, `[data-testid="chart-${id}"]`, `[data-testid="${id}"]`, `${id}-panel`, id]) {
    const found = root.querySelector(selector);
    if (found) return found.closest('chart-panel') ?? found;
  }
  return null;
}

/**
 * Keeps a panel alone in its page.
 *
 * @param root   in which pages are drawn
 * @param onFind told whether the panel is there, whenever that changes
 * @returns a function that ends it
 */
export function isolate(root, name, onFind) {
  let last = null;
  const apply = () => {
    const panel = findPanel(root, name);
    for (const hidden of root.querySelectorAll('[data-outside]')) hidden.removeAttribute('data-outside');
    if (panel) {
      for (let at = panel; at !== root; at = at.parentElement) {
        at.setAttribute('data-around', '');
        for (const sibling of at.parentElement.children) {
          if (sibling !== at && !sibling.matches('style, script')) sibling.setAttribute('data-outside', '');
        }
      }
      panel.setAttribute('data-embedded', '');
    }
    if (Boolean(panel) !== last) {
      last = Boolean(panel);
      onFind(last);
    }
    observer.takeRecords();
  };
  const observer = new MutationObserver(apply);
  observer.observe(root, { childList: true, subtree: true });
  apply();
  return () => observer.disconnect();
}
