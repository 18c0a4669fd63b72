import { LitElement } from 'lit';

/** What a live run changes all the time. */
const ROUTINE = new Set(['data', 'status']);
/** Words need not change more often than they can be read, ms. */
const EVERY = 200;

/** A part of the run page: in the light DOM, fed with a RunView as `run`, told of every frame. */
export class RunElement extends LitElement {
  static properties = { run: { attribute: false } };

  #unlisten = null;
  #rendered = -Infinity;
  #later = null;

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
    clearTimeout(this.#later);
    this.#later = null;
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
    if (this.redrawsOn.some(what => dirty.has(what))) this.#soon(ROUTINE.isSupersetOf?.(dirty) ?? [...dirty].every(what => ROUTINE.has(what)));
  }

  /** What comes with every event of a run is rendered a few times a second, what a person does at once. */
  #soon(routine) {
    const now = performance.now();
    if (!routine || now - this.#rendered >= EVERY) {
      this.#rendered = now;
      clearTimeout(this.#later);
      this.#later = null;
      this.requestUpdate();
    } else {
      this.#later ??= setTimeout(() => this.#soon(false), EVERY - (now - this.#rendered));
    }
  }

  /** What makes this part render anew. */
  get redrawsOn() {
    return [];
  }
}
