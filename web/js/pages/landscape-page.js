import { html, LitElement, nothing } from 'lit';
import { number } from '../draw/format.js';
import { HELP, legend, scrubber, stateWords, throughForm, tools } from '../landscape/controls.js';
import { gridCsv, pathCsv } from '../landscape/csv.js';
import { summary } from '../landscape/marks.js';
import { ownPoints } from '../landscape/picture.js';
import { PictureKeeper } from '../landscape/picture-keeper.js';
import { Playback } from '../landscape/playback.js';
import { side } from '../landscape/side.js';
import { svgOf } from '../landscape/svg.js';
import { queryOf, stateFromQuery } from '../landscape/view-state.js';
import { download } from '../panels/download.js';
import { amend, landscapePath, runPath } from '../router.js';
import { RunModel } from '../run/run-model.js';
import '../landscape/landscape-map.js';
import '../landscape/landscape-surface.js';

/** The address is written at most this often, ms. */
const AMEND = 250;
/** Parameters of the address that are not ours and stay. */
const OTHERS = ['embed', 'panel'];

const KEYS = {
  ' ': page => page.playback.toggle(),
  z: page => page.reset(),
  d: page => page.mode(),
  r: page => page.refit(),
  ',': page => page.playback.step(-1),
  '.': page => page.playback.step(1),
  Escape: page => page.newest(),
};

/** A run's landscape: holds what is looked at and keeps it in the address; asking, playing and drawing are others'. */
class LandscapePage extends LitElement {
  static properties = {
    id: {},
    stream: { attribute: false },
    query: { attribute: false },
    probe: { state: true },
    helping: { state: true },
    header: { state: true },
  };

  #amendTimer = 0;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.state = stateFromQuery(this.query);
    this.keeper = new PictureKeeper(
      this.id,
      () => this.state,
      () => {
        this.playback.grown();
        this.requestUpdate();
      },
    );
    this.playback = new Playback({
      picture: () => this.keeper.picture,
      state: () => this.state,
      stand: at => this.#set({ at }, { ask: false }),
      changed: () => this.requestUpdate(),
    });
    this.model = new RunModel(this.id);
    const { model } = this;
    this.stream.watchRun(this.id, {
      get position() {
        return model.position;
      },
      apply: message => model.apply(message),
      onChange: result => this.#heard(result),
      onError: () => {},
    });
    this.keeper.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stream.unwatchRun(this.id);
    this.keeper.stop();
    this.playback.stop();
    clearTimeout(this.#amendTimer);
  }

