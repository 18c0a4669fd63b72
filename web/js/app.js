import { html, LitElement, nothing } from 'lit';
import { askAccess, signOut, viewer } from './access.js';
import { api } from './api.js';
import { connection } from './draw/format.js';
import { Stream } from './live/stream.js';
import { PAGES } from './pages/registry.js';
import { amend, onNavigate, parse, runPath } from './router.js';
import { embedding, isolate } from './shell/embed.js';
import { startTheme, themeName, toggleTheme } from './theme.js';
import './alerts-bell.js';
import './help-overlay.js';
import './shell/global-search.js';

startTheme();
const stream = new Stream(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/stream`);

/** The shell: top bar, the page the address names, keys. */
class EscapementApp extends LitElement {
  static properties = { route: { state: true }, failure: { state: true }, runs: { state: true }, connection: { state: true }, menu: { state: true } };

  /** Counts the moves, so that a page that loads slowly does not replace the one that was asked for after it. */
  #turn = 0;
  /** Whether the server has been out of reach since the document was loaded. */
  #broken = false;
  /** Null, or which panel alone is shown; that stays so for as long as the document. */
  #embed = embedding(new URLSearchParams(location.search));

  constructor() {
    super();
    this.menu = false;
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
      this.#broken ||= ['reconnecting', 'offline'].includes(this.connection.kind);
      this.#mend();
      // A session may have ended, which a WebSocket that is refused does not tell.
      if (this.connection.kind === 'reconnecting') askAccess();
    });
    addEventListener('accesschange', () => this.requestUpdate());
    askAccess();
    setInterval(() => this.connection.retryAt && this.requestUpdate(), 500);
    addEventListener('themechange', () => this.requestUpdate());
    addEventListener('online', () => stream.retry());
    document.addEventListener('visibilitychange', () => stream.setHidden(document.hidden));
    document.addEventListener('keydown', event => this.#key(event));
    onNavigate(route => this.#show(route));
    stream.open();
    if (this.#embed) document.documentElement.dataset.embed = '';
  }

  firstUpdated() {
    const { panel } = this.#embed ?? {};
    if (panel) isolate(this, panel, there => document.documentElement.toggleAttribute('data-panel-missing', !there));
  }

  async #show(route) {
    const turn = ++this.#turn;
    if (route.page === 'home') {
      await this.#openDemo();
      route = parse(location.href);
      if (route.page === 'home') route.page = 'runs';
    }
    const failure = await load(route.page);
    if (turn !== this.#turn) return;
    this.failure = failure;
    this.route = route;
    this.menu = false;
    this.#mend();
    if (PAGES[route.page]?.followsRuns)
      stream.watchRuns(runs => {
        this.runs = runs;
      });
    else stream.watchRuns(null);
  }

  /** A page whose modules were cut off by the server's end is loaded anew when it is back. Once a break, so that what is missing for good is said. */
  #mend() {
    if (this.failure && this.#broken && this.connection.kind === 'live') location.reload();
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
    // A dialog that was just closed has the focus until the next frame.
    const typing = target.matches('input, select, textarea, [contenteditable]') && !target.closest('dialog:not([open])');
    if (typing || document.querySelector('dialog[open]')) return;
    if (event.key === ' ' && target.matches('button, a, summary')) return;
    if (this.#embed) return;
    if (event.key === '?') this.#help();
    else if (event.key === '/') this.querySelector('global-search').open();
    else if (!this.#shown()?.key?.(event.key)) return;
    event.preventDefault();
  }

  #help() {
    const page = PAGES[this.route?.page];
    const keys = page && (page.keys ?? customElements.get(page.tag)?.keys);
    this.querySelector('help-overlay').open({ name: page?.title ?? page?.nav, keys });
  }

  /** The element of the page. */
  #shown() {
    const tag = PAGES[this.route?.page]?.tag;
    return tag ? this.querySelector(tag) : null;
  }

  stats() {
    return { connection: this.connection.kind, ...(this.#shown()?.stats?.() ?? {}) };
  }

  render() {
    if (this.#embed) return this.#alone();
    const dark = themeName() === 'dark';
    return html` <a class="skip" href="#content" @click=${this.#skip}>Skip to the page</a>
      <header class="top">
        <a class="brand" href="/runs" aria-label="Escapement, all runs"
          ><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M1 4C5 4 5 14 8.5 14S11 9.5 12.5 9.5" class="fall"></path>
            <path d="M12.5 9.5C14 3 15.5 16.5 19 16.5" class="leap"></path>
            <circle cx="19" cy="16.5" r="1.6"></circle></svg
          ><span>Escapement</span></a
        >
        <button
          class="tool menu-button"
          aria-label="Pages"
          aria-expanded=${this.menu}
          aria-controls="pages"
          @click=${() => {
            this.menu = !this.menu;
          }}
        >
          ☰
        </button>
        <nav id="pages" aria-label="Pages" data-open=${this.menu}>
          ${Object.entries(PAGES)
            .filter(([, page]) => page.nav)
            .map(([name, { nav, path }]) => {
              const here = this.route?.page;
              const current = here === name ? 'page' : PAGES[here]?.within === name ? 'true' : 'false';
              return html`<a href=${path} aria-current=${current}>${nav}</a>`;
            })}
        </nav>
        <button
          class="tool find"
          data-testid="search"
          aria-label="Search runs, problems and experiments"
          aria-keyshortcuts="/"
          title="Search ( / )"
          @click=${() => this.querySelector('global-search').open()}
        >
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <circle cx="8.5" cy="8.5" r="5.5"></circle>
            <path d="M13 13l5 5"></path></svg
          ><span>Search</span><kbd aria-hidden="true">/</kbd>
        </button>
        <span class="pill" data-testid="connection" data-kind=${this.connection.kind} role="status"
          >${connection(this.connection)}</span
        >
        ${this.connection.kind === 'offline'
          ? html`<button class="button small" @click=${() => stream.retry()}>Try now</button>`
          : nothing}
        <alert-bell></alert-bell>
        ${
          viewer().signedIn
            ? html`<button class="tool" data-testid="sign-out" title="Signed in as ${viewer().name} (${viewer().role})" @click=${signOut}>
                Sign out
              </button>`
            : nothing
        }
        <button class="tool" @click=${toggleTheme} aria-label="Use the ${dark ? 'light' : 'dark'} theme">
          ${dark ? '☀' : '☾'}
        </button>
        <button class="tool" @click=${() => this.#help()} aria-label="Keys">?</button>
      </header>
      <div id="content" tabindex="-1">${this.#page()}</div>
      <global-search .pages=${Object.values(PAGES).filter(p => p.nav).map(p => ({ name: p.nav, path: p.path }))}></global-search>
      <help-overlay></help-overlay>`;
  }

  /** Without the shell; what the pill would say is said where it is no good news. */
  #alone() {
    const well = ['live', 'connecting', 'replayed'].includes(this.connection.kind);
    return html`${this.#page()}
      <p class="no-panel" role="status">This page has no panel “${this.#embed.panel}”.</p>
      ${well ? nothing : html`<span class="pill embedded" data-kind=${this.connection.kind} role="status">${connection(this.connection)}</span>`}`;
  }

  #skip(event) {
    event.preventDefault();
    document.getElementById('content').focus();
  }

  #page() {
    const { route } = this;
    if (!route) return html`<main class="page"></main>`;
    if (this.failure) return html`<main class="page"><p class="refusal" role="alert">${this.failure}</p></main>`;
    const page = PAGES[route.page];
    if (page) return page.view({ route, stream, runs: this.runs });
    return html`<main class="page">
      <p class="blank">There is no such page. <a href="/runs">All runs</a></p>
    </main>`;
  }
}

/** Loads what shows a page. @returns why it cannot be had, or null */
async function load(page) {
  try {
    await PAGES[page]?.load();
    return null;
  } catch {
    return 'This page cannot be loaded from the server. Reload, or wait: it comes by itself when the server was gone and is back.';
  }
}

customElements.define('escapement-app', EscapementApp);
window.escapement = { stats: () => document.querySelector('escapement-app').stats() };
