import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { CompareRun } from '../compare/compare-run.js';
import { Comparison } from '../compare/comparison.js';
import { lookAt } from '../compare/looks.js';
import { specOf } from '../compare/specs.js';
import { viewFromQuery } from '../compare/view-state.js';
import { count, duration, number } from '../draw/format.js';
import { Frames } from '../frames.js';
import { runPath } from '../router.js';
import { COLUMNS, escapeNumber, sentence } from './episodes.js';
import '../compare/compare-panel.js';

/** Iterations shown before the entry and after the exit. */
const AROUND = 200;
const SPECS = ['objective', 'gradient', 'curvature'].map(specOf);
const FIGURES = ['loss', 'gradientNorm'];

/** One episode: its figures, and the run's charts around it. */
class EpisodeDrawer extends LitElement {
  static properties = { episode: { attribute: false }, stream: { attribute: false }, stamp: { state: true }, bare: { state: true } };

  #watched = null;
  #themed = () => this.comparison?.frames.request('theme', 'view');

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('themechange', this.#themed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('themechange', this.#themed);
    this.#leave();
  }

  willUpdate(changed) {
    if (!changed.has('episode')) return;
    const before = changed.get('episode');
    if (before?.id === this.episode.id) {
      this.#range();
      return;
    }
    this.bare = null;
    this.#leave();
    this.#enter();
  }

  /** What draws planes is loaded when the drawer is there. */
  async firstUpdated() {
    await import('../landscape/landscape-thumb.js').catch(() => null);
    this.stamp = customElements.get('landscape-thumb') !== undefined;
  }

  updated(changed) {
    if (changed.has('episode') && changed.get('episode')?.id !== this.episode.id) this.querySelector('.drawer')?.focus();
  }

  #enter() {
    const { id } = this.episode.run;
    const run = new CompareRun(id, lookAt(0), stretch => api.series(id, { names: FIGURES, ...stretch }));
    this.comparison = new Comparison(viewFromQuery(new URLSearchParams()), new Frames());
    this.comparison.runs = [run];
    const { comparison } = this;
    run.onDetail = () => comparison.frames.request('view');
    this.#range();
    this.stream.watchRun(id, {
      get position() {
        return run.model.position;
      },
      apply: message => run.apply(message),
      onChange: () => {
        comparison.frames.request('data');
        comparison.refine();
      },
      onError: () => {},
    });
    this.#watched = id;
  }

  #range() {
    const { entry, exit, run } = this.episode;
    const to = exit?.iteration ?? run.iteration;
    const last = Math.min(to + AROUND, Math.max(run.iteration, to));
    this.comparison.view.range = [Math.max(0, entry.iteration - AROUND), Math.max(last, entry.iteration + 1)];
    this.comparison.frames.request('view');
  }

  #leave() {
    for (const run of this.comparison?.runs ?? []) run.stop();
    if (this.#watched) this.stream.unwatchRun(this.#watched);
    this.#watched = null;
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }

  render() {
    const { episode } = this;
    const { run } = episode;
    const nth = escapeNumber(run, episode);
    const plane = `${runPath(run.id)}/landscape?basis=escape:${nth}&at=${episode.entry.iteration}`;
    return html`<aside
      class="drawer panel"
      tabindex="-1"
      role="region"
      aria-label="Stay at iteration ${episode.entry.iteration} of ${run.name}"
      data-testid="drawer"
      @keydown=${e => e.key === 'Escape' && (e.stopPropagation(), this.#close())}
    >
      <header class="panel-head">
        <h2>Iteration ${count(episode.entry.iteration)} of <a href=${runPath(run.id)}>${run.name}</a></h2>
        <span class="tools" style="margin-left:auto">
          <button class="tool" aria-label="Close" @click=${() => this.#close()}>✕</button>
        </span>
      </header>
      <p class="pad">${sentence(episode, run)}.</p>
      <dl class="episode-facts">
        ${COLUMNS.filter(c => !['run', 'entry'].includes(c.id)).map(c => {
          const value = c.value(episode);
          if (value === undefined || value === null) return nothing;
          return html`<div><dt>${c.label}</dt><dd>${figure(c, value)}</dd></div>`;
        })}
        ${episode.exit ? html`<div><dt>took</dt><dd>${duration(episode.exit.elapsed - episode.entry.elapsed)}</dd></div>` : nothing}
      </dl>
      <p class="pad links">
        <a href="${runPath(run.id)}?from=${this.comparison.view.range[0]}&to=${this.comparison.view.range[1]}&at=${episode.entry.iteration}">On the run's page</a>
        ${nth === null ? nothing : html`<a href=${plane} data-testid="plane-link">In its escape plane</a>`}
      </p>
      ${this.#stamp(nth, plane)}
      ${SPECS.map(spec => html`<compare-panel .comparison=${this.comparison} .spec=${spec}></compare-panel>`)}
    </aside>`;
  }

  /** The loss on the plane in which the run left the point, with the marker on the point; nothing where the server has no such plane. */
  #stamp(nth, plane) {
    const { episode } = this;
    if (nth === null || !this.stamp || this.bare === episode.id) return nothing;
    return html`<a class="stamp" href=${plane} data-testid="plane-stamp" aria-label="The escape plane of iteration ${episode.entry.iteration}">
      <landscape-thumb
        .run=${episode.run.id}
        .basis=${`escape:${nth}`}
        .at=${episode.entry.iteration}
        @shown=${event => {
          this.bare = event.detail === null ? episode.id : null;
        }}
      ></landscape-thumb>
    </a>`;
  }
}

/** A column's value in words; mechanisms go by their names. */
function figure(column, value) {
  if (column.numeric) return column.whole ? count(value) : number(value);
  return column.id === 'mechanism' ? value : value.replace('-', ' ');
}

customElements.define('episode-drawer', EpisodeDrawer);
