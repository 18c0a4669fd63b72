import { html, nothing } from 'lit';
import { count } from '../draw/format.js';
import { ALIGNMENTS, GROUPINGS } from './view-state.js';

/** Figures that a target can be of, with their symbols. */
const FIGURES = [
  ['loss', 'h'],
  ['distance', 'distance'],
  ['gradientNorm', '‖∇h‖'],
];

/**
 * The bar over a comparison: what runs are set against, by what they are grouped, and the value that they are to reach.
 *
 * @param target {figure, value}, or nothing where none is known yet
 * @param hold   holds the picture still, or lets it go on
 */
export function controls(comparison, target, hold) {
  const retarget = (figure, value) => {
    if (!(value > 0)) return;
    comparison.view.target = { figure, value };
    comparison.frames.request('view');
  };
  return html`<span class="controls" role="group" aria-label="How they are compared">
    <label
      >x
      <select data-testid="align" @change=${e => comparison.setAlign(e.target.value)}>
        ${ALIGNMENTS.map(a => html`<option value=${a.id} ?selected=${a.id === comparison.align}>${a.label}</option>`)}
      </select></label
    >
    <label
      >group by
      <select data-testid="group" @change=${e => comparison.setGroup(e.target.value)}>
        ${GROUPINGS.map(g => html`<option ?selected=${g === comparison.view.group}>${g}</option>`)}
      </select></label
    >
    ${
      target
        ? html`<label
            >target
            <select data-testid="target-figure" @change=${e => retarget(e.target.value, target.value)}>
              ${FIGURES.map(([id, label]) => html`<option value=${id} ?selected=${id === target.figure}>${label}</option>`)}
            </select></label
          >
          <label
            >≤
            <input
              type="text"
              inputmode="decimal"
              class="short"
              data-testid="target-value"
              aria-label="Value of the target"
              .value=${String(target.value)}
              @change=${e => retarget(target.figure, Number(e.target.value))}
          /></label>`
        : nothing
    }
    ${
      comparison.trials > 0
        ? html`<label title="Every trial of an escape, not only what led out (t)"
            ><input
              type="checkbox"
              data-testid="trials"
              .checked=${comparison.view.trials}
              @change=${e => comparison.showTrials(e.target.checked)}
            />
            ${count(comparison.trials)} ${comparison.trials === 1 ? 'trial' : 'trials'}</label
          >`
        : nothing
    }
    ${
      comparison.view.range
        ? html`<button class="button small" @click=${() => comparison.resetRange()}>Show all <kbd>z</kbd></button>`
        : nothing
    }
    <button
      class="button small"
      data-testid="pause"
      aria-pressed=${comparison.paused}
      title="Hold the picture still (space)"
      @click=${hold}
    >
      ${comparison.paused ? 'Held' : 'Hold'}
    </button>
  </span>`;
}
