import { html, nothing } from 'lit';
import { api } from '../api.js';
import { age, count, duration, number, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { figureOf } from '../run/columns.js';
import { verdictMark } from '../run/landmarks.js';
import { RunElement } from './run-element.js';
import { commandsOf, stateLook } from './states.js';

const BUTTONS = {
  pause: ['btn-pause', 'Pause'],
  resume: ['btn-pause', 'Resume'],
  escape: ['btn-escape', 'Escape now'],
  checkpoint: ['btn-checkpoint', 'Checkpoint'],
  stop: ['btn-stop', 'Stop'],
};

/** What state the run is in and why, in words; its figures; what one can tell it to do. */
class RunHeader extends RunElement {
  static properties = { busy: { state: true }, error: { state: true }, copied: { state: true } };

  #ticker = 0;

  get redrawsOn() {
    return ['status', 'landmarks'];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ticker = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
  }

  async #command(command) {
    this.busy = command;
    this.error = null;
    try {
      await api.command(this.run.model.id, command);
    } catch (refusal) {
      this.error = refusal.message;
    }
    this.busy = null;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.run.model.header.command);
      this.copied = true;
      setTimeout(() => {
        this.copied = false;
      }, 1500);
    } catch {
      getSelection().selectAllChildren(this.querySelector('.command code'));
    }
  }

  render() {
    const { header, status } = this.run.model;
    const look = stateLook(status.state);
    const commands = commandsOf(header, status);
    return html` <section class="run-head" data-flash=${this.run.flashed !== null}>
      <div class="run-title">
        <span class="chip tone-${look.tone}" data-testid="state" data-state=${status.state} title=${look.meaning}
          >${glyph(look.shape, look.tone)} ${look.label}</span
        >
        ${status.verdict ? this.#verdict(status) : nothing}
        <h1>${header.name}</h1>
        <span class="quiet">${[header.problem, header.solver, header.escape].filter(Boolean).join(' · ')}</span>
        <span class="actions">
          ${commands.map(each => this.#button(each))}
        </span>
      </div>
      <p class="sentence" data-testid="sentence" aria-live="polite">${status.sentence || status.title}</p>
      ${this.error ? html`<p class="refusal" role="alert">${this.error}</p>` : nothing}
      <dl class="facts">
        ${fact('Iteration', count(status.iteration))} ${fact('Loss', number(figureOf(status, 'loss')))}
        ${fact('‖∇h‖', number(figureOf(status, 'gradientNorm')))}
        ${figureOf(status, 'distance') === null ? nothing : fact('Distance', number(figureOf(status, 'distance')))}
        ${fact('Escapes', count(status.escapes))} ${fact('Elapsed', duration(status.elapsed))}
        ${fact('it/s', rate(status.iterationsPerSecond))}
        ${status.ended || !status.lastImprovement ? nothing : fact('Improved', age(status.lastImprovement))}
        ${fact('Seed', header.seed ?? '–')}
        ${(status.attempts ?? []).slice(-1).map(each => fact('Attempt', `${each.attempt} from ${count(Math.max(0, each.iteration))}`))}
        <div class="command">
          <dt>Command</dt>
          <dd>
            <code>${header.command}</code>
            <button class="tool" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button>
          </dd>
        </div>
      </dl>
    </section>`;
  }

  #verdict(status) {
    const mark = verdictMark(status.verdict);
    return html`<span class="chip tone-${mark.tone}" data-testid="verdict" data-verdict=${status.verdict}>
      ${glyph(mark.shape, mark.tone)} ${mark.label}</span
    >`;
  }

  #button({ command, refusal }) {
    const { status } = this.run.model;
    const [id, label] =
      command === 'resume' && status.ended
        ? ['btn-resume', `Resume from ${count(status.checkpoint.iteration)}`]
        : BUTTONS[command];
    return html`<button
      class="button"
      data-testid=${id}
      ?disabled=${refusal !== null || this.busy === command}
      title=${refusal ?? nothing}
      @click=${() => this.#command(command)}
    >
      ${label}
    </button>`;
  }
}

function fact(term, value) {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

customElements.define('run-header', RunHeader);
