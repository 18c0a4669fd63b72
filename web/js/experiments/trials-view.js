import { count, duration, number } from '../draw/format.js';
import { stateLook } from '../panels/states.js';
import { el, glyphEl } from './dom.js';

/** Figures that come first, where a trial has them; the others follow by name. */
const FIRST = ['success', 'iterations', 'reached', 'gradients', 'escapes', 'loss', 'distance'];

/**
 * The trials of a cell, a page at a time.
 *
 * @param load (cell, cursor) → {trials, next}; what it refuses is said in words
 */
export function trialsView(key, load, runPath, close) {
  const body = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Trials of ${key}` });
  const status = el('p', { class: 'quiet', role: 'status' }, 'Loading…');
  const more = el('button', { class: 'button small', type: 'button', hidden: true, onclick: () => next() }, 'More');
  const trials = [];
  let cursor = null;
  async function next() {
    more.disabled = true;
    try {
      const page = await load(key, cursor);
      trials.push(...page.trials);
      cursor = page.next ?? null;
      body.replaceChildren(trialTable(trials, runPath));
      status.textContent = `${count(trials.length)} trials${cursor === null ? '' : ' so far'}`;
      more.hidden = cursor === null;
    } catch (error) {
      status.textContent = `${error.message} The trials are in the file that ends in -trials.csv beside the result.`;
    }
    more.disabled = false;
  }
  next();
  return el(
    'section',
    { class: 'trials', 'data-testid': 'trials', 'aria-label': `Trials of ${key}` },
    el(
      'header',
      {},
      el('h3', {}, key),
      el('button', { class: 'tool', type: 'button', 'aria-label': 'Close the trials', onclick: close }, '✕'),
    ),
    body,
    status,
    more,
  );
}

export function figureNames(trials) {
  const names = new Set(trials.flatMap(t => Object.keys(t.figures ?? {})));
  return [...FIRST.filter(name => names.delete(name)), ...[...names].sort()].filter(name => name !== 'success');
}

function trialTable(trials, runPath) {
  const names = figureNames(trials);
  const head = ['seed', 'found', 'state', 'verdict', ...names, 'time', 'run'];
  return el(
    'table',
    { class: 'figures' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head.map(name =>
          el('th', { scope: 'col', class: names.includes(name) || name === 'time' ? 'num' : null }, name),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      trials.map(t => {
        const look = stateLook(t.state);
        return el(
          'tr',
          { 'data-testid': 'trial' },
          el('th', { scope: 'row' }, String(t.seed)),
          el(
            'td',
            { class: 'word' },
            t.success ? [glyphEl('circle', 'good', 11), ' yes'] : [glyphEl('cross', 'bad', 11), ' no'],
          ),
          el('td', {}, glyphEl(look.shape, look.tone, 11), ` ${look.label}`),
          el('td', {}, String(t.verdict ?? '–').replaceAll('-', ' ')),
          names.map(name => el('td', { class: 'num' }, number(t.figures?.[name]))),
          el('td', { class: 'num' }, duration(t.seconds ?? NaN)),
          el('td', {}, t.run ? el('a', { href: runPath(t.run) }, 'open') : '–'),
        );
      }),
    ),
  );
}
