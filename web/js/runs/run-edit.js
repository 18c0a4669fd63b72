import { html, LitElement, nothing } from 'lit';
import { readOnly } from '../access.js';
import { api } from '../api.js';
import { count } from '../draw/format.js';
import { runPath } from '../router.js';

const PINNED = 'pinned';
const ARCHIVED = 'archived';
const OURS = [PINNED, ARCHIVED];

/** What one calls a run and says of it, or the tags of several; pinning, archiving, deleting. Fires "changed" when something was. */
class RunEdit extends LitElement {
  static properties = {
    runs: { state: true },
    error: { state: true },
    sure: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.runs = [];
    this.error = null;
    this.sure = false;
    this.busy = false;
  }

  createRenderRoot() {
    return this;
  }

  /** @param runs as the list has them, at least one */
  async open(runs) {
    this.runs = runs;
    this.error = null;
    this.sure = false;
    await this.updateComplete;
    this.querySelector('form').reset();
    this.querySelector('dialog').showModal();
  }

  #close() {
    this.querySelector('dialog').close();
  }

  /** Does something to every run; stops at the first that refuses, and says which. */
  async #each(action) {
    this.busy = true;
    this.error = null;
    let done = 0;
    for (const run of this.runs) {
      try {
        await action(run);
        done++;
      } catch (refusal) {
        this.error = `${run.name}: ${refusal.message}`;
        break;
      }
    }
    this.busy = false;
    if (done > 0) this.dispatchEvent(new Event('changed'));
    if (!this.error) this.#close();
  }

  #save(event) {
    event.preventDefault();
    const { name, tags, note } = event.target.elements;
    const wanted = words(tags.value);
    if (this.runs.length > 1) {
      this.#each(run => api.label(run.id, { tags: [...new Set([...(run.tags ?? []), ...wanted])] }));
      return;
    }
    const kept = (this.runs[0].tags ?? []).filter(tag => OURS.includes(tag));
    this.#each(run => api.label(run.id, { name: name.value, note: note.value, tags: [...wanted, ...kept] }));
  }

  #toggle(tag, on) {
    this.#each(run => {
      const others = (run.tags ?? []).filter(t => t !== tag);
      return api.label(run.id, { tags: on ? [...others, tag] : others });
    });
  }

  render() {
    const [run] = this.runs;
    return html`<dialog class="edit" aria-labelledby="edit-title" @click=${e => e.target === e.currentTarget && this.#close()}>
      ${run ? this.#form(run) : html`<form></form>`}
    </dialog>`;
  }

  #form(run) {
    const one = this.runs.length === 1;
    const why = readOnly();
    const locked = this.busy || why !== null;
    const all = tag => this.runs.every(r => (r.tags ?? []).includes(tag));
    const live = this.runs.filter(r => !r.status.ended && r.status.state !== 'lost').length;
    const switcher = (tag, put, take) =>
      html`<button type="button" class="button" ?disabled=${locked} @click=${() => this.#toggle(tag, !all(tag))}>
        ${all(tag) ? take : put}
      </button>`;
    return html`<form @submit=${e => this.#save(e)}>
      <header>
        <h2 id="edit-title">${one ? run.name : `${count(this.runs.length)} runs`}</h2>
        <button type="button" class="tool" aria-label="Close" @click=${() => this.#close()}>✕</button>
      </header>
      ${(this.error ?? why) ? html`<p class="refusal" role="alert">${this.error ?? why}</p>` : nothing}
      ${one
        ? html`<div class="field">
            <label for="edit-name">Name</label>
            <input id="edit-name" name="name" type="text" maxlength="200" required value=${run.name} autocomplete="off" />
          </div>`
        : nothing}
      <div class="field">
        <label for="edit-tags">${one ? 'Tags' : 'Add tags'}</label>
        <input
          id="edit-tags"
          name="tags"
          type="text"
          autocomplete="off"
          aria-describedby="edit-tags-hint"
          value=${one ? (run.tags ?? []).filter(t => !OURS.includes(t)).join(', ') : ''}
        />
        <p class="hint" id="edit-tags-hint">separated by commas; the list finds them by tag:</p>
      </div>
      ${one
        ? html`<div class="field">
            <label for="edit-note">Note</label>
            <textarea id="edit-note" name="note" rows="4" maxlength="10000" .value=${run.note ?? ''}></textarea>
          </div>`
        : nothing}
      <p class="edit-acts">
        ${switcher(PINNED, 'Pin on top', 'Unpin')} ${switcher(ARCHIVED, 'Archive', 'Take out of the archive')}
        ${one ? html`<a class="button" href="/runs?start=${run.id}" @click=${() => this.#close()}>Start again with changes</a>` : nothing}
        ${one ? html`<a class="button" href="/api/v1${runPath(run.id)}/export?format=csv" download>CSV</a>` : nothing}
        ${this.sure
          ? html`<button type="button" class="button danger" ?disabled=${locked} @click=${() => this.#each(r => api.deleteRun(r.id))}>
              Delete for good
            </button>`
          : html`<button
              type="button"
              class="button"
              ?disabled=${live > 0 || why !== null}
              title=${live > 0 ? 'A run that goes on cannot be deleted; stop it first' : nothing}
              @click=${() => {
                this.sure = true;
              }}
            >
              Delete…
            </button>`}
      </p>
      ${this.sure
        ? html`<p class="wrong" role="alert">
            ${one ? 'The run and its history go' : `${count(this.runs.length)} runs and their history go`}, here and on the disk, and
            cannot be had back.
          </p>`
        : nothing}
      <footer>
        <button type="button" class="button" @click=${() => this.#close()}>Cancel</button>
        <button class="button primary" ?disabled=${locked}>${one ? 'Save' : 'Add'}</button>
      </footer>
    </form>`;
  }
}

function words(text) {
  return text
    .split(',')
    .map(tag => tag.trim())
    .filter(Boolean);
}

customElements.define('run-edit', RunEdit);
