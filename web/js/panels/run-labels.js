import { html, LitElement, nothing } from 'lit';
import { readOnly } from '../access.js';
import { api } from '../api.js';

/** What people call a run and say of it: tags and note, and a form that changes them. */
class RunLabels extends LitElement {
  static properties = { header: { attribute: false }, editing: { state: true }, error: { state: true } };

  createRenderRoot() {
    return this;
  }

  async #save(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const tags = form.get('tags').split(',').map(tag => tag.trim()).filter(Boolean);
    try {
      const header = await api.label(this.header.id, { name: form.get('name'), tags, note: form.get('note') });
      this.editing = false;
      this.error = null;
      this.dispatchEvent(new CustomEvent('labelled', { detail: header }));
    } catch (refusal) {
      this.error = refusal.message;
    }
  }

  render() {
    const { header } = this;
    if (!this.editing)
      return html`${(header.tags ?? []).map(tag => html`<a class="tag" href="/runs?${new URLSearchParams({ q: `tag:"${tag}"` })}">${tag}</a>`)}
        ${header.note ? html`<span class="note">${header.note}</span>` : nothing}
        <button
          class="tool"
          ?disabled=${readOnly() !== null}
          title=${readOnly() ?? 'Change name, tags and note'}
          @click=${() => {
            this.editing = true;
          }}
        >
          Label
        </button>`;
    return html`<form class="labels" @submit=${this.#save}>
      <label>Name <input type="text" name="name" required maxlength="200" .value=${header.name} /></label>
      <label>Tags <input type="text" name="tags" placeholder="words, with commas between" .value=${(header.tags ?? []).join(', ')} /></label>
      <label class="wide">Note <input type="text" name="note" .value=${header.note ?? ''} /></label>
      <button class="button small primary">Save</button>
      <button
        class="button small"
        type="button"
        @click=${() => {
          this.editing = false;
          this.error = null;
        }}
      >
        Cancel
      </button>
      ${this.error ? html`<span class="refusal" role="alert">${this.error}</span>` : nothing}
    </form>`;
  }
}

customElements.define('run-labels', RunLabels);
