import { html, LitElement, nothing } from 'lit';

const EVERYWHERE = [
  ['/', 'search: runs, problems, experiments, pages'],
  ['?', 'this help'],
];

/** What the keys and the pointer do, on the page one is on and everywhere. */
class HelpOverlay extends LitElement {
  static properties = { page: { state: true } };

  createRenderRoot() {
    return this;
  }

  /** @param page its name, and its keys as [key, what it does] */
  open(page) {
    this.page = page;
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog
      class="help-overlay"
      aria-labelledby="help-title"
      @click=${() => this.querySelector('dialog').close()}
    >
      <h2 id="help-title">Keys and pointer</h2>
      ${this.page?.keys?.length ? html`<h3>${this.page.name}</h3> ${list(this.page.keys)} <h3>Everywhere</h3>` : nothing}
      ${list(EVERYWHERE)}
      <button class="button" autofocus>Close</button>
    </dialog>`;
  }
}

function list(keys) {
  return html`<dl>
    ${keys.map(
      ([key, what]) =>
        html`<div>
          <dt>${key.split(' ').map(k => html`<kbd>${k}</kbd> `)}</dt>
          <dd>${what}</dd>
        </div>`,
    )}
  </dl>`;
}

customElements.define('help-overlay', HelpOverlay);
