import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { amend } from '../router.js';
import '../problems/problem-card.js';

/** Every problem that the server can start, and what is known of each. */
class ProblemsPage extends LitElement {
  static properties = {
    query: { attribute: false },
    form: { state: true },
    refusal: { state: true },
    search: { state: true },
    open: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Problems · Escapement';
    this.#load();
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    this.search = this.query.get('q') ?? '';
    this.open = new Set((this.query.get('options') ?? '').split(',').filter(Boolean));
  }

  async #load() {
    try {
      this.form = await api.problems();
    } catch (error) {
      this.refusal = error.message;
    }
  }

  key(key) {
    if (key !== 'f') return false;
    this.querySelector('.search')?.focus();
    return true;
  }

  stats() {
    return { problems: this.form?.problems.length ?? 0, known: this.querySelectorAll('[data-known=true]').length };
  }

  #remember() {
    const query = new URLSearchParams();
    if (this.search) query.set('q', this.search);
    if (this.open.size > 0) query.set('options', [...this.open].join(','));
    amend('/problems', query);
  }

  render() {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = (this.form?.problems ?? []).filter(p =>
      words.every(w => `${p.name} ${p.title} ${p.description}`.toLowerCase().includes(w)),
    );
    return html`<main class="page problems-page">
      <div class="list-head">
        <h1>Problems</h1>
        <input
          class="search"
          type="search"
          placeholder="Find ( f )"
          aria-label="Search problems"
          .value=${this.search}
          @input=${e => {
            this.search = e.target.value;
            this.#remember();
          }}
        />
      </div>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      ${this.form ? nothing : this.refusal ? nothing : html`<p class="blank" role="status">Waiting for the problems…</p>`}
      <div class="problems">
        ${shown.map(
          problem => html`<problem-card
            .problem=${problem}
            .options=${this.form.options}
            .open=${this.open.has(problem.name)}
            @opened=${e => {
              if (e.detail) this.open.add(problem.name);
              else this.open.delete(problem.name);
              this.#remember();
            }}
          ></problem-card>`,
        )}
      </div>
      ${this.form && shown.length === 0 ? html`<p class="blank">No problem matches “${this.search}”.</p>` : nothing}
    </main>`;
  }
}

customElements.define('problems-page', ProblemsPage);
