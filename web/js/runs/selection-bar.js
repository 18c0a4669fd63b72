import { html, nothing } from 'lit';
import { count } from '../draw/format.js';

const MOST_COMPARED = 20;

/** Why so many runs cannot be compared; empty where they can. */
export function whyNotCompared(size) {
  return size < 2 ? 'select two or more' : size > MOST_COMPARED ? `at most ${MOST_COMPARED}` : '';
}

/**
 * What can be done with the selected runs; nothing where none is.
 *
 * @param size how many are selected
 * @param on   what the bar tells: compare(), edit(), clear()
 */
export function selectionBar(size, on) {
  if (size === 0) return nothing;
  const reason = whyNotCompared(size);
  return html`<div class="selection panel" role="group" aria-label="What is selected" data-testid="selection">
    <b>${count(size)} selected</b>
    <button class="button primary" ?disabled=${reason !== ''} @click=${on.compare} data-testid="compare">
      Compare${reason ? ` (${reason})` : ''}
    </button>
    <button class="button" @click=${on.edit}>Tags, archive, delete…</button>
    <button class="button" @click=${on.clear}>Clear</button>
  </div>`;
}
