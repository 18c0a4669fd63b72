import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { age } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { amend, experimentPath, go } from '../router.js';
import { pollEvery, progressBar } from './experiment-progress.js';

/** All experiments: what each measures, its last result, and how far a running one has come. */
class ExperimentList extends LitElement {
  static properties = {
    query: { attribute: false },
    experiments: { state: true },
    refusal: { state: true },
    search: { state: true },
  };

  #stop = () => {};

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.search = this.query.get('q') ?? '';
    document.title = 'Experiments · Escapement';
    this.#stop = pollEvery(() => this.#load());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  /** @returns whether anything runs */
  async #load() {
    try {
      ({ experiments: this.experiments } = await api.experiments());
      this.refusal = null;
    } catch (error) {
      this.refusal = error.message;
    }
    return this.experiments?.some(e => e.running) ?? false;
  }

  key(key) {
    if (key !== 'f') return false;
    this.querySelector('.search')?.focus();
    return true;
  }

  #find(text) {
    this.search = text;
    amend('/experiments', new URLSearchParams(text ? { q: text } : {}));
  }

  render() {
    return html`<main class="page">
      <div class="experiments-head">
        <h1>Experiments</h1>
        <span class="quiet">the papers’ tables and figures, run here, and ours</span>
        <input
          class="search"
          type="search"
          placeholder="Filter ( f )"
          aria-label="Search experiments"
          .value=${this.search}
          @input=${e => this.#find(e.target.value)}
        />
      </div>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      ${this.experiments ? this.#table() : this.refusal ? nothing : html`<p class="blank" role="status">Waiting for the list of experiments…</p>`}
    </main>`;
  }

  #table() {
    const words = this.search.toLowerCase().split(/\s+/);
    const found = this.experiments.filter(e =>
      words.every(word => `${e.id} ${e.title} ${e.source}`.toLowerCase().includes(word)),
    );
    return html`<div class="table-wrap panel">
      <table class="experiments">
        <thead>
          <tr>
            <th scope="col">experiment</th>
            <th scope="col">what</th>
            <th scope="col" class="col-source">source</th>
            <th scope="col">last result</th>
            <th scope="col" class="col-finished">finished</th>
          </tr>
        </thead>
        <tbody>
          ${found.map(
            e =>
              html`<tr
                data-testid="experiment-row"
                data-experiment=${e.id}
                @click=${click => click.target.closest('a') || go(experimentPath(e.id))}
              >
                <th scope="row"><a href=${experimentPath(e.id)}>${e.id}</a></th>
                <td>${e.title}</td>
                <td class="col-source">${e.source}</td>
                <td>
                  ${e.running ? progressBar(e.running) : lastResult(e)}${e.error ? html`<p class="refusal">${e.error}</p>` : nothing}
                </td>
                <td class="col-finished" title=${e.finished ?? nothing}>
                  ${e.finished ? age(e.finished) : '–'}${e.hasResult && e.quick ? ' · quick' : ''}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${found.length === 0 ? html`<p class="blank">No experiment matches “${this.search}”.</p>` : nothing}
    </div>`;
  }
}

/** Servers that do not say whether it was met only say that there is a result. */
function lastResult({ hasResult, met }) {
  if (!hasResult) return html`<span class="quiet">none yet</span>`;
  if (met === true) return html`<span class="chip tone-good">${glyph('circle', 'good', 12)} met</span>`;
  if (met === false) return html`<span class="chip tone-bad">${glyph('cross', 'bad', 12)} MISSED</span>`;
  return html`<span>${met === null ? 'nothing is required' : 'there is one'}</span>`;
}

customElements.define('experiment-list', ExperimentList);
