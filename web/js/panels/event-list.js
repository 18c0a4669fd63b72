import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { glyph } from '../draw/glyph-svg.js';
import { count, duration, number, timeOfDay } from '../draw/format.js';
import { figureOf } from '../run/columns.js';
import { outcomeOf } from '../run/episodes.js';
import { superseded } from '../run/attempts.js';
import { keyOf, markOf, told } from '../run/landmarks.js';
import { ownFieldsOf } from '../run/own-fields.js';
import { episodeWords, KINDS, rowsOf, USUAL, within } from '../run/stories.js';
import { RunElement } from './run-element.js';

/** Rows in the page; the rest can be asked for. */
const STEP = 100;

/** What happened, newest first; trials stand under their episode. A click moves the shared cursor there. */
class EventList extends RunElement {
  static properties = { most: { state: true }, opened: { state: true }, choosing: { state: true } };

  constructor() {
    super();
    this.most = STEP;
    this.opened = new Map();
  }

  get redrawsOn() {
    return ['landmarks', 'replay'];
  }

  get #kinds() {
    return this.run.view.kinds ?? USUAL;
  }

  #none(list) {
    return list.length > 0 && this.run.view.kinds !== null
      ? 'No event of the kinds that are chosen.'
      : 'No event so far: judgements, escapes and verdicts appear here.';
  }

  render() {
    const { run } = this;
    const { list, forgotten } = run.model.landmarks;
    const all = rowsOf(list, run.episodes, this.#kinds);
    const rows = all.slice(-this.most).reverse();
    return html` <section class="panel events" data-testid="events" aria-label="Events">
      <header class="panel-head">
        <h2>Events</h2>
        <span class="quiet">${count(all.length)}${this.#hidden(list, forgotten, all)}</span>
        <span class="tools">
          <button
            class="tool"
            aria-expanded=${Boolean(this.choosing)}
            @click=${() => {
              this.choosing = !this.choosing;
            }}
          >
            Filter
          </button>
        </span>
      </header>
      ${this.choosing ? this.#filter() : nothing}
      ${all.length === 0 ? remark(this.#none(list)) : nothing}
      <ol>
        ${repeat(
          rows,
          row => keyOf(row.event),
          row => (row.episode ? this.#episode(row) : this.#row(row.event)),
        )}
      </ol>
      ${
        all.length > this.most
          ? html`<button
              class="more"
              @click=${() => {
                this.most += STEP;
              }}
            >
              ${count(all.length - this.most)} older
            </button>`
          : nothing
      }
      ${forgotten > 0 ? remark(`${count(forgotten)} older events are kept by the server only.`) : nothing}
    </section>`;
  }

  /** What the list leaves out, so that nothing is in silence. */
  #hidden(list, forgotten, all) {
    const held = list.length + forgotten - all.length;
    return held > 0 ? ` of ${count(list.length + forgotten)}` : '';
  }

  #filter() {
    const kinds = this.#kinds;
    const toggle = kind => (kinds.includes(kind) ? kinds.filter(k => k !== kind) : [...kinds, kind]);
    return html`<p class="filter" role="group" aria-label="Kinds of events">
      ${Object.entries(KINDS).map(
        ([kind, words]) =>
          html`<button class="button small" aria-pressed=${kinds.includes(kind)} @click=${() => this.run.showKinds(toggle(kind))}>
            ${words}
          </button>`,
      )}
    </p>`;
  }

  /** An episode of several trials: how it went, and on demand everything in it. */
  #episode({ event, episode }) {
    const key = keyOf(episode.events[0]);
    const most = this.opened.get(key) ?? 0;
    const outcome = outcomeOf(episode);
    const mark = markOf({ ...event, outcome });
    const [before, after] = ['lossBefore', 'lossAfter'].map(name => figureOf(event, name));
    const losses = episode.accepted && before !== null ? `Loss ${number(before)} → ${number(after)}. ` : '';
    const inside = most > 0 ? within(episode, most) : [];
    const open = number => {
      this.opened = new Map(this.opened).set(key, number);
    };
    return html`${this.#item(event, { ...mark, lead: `${episodeWords(episode)}.`, rest: `${losses}${event.detail ?? ''}` }, outcome, episode.to)}
      <li class="within" data-ahead=${this.#ahead(event)}>
        <button class="unfold" aria-expanded=${most > 0} @click=${() => open(most > 0 ? 0 : STEP)}>
          ${most > 0 ? '▾' : '▸'} ${count(episode.trials)} trials from iteration ${count(episode.from.iteration)} to
          ${count(episode.to.iteration)}
        </button>
        ${
          most > 0
            ? html`<ol>
                ${inside.map(each => this.#row(each))}
                ${
                  episode.events.length - 1 > most
                    ? html`<li><button class="more" @click=${() => open(most + STEP)}>Older ones of this episode</button></li>`
                    : nothing
                }
              </ol>`
            : nothing
        }
      </li>`;
  }

  #row(event) {
    const mark = markOf(event);
    const { lead, rest, joined } = told(mark);
    return this.#item(event, { ...mark, lead, rest, joined }, event.outcome, event);
  }

  #ahead(event) {
    return event.iteration > (this.run.drawnTo ?? Infinity);
  }

  #item(event, { shape, tone, lead, rest, joined }, outcome, place) {
    const past = superseded(event, this.run.model.status?.attempts);
    return html` <li
      data-testid="event-row"
      data-kind=${event.kind}
      data-outcome=${outcome ?? nothing}
      data-ahead=${this.#ahead(event)}
      data-superseded=${past}
      data-fresh=${this.run.flashed === keyOf(event)}
    >
      <button @click=${() => this.run.pin(event.iteration)} title="Move the cursor to iteration ${event.iteration}">
        ${glyph(shape, tone)}
        <span class="what">${past ? `Superseded, of attempt ${event.attempt ?? 1}: ` : ''}<b>${lead}</b>${joined ? '' : ' '}${rest}${own(event)}</span>
        <span class="when">${count(place.iteration)}</span>
        <time datetime=${event.time ?? nothing} title=${timeOfDay(event.time)}>${duration(place.elapsed)}</time>
      </button>
    </li>`;
  }
}

/** What the program sent with the event besides. */
function own(event) {
  return ownFieldsOf(event).map(({ name, value }) => html` <span class="own"><i>${name}</i> ${value}</span>`);
}

function remark(text) {
  return html`<p class="quiet pad">${text}</p>`;
}

customElements.define('event-list', EventList);
