import { html, LitElement, nothing } from 'lit';
import { readOnly } from '../access.js';
import { api } from '../api.js';
import { go, runPath } from '../router.js';

/** The form that starts a run, built from what the server says it can start. */
class StartRun extends LitElement {
  static properties = {
    catalogue: { state: true },
    problem: { state: true },
    errors: { state: true },
    general: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  async open() {
    this.errors = new Map();
    this.general = null;
    this.querySelector('dialog').showModal();
    try {
      this.catalogue = await api.problems();
      this.problem ??= this.catalogue.problems[0];
    } catch (refusal) {
      this.general = refusal.message;
    }
  }

  /** Options of the problem, in its order. */
  get #options() {
    const byName = new Map(this.catalogue.options.map(o => [o.name, o]));
    return this.problem.options.map(name => byName.get(name)).filter(Boolean);
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const options = {};
    for (const option of this.#options) {
      const field = form.elements[`option-${option.name}`];
      if (option.type === 'flag') {
        if (field.checked !== (option.default === 'true')) options[option.name] = field.checked;
        continue;
      }
      const value = field.value.trim();
      if (value !== '' && value !== option.default) options[option.name] = value;
    }
    this.busy = true;
    this.general = null;
    try {
      const { id } = await api.start(this.problem.name, options);
      this.querySelector('dialog').close();
      go(runPath(id));
    } catch (refusal) {
      this.#show(refusal);
    }
    this.busy = false;
  }

  /** Errors go to their fields; what belongs to none stands above. */
  async #show(refusal) {
    const known = new Set(this.#options.map(o => o.name));
    const fields = refusal.fields ?? [];
    const name = f => f.field.replace(/^(options[./]|--)/, '');
    this.errors = new Map(fields.map(f => [name(f), f.detail]));
    const others = fields.filter(f => !known.has(name(f))).map(f => f.detail);
    this.general = fields.length === 0 ? refusal.message : others.join(' ') || null;
    await this.updateComplete;
    this.querySelector('[aria-invalid=true]')?.focus();
  }

  render() {
    return html` <dialog
      class="start"
      aria-labelledby="start-title"
      @click=${e => e.target === e.currentTarget && e.currentTarget.close()}
    >
      <form @submit=${this.#submit} novalidate>
        <header>
          <h2 id="start-title">Start a run</h2>
          <button type="button" class="tool" aria-label="Close" @click=${() => this.querySelector('dialog').close()}>
            ✕
          </button>
        </header>
        ${this.general ?? readOnly() ? html`<p class="refusal" role="alert">${this.general ?? readOnly()}</p>` : nothing}
        ${
          this.catalogue
            ? this.#form()
            : this.general
              ? nothing
              : html`<p class="quiet">Asking the server what it can run…</p>`
        }
        <footer>
          <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>Cancel</button>
          <button class="button primary" ?disabled=${!this.catalogue || this.busy || readOnly() !== null}>Start</button>
        </footer>
      </form>
    </dialog>`;
  }

  #form() {
    const { problems } = this.catalogue;
    return html` <div class="field wide">
        <label for="problem">Problem</label>
        <select
          id="problem"
          @change=${e => {
            this.problem = problems[e.target.selectedIndex];
            this.errors = new Map();
          }}
        >
          ${problems.map(p => html`<option ?selected=${p === this.problem}>${p.title ?? p.name}</option>`)}
        </select>
        <p class="hint">${this.problem.description}</p>
      </div>
      <div class="fields">${this.#options.map(o => this.#field(o))}</div>`;
  }

  #field(option) {
    const id = `option-${option.name}`;
    const error = this.errors.get(option.name);
    return html`<div class="field" data-type=${option.type}>
      <label for=${id}>${option.name}</label>${this.#input(option, id, Boolean(error))}
      <p class="hint" id="${id}-hint">${option.description}</p>
      ${error ? html`<p class="wrong" role="alert">${error}</p>` : nothing}
    </div>`;
  }

  #input(option, id, invalid) {
    const standard = option.default ?? '';
    if (option.type === 'choice') {
      return html`<select id=${id} name=${id} aria-invalid=${invalid} aria-describedby="${id}-hint">
        ${option.default ? nothing : html`<option></option>`}
        ${option.choices.map(c => html`<option ?selected=${c === standard}>${c}</option>`)}
      </select>`;
    }
    if (option.type === 'flag') {
      return html`<input
        id=${id}
        name=${id}
        type="checkbox"
        ?checked=${standard === 'true'}
        aria-invalid=${invalid}
        aria-describedby="${id}-hint"
      />`;
    }
    return html`<input
      id=${id}
      name=${id}
      type="text"
      inputmode=${option.type === 'text' ? 'text' : 'decimal'}
      .value=${standard}
      placeholder=${standard}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${invalid}
      aria-describedby="${id}-hint"
    />`;
  }
}

customElements.define('start-run', StartRun);
