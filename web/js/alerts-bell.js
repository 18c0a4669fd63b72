import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readOnly } from './access.js';
import { alertKey, alertSummary, Announcer, moment, pollDelay, RULE_WORDS, SILENCES, webhookWords } from './alerts.js';
import { api } from './api.js';
import { age } from './draw/format.js';
import { runPath } from './router.js';

const KEY = 'escapement.alerts.notify';

function remembered() {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false; // storage refused by the browser: the choice lasts as long as the page
  }
}

/** The bell in the top bar: how many alerts fire, and the list of them. Asks the server every few seconds. */
class AlertBell extends LitElement {
  static properties = {
    alerts: { state: true },
    error: { state: true },
    open: { state: true },
    said: { state: true },
    notifies: { state: true },
  };

  #announcer = new Announcer();
  #timer = 0;
  #asking = false;
  #visible = () => !document.hidden && this.#ask();

  constructor() {
    super();
    this.alerts = null;
    this.error = '';
    this.open = false;
    this.said = '';
    this.notifies = 'Notification' in window && Notification.permission === 'granted' && remembered();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
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
      this.alerts = await api.alerts();
      this.error = '';
      const fresh = this.#announcer.fresh(this.alerts.firing);
      if (fresh.length > 0) {
        this.said = fresh.map(a => `Alert: ${RULE_WORDS[a.rule] ?? a.rule}, ${a.run.name}. ${a.sentence}`).join(' ');
        if (this.notifies) fresh.forEach(notify);
      }
    } catch (error) {
      this.error = error.message;
    }
    this.#asking = false;
    if (this.isConnected) this.#timer = setTimeout(() => this.#ask(), pollDelay(this.open, document.hidden));
  }

  show() {
    this.open = true;
    this.querySelector('dialog').showModal();
    this.#ask();
  }

  async #do(action, done) {
    try {
      await action();
      await this.#ask();
      this.said = done;
    } catch (error) {
      this.error = error.message;
    }
    await this.updateComplete;
    // The button that was pressed is gone: the keyboard goes on from the top of the list.
    if (!this.contains(document.activeElement)) this.querySelector('dialog button').focus();
  }

  async #toggleNotifications() {
    if (this.notifies) this.notifies = false;
    else this.notifies = (await Notification.requestPermission()) === 'granted';
    try {
      localStorage.setItem(KEY, this.notifies ? 'on' : 'off');
    } catch {
      // see remembered()
    }
  }

  render() {
    const { loud, label } = alertSummary(this.alerts);
    return html`<button
        class="tool bell"
        data-testid="alert-bell"
        data-loud=${loud > 0}
        aria-haspopup="dialog"
        aria-label=${label}
        title=${label}
        @click=${() => this.show()}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path d="M4 14.5h12c-1.4-1.4-1.6-3-1.6-5.5A4.4 4.4 0 0 0 10 4.5 4.4 4.4 0 0 0 5.6 9c0 2.5-.2 4.1-1.6 5.5z"></path>
          <path d="M8.3 16.8a1.8 1.8 0 0 0 3.4 0"></path></svg
        >${loud > 0 ? html`<b data-testid="alert-count">${loud}</b>` : nothing}
      </button>
      <span class="unseen" role="status" aria-live="polite">${this.said}</span>
      <dialog
        class="alerts"
        aria-labelledby="alerts-title"
        @close=${() => {
          this.open = false;
        }}
      >
        <header>
          <h2 id="alerts-title">Alerts</h2>
          <button class="button" data-testid="alerts-close" @click=${() => this.querySelector('dialog').close()}>
            Close
          </button>
        </header>
        ${this.error ? html`<p class="wrong" role="alert">${this.error}</p>` : nothing}
        ${this.alerts === null ? nothing : this.#lists(readOnly())}
      </dialog>`;
  }

  /** @param why silences cannot be changed, or null */
  #lists(why) {
    const { on, firing, recent, silences, webhooks } = this.alerts;
    if (!on) return html`<p class="quiet">Alerts are switched off (--no-alerts).</p>`;
    return html`${firing.length === 0
        ? html`<p class="quiet">No run is stalled, lost, diverged or slow for as long as it takes.</p>`
        : html`<ul class="alert-list" aria-label="Firing">
            ${repeat(firing, alertKey, alert => this.#alert(alert, why))}
          </ul>`}
      ${silences.length === 0
        ? nothing
        : html`<h3>Silences</h3>
            <ul class="alert-list">
              ${silences.map(
                s =>
                  html`<li data-testid="silence">
                    <span
                      >${s.rule ? (RULE_WORDS[s.rule] ?? s.rule) : 'Everything'}
                      ${s.run ? html`of <a href=${runPath(s.run)}>${s.run}</a>` : 'of every run'}, until
                      ${moment(s.until)}</span
                    >
                    <button
                      class="button"
                      ?disabled=${why !== null}
                      title=${why ?? nothing}
                      @click=${() => this.#do(() => api.liftSilence(s.id), 'The silence is over.')}
                    >
                      End it
                    </button>
                  </li>`,
              )}
            </ul>`}
      ${recent.length === 0
        ? nothing
        : html`<h3>Over</h3>
            <ul class="alert-list over" aria-label="Over">
              ${recent.slice(0, 20).map(
                a =>
                  html`<li data-testid="alert-over">
                    <span
                      ><b>${RULE_WORDS[a.rule] ?? a.rule}</b> ${this.#link(a)} from ${moment(a.since)} to
                      ${moment(a.resolvedAt)}. ${a.resolution}</span
                    >
                  </li>`,
              )}
            </ul>`}
      ${why === null ? nothing : html`<p class="quiet" data-testid="no-silence">${why}</p>`}
      <h3>Who is told</h3>
      ${webhooks.length === 0
        ? html`<p class="quiet">Nobody but this page; <code>--alert-webhook URL</code> adds somebody.</p>`
        : html`<ul class="alert-list">
            ${webhooks.map(w => html`<li data-testid="webhook"><code>${w.address}</code> <span>${webhookWords(w)}</span></li>`)}
          </ul>`}
      ${'Notification' in window
        ? html`<label class="notify"
            ><input
              type="checkbox"
              .checked=${this.notifies}
              ?disabled=${Notification.permission === 'denied'}
              @change=${() => this.#toggleNotifications()}
            />
            Notify me through the browser${Notification.permission === 'denied' ? ' (the browser does not allow it)' : ''}</label
          >`
        : nothing}`;
  }

  #link(alert) {
    return html`<a href=${runPath(alert.run.id)} @click=${() => this.querySelector('dialog').close()}
      >${alert.run.name || alert.run.id}</a
    >`;
  }

  #alert(alert, why) {
    const rule = RULE_WORDS[alert.rule] ?? alert.rule;
    return html`<li data-testid="alert" data-rule=${alert.rule} data-severity=${alert.severity}>
      <span>
        <b class=${alert.severity === 'critical' ? 'tone-bad' : 'tone-judge'}>${rule}</b>
        <small>${alert.severity}</small> ${this.#link(alert)}
        <small>since ${moment(alert.since)} (${age(alert.since)})</small>
        <span class="why">${alert.sentence}</span>
      </span>
      ${alert.silencedUntil
        ? html`<small data-testid="silenced">silenced until ${moment(alert.silencedUntil)}</small>`
        : html`<span class="silence" role="group" aria-label="Silence ${rule} of ${alert.run.name || alert.run.id}">
            Silence
            ${SILENCES.map(
              ({ label, seconds, spoken }) =>
                html`<button
                  class="button"
                  ?disabled=${why !== null}
                  title=${why ?? nothing}
                  aria-label="Silence for ${spoken}"
                  @click=${() =>
                    this.#do(
                      () => api.silence({ run: alert.run.id, rule: alert.rule, seconds }),
                      `Silenced for ${spoken}.`,
                    )}
                >
                  ${label}
                </button>`,
            )}
            <button
              class="button"
              ?disabled=${why !== null}
              title=${why ?? nothing}
              aria-label="Silence ${rule} of every run for 1 hour"
              @click=${() =>
                this.#do(
                  () => api.silence({ rule: alert.rule, seconds: 3600 }),
                  `${rule} is silenced for every run for 1 hour.`,
                )}
            >
              all runs, 1 h
            </button>
          </span>`}
    </li>`;
  }
}

function notify(alert) {
  const title = `${RULE_WORDS[alert.rule] ?? alert.rule}: ${alert.run.name || alert.run.id}`;
  // One notification for an alert, however many pages are open.
  const shown = new Notification(title, { body: alert.sentence, tag: alertKey(alert) });
  shown.onclick = () => {
    window.focus();
    location.assign(runPath(alert.run.id));
  };
}

customElements.define('alert-bell', AlertBell);
