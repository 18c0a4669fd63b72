import { html, nothing } from 'lit';
import { readOnly } from '../access.js';
import { api } from '../api.js';
import { age, count, duration, number, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { figureOf } from '../run/columns.js';
import { CALLS } from '../run/axes.js';
import { byWhom, clocksOf } from '../run/clocks.js';
import { verdictMark } from '../run/landmarks.js';
import { RunElement } from './run-element.js';
import { commandsOf, isExternal, stateLook } from './states.js';
import './run-labels.js';

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
    const { header, status, landmarks } = this.run.model;
    const look = stateLook(status.state);
    const commands = commandsOf(header, status);
    const by = byWhom(landmarks.list, status);
    return html` <section class="run-head" data-flash=${this.run.flashed !== null}>
      <div class="run-title">
        <span class="chip tone-${look.tone}" data-testid="state" data-state=${status.state} title=${look.meaning}
          >${glyph(look.shape, look.tone)} ${look.label}${by ? ` ${by}` : ''}</span
        >
        ${status.verdict ? this.#verdict(status) : nothing}
        <h1>${header.name}</h1>
        <span class="quiet">${[header.problem, header.solver, header.escape].filter(Boolean).join(' · ')}</span>
        <run-labels .header=${header} @labelled=${e => this.#labelled(e.detail)}></run-labels>
        <span class="actions">
          ${commands.map(each => this.#button(each))}
        </span>
      </div>
      <p class="sentence" data-testid="sentence" aria-live="polite">${status.sentence || status.title}</p>
      ${this.error ? html`<p class="refusal" role="alert">${this.error}</p>` : nothing}
      <dl class="run-facts">
        ${this.#clocks(status)} ${fact('Iteration', count(status.iteration))} ${known('Loss', figureOf(status, 'loss'))}
        ${known('‖∇h‖', figureOf(status, 'gradientNorm'))} ${known('Distance', figureOf(status, 'distance'))}
        ${fact('it/s', rate(status.iterationsPerSecond))} ${known('Oracle calls', figureOf(status, CALLS), count)}
        ${fact('Escapes', count(status.escapes))} ${fact('Elapsed', duration(status.elapsed))} ${isExternal(header) ? nothing : fact('Seed', header.seed ?? '–')}
        ${(status.attempts ?? []).slice(-1).map(each => fact('Attempt', `${each.attempt} from ${count(Math.max(0, each.iteration))}`))}
        ${this.#revision(header)}
        ${header.command ? this.#commandLine(header.command) : nothing}
      </dl>
    </section>`;
  }

  #commandLine(command) {
    return html`<div class="command">
      <dt>Command</dt>
      <dd><code title=${command}>${command}</code> <button class="tool" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button></dd>
    </div>`;
  }

  /** The three clocks; of an ended run when it ended. */
  #clocks(status) {
    const { event, iteration, improvement } = clocksOf(status, this.run.model.columns);
    const clock = (term, at, meaning) =>
      html`<div data-testid="clock" title=${at === null ? meaning : `${meaning}: ${new Date(at).toLocaleString()}`}>
        <dt>${term}</dt>
        <dd>${at === null ? '–' : age(new Date(at).toISOString())}</dd>
      </div>`;
    if (status.ended) return clock('Ended', event, 'When the run ended');
    return html`${clock('Event', event, 'When something was last heard of the run')}
    ${clock('Iteration', iteration, 'When it last told of an iteration')}
    ${clock('Improved', improvement, 'When its best loss last fell noticeably')}`;
  }

  /** What was run, where that is known. */
  #revision({ settings = {} }) {
    const revision = settings.revision ?? settings.git;
    if (revision) return fact('Revision', revision);
    return settings.version ? fact('Version', settings.version) : nothing;
  }

  #labelled(header) {
    this.run.model.header = header;
    this.run.frames.request('status');
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
    const why = refusal ?? readOnly();
    return html`<button
      class="button"
      data-testid=${id}
      ?disabled=${why !== null || this.busy === command}
      title=${why ?? nothing}
      @click=${() => this.#command(command)}
    >
      ${label}
    </button>`;
  }
}

/** A figure that not every run has. */
function known(term, value, words = number) {
  return value === null ? nothing : fact(term, words(value));
}

function fact(term, value) {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

customElements.define('run-header', RunHeader);
