import { html, nothing } from 'lit';
import { glyph } from '../draw/glyph-svg.js';
import { count, number } from '../draw/format.js';
import { AXES } from '../run/axes.js';
import { figureOf } from '../run/columns.js';
import { markOf, told } from '../run/landmarks.js';
import { SPEEDS } from '../run/replay.js';
import { RunElement } from './run-element.js';

/** Axis, follow, zoom, replay with its scrubber, and the story: what had last happened where the cursor stands. */
class ReplayBar extends RunElement {
  get redrawsOn() {
    return ['data', 'view', 'landmarks', 'replay', 'cursor', 'status'];
  }

  render() {
    const { run } = this;
    const [from, to] = run.domain;
    const at = run.replay?.at ?? (run.cursor === null ? to : run.xOf(run.cursor));
    return html` <div class="replay" role="group" aria-label="Time">
        <button
          class="button small"
          aria-label=${run.playing ? 'Hold the replay' : 'Replay the run from its start'}
          @click=${() => run.play(!run.playing)}
        >
          ${glyph(run.playing ? 'pause' : 'play', 'accent', 12)} ${run.playing ? 'Hold' : 'Replay'}
        </button>
        <label class="quiet"
          >in
          <select @change=${e => run.setSpeed(Number(e.target.value))} aria-label="Length of the replay">
            ${SPEEDS.map(s => html`<option value=${s} ?selected=${s === run.seconds}>${s} s</option>`)}
          </select></label
        >
        <input
          type="range"
          min=${from}
          max=${to}
          step="any"
          .value=${String(at)}
          aria-label="Position in the run"
          aria-valuetext="iteration ${run.cursor ?? run.model.status?.iteration ?? 0}"
          @input=${e => run.seek(Number(e.target.value))}
        />
        ${run.replay ? html`<button class="button small" @click=${() => run.stopReplay()}>Live</button>` : nothing}
        <label class="quiet"
          >x
          <select aria-label="X axis" @change=${e => run.setAxis(e.target.value)}>
            ${Object.entries(AXES)
              .filter(([, axis]) => axis.measure !== 'calls' || run.countsCalls)
              .map(([key, axis]) => html`<option value=${key} ?selected=${run.axis === key}>${axis.label}</option>`)}
          </select></label
        >
        ${
          run.episodes.some(e => e.trials > 1)
            ? html`<label class="quiet switch" title="Every trial of an escape, not only what led out"
                ><input type="checkbox" ?checked=${run.view.trials} @change=${e => run.showTrials(e.target.checked)} />
                show trials</label
              >`
            : nothing
        }
        ${
          run.model.replaced.length > 0
            ? html`<label class="quiet switch" title="Dotted: what a later attempt did anew"
                ><input type="checkbox" data-testid="replaced" ?checked=${run.view.replaced} @change=${e => run.showReplaced(e.target.checked)} />
                show replaced</label
              >`
            : nothing
        }
        <button
          class="button small"
          data-testid="follow"
          aria-pressed=${run.following}
          title="Move with the newest iteration (space)"
          @click=${() => run.follow(!run.following)}
        >
          ${run.following ? 'Following' : 'Resume'}
        </button>
        ${
          run.view.range === null
            ? nothing
            : html`<button class="button small" title="Show the whole run (z)" @click=${() => run.resetRange()}>
                Whole run
              </button>`
        }
      </div>
      <p class="story">${this.#story()}</p>`;
  }

  #story() {
    const { run } = this;
    const event = run.story;
    const iteration = run.cursor ?? run.model.status?.iteration;
    const where = html`<span class="where">${run.cursor === null ? 'now' : 'at'} ${count(iteration)}</span>`;
    if (!event)
      return html`${where}
        <b>${run.cursor === null ? run.model.status.title || run.model.status.phase : 'descend'}</b>`;
    const mark = markOf(event);
    const { lead, rest, joined } = told(mark);
    const loss = figureOf(event, 'loss');
    return html`${where} ${glyph(mark.shape, mark.tone)} <b>${lead}</b>${joined ? '' : ' '}${rest}
      <span class="quiet">iteration ${count(event.iteration)}${loss === null ? '' : `, loss ${number(loss)}`}</span>`;
  }
}

customElements.define('replay-bar', ReplayBar);
