import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * The pages by the names that router.js gives them: module, and what shows them. A module is loaded when its page is first opened, so that the first paint
 * waits for one page alone. `nav` pages are in the top bar, in this order. The element a page shows may have `key(key)`, which
 * answers whether the key meant something, and `stats()`.
 */
export const PAGES = {
  runs: {
    nav: 'Runs',
    path: '/runs',
    tag: 'run-list',
    load: () => import('./run-list.js'),
    view: ({ route, runs }) => html`<run-list .runs=${runs} .query=${route.query}></run-list>`,
  },
  run: {
    within: 'runs',
    tag: 'run-page',
    load: () => import('./run-page.js'),
    view: ({ route, stream }) =>
      keyed(route.id, html`<run-page .id=${route.id} .stream=${stream} .query=${route.query}></run-page>`),
  },
  compare: {
    nav: 'Compare',
    path: '/compare',
    tag: 'compare-page',
    load: () => import('./compare-page.js'),
    view: ({ route, stream }) => html`<compare-page .stream=${stream} .query=${route.query}></compare-page>`,
  },
  escapes: {
    nav: 'Escapes',
    path: '/escapes',
    tag: 'escapes-page',
    load: () => import('./escapes-page.js'),
    view: ({ route, runs, stream }) =>
      html`<escapes-page .runs=${runs} .stream=${stream} .query=${route.query}></escapes-page>`,
  },
  experiments: {
    nav: 'Experiments',
    path: '/experiments',
    tag: 'experiment-list',
    load: () => import('./experiment-list.js'),
    view: ({ route }) => html`<experiment-list .query=${route.query}></experiment-list>`,
  },
  experiment: {
    within: 'experiments',
    tag: 'experiment-page',
    load: () => import('./experiment-page.js'),
    view: ({ route }) =>
      keyed(route.id, html`<experiment-page .id=${route.id} .query=${route.query}></experiment-page>`),
  },
};
