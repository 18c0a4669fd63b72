import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { amend, go, runPath } from '../router.js';
import { given, grouped, repeating, wrongValue } from '../runs/start-form.js';

/**
 * The form that starts a run, built from what the server says it can start. `start` is the id of a run to be repeated with changes, or
 * "new"; it opens the form. Nothing that was filled in is kept anywhere.
 */
class StartRun extends LitElement {
  static properties = {
    start: {},
    catalogue: { state: true },
    problem: { state: true },
    errors: { state: true },
    general: { state: true },
    busy: { state: true },
  };

  #values = new Map();

  constructor() {
    super();
    this.errors = new Map();
  }

  createRenderRoot() {
    return this;
  }

  updated(changed) {
    if (changed.has('start') && this.start) this.open(this.start);
  }

  async open(start = 'new') {
    this.errors = new Map();
    this.general = null;
    this.#values = new Map();
    const dialog = this.querySelector('dialog');
    if (!dialog.open) dialog.showModal();
    try {
      this.catalogue ??= await api.problems();
      this.problem ??= this.catalogue.problems[0];
      if (start !== 'new') this.#repeat((await api.run(start)).header);
    } catch (refusal) {
      this.general = refusal.message;
    }
    await this.updateComplete;
    this.querySelector('#problem')?.focus();
  }

  #repeat(header) {
    const { problem, values, refusal } = repeating(header, this.catalogue);
    if (refusal) {
      this.general = refusal;
      return;
    }
    this.problem = problem;
    this.#values = values;
  }

  /** The address no longer asks for the form. */
  #closed() {
    const query = new URLSearchParams(location.search);
    if (query.has('start')) {
      query.delete('start');
      amend(location.pathname, query);
    }
    this.start = null;
  }

  get #groups() {
    return grouped(this.problem, this.catalogue.options);
  }

  get #options() {
    return this.#groups.flatMap(g => g.options);
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.catalogue || this.busy) return;
    const wrong = this.#options.map(o => [o.name, wrongValue(o, this.#values.get(o.name) ?? '')]).filter(([, why]) => why);
    this.general = null;
    this.errors = new Map(wrong);
    if (wrong.length > 0) {
      await this.#toFirstError();
      return;
    }
    this.busy = true;
    try {
      const { id } = await api.start(this.problem.name, given(this.#options, this.#values));
      this.querySelector('dialog').close();
      go(runPath(id));
    } catch (refusal) {
      await this.#show(refusal);
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
    await this.#toFirstError();
  }

  async #toFirstError() {
    await this.updateComplete;
    const field = this.querySelector('[aria-invalid=true]');
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }

  render() {
    return html` <dialog
      class="start"
      aria-labelledby="start-title"
      @close=${() => this.#closed()}
      @click=${e => e.target === e.currentTarget && e.currentTarget.close()}
    >
      <form @submit=${this.#submit} novalidate autocomplete="off">
        <header>
          <h2 id="start-title">Start a run</h2>
          <button type="button" class="tool" aria-label="Close" @click=${() => this.querySelector('dialog').close()}>
            ✕
          </button>
        </header>
        ${this.general ? html`<p class="refusal" role="alert">${this.general}</p>` : nothing}
        ${
          this.catalogue
            ? this.#form()
            : this.general
              ? nothing
              : html`<p class="quiet">Asking the server what it can run…</p>`
        }
        <footer>
          <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>Cancel</button>
          <button class="button primary" ?disabled=${!this.catalogue || this.busy}>Start</button>
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
          aria-describedby="problem-hint"
          @change=${e => {
            this.problem = problems[e.target.selectedIndex];
            this.errors = new Map();
          }}
        >
          ${problems.map(p => html`<option ?selected=${p === this.problem}>${p.title ?? p.name}</option>`)}
        </select>
        <p class="hint" id="problem-hint">${this.problem.description}</p>
      </div>
      ${this.#groups.map(
        group =>
          html`<details class="group" data-group=${group.id} ?open=${group.id !== 'advanced' && group.id !== 'stopping'}>
            <summary><h3>${group.title}</h3> <span class="quiet">${group.help}${this.#changes(group)}</span></summary>
            <div class="fields">${group.options.map(o => this.#field(o))}</div>
          </details>`,
      )}`;
  }

  /** How many options of a group are not at their defaults, for one that is folded. */
  #changes(group) {
    const changed = Object.keys(given(group.options, this.#values)).length;
    return changed === 0 ? '' : ` ${changed} changed.`;
  }

  #field(option) {
    const id = `option-${option.name}`;
    const error = this.errors.get(option.name);
    return html`<div class="field" data-type=${option.type}>
      <label for=${id}>${option.name}</label>${this.#input(option, id, Boolean(error))}
      <p class="hint" id="${id}-hint">${option.description}</p>
      ${error ? html`<p class="wrong" role="alert" id="${id}-error">${error}</p>` : nothing}
    </div>`;
  }

  #set(option, value) {
    this.#values.set(option.name, value);
    this.requestUpdate();
  }

  #input(option, id, invalid) {
    const standard = option.default ?? '';
    const value = this.#values.get(option.name) ?? standard;
    const described = `${id}-hint${invalid ? ` ${id}-error` : ''}`;
    if (option.type === 'choice') {
      return html`<select
        id=${id}
        name=${id}
        aria-invalid=${invalid}
        aria-describedby=${described}
        @change=${e => this.#set(option, e.target.value)}
      >
        ${option.choices.map(c => html`<option ?selected=${c === value}>${c}</option>`)}
      </select>`;
    }
    if (option.type === 'flag') {
      return html`<input
        id=${id}
        name=${id}
        type="checkbox"
        .checked=${value === 'true'}
        aria-invalid=${invalid}
        aria-describedby=${described}
        @change=${e => this.#set(option, String(e.target.checked))}
      />`;
    }
    return html`<input
        id=${id}
        name=${id}
        type="text"
        inputmode=${option.type === 'text' ? 'text' : option.type === 'integer' ? 'numeric' : 'decimal'}
        .value=${value}
        placeholder=${standard}
        list=${option.suggestions ? `${id}-list` : nothing}
        spellcheck="false"
        aria-invalid=${invalid}
        aria-describedby=${described}
        @input=${e => this.#set(option, e.target.value)}
      />${
        option.suggestions
          ? html`<datalist id="${id}-list">${option.suggestions.map(s => html`<option value=${s}></option>`)}</datalist>`
          : nothing
      }`;
  }
}

customElements.define('start-run', StartRun);
