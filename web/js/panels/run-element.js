import { LitElement } from 'lit';

/** A part of the run page: in the light DOM, fed with a RunView as `run`, told of every frame. */
export class RunElement extends LitElement {
  static properties = { run: { attribute: false } };

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
    if (changed.has('run')) {
      this.#unlisten?.();
      this.#unlisten = null;
      this.#listen();
    }
  }

  #listen() {
    if (!this.run || this.#unlisten) return;
    this.#unlisten = this.run.frames.listen(dirty => this.onFrame(dirty));
  }

  /** @param dirty what changed, as in frames.js */
  onFrame(dirty) {
    if (this.redrawsOn.some(what => dirty.has(what))) this.requestUpdate();
  }

  /** What makes this part render anew. */
  get redrawsOn() {
    return [];
  }
}
