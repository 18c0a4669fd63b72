import { html, LitElement } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { api } from './api.js';
import { connection } from './draw/format.js';
import { Stream } from './live/stream.js';
import { amend, onNavigate, parse, runPath } from './router.js';
import { startTheme, themeName, toggleTheme } from './theme.js';
import './alerts-bell.js';
import './help-overlay.js';
import './pages/experiment-list.js';
import './pages/experiment-page.js';
import './pages/run-list.js';
import './pages/run-page.js';

startTheme();
const stream = new Stream(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/stream`);

/** The shell: top bar, the page the address names, keys. */
class EscapementApp extends LitElement {
  static properties = { route: { state: true }, runs: { state: true }, connection: { state: true } };

  constructor() {
    super();
    this.runs = null;
    this.connection = stream.connection;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    stream.addEventListener('connection', () => {
      this.connection = stream.connection;
    });
    setInterval(() => this.connection.retryAt && this.requestUpdate(), 500);
    addEventListener('themechange', () => this.requestUpdate());
    addEventListener('online', () => stream.retry());
    document.addEventListener('visibilitychange', () => stream.setHidden(document.hidden));
    document.addEventListener('keydown', event => this.#key(event));
    onNavigate(route => this.#show(route));
    stream.open();
  }

  async #show(route) {
    if (route.page === 'home') {
      await this.#openDemo();
      route = parse(location.href);
    }
    this.route = route;
    if (route.page !== 'run')
      stream.watchRuns(runs => {
        this.runs = runs;
      });
  }

  /** A newcomer sees the demo run first; everybody else the list. */
  async #openDemo() {
    try {
      const {
        runs: [newest],
      } = await api.newestRuns(1);
      if (!newest) return;
      const { header } = await api.run(newest.id);
      if (String(header.settings?.demo) === 'true' && location.pathname === '/') amend(runPath(newest.id));
    } catch {
      // without an answer the list says what is wrong
    }
  }

  #key(event) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const target = event.target;
    if (target.matches('input, select, textarea, [contenteditable]') || document.querySelector('dialog[open]')) return;
    if (event.key === ' ' && target.matches('button, a, summary')) return;
    const page = this.querySelector('run-page, run-list, experiment-list, experiment-page');
    if (event.key === '?') this.querySelector('help-overlay').open();
    else if (!page?.key(event.key)) return;
    event.preventDefault();
  }

  stats() {
    const page = this.querySelector('run-page');
    return { connection: this.connection.kind, ...(page?.stats?.() ?? {}) };
  }

  render() {
    const dark = themeName() === 'dark';
    return html` <header class="top">
        <a class="brand" href="/runs"
          ><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M1 4C5 4 5 14 8.5 14S11 9.5 12.5 9.5" class="fall"></path>
            <path d="M12.5 9.5C14 3 15.5 16.5 19 16.5" class="leap"></path>
            <circle cx="19" cy="16.5" r="1.6"></circle></svg
          >Escapement</a
        >
        <nav>
          <a href="/runs" aria-current=${this.route?.page === 'runs' ? 'page' : 'false'}>Runs</a>
          <a href="/experiments" aria-current=${this.route?.page === 'experiments' ? 'page' : 'false'}>Experiments</a>
        </nav>
        <span class="pill" data-testid="connection" data-kind=${this.connection.kind} role="status"
          >${connection(this.connection)}</span
        >
        <alert-bell></alert-bell>
        <button class="tool" @click=${toggleTheme} aria-label="Use the ${dark ? 'light' : 'dark'} theme">
          ${dark ? '☀' : '☾'}
        </button>
        <button class="tool" @click=${() => this.querySelector('help-overlay').open()} aria-label="Keys">?</button>
      </header>
      ${this.#page()}
      <help-overlay></help-overlay>`;
  }

  #page() {
    switch (this.route?.page) {
      case undefined:
        return html`<main class="page"></main>`;
      case 'run':
        return keyed(
          this.route.id,
          html`<run-page .id=${this.route.id} .stream=${stream} .query=${this.route.query}></run-page>`,
        );
      case 'experiments':
        return html`<experiment-list .query=${this.route.query}></experiment-list>`;
      case 'experiment':
        return keyed(
          this.route.id,
          html`<experiment-page .id=${this.route.id} .query=${this.route.query}></experiment-page>`,
        );
      case 'unknown':
        return html`<main class="page">
          <p class="blank">There is no such page. <a href="/runs">All runs</a></p>
        </main>`;
      default:
        return html`<run-list .runs=${this.runs} .query=${this.route.query}></run-list>`;
    }
  }
}

customElements.define('escapement-app', EscapementApp);
window.escapement = { stats: () => document.querySelector('escapement-app').stats() };
