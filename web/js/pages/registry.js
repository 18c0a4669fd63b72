import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * The pages by the names that router.js gives them: module, and what shows them. A module is loaded when its page is first opened, so that the first paint
 * waits for one page alone. `nav` pages are in the top bar, in this order. The element a page shows may have `key(key)`, which
 * answers whether the key meant something, `stats()`, and a static `keys`, or its page here: what the keys do, for the help. `followsRuns` pages are given the newest runs.
 */
export const PAGES = {
  runs: {
    nav: 'Runs',
    path: '/runs',
    tag: 'run-list',
    load: () => import('./run-list.js'),
    view: ({ route, stream }) => html`<run-list .stream=${stream} .query=${route.query}></run-list>`,
  },
  run: {
    within: 'runs',
    title: 'Run',
    keys: [
      ['space', 'hold or resume following; hold or resume the replay'],
      ['l', 'logarithmic or linear scale in all charts'],
      ['z', 'show the whole run; so does a double click'],
      ['drag', 'zoom to a stretch of the run, in all charts'],
      ['click', 'pin the cursor, or let it go'],
      ['Esc', 'leave the replay'],
    ],
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
    followsRuns: true,
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
  health: {
    nav: 'Health',
    path: '/health',
    tag: 'health-page',
    load: () => import('./health-page.js'),
    view: () => html`<health-page></health-page>`,
  },
};
