import { forgetColours } from '../draw/colours.js';
import { el } from './dom.js';
import { ResultView } from './result-view.js';
import { precise, verdictChip } from './tables.js';
import { tally } from './texts.js';

/** A file of results that needs no server: contents, summary, and each result as the dashboard shows it. */
export function report(results, echarts, root) {
  const views = results.map(result => new ResultView(result, { echarts }));
  root.append(
    el(
      'header',
      { class: 'report-head' },
      el('h1', {}, results.length === 1 ? results[0].title : 'Escapement: the experiments'),
      results.length === 1 ? el('p', { class: 'quiet' }, `${results[0].experiment} · ${results[0].source}`) : null,
    ),
    results.length > 1 ? contents(results) : '',
    ...results.map((result, i) =>
      el(
        'section',
        { id: result.experiment, 'aria-label': result.title },
        results.length > 1
          ? el(
              'h2',
              { class: 'result-title' },
              result.title,
              el('small', {}, ` ${result.experiment} · ${result.source}`),
            )
          : null,
        views[i].element,
      ),
    ),
  );
  const redraw = () => {
    forgetColours();
    for (const view of views) view.redraw(true);
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  onPaper(redraw);
}

function contents(results) {
  return el(
    'section',
    { class: 'panel part summary', 'aria-label': 'Summary' },
    el('header', {}, el('h2', {}, 'Summary')),
    el(
      'div',
      { class: 'scroll' },
      el(
        'table',
        { class: 'figures' },
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            [
              'experiment',
              'what',
              'for instance',
              'ours',
              'paper',
              'requirements met',
              'verdict',
            ].map(name => el('th', { scope: 'col' }, name)),
          ),
        ),
        el('tbody', {}, results.map(summary)),
      ),
    ),
  );
}

function summary(result) {
  const { required, missed } = tally({ comparisons: [], ...result });
  const line = telling(result.comparisons ?? []);
  const cells = [
    `${result.title}, ${result.source}${result.quick ? ' (quick version)' : ''}`,
    line?.what ?? '–',
    line?.ours?.value == null ? '–' : precise(line.ours.value),
    line?.paper ?? '–',
    required === 0 ? '–' : `${required - missed} of ${required}`,
    required === 0 ? '–' : verdictChip(missed === 0),
  ];
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, el('a', { href: `#${result.experiment}` }, result.experiment)),
    cells.map((cell, i) => el('td', { class: [0, 1, 3].includes(i) ? 'text' : null }, cell)),
  );
}

/** The line that says most about a result: one that was missed, else one that the paper has a figure for. */
export function telling(comparisons) {
  return (
    comparisons.find(c => c.met === false) ??
    comparisons.find(c => c.met === true && c.paper != null) ??
    comparisons.find(c => c.met === true) ??
    comparisons[0]
  );
}

/** Paper is white, whatever the screen. */
function onPaper(redraw) {
  const { dataset } = document.documentElement;
  addEventListener('beforeprint', () => {
    dataset.theme = 'light';
    redraw();
  });
  addEventListener('afterprint', () => {
    delete dataset.theme;
    redraw();
  });
}
