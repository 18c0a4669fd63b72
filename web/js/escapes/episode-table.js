import { html, nothing } from 'lit';
import { csv } from '../compare/export.js';
import { count, number } from '../draw/format.js';
import { runPath } from '../router.js';
import { COLUMNS, mechanismLook } from './episodes.js';
import { swatch } from './lanes-view.js';

/** The figures as a file. */
export function episodesCsv(episodes) {
  return csv([
    ['run id', 'problem', 'solver', 'seed', ...COLUMNS.map(c => c.label), 'exit iteration'],
    ...episodes.map(e => [e.run.id, e.run.problem, e.run.solver, e.run.seed, ...COLUMNS.map(c => c.value(e)), e.exit?.iteration]),
  ]);
}

/**
 * The figures of all stays.
 *
 * @param rows   episodes in the order in which they stand
 * @param view   {sort, down, open} of the page
 * @param order  called with a column to order by
 * @param choose called with an episode
 * @param save   called for a file of all of it
 */
export function episodeTable(rows, { sort, down, open }, { order, choose, save }) {
  return html`<section class="panel" data-testid="episode-table">
    <header class="panel-head">
      <h2>Figures</h2>
      <span class="resolution">what is not known is left blank</span>
      <span class="tools"><button class="tool" @click=${save}>CSV</button></span>
    </header>
    <div class="table-wrap">
      <table class="runs episodes">
        <thead>
          <tr>
            ${COLUMNS.map(column => {
              const mine = sort === column.id;
              return html`<th scope="col" class=${column.numeric ? 'num' : ''} aria-sort=${mine ? (down ? 'descending' : 'ascending') : nothing}>
                <button @click=${() => order(column)}>
                  ${column.label}<i aria-hidden="true">${mine ? (down ? '↓' : '↑') : ''}</i>
                </button>
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            e => html`<tr
              data-testid="episode-row"
              data-outcome=${e.outcome}
              data-chosen=${e.id === open}
              @click=${event => event.target.closest('a') || choose(e)}
            >
              ${COLUMNS.map(c => html`<td class=${c.numeric ? 'num' : ''}>${cell(c, e, choose)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="blank">No stay matches.</p>` : nothing}
    </div>
  </section>`;
}

function cell(column, episode, choose) {
  const value = column.value(episode);
  if (column.id === 'run')
    return html`<a href=${runPath(episode.run.id)} title=${episode.run.name}>${episode.run.name}</a>`;
  if (column.id === 'entry')
    return html`<button class="link" aria-label="Details of iteration ${value}" @click=${() => choose(episode)}>
      ${count(value)}
    </button>`;
  if (value === undefined || value === null) return nothing;
  if (column.id === 'mechanism') return html`${swatch(mechanismLook(value))} ${value}`;
  if (column.numeric) return column.whole ? count(value) : number(value);
  return String(value).replace('-', ' ');
}
