import { html, nothing } from 'lit';
import { themeColour } from '../draw/colours.js';
import { number } from '../draw/format.js';
import { GLYPHS, isHollow } from '../draw/glyphs.js';
import { glyph } from '../draw/glyph-svg.js';
import { stateLook } from '../panels/states.js';
import { runPath } from '../router.js';
import { figureOf } from '../run/columns.js';
import { Calm } from './calm.js';
import { CompareElement } from './compare-element.js';
import { namesOf } from './differences.js';
import { readingAt } from './scene.js';
import { MOST } from './view-state.js';

/** Shortest time between two renderings, ms: the figures in the list need not change faster. */
const INTERVAL = 250;
/** The list beside the charts: which runs, how each is drawn, which are hidden, which is the baseline; adding and removing. */
class RunPicker extends CompareElement {
  static properties = {
    ...CompareElement.properties,
    found: { state: true },
    searching: { state: true },
    groups: { attribute: false },
    scene: { attribute: false },
  };

  #calm = new Calm(() => this.requestUpdate(), INTERVAL);

  onFrame(dirty) {
    if (dirty.has('cursor') || dirty.has('view') || dirty.has('theme')) this.requestUpdate();
    else if (dirty.has('data')) this.#calm.request();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#calm.stop();
  }

  focusSearch() {
    this.querySelector('.search')?.focus();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async #search(text) {
    this.searching = text;
    const asked = text;
    const found = text.trim() === '' ? null : await this.find(text.trim());
    if (this.searching === asked) this.found = found;
  }

