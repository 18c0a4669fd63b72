import { html, nothing } from 'lit';
import { count, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { go } from '../router.js';
import { COLUMNS, shownColumns } from './columns.js';
import { parseSearch, queryOf, toggled, withoutFilter } from './list-query.js';
import { forgetView, savedViews, saveView } from './saved-views.js';

/**
 * What stands over the list of runs: totals, filters in force, saved views, the choice of columns. Each is given the page, of
 * which it reads `view`, `overview` and `room`, and changes the view by `show`.
 */

export function tiles(page) {
  const { overview, view } = page;
  const { states, escapesLastHour, eventsPerSecond } = overview ?? {};
  const inForce = parseSearch(view.search).filters;
  const tile = (label, value, shape, tone, pressed, act, title = nothing) =>
    html`<button class="tile" data-tile=${label.replaceAll(' ', '-')} title=${title} aria-pressed=${pressed} @click=${act}>
      <b>${value}</b><span>${glyph(shape, tone, 12)} ${label}</span>
    </button>`;
  const state = (name, shape, tone) =>
    tile(
      name,
      count(states?.[name]),
      shape,
      tone,
      inForce.some(f => f.key === 'state' && f.value === name),
      () => page.show({ search: toggled(view.search, 'state', name) }),
    );
  const byEscapes = view.order.column === 'escapes';
  return html`<div class="tiles" data-panel="tiles">
    ${state('running', 'play', 'accent')} ${state('stalled', 'down', 'bad')} ${state('lost', 'cross', 'judge')}
    ${state('diverged', 'cross', 'bad')}
    ${tile(
      'escapes last hour',
      count(escapesLastHour),
      'up',
      'escape',
      byEscapes,
      () => page.show({ order: byEscapes ? { column: 'started', down: true } : { column: 'escapes', down: true } }),
      'Accepted escapes of the last hour, in all runs; a click puts the runs with the most escapes first',
    )}
    ${tile(
      'events per second',
      rate(eventsPerSecond),
      'diamond',
      'quiet',
      nothing,
      () => go('/health'),
      'Events that this server takes in, over the last seconds; a click shows its health',
    )}
  </div>`;
}

export function filters(page) {
  const { view } = page;
  const inForce = parseSearch(view.search).filters;
  if (inForce.length === 0 && !view.archived) return nothing;
  return html`<div class="filters" role="group" aria-label="Filters">
    ${inForce.map(
      f =>
        html`<button
          class="button small"
          data-testid="filter-chip"
          aria-label="Remove the filter ${f.key} ${f.value}"
          @click=${() => page.show({ search: withoutFilter(view.search, f) })}
        >
          ${f.key}: <b>${f.value}</b> ✕
        </button>`,
    )}
    ${view.archived
      ? html`<button class="button small" aria-label="Leave the archive" @click=${() => page.show({ archived: false })}>
          <b>archived</b> ✕
        </button>`
      : nothing}
  </div>`;
}

export function viewsMenu(page) {
  const { overview, view } = page;
  const views = savedViews();
  const current = queryOf(view).toString();
  return html`<details class="menu" data-testid="views">
    <summary class="button">Views</summary>
    <div class="menu-panel">
      <a href="/runs">All runs</a>
      <a href="/runs?q=experiment%3Anone">Without trials of experiments</a>
      <a href="/runs?archived=1">Archived${overview?.archived ? ` (${count(overview.archived)})` : ''}</a>
      ${views.map(
        v =>
          html`<span class="menu-row"
            ><a href="/runs?${v.query}" aria-current=${v.query === current ? 'true' : nothing}>${v.name}</a>
            <button
              class="tool"
              aria-label="Forget the view ${v.name}"
              @click=${() => {
                forgetView(v.name);
                page.requestUpdate();
              }}
            >
              ✕
            </button></span
          >`,
      )}
      <form
        @submit=${e => {
          e.preventDefault();
          const name = e.target.elements.view.value.trim();
          if (name && saveView(name, current)) e.target.reset();
          page.requestUpdate();
        }}
      >
        <input type="text" name="view" aria-label="Name of the view" placeholder="Keep this view as…" maxlength="60" />
        <button class="button small">Keep</button>
      </form>
    </div>
  </details>`;
}

export function columnChoice(page) {
  const { view } = page;
  const shown = shownColumns(view.columns, page.room).map(c => c.id);
  return html`<details class="menu" data-testid="columns">
    <summary class="button">Columns</summary>
    <div class="menu-panel">
      ${COLUMNS.filter(c => c.id !== 'name').map(
        c =>
          html`<label
            ><input
              type="checkbox"
              .checked=${shown.includes(c.id)}
              @change=${e =>
                page.show({
                  columns: COLUMNS.map(o => o.id).filter(id => (id === c.id ? e.target.checked : shown.includes(id))),
                })}
            />
            ${c.title}</label
          >`,
      )}
      <button class="button small" @click=${() => page.show({ columns: null })}>As many as fit</button>
    </div>
  </details>`;
}
