import { LitElement } from 'lit';

/** A part of the comparison: in the light DOM, fed with a Comparison, told of every frame. */
export class CompareElement extends LitElement {
  static properties = { comparison: { attribute: false } };

  #unlisten = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unlisten?.();
    this.#unlisten = null;
  }

  willUpdate(changed) {
    if (!changed.has('comparison')) return;
    this.#unlisten?.();
    this.#unlisten = null;
    this.#listen();
  }

  #listen() {
    if (this.comparison && !this.#unlisten) {
      this.#unlisten = this.comparison.frames.listen((dirty, time) => this.onFrame(dirty, time));
    }
  }

  /** @param dirty what changed, as in frames.js */
  onFrame() {}
}