  /** Value at the cursor, or the newest. */
  #reading(run) {
    const { cursor } = this.comparison;
    const newest = figureOf(run.model.status, 'loss');
    if (cursor === null) return { text: number(newest), title: 'h, newest' };
    const mine = this.scene?.()?.curves.find(c => c.run === run);
    const reading = mine ? readingAt(mine.curve, cursor) : null;
    return { text: reading ? number(reading.value) : '–', title: 'h at the cursor' };
  }

  #run(run, names) {
    const { comparison } = this;
    const hidden = comparison.view.hidden.includes(run.id);
    const base = comparison.view.baseline === run.id;
    if (!run.ready)
      return html`<li data-testid="compare-run" data-run=${run.id} data-ready="false">
        <span class="swatch"></span>
        <span class="what quiet">${run.error ?? 'waiting…'}<small>${run.id}</small></span>
        ${this.#removeButton(run)}
      </li>`;
    const look = stateLook(run.model.status.state);
    const reading = this.#reading(run);
    const [name, more] = names.get(run);
    return html`<li data-testid="compare-run" data-run=${run.id} data-ready="true" data-hidden=${hidden}>
      <button
        class="swatch"
        role="switch"
        aria-checked=${!hidden}
        aria-label="Show ${run.name}"
        title=${hidden ? 'Show' : 'Hide'}
        @click=${() => comparison.toggleHidden(run.id)}
      >
        ${swatch(comparison.grouped ? (comparison.groups.find(g => g.runs.includes(run))?.look ?? run.look) : run.look)}
      </button>
      <span class="what">
        <a href=${runPath(run.id)} title=${run.model.status.sentence}>${name}</a>
        <small title=${look.label}>${glyph(look.shape, look.tone, 10)} ${more || look.label}</small>
      </span>
      <output class="reading" title=${reading.title}>${reading.text}</output>
      <button
        class="tool star"
        aria-pressed=${base}
        aria-label="${run.name} as the baseline"
        title="Baseline of the table"
        @click=${() => comparison.setBaseline(run.id)}
      >
        ${base ? '★' : '☆'}
      </button>
      ${this.#removeButton(run)}
    </li>`;
  }

  #removeButton(run) {
    return html`<button
      class="tool"
      aria-label="Remove ${run.name}"
      title="Remove"
      @click=${() => this.#tell('remove', run.id)}
    >
      ✕
    </button>`;
  }

  #results() {
    if (!this.found) return nothing;
    const here = new Set(this.comparison.runs.map(r => r.id));
    const others = this.found.filter(r => !here.has(r.id));
    if (others.length === 0) return html`<p class="quiet pad">No other run matches.</p>`;
    const room = MOST - here.size;
    return html`<ul class="found" role="listbox" aria-label="Runs found">
      ${others.slice(0, 8).map(
        r => html`<li>
          <button data-testid="add-run" ?disabled=${room <= 0} @click=${() => this.#tell('add', [r.id])}>
            <b>${r.name}</b><small>${r.solver ?? '–'} · ${r.status.state} · ${r.id.slice(-6)}</small>
          </button>
        </li>`,
      )}
      ${
        others.length > 1 && room > 0
          ? html`<li>
              <button class="all" @click=${() => this.#tell('add', others.slice(0, room).map(r => r.id))}>
                Add ${Math.min(room, others.length)} of them
              </button>
            </li>`
          : nothing
      }
    </ul>`;
  }

  #legend() {
    const { comparison } = this;
    if (!comparison.grouped) return nothing;
    const scene = this.scene?.();
    return html`<ul class="groups" aria-label="Groups" data-testid="compare-groups">
      ${comparison.groups.map(g => {
        const spread = scene?.spreads.find(s => s.group.key === g.key)?.spread;
        const reading = spread && comparison.cursor !== null ? readingAt(spread, comparison.cursor) : null;
        return html`<li>
          ${swatch(g.look)} <span class="what">${g.key}</span>
          <output class="reading">${reading ? number(reading.value) : ''}</output>
          <small class="quiet">n ${reading ? reading.n : g.runs.length}</small>
        </li>`;
      })}
    </ul>`;
  }

  render() {
    const { comparison } = this;
    const { runs } = comparison;
    const names = namesOf(runs.filter(r => r.ready));
    return html`<section class="panel picker" aria-label="Runs compared">
      <header class="panel-head">
        <h2>${runs.length} ${runs.length === 1 ? 'run' : 'runs'}</h2>
        <span class="resolution">${runs.length >= MOST ? `${MOST} at most` : ''}</span>
      </header>
      ${this.#legend()}
      <ul class="runs-compared">
        ${runs.map(run => this.#run(run, names))}
      </ul>
      ${comparison.unplaced.length > 0 ? html`<p class="note pad" data-testid="unplaced">Not drawn: ${comparison.unplaced.map(u => `${u.run.name} ${u.why}`).join('; ')}.</p>` : nothing}
      <div class="pad">
        <input
          class="search"
          type="search"
          placeholder="Add runs by name, tag, solver ( f )"
          aria-label="Add runs by name, tag, problem or solver"
          @input=${e => this.#search(e.target.value)}
        />
        ${this.#results()}
      </div>
      <div class="pad saved">
        <button class="button small" data-testid="save-group" @click=${() => this.#tell('save')}>Save these as a group</button>
        ${
          (this.groups ?? []).length > 0
            ? html`<ul aria-label="Saved groups">
                ${this.groups.map(
                  g => html`<li>
                    <a href="/compare?${g.query}">${g.name}</a>
                    <button class="tool" aria-label="Forget ${g.name}" @click=${() => this.#tell('forget', g.name)}>✕</button>
                  </li>`,
                )}
              </ul>`
            : nothing
        }
      </div>
    </section>`;
  }
}


/** A piece of the run's line with its marker. */
export function swatch(look) {
  const colour = themeColour(look.hue);
  const hollow = isHollow(look.shape);
  return html`<svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true">
    <path d="M1 7H33" stroke=${colour} stroke-width="2" stroke-dasharray=${look.dash.join(' ')} fill="none"></path>
    <path
      d=${GLYPHS[look.shape]}
      transform="translate(12 2) scale(0.65)"
      fill=${hollow ? themeColour('panel') : colour}
      stroke=${hollow ? colour : themeColour('panel')}
      stroke-width="2.4"
    ></path>
  </svg>`;
}

customElements.define('run-picker', RunPicker);
