import { html, LitElement } from 'lit';

const KEYS = [
  ['space', 'hold or resume following; hold or resume the replay'],
  ['l', 'logarithmic or linear scale in all charts'],
  ['z', 'show the whole run; so does a double click'],
  ['drag', 'zoom to a stretch of the run, in all charts'],
  ['click', 'pin the cursor, or let it go'],
  ['Esc', 'leave the replay'],
  ['← →', 'move the cursor by a row; Page Up and Page Down by fifty'],
  ['[ ]', 'go to the escape before or after'],
  ['t', 'show every trial of an escape, or fold them'],
  ['/', 'search in the list of runs or experiments'],
  ['?', 'this help'],
];

/** What the keys and the pointer do. */
class HelpOverlay extends LitElement {
  createRenderRoot() {
    return this;
  }

  open() {
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog
      class="help-overlay"
      aria-labelledby="help-title"
      @click=${() => this.querySelector('dialog').close()}
    >
      <h2 id="help-title">Keys and pointer</h2>
      <dl>
        ${KEYS.map(
          ([key, what]) =>
            html`<div>
              <dt><kbd>${key}</kbd></dt>
              <dd>${what}</dd>
            </div>`,
        )}
      </dl>
      <button class="button" autofocus>Close</button>
    </dialog>`;
  }
}

customElements.define('help-overlay', HelpOverlay);
