import { html, LitElement } from 'lit';
import { count } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { SPEEDS } from './view-state.js';

/** The scrubber: play, where in the path, how fast. Says by events what is wanted: `play`, `seek` with an index, `speed`, `newest`. */
class LandscapeBar extends LitElement {
  static properties = {
    count: { type: Number },
    index: { type: Number },
    iteration: { type: Number },
    playing: { type: Boolean },
    speed: { type: Number },
    atNewest: { type: Boolean },
    live: { type: Boolean },
  };

  createRenderRoot() {
    return this;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  render() {
    const { playing, index, iteration, atNewest } = this;
    return html`<div class="scrub">
      <button class="button small" data-testid="landscape-play" aria-pressed=${playing} @click=${() => this.#tell('play')}>
        ${glyph(playing ? 'pause' : 'play', 'ink', 11)} ${playing ? 'Hold' : 'Play'}
      </button>
      <input
        type="range"
        min="0"
        max=${Math.max(0, this.count - 1)}
        step="1"
        .value=${String(index)}
        aria-label="Position on the path"
        aria-valuetext="iteration ${iteration}"
        data-testid="landscape-scrub"
        @input=${event => this.#tell('seek', Number(event.target.value))}
      />
      <output class="where">${count(iteration)}</output>
      <label
        ><span class="quiet">speed</span>
        <select aria-label="Speed of the replay" @change=${event => this.#tell('speed', Number(event.target.value))}>
          ${SPEEDS.map(s => html`<option value=${s} ?selected=${s === this.speed}>${s}×</option>`)}
        </select></label
      >
      <button class="button small" ?disabled=${atNewest} @click=${() => this.#tell('newest')}>
        ${this.live ? 'Follow' : 'Whole path'}
      </button>
    </div>`;
  }
}

customElements.define('landscape-bar', LandscapeBar);
