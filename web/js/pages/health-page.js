import { html, LitElement, nothing } from 'lit';
import { readOnly } from '../access.js';
import { moment, webhookWords } from '../alerts.js';
import { api } from '../api.js';
import { age, count, duration } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { percentiles, sections } from '../health/health-facts.js';
import { runPath } from '../router.js';

/** Between two questions to the server, ms. */
const EVERY = 2000;

/** How the server does: what comes in, how late it is seen, what is kept, what was lost. */
class HealthPage extends LitElement {
  static properties = { health: { state: true }, error: { state: true }, tested: { state: true } };

  #timer = 0;
  #asking = false;
  #visible = () => !document.hidden && this.#ask();

  constructor() {
    super();
    this.health = null;
    this.error = null;
    this.tested = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Health · Escapement';
    document.addEventListener('visibilitychange', this.#visible);
    this.#ask();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#visible);
    clearTimeout(this.#timer);
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      this.health = await api.health();
      this.error = null;
    } catch (refusal) {
      this.error = refusal.message;
    }
    this.#asking = false;
    if (this.isConnected && !document.hidden) this.#timer = setTimeout(() => this.#ask(), EVERY);
  }

  async #test() {
    try {
      const { webhooks } = await api.testWebhooks();
      this.tested = `A test is on its way to ${webhooks === 1 ? 'the webhook' : `${count(webhooks)} webhooks`}.`;
      this.#ask();
    } catch (refusal) {
      this.tested = refusal.message;
    }
  }

  render() {
    const { health, error } = this;
    return html`<main class="page health">
      <div class="health-head">
        <h1>Health</h1>
        ${health ? html`<span class="quiet">as of ${age(health.time)}, asked every ${EVERY / 1000} s</span>` : nothing}
      </div>
      ${error ? html`<p class="refusal" role="alert">${error}${health ? ' What follows is what was known before.' : ''}</p>` : nothing}
      ${health ? this.#all(health) : error ? nothing : html`<p class="blank" role="status">Asking the server…</p>`}
    </main>`;
  }

  #all(health) {
    return html`${this.#losses(health.losses)}
      <div class="health-grid">
        ${sections(health).map(
          s =>
            html`<section class="panel" data-panel=${s.id} aria-labelledby="health-${s.id}">
              <h2 id="health-${s.id}">${s.title}</h2>
              <dl>
                ${s.facts.map(
                  f =>
                    html`<div>
                      <dt>${f.term}${f.help ? html`<small>${f.help}</small>` : nothing}</dt>
                      <dd class=${f.tone ? `tone-${f.tone} toned` : nothing}>
                        ${f.tone ? glyph(MARKS[f.tone], f.tone, 12) : nothing} ${f.value}
                      </dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
      ${this.#viewers(health.stream)} ${this.#webhooks(health.alerts.webhooks)}`;
  }

  #losses(losses) {
    if (losses.length === 0)
      return html`<p class="panel fine tone-good toned" data-testid="losses">${glyph('circle', 'good', 12)} No data was lost since the server began.</p>`;
    return html`<section class="panel lost" data-testid="losses" aria-label="What was lost">
      <h2>What was lost</h2>
      <ul>
        ${losses.map(
          l => html`<li class="tone-bad toned">${glyph('cross', 'bad', 12)} ${l.what} ${l.at ? html`<small>Last ${age(l.at)}, ${moment(l.at)}.</small>` : nothing}</li>`,
        )}
      </ul>
    </section>`;
  }

  #viewers({ viewers, clients, lag }) {
    return html`<section class="panel" data-panel="viewers" aria-labelledby="health-viewers">
      <h2 id="health-viewers">Viewers <small class="quiet">${percentiles(lag)}</small></h2>
      ${viewers.length === 0
        ? html`<p class="quiet">Nobody looks.</p>`
        : html`<div class="table-wrap" tabindex="0" role="region" aria-label="Viewers">
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">Viewer</th>
                  <th scope="col">Topic</th>
                  <th scope="col" class="num">Position</th>
                  <th scope="col" class="num">Behind</th>
                  <th scope="col" class="num">Hz</th>
                  <th scope="col" class="num">Queued</th>
                  <th scope="col" class="num">Left out</th>
                  <th scope="col" class="num">Conflated</th>
                </tr>
              </thead>
              <tbody>
                ${viewers.flatMap(v => (v.topics.length === 0 ? [{ topic: 'nothing' }] : v.topics).map((t, i) => viewerRow(v, t, i)))}
              </tbody>
            </table>
          </div>`}
      ${clients > viewers.length ? html`<p class="quiet">and ${count(clients - viewers.length)} more</p>` : nothing}
    </section>`;
  }

  #webhooks(webhooks) {
    return html`<section class="panel" data-panel="webhooks" aria-labelledby="health-webhooks">
      <h2 id="health-webhooks">Webhooks</h2>
      ${webhooks.length === 0
        ? html`<p class="quiet">None; <code>--alert-webhook URL</code> adds one.</p>`
        : html`<ul>
              ${webhooks.map(w => html`<li><code>${w.address}</code> ${webhookWords(w)}</li>`)}
            </ul>
            <p>
              <button
                class="button"
                data-testid="test-webhooks"
                ?disabled=${readOnly() !== null}
                title=${readOnly() ?? nothing}
                @click=${() => this.#test()}
              >
                Send a test
              </button>
              <span role="status">${this.tested}</span>
            </p>`}
    </section>`;
  }
}

const MARKS = { bad: 'cross', judge: 'down', good: 'circle' };

function viewerRow(viewer, topic, index) {
  return html`<tr>
    <td>${index === 0 ? html`${viewer.address} <small class="quiet">${duration((Date.now() - Date.parse(viewer.since)) / 1000)}</small>` : nothing}</td>
    <td>${topic.name === undefined ? (topic.topic === 'runs' ? `list${topic.rows ? `, ${count(topic.rows)} rows` : ''}` : topic.topic) : html`<a href=${runPath(topic.topic)}>${topic.name}</a>`}</td>
    <td class="num">${count(topic.position)}</td>
    <td class="num">${topic.eventsBehind === undefined ? '–' : count(topic.eventsBehind)}</td>
    <td class="num">${topic.maxHz ?? '–'}</td>
    <td class="num ${viewer.full ? 'tone-judge toned' : ''}">${index === 0 ? count(viewer.queuedCharacters) : nothing}</td>
    <td class="num">${index === 0 ? count(viewer.ticksLeftOut) : nothing}</td>
    <td class="num">${index === 0 ? count(viewer.conflated) : nothing}</td>
  </tr>`;
}

customElements.define('health-page', HealthPage);