  #heard({ fresh, advanced }) {
    const { header, status } = this.model;
    if (header && this.header !== header) this.header = header;
    if (header) document.title = `Landscape · ${header.name} · Escapement`;
    if (advanced === 0 && fresh.length === 0) return;
    this.keeper.heard(fresh.some(event => event.kind !== 'phase' && event.kind !== 'message') || status.ended);
  }

  #set(change, { ask = true } = {}) {
    this.state = { ...this.state, ...change };
    clearTimeout(this.#amendTimer);
    this.#amendTimer = setTimeout(() => this.#amend(), AMEND);
    this.requestUpdate();
    if (ask) this.keeper.ask();
  }

  #amend() {
    const others = [...new URLSearchParams(location.search)].filter(([name]) => OTHERS.includes(name));
    amend(landscapePath(this.id), queryOf(this.state, others));
  }

  /** Moving about freezes the plane: a window is one of this plane and no other. */
  #view = event => {
    const { basis } = this.keeper.picture ?? {};
    if (!basis || basis.name === 'posted') {
      this.#set({ window: event.detail }, { ask: false });
      return;
    }
    this.#set({ window: event.detail, version: basis.version }, { ask: false });
    this.keeper.moved();
  };

  #choose = name => {
    if (name === '?through') {
      this.querySelector('.through').showModal();
      this.requestUpdate();
      return;
    }
    this.#set({ basis: name, version: null, window: null });
  };

  #pick = iteration => {
    this.playback.stop();
    this.#set({ at: iteration }, { ask: false });
  };

  reset() {
    this.#set({ window: null });
  }

  refit() {
    this.#set({ version: null, window: null });
  }

  newest() {
    this.#pick(null);
  }

  mode() {
    this.#set({ mode: this.state.mode === '3d' ? '2d' : '3d' }, { ask: false });
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    if (!this.keeper.picture?.basis || !KEYS[key]) return false;
    KEYS[key](this);
    return true;
  }

  /** For tests and for the curious. */
  stats() {
    const { picture, busy } = this.keeper;
    return {
      run: this.id,
      basis: picture?.basis?.name ?? null,
      version: picture?.basis?.version ?? null,
      newest: picture?.basis?.newest ?? null,
      grid: picture?.grid?.size ?? 0,
      method: picture?.grid?.method ?? null,
      points: picture?.paths[0] ? ownPoints(picture.paths[0]).length : 0,
      window: picture?.basis ? (this.querySelector('landscape-map')?.shown ?? this.state.window ?? picture.basis.window) : null,
      live: picture?.live ?? null,
      busy,
    };
  }

  #save(kind) {
    const name = `${this.id}-landscape`;
    const map = this.querySelector('landscape-map');
    const { picture } = this.keeper;
    if (kind === 'path') download(`${name}-path.csv`, 'text/csv', pathCsv(picture));
    else if (kind === 'grid') download(`${name}-grid.csv`, 'text/csv', gridCsv(picture.grid));
    else if (kind === 'svg') download(`${name}.svg`, 'image/svg+xml', svgOf(map.export()));
    else download(`${name}.png`, null, (map ?? this.querySelector('landscape-surface')).png());
  }

  async #copy() {
    this.#amend();
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      // refused by the browser: the address bar has it
    }
  }

  render() {
    const { state } = this;
    const { picture, refused, follows } = this.keeper;
    return html`<main class="page landscape-page">
      <header class="land-head">
        <h1><a href=${runPath(this.id)}>${this.header?.name ?? 'Run'}</a> <span class="quiet">landscape</span></h1>
        <span class="land-state" role="status" data-testid="landscape-state">${stateWords(this.keeper)}</span>
        ${tools(picture, state, Boolean(this.helping), {
          mode: () => this.mode(),
          reset: () => this.reset(),
          save: kind => this.#save(kind),
          copy: () => this.#copy(),
          help: () => {
            this.helping = !this.helping;
          },
        })}
      </header>
      ${this.helping ? HELP : nothing}
      <div class="land-grid">
        <section class="panel picture" aria-label="Landscape" data-panel="landscape">
          ${refused ? html`<p class="refusal" role="alert" data-testid="landscape-refused">${refused}</p>` : nothing}
          ${picture?.note ? html`<p class="land-note" data-testid="landscape-note">${picture.note}</p>` : nothing}
          ${this.#picture()}
          ${scrubber(this.playback, picture, state, {
            speed: times => {
              this.playback.speed(times);
              this.#set({ speed: times }, { ask: false });
            },
            newest: () => this.newest(),
          })}
          ${picture?.basis ? legend(picture.paths.length > 1) : nothing}
        </section>
        ${side({
          picture,
          state,
          probe: state.mode === '3d' ? null : this.probe,
          follows,
          choose: this.#choose,
          refit: () => this.refit(),
          pick: this.#pick,
          toggleTrials: () => this.#set({ trials: !state.trials }),
        })}
      </div>
      ${throughForm(picture, this.#choose)}
    </main>`;
  }

  /** As a map, or as the surface over what the map showed. */
  #picture() {
    const { state } = this;
    const { picture } = this.keeper;
    const label = picture ? summary(picture, number) : 'The picture is being drawn.';
    if (state.mode === '3d' && picture?.grid)
      return html`<landscape-surface
        .picture=${picture}
        .window=${state.window ?? picture.basis.window}
        .at=${state.at}
        .replaying=${state.at !== null}
        label=${label}
      ></landscape-surface>`;
    return html`<landscape-map
      .picture=${picture}
      .window=${state.window}
      .at=${state.at}
      .replaying=${state.at !== null}
      .trials=${state.trials}
      label=${label}
      @shape=${event => {
        this.keeper.shape(event.detail);
        this.requestUpdate();
      }}
      @view=${this.#view}
      @pick=${event => this.#pick(event.detail)}
      @probe=${event => {
        this.probe = event.detail;
      }}
    ></landscape-map>`;
  }
}

customElements.define('landscape-page', LandscapePage);
