import { count, duration, number } from '../draw/format.js';
import { cellKey, FIGURES, matrix, ranks, sortedCells, standing, varied } from './cells.js';
import { el, glyphEl } from './dom.js';
import { interval } from './tables.js';

/** Strongest shade of a cell, percent. */
const SHADE = 30;

/**
 * The cells as a matrix, shaded by rank within the row.
 *
 * @param open called with the key of a cell that somebody wants to look into, or null where nothing can be opened
 */
export function matrixView({ cells, trials }, chosen, open) {
  const { across, down, columns, rows } = matrix(cells);
  return el(
    'table',
    { class: 'matrix' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        [...down, ''].slice(0, Math.max(1, down.length)).map(name => el('th', { scope: 'col' }, name)),
        columns.map(name =>
          el('th', { scope: 'col' }, across === null ? 'all' : [el('small', {}, `${across} `), name]),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map(row => {
        const places = ranks(row.cells);
        const last = Math.max(...places.map(p => p ?? 0));
        return el(
          'tr',
          {},
          row.labels.length > 0
            ? row.labels.map(label => el('th', { scope: 'row' }, label))
            : el('th', { scope: 'row' }, 'all'),
          row.cells.map((cell, i) => matrixCell(cell, { place: places[i], last, trials, chosen, open })),
        );
      }),
    ),
  );
}

function matrixCell(cell, { place, last, trials, chosen, open }) {
  const state = standing(cell, trials);
  if (state === 'absent')
    return el('td', { class: 'cell', 'data-standing': state }, el('span', { class: 'sr' }, 'no such cell'));
  const key = cellKey(cell);
  const shade = place !== null && last > 1 ? Math.round(SHADE * (1 - (place - 1) / (last - 1))) : 0;
  const content = [
    el('b', {}, standingGlyph(state), cell.trials === 0 ? 'no trial' : `${cell.successes}/${cell.trials}`),
    place !== null && last > 1
      ? el(
          'i',
          { class: 'rank', title: `place ${place} in this row` },
          el('span', { class: 'sr' }, 'place '),
          String(place),
        )
      : null,
    cell.trials === 0 ? null : el('small', {}, interval({ low: cell.low, high: cell.high })),
    state === 'partial'
      ? el('small', { class: 'tone-judge' }, `${trials - cell.trials} of ${trials} trials are missing`)
      : null,
    el('small', {}, medians(cell)),
  ];
  return el(
    'td',
    { class: 'cell', 'data-standing': state, style: shade > 0 ? `--shade: ${shade}%` : null },
    open
      ? el(
          'button',
          {
            type: 'button',
            'data-testid': 'cell',
            'data-cell': key,
            'aria-expanded': String(chosen === key),
            'aria-label': `${key}: ${cell.successes} of ${cell.trials} succeeded; show the trials`,
            onclick: () => open(key),
          },
          content,
        )
      : el('div', {}, content),
  );
}

function standingGlyph(state) {
  if (state === 'failed') return glyphEl('cross', 'bad', 11);
  if (state === 'missing') return glyphEl('ring', 'quiet', 11);
  return state === 'partial' ? glyphEl('clock', 'judge', 11) : null;
}

function medians(cell) {
  const parts = [];
  if (cell.iterations != null) parts.push(`${count(cell.iterations)} it`);
  if (cell.gradients != null) parts.push(`${number(Math.round(cell.gradients * 10) / 10)} grad`);
  if (cell.seconds != null) parts.push(duration(cell.seconds));
  return parts.join(' · ');
}

/** The cells as a list, sortable by each column. */
export function listView({ cells, trials }, { sort, cell: chosen }, { onSort, open }) {
  const labels = varied(cells);
  const columns = [...labels.map(name => ({ id: name, title: name })), ...FIGURES];
  const heading = ({ id, title }) => {
    const mine = sort?.column === id;
    return el(
      'th',
      {
        scope: 'col',
        class: labels.includes(id) ? null : 'num',
        'aria-sort': mine ? (sort.down ? 'descending' : 'ascending') : null,
      },
      el(
        'button',
        { type: 'button', onclick: () => onSort(id) },
        title,
        el('i', { 'aria-hidden': 'true' }, mine ? (sort.down ? ' ↓' : ' ↑') : ''),
      ),
    );
  };
  const row = cell => {
    const key = cellKey(cell);
    const state = standing(cell, trials);
    const success = [standingGlyph(state), cell.trials === 0 ? 'no trial' : `${cell.successes}/${cell.trials}`];
    return el(
      'tr',
      { 'data-standing': state },
      labels.map((name, i) =>
        el(
          'td',
          {},
          i === 0 && open
            ? el(
                'button',
                {
                  type: 'button',
                  class: 'link',
                  'data-testid': 'cell',
                  'data-cell': key,
                  'aria-expanded': String(chosen === key),
                  'aria-label': `${key}; show the trials`,
                  onclick: () => open(key),
                },
                cell.labels[name] ?? '–',
              )
            : (cell.labels[name] ?? '–'),
        ),
      ),
      FIGURES.map(f =>
        el(
          'td',
          { class: 'num' },
          f.id === 'rate'
            ? [success, el('small', { class: 'quiet' }, ` ${interval({ low: cell.low, high: cell.high })}`)]
            : f.id === 'seconds'
              ? duration(f.of(cell) ?? NaN)
              : number(f.of(cell)),
        ),
      ),
    );
  };
  return el(
    'table',
    { class: 'figures cells' },
    el('thead', {}, el('tr', {}, columns.map(heading))),
    el('tbody', {}, sortedCells(cells, sort).map(row)),
  );
}
