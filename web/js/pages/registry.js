import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * The pages by the names that router.js gives them: module, and what shows them. A module is loaded when its page is first opened, so that the first paint
 * waits for one page alone. `nav` pages are in the top bar, in this order. The element a page shows may have `key(key)`, which
 * answers whether the key meant something, `stats()`, and a static `keys`, or its page here: what the keys do, for the help. `followsRuns` pages are given the newest runs.
 * A page without a path has a `sample`: its address for ids of a run and an experiment, by which tests look at every page.
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
    sample: ({ run }) => `/runs/${run}`,
    tag: 'run-page',
    load: () => import('./run-page.js'),
    view: ({ route, stream }) =>
      keyed(route.id, html`<run-page .id=${route.id} .stream=${stream} .query=${route.query}></run-page>`),
  },
  landscape: {
    within: 'runs',
    title: 'Landscape',
    sample: ({ run }) => `/runs/${run}/landscape`,
    tag: 'landscape-page',
    load: () => import('./landscape-page.js'),
    view: ({ route, stream }) =>
      keyed(route.id, html`<landscape-page .id=${route.id} .stream=${stream} .query=${route.query}></landscape-page>`),
  },
  compare: {
    nav: 'Compare',
    path: '/compare',
    keys: [
      ['l', 'logarithmic or linear scale in all charts'],
      ['z', 'show all again; so does a double click'],
      ['t', 'show the trials of escapes, or fold them away'],
      ['space', 'hold the picture still, or let it go on'],
      ['f', 'find runs to add'],
      ['← →', 'move the cursor of the chart that has the focus; + zooms in on it'],
    ],
    tag: 'compare-page',
    load: () => import('./compare-page.js'),
    view: ({ route, stream }) => html`<compare-page .stream=${stream} .query=${route.query}></compare-page>`,
  },
  escapes: {
    nav: 'Escapes',
    path: '/escapes',
    keys: [
      ['x', 'by iteration, by wall time, from the entry on'],
      ['+ -', 'nearer and farther along the lanes; so does Ctrl with the wheel'],
      ['drag', 'zoom to a stretch of the lanes'],
      ['z', 'show all of the lanes'],
      ['f', 'filter'],
      ['Esc', 'close the drawer'],
    ],
    tag: 'escapes-page',
    followsRuns: true,
    load: () => import('./escapes-page.js'),
    view: ({ route, runs, stream }) =>
      html`<escapes-page .runs=${runs} .stream=${stream} .query=${route.query}></escapes-page>`,
  },
  problems: {
    nav: 'Problems',
    path: '/problems',
    keys: [['f', 'find a problem']],
    tag: 'problems-page',
    load: () => import('./problems-page.js'),
    view: ({ route }) => html`<problems-page .query=${route.query}></problems-page>`,
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
    title: 'Experiment',
    sample: ({ experiment }) => `/experiments/${experiment}`,
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
