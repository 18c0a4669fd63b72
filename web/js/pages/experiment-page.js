import * as echarts from 'echarts';
import { html, LitElement, nothing } from 'lit';
import { readOnly } from '../access.js';
import { api } from '../api.js';
import { copyButton } from '../experiments/dom.js';
import { ResultView } from '../experiments/result-view.js';
import { queryOf, stateFrom } from '../experiments/view-state.js';
import { amend, experimentPath, runPath } from '../router.js';
import { pollEvery, progressBar } from './experiment-progress.js';

/** One experiment: its newest result, what runs of it now, and starting it anew. */
class ExperimentPage extends LitElement {
  static properties = {
    id: { attribute: false },
    query: { attribute: false },
    entry: { state: true },
    result: { state: true },
    refusal: { state: true },
    asking: { state: true },
  };

  #stop = () => {};
  #view = null;
  #finished = undefined;
  #wasRunning = false;
  #redraw = () => this.#view?.redraw(true);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = `${this.id} · Escapement`;
    addEventListener('themechange', this.#redraw);
    this.#again();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('themechange', this.#redraw);
    this.#stop();
    this.#view?.dispose();
  }

  #again() {
    this.#stop();
    this.#stop = pollEvery(() => this.#load());
  }

  /** @returns whether it runs */
  async #load() {
    try {
      const { experiments } = await api.experiments();
      this.entry = experiments.find(e => e.id === this.id) ?? null;
    } catch (error) {
      this.refusal = error.message;
      return false;
    }
    const running = Boolean(this.entry?.running);
    const stale = this.entry?.finished !== this.#finished || (this.#wasRunning && !running);
    if (this.entry && (stale || this.result === undefined)) await this.#fetch();
    this.#wasRunning = running;
    return running;
  }

  async #fetch() {
    this.#finished = this.entry.finished;
    try {
      const result = await api.experiment(this.id);
      if (JSON.stringify(result) !== JSON.stringify(this.result)) this.#take(result);
    } catch (error) {
      if (error.status === 404) this.result = null;
      else this.refusal = error.message;
    }
  }

  #take(result) {
    const state = this.#view?.state ?? stateFrom(this.query);
    this.#view?.dispose();
    this.#view = new ResultView(result, {
      echarts,
      state,
      onState: now => amend(experimentPath(this.id), queryOf(now)),
      trials: (cell, cursor) => api.trials(this.id, cell, cursor),
      runPath,
    });
    this.result = result;
  }

  updated() {
    this.#view?.redraw();
  }

  key() {
    return false;
  }

  async #post(call) {
    this.asking = true;
    try {
      await call();
      this.refusal = null;
      this.#again();
    } catch (error) {
      this.refusal =
        error.status === 404 || error.status === 405
          ? 'This server does not start experiments; the command below does.'
          : error.message;
    }
    this.asking = false;
  }

  #start(quick) {
    const body = { quick };
    for (const name of ['trials', 'seed', 'jobs']) {
      const { value } = this.querySelector(`[name=${name}]`);
      if (value !== '') body[name] = Number(value);
    }
    return this.#post(() => api.startExperiment(this.id, body));
  }

  render() {
    const title = this.result?.title ?? this.entry?.title ?? this.id;
    const source = this.result?.source ?? this.entry?.source;
    return html`<main class="page">
      <div class="experiment-head">
        <div>
          <h1>${title}</h1>
          <span class="quiet"><code>${this.id}</code> ${source ? `· ${source}` : ''}</span>
        </div>
        ${this.entry ? this.#controls() : nothing}
      </div>
      ${[this.refusal, this.entry?.error].filter(Boolean).map(why => html`<p class="refusal" role="alert">${why}</p>`)}
      ${this.#body()}
    </main>`;
  }

  #controls() {
    const { running } = this.entry;
    if (running)
      return html`<span class="controls">
        ${progressBar(running)}
        <button
          class="button"
          data-testid="stop-experiment"
          ?disabled=${this.asking || running.state === 'stopping' || readOnly() !== null}
          title=${readOnly() ?? nothing}
          @click=${() => this.#post(() => api.commandExperiment(this.id, 'stop'))}
        >
          Stop
        </button>
      </span>`;
    const field = (name, label, hint) =>
      html`<label
        >${label}<input name=${name} type="number" min=${name === 'seed' ? nothing : 1} placeholder=${hint}
      /></label>`;
    return html`<span class="controls">
      <details>
        <summary>Options</summary>
        <span class="start-options">
          ${field('trials', 'trials', this.entry.trials ?? '')} ${field('seed', 'seed', 'own')}
          ${field('jobs', 'jobs', 'all')}
        </span>
      </details>
      <button class="button" data-testid="run-quick" ?disabled=${this.asking || readOnly() !== null} title=${readOnly() ?? nothing} @click=${() => this.#start(true)}>
        Run quick
      </button>
      <button class="button primary" data-testid="run-full" ?disabled=${this.asking || readOnly() !== null} title=${readOnly() ?? nothing} @click=${() => this.#start(false)}>
        Run in full
      </button>
    </span>`;
  }

  #body() {
    if (this.entry === null)
      return html`<p class="blank">There is no experiment ${this.id}. <a href="/experiments">All experiments</a></p>`;
    if (this.result) return this.#view.element;
    if (this.result === undefined) return html`<p class="blank" role="status">Waiting for the result…</p>`;
    const command = `escapement experiment ${this.id}`;
    return html`<section class="panel empty" data-testid="no-result">
      <h2>No result yet</h2>
      <p>Run it here, or from a terminal; --quick ends within a minute:</p>
      <div class="command-line"><code>${command} --quick</code>${copyButton(`${command} --quick`, 'Copy command')}</div>
      <div class="command-line"><code>${command}</code>${copyButton(command, 'Copy command')}</div>
    </section>`;
  }
}

customElements.define('experiment-page', ExperimentPage);
