import { forgetColours } from '../draw/colours.js';
import { el } from './dom.js';
import { moment, ResultView } from './result-view.js';
import { verdictChip } from './tables.js';
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
        results.length > 1 ? el('h2', { class: 'result-title' }, result.title, el('small', {}, ` ${result.experiment} · ${result.source}`)) : null,
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
  const numbers = result => {
    const { required, missed } = tally({ comparisons: [], ...result });
    return required === 0 ? '' : `${required - missed} of ${required}`;
  };
  return el(
    'section',
    { class: 'panel part', 'aria-label': 'Summary' },
    el('header', {}, el('h2', {}, 'Summary')),
    el(
      'div',
      { class: 'scroll' },
      el(
        'table',
        { class: 'figures' },
        el('thead', {}, el('tr', {}, ['experiment', 'what', 'paper', 'requirements met', 'verdict', 'finished'].map(name => el('th', { scope: 'col' }, name)))),
        el(
          'tbody',
          {},
          results.map(r =>
            el('tr', {}, el('th', { scope: 'row' }, el('a', { href: `#${r.experiment}` }, r.experiment)), [r.title + (r.quick ? ' (quick version)' : ''), r.source, numbers(r)].map(text => el('td', {}, text)), el('td', {}, numbers(r) === '' ? '–' : verdictChip(r.met)), el('td', {}, moment(r.finished))),
          ),
        ),
      ),
    ),
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
