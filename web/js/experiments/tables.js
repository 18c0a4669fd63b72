import { number } from '../draw/format.js';
import { el, glyphEl, svgEl } from './dom.js';
import { verdictWord } from './texts.js';

/** Tables of a result as elements. */

/** Rows of texts and numbers. */
export function numberTable({ columns, rows }) {
  const numeric = columns.map((_, c) => rows.some(row => typeof row[c] === 'number'));
  return el(
    'table',
    { class: 'figures' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        columns.map((name, c) => el('th', { scope: 'col', class: numeric[c] ? 'num' : null }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map(row =>
        el(
          'tr',
          {},
          columns.map((_, c) => el('td', { class: numeric[c] ? 'num' : null }, worded(row[c]))),
        ),
      ),
    ),
  );
}

function worded(value) {
  return value === null || value === undefined ? '–' : typeof value === 'number' ? number(value) : String(value);
}

/** Met or MISSED, by shape and word; nothing where nothing is required. */
export function verdictChip(met) {
  if (met !== true && met !== false) return null;
  return el(
    'span',
    { class: `chip tone-${met ? 'good' : 'bad'}`, 'data-testid': 'met', 'data-met': String(met) },
    met ? glyphEl('circle', 'good') : glyphEl('cross', 'bad'),
    verdictWord(met),
  );
}

/** Our figures beside the paper's. */
export function comparisonView(comparisons) {
  const head = ['what', 'ours', '95 % interval', 'paper', 'must reach', 'verdict'];
  const strips = comparisons.some(isShare);
  return el(
    'table',
    { class: 'comparisons' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head.flatMap((name, i) => [
          el('th', { scope: 'col', class: i === 1 ? 'num' : null }, name),
          i === 2 && strips ? el('th', { scope: 'col', class: 'share-strip' }, '0 to 1') : null,
        ]),
      ),
    ),
    el(
      'tbody',
      {},
      comparisons.map(c =>
        el(
          'tr',
          { 'data-testid': 'comparison' },
          el('th', { scope: 'row' }, c.what),
          el('td', { class: 'num', 'data-label': 'ours' }, c.ours?.value == null ? 'not known' : precise(c.ours.value)),
          el('td', { class: 'quiet', 'data-label': '95 % interval' }, interval(c.ours)),
          strips ? el('td', { class: 'share-strip' }, isShare(c) ? strip(c) : null) : null,
          el('td', { class: 'paper', 'data-label': 'paper' }, c.paper ?? ''),
          el('td', { 'data-label': 'must reach' }, c.required ?? ''),
          el('td', { 'data-label': 'verdict' }, verdictChip(c.met)),
        ),
      ),
    ),
  );
}

/** Six significant digits, as there are figures that have to agree with printed ones. */
export function precise(value) {
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(6))).replace('-', '\u2212') : number(value);
}

export function interval(estimate) {
  return estimate?.low == null || estimate?.high == null ? '' : `${short(estimate.low)} to ${short(estimate.high)}`;
}

/** To three decimals: more would be noise in an interval. */
function short(value) {
  return number(Math.abs(value) < 1000 && Math.abs(value) >= 0.001 ? Math.round(value * 1000) / 1000 : value);
}

function isShare({ ours }) {
  return ours?.low != null && ours.high != null && ours.value >= 0 && ours.low >= 0 && ours.high <= 1;
}

/** Ours as a dot on its interval, the paper's as a hollow diamond, from 0 to 1. */
function strip({ ours, paper }) {
  const x = share => 5 + 90 * share;
  const theirs = paper === undefined || paper === null || paper === '' ? NaN : Number(paper);
  return svgEl(
    'svg',
    { viewBox: '0 0 100 14', width: 100, height: 14, class: 'share-strip', 'aria-hidden': 'true' },
    svgEl('path', { class: 'axis', d: 'M5 11.5H95M5 9.5v4M50 10.5v2M95 9.5v4' }),
    svgEl('path', {
      class: 'interval',
      d: `M${x(ours.low)} 5H${x(ours.high)}M${x(ours.low)} 2.5v5M${x(ours.high)} 2.5v5`,
    }),
    svgEl('circle', { class: 'ours', cx: x(ours.value), cy: 5, r: 3 }),
    theirs >= 0 && theirs <= 1
      ? svgEl('path', { class: 'theirs', d: `M${x(theirs)} .8l4.2 4.2l-4.2 4.2l-4.2-4.2z` })
      : null,
  );
}
