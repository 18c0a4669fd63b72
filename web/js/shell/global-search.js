import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { glyph } from '../draw/glyph-svg.js';
import { stateLook } from '../panels/states.js';
import { go } from '../router.js';
import { resultsOf, stepped, stillFound } from './search-results.js';

/** Pause in typing after which the server is asked, ms. */
const TYPING = 120;

/**
 * The search of the top bar: runs by the server, problems, experiments and pages here at once. Arrow keys choose, Enter goes there;
 * what is typed and entered before the server has answered goes where the answer leads.
 */
class GlobalSearch extends LitElement {
  static properties = {
    pages: { attribute: false },
    groups: { state: true },
    active: { state: true },
    error: { state: true },
    asking: { state: true },
  };

  #text = '';
  #timer = 0;
  #asked = new AbortController();
  #runs = [];
  #known = { problems: [], experiments: [] };
  /** Whether the active result was chosen, by arrow keys or pointer, and is not just the first. */
  #chosen = false;
  /** Whether Enter was pressed before the answer to what is typed. */
  #entered = false;

  constructor() {
    super();
    this.pages = [];
    this.groups = [];
    this.active = null;
    this.error = null;
  }

  createRenderRoot() {
    return this;
  }

  async open() {
    this.querySelector('dialog').showModal();
    const input = this.querySelector('input');
    input.select();
    this.#text = input.value;
    this.#entered = false;
    this.#ask();
    try {
      const [{ problems }, { experiments }] = await Promise.all([api.problems(), api.experiments()]);
      this.#known = { problems, experiments };
      this.#show();
    } catch {
      // the runs' answer says what is wrong
    }
  }

  #typed(text) {
    this.#text = text;
    this.#chosen = false;
    this.#entered = false;
    this.#asked.abort();
    this.asking = true;
    this.#runs = stillFound(this.#runs, text);
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), TYPING);
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.asking = true;
    let runs = [];
    let error = null;
    try {
      ({ runs } = await api.runs({ q: this.#text.trim(), limit: 8 }, signal));
    } catch (refusal) {
      error = refusal.message;
    }
    if (signal.aborted) return;
    this.asking = false;
    this.error = error;
    this.#runs = runs;
    this.#show();
    if (this.#entered) this.#enter();
  }

  #show() {
    this.groups = resultsOf(this.#text, { runs: this.#runs, ...this.#known, pages: this.pages });
    const there = this.#chosen && this.groups.some(g => g.items.some(i => i.id === this.active));
    if (!there) this.active = stepped(this.groups, null, 1);
  }

  #choose(id) {
    this.active = id;
    this.#chosen = true;
  }

  #enter() {
    this.#entered = this.asking && !this.#chosen;
    if (this.#entered) return;
    const item = this.groups.flatMap(g => g.items).find(i => i.id === this.active);
    if (item) this.#follow(item);
  }

  #key(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      this.#choose(stepped(this.groups, this.active, by));
      this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter') this.#enter();
    else return;
    event.preventDefault();
  }

  #follow(item) {
    this.#entered = false;
    // A closed dialog loses the focus only with the next frame; a key pressed before that would be taken for typing.
    this.querySelector('input').blur();
    this.querySelector('dialog').close();
    go(item.path);
  }

  render() {
    const none = this.groups.length === 0 && !this.asking && !this.error;
    return html`<dialog
      class="global-search"
      aria-label="Search"
      @click=${e => e.target === e.currentTarget && e.currentTarget.close()}
    >
      <input
        type="search"
        placeholder="Runs, problems, experiments"
        aria-label="Search runs, problems and experiments"
        role="combobox"
        aria-expanded="true"
        aria-controls="search-results"
        aria-autocomplete="list"
        aria-activedescendant=${this.active ?? nothing}
        autocomplete="off"
        spellcheck="false"
        @input=${e => this.#typed(e.target.value)}
        @keydown=${e => this.#key(e)}
      />
      ${this.error ? html`<p class="refusal" role="alert">${this.error}</p>` : nothing}
      ${none ? html`<p class="quiet" role="status">Nothing has a name like that.</p>` : nothing}
      <div id="search-results" role="listbox" aria-label="Results" aria-busy=${Boolean(this.asking)}>
        ${this.groups.map(
          group =>
            html`<div role="group" aria-label=${group.title}>
              ${group.items.map(item => this.#item(item))}
            </div>`,
        )}
      </div>
    </dialog>`;
  }

  #item(item) {
    const look = item.run && stateLook(item.run.status.state);
    return html`<a
      id=${item.id}
      role="option"
      tabindex="-1"
      href=${item.path}
      data-testid="search-result"
      aria-selected=${item.id === this.active}
      @pointermove=${() => this.#choose(item.id)}
      @click=${() => this.querySelector('dialog').close()}
      >${look ? html`<span class="tone-${look.tone}" title=${look.label}>${glyph(look.shape, look.tone, 12)}</span> ` : nothing}<b
        >${item.label}</b
      >
      <small>${item.more}</small></a
    >`;
  }
}

customElements.define('global-search', GlobalSearch);
