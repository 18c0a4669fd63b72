import { count, duration, number } from '../draw/format.js';
import { stateLook } from '../panels/states.js';
import { el, glyphEl } from './dom.js';
import { figureNames, nextTrials } from './trial-pages.js';

/**
 * The trials of a cell that a result is made of.
 *
 * @param load (cell, cursor) → {trials, next}; what it refuses is said in words
 */
export function trialsView(key, result, load, runPath, close) {
  const body = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Trials of ${key}` });
  const status = el('p', { class: 'quiet', role: 'status' }, 'Loading…');
  const more = el('button', { class: 'button small', type: 'button', hidden: true, onclick: () => next() }, 'More');
  const every = el(
    'button',
    { class: 'button small', type: 'button', hidden: true, onclick: () => turn() },
    'All figures',
  );
  const trials = [];
  let others = 0;
  let cursor = null;
  let all = false;
  function fill() {
    const names = figureNames(trials);
    every.hidden = names.all.length === names.first.length;
    every.setAttribute('aria-pressed', String(all));
    body.replaceChildren(trialTable(trials, all ? names.all : names.first, runPath));
  }
  function turn() {
    all = !all;
    fill();
  }
  async function next() {
    more.disabled = true;
    try {
      const page = await nextTrials(from => load(key, from), cursor, result);
      trials.push(...page.trials);
      others += page.others;
      cursor = page.next;
      fill();
      status.textContent = words(trials.length, others, cursor !== null);
      more.hidden = cursor === null;
    } catch (error) {
      status.textContent = `${error.message} The trials are in the file that ends in -trials.csv beside the result.`;
    }
    more.disabled = false;
  }
  next();
  const closing = { class: 'tool', type: 'button', 'aria-label': 'Close the trials', onclick: close };
  return el(
    'section',
    { class: 'trials', 'data-testid': 'trials', 'aria-label': `Trials of ${key}` },
    el('header', {}, el('h3', {}, key), el('span', { class: 'tools' }, every, el('button', closing, '✕'))),
    body,
    status,
    more,
  );
}

function words(own, others, unfinished) {
  const rest = others > 0 ? `; ${count(others)} of other seeds are not part of this result` : '';
  return `${count(own)} ${own === 1 ? 'trial' : 'trials'}${unfinished ? ' so far' : ''}${rest}`;
}

function trialTable(trials, names, runPath) {
  const head = ['seed', 'found', 'state', 'verdict', ...names, 'time', 'run'];
  const side = name => (names.includes(name) || name === 'time' ? 'num' : null);
  return el(
    'table',
    { class: 'figures' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head.map(name => el('th', { scope: 'col', class: side(name) }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      trials.map(trial => row(trial, names, runPath)),
    ),
  );
}

function row(trial, names, runPath) {
  const look = stateLook(trial.state);
  const cell = (...content) => el('td', {}, content);
  return el(
    'tr',
    { 'data-testid': 'trial' },
    el('th', { scope: 'row' }, String(trial.seed)),
    trial.success ? cell(glyphEl('circle', 'good', 11), ' yes') : cell(glyphEl('cross', 'bad', 11), ' no'),
    cell(glyphEl(look.shape, look.tone, 11), ` ${look.label}`),
    cell(String(trial.verdict ?? '–').replaceAll('-', ' ')),
    names.map(name => el('td', { class: 'num' }, number(trial.figures?.[name]))),
    el('td', { class: 'num' }, duration(trial.seconds ?? NaN)),
    cell(trial.run ? el('a', { href: runPath(trial.run) }, 'open') : '–'),
  );
}
