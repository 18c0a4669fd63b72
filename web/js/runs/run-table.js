import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { go, runPath } from '../router.js';
import { FIXED } from './columns.js';

/**
 * The table of runs, of which only the rows in sight exist.
 *
 * @param table {list, pinned, columns, sight, view, chosen, room}: rows of run-rows.js, runs that stay on top, columns shown, a
 *   ListSight, the view of list-query.js, what is selected by id, the room there is in rem
 * @param on what the table tells: scrolled(), held(whether a pointer is over it), sort(column), point(id), choose(id, whether), edit(run)
 */
export function runTable(table, on) {
  const { list, pinned, columns, sight, view } = table;
  const { rows, total } = list;
  const { from, to, before, after } = sight.rows;
  const shown = rows.slice(from, to);
  const missing = Math.max(0, to - Math.max(from, rows.length));
  return html`<div
    class="table-wrap panel"
    data-panel="table"
    role="region"
    aria-label="Runs"
    tabindex="0"
    @scroll=${on.scrolled}
    @pointerenter=${() => on.held(true)}
    @pointerleave=${() => on.held(false)}
  >
    <table class="runs" aria-rowcount=${total + 1} style="min-width:${leastWidth(table)}rem">
      <colgroup>
        <col style="width:2.2rem" />
        ${columns.map(c => html`<col style=${c.id === 'name' ? nothing : `width:${c.width}rem`} />`)}
        <col style="width:2.2rem" />
      </colgroup>
      <thead>
        <tr>
          <td></td>
          ${columns.map(c => heading(c, view.order, on))}
          <td></td>
        </tr>
      </thead>
      ${pinned.length > 0
        ? html`<tbody class="pinned">
            ${repeat(
              pinned,
              r => r.id,
              r => row(r, nothing, table, on),
            )}
          </tbody>`
        : nothing}
      <tbody>
        ${before > 0 ? html`<tr aria-hidden="true" style="height:${before}px"></tr>` : nothing}
        ${repeat(
          shown,
          r => r.id,
          (r, i) => row(r, from + i + 2, table, on),
        )}
        ${missing > 0
          ? html`<tr class="missing" style="height:${missing * sight.rowHeight}px">
              <td colspan=${columns.length + 2}>Loading…</td>
            </tr>`
          : nothing}
        ${after > 0 ? html`<tr aria-hidden="true" style="height:${after}px"></tr>` : nothing}
      </tbody>
    </table>
    ${total === 0 ? html`<p class="blank">No run ${view.search ? html`matches “${view.search}”` : 'here'}.</p>` : nothing}
  </div>`;
}

/** Width of the table in rem, below which it is scrolled; the name gives way first. */
function leastWidth({ columns, view, room }) {
  const sum = columns.reduce((all, c) => all + c.width, FIXED);
  return view.columns ? sum : Math.min(sum, room);
}

function heading(column, order, on) {
  const { id, title, hint, sort, numeric } = column;
  const mine = order.column === id;
  return html`<th
    scope="col"
    class="col-${id} ${numeric ? 'num' : ''}"
    title=${hint ?? nothing}
    aria-sort=${mine ? (order.down ? 'descending' : 'ascending') : nothing}
  >
    ${sort
      ? html`<button @click=${() => on.sort(column)}>
          ${title}<i aria-hidden="true">${mine ? (order.down ? '↓' : '↑') : ''}</i>
        </button>`
      : title}
  </th>`;
}

function row(run, index, { columns, chosen }, on) {
  return html`<tr
    data-testid="run-row"
    data-run=${run.id}
    data-state=${run.status.state}
    aria-rowindex=${index}
    @focusin=${() => on.point(run.id)}
    @click=${e => e.target.closest('a, button, input, label') || go(runPath(run.id))}
  >
    <td class="col-choose">
      <input
        type="checkbox"
        aria-label="Select ${run.name}"
        .checked=${chosen.has(run.id)}
        @change=${e => on.choose(run.id, e.target.checked)}
      />
    </td>
    ${columns.map(c => html`<td class="col-${c.id} ${c.numeric ? 'num' : ''}">${c.cell(run)}</td>`)}
    <td class="col-more">
      <button class="tool" aria-label="Name, tags and more of ${run.name}" data-testid="run-more" @click=${() => on.edit(run)}>
        ⋯
      </button>
    </td>
  </tr>`;
}
