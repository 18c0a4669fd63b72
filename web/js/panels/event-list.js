import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { glyph } from '../draw/glyph-svg.js';
import { count, duration, timeOfDay } from '../draw/format.js';
import { superseded } from '../run/attempts.js';
import { keyOf, markOf, told } from '../run/landmarks.js';
import { RunElement } from './run-element.js';

/** Rows in the page; the rest can be asked for. */
const STEP = 100;

/** What happened, newest first; a click moves the shared cursor there. */
class EventList extends RunElement {
  static properties = { most: { state: true } };

  constructor() {
    super();
    this.most = STEP;
  }

  get redrawsOn() {
    return ['landmarks', 'replay'];
  }

  render() {
    const { list, forgotten } = this.run.model.landmarks;
    const drawnTo = this.run.drawnTo ?? Infinity;
    const rows = list.slice(-this.most).reverse();
    return html` <section class="panel events" aria-label="Events">
      <header class="panel-head">
        <h2>Events</h2>
        <span class="quiet">${count(list.length + forgotten)}</span>
      </header>
      ${list.length === 0 ? remark('No event so far: judgements, escapes and verdicts appear here.') : nothing}
      <ol>
        ${repeat(rows, keyOf, event => this.#row(event, event.iteration > drawnTo))}
      </ol>
      ${
        list.length > this.most
          ? html`<button
              class="more"
              @click=${() => {
                this.most += STEP;
              }}
            >
              ${count(list.length - this.most)} older
            </button>`
          : nothing
      }
      ${forgotten > 0 ? remark(`${count(forgotten)} older events are kept by the server only.`) : nothing}
    </section>`;
  }

  #row(event, ahead) {
    const mark = markOf(event);
    const { lead, rest, joined } = told(mark);
    const past = superseded(event, this.run.model.status?.attempts);
    return html` <li
      data-testid="event-row"
      data-kind=${event.kind}
      data-outcome=${event.outcome ?? nothing}
      data-ahead=${ahead}
      data-superseded=${past}
      data-fresh=${this.run.flashed === keyOf(event)}
    >
      <button @click=${() => this.run.pin(event.iteration)} title="Move the cursor to iteration ${event.iteration}">
        ${glyph(mark.shape, mark.tone)}
        <span class="what">${past ? html`<span class="tag">attempt ${event.attempt ?? 1}, superseded</span> ` : nothing}<b>${lead}</b>${joined ? '' : ' '}${rest}</span>
        <span class="when">${count(event.iteration)}</span>
        <time datetime=${event.time ?? nothing} title=${timeOfDay(event.time)}>${duration(event.elapsed)}</time>
      </button>
    </li>`;
  }
}

function remark(text) {
  return html`<p class="quiet pad">${text}</p>`;
}

customElements.define('event-list', EventList);
