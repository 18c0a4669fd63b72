import { html, LitElement, nothing } from 'lit';
import { number } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { gridCsv, pathCsv } from '../landscape/csv.js';
import { PictureFeed } from '../landscape/feed.js';
import { fitted, widened } from '../landscape/geometry.js';
import { marksOf, summary } from '../landscape/marks.js';
import { indexAt, ownPoints } from '../landscape/picture.js';
import { PathReplay } from '../landscape/replay.js';
import { cursorOf } from '../landscape/scene.js';
import { side } from '../landscape/side.js';
import { svgOf } from '../landscape/svg.js';
import { queryOf, stateFromQuery } from '../landscape/view-state.js';
import { download } from '../panels/download.js';
import { amend, landscapePath, runPath } from '../router.js';
import { RunModel } from '../run/run-model.js';
import '../landscape/landscape-bar.js';
import '../landscape/landscape-map.js';
import '../landscape/landscape-surface.js';

/** While a run goes on its newest points are asked for this often at most, ms. */
const LIVE = 900;
/** After the window was last moved, before the server is asked for its grid, ms. */
const SETTLE = 180;
const AMEND = 250;
/** Parameters of the address that are not ours and stay. */
const OTHERS = ['embed', 'panel'];

/** A run's landscape: keeps what is looked at in the address, asks for pictures, plays the path. */
class LandscapePage extends LitElement {
  static properties = {
    id: {},
    stream: { attribute: false },
    query: { attribute: false },
    picture: { state: true },
    refused: { state: true },
    probe: { state: true },
    playing: { state: true },
    busy: { state: true },
    helping: { state: true },
    header: { state: true },
  };

  #replay = null;
  #timers = {};
  #aspect = 1.4;
  #then = 0;
  #frame = 0;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.state = stateFromQuery(this.query);
    this.feed = new PictureFeed(this.id);
    this.model = new RunModel(this.id);
    const { model } = this;
    this.stream.watchRun(this.id, {
      get position() {
        return model.position;
      },
      apply: message => model.apply(message),
      onChange: result => this.#changed(result),
      onError: () => {},
    });
    // The map tells the shape of the plot once it is there, and then the first picture is asked for.
    this.#timers.first = setTimeout(() => this.#ask(), 400);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stream.unwatchRun(this.id);
    this.feed.stop();
    cancelAnimationFrame(this.#frame);
    Object.values(this.#timers).forEach(clearTimeout);
  }

  /** A plane that nobody has frozen follows the run. */
  get #follows() {
    return this.state.version === null && Boolean(this.picture?.live);
  }

  #changed({ fresh, advanced }) {
    const { header, status } = this.model;
    if (header && this.header !== header) this.header = header;
    if (header) document.title = `Landscape · ${header.name} · Escapement`;
    if (!this.picture || (!this.picture.live && this.picture.basis)) return;
    if (advanced === 0 && fresh.length === 0) return;
    const turned = fresh.some(event => event.kind !== 'phase' && event.kind !== 'message') || status.ended;
    if (this.#timers.live !== undefined && !turned) return;
    clearTimeout(this.#timers.live);
    this.#timers.live = setTimeout(
      () => {
        this.#timers.live = undefined;
        this.#refresh(turned || !this.picture?.basis);
      },
      turned ? 60 : LIVE,
    );
  }

  /** The newest part of a path; with another plane where the run has come to something new and nobody has frozen the one there is. */
  #refresh(turned) {
    if (this.busy) {
      this.#timers.live ??= setTimeout(() => {
        this.#timers.live = undefined;
        this.#refresh(turned);
      }, LIVE);
      return;
    }
    if (turned && this.#follows) this.#ask();
    else this.#path();
  }

  #wanted(more = {}) {
    const { basis, version, window, trials, with: others } = this.state;
    return { basis, version, window, trials, with: others, aspect: this.#aspect, ...more };
  }

  /** Asks for the picture that the state describes. */
  async #ask(more = {}) {
    clearTimeout(this.#timers.first);
    this.busy = true;
    this.refused = null;
    try {
      const last = await this.feed.ask(this.#wanted(more), picture => {
        this.#show(picture);
      });
      if (last) this.busy = false;
    } catch (error) {
      this.busy = false;
      this.refused = error.message;
    }
  }

  /** Only the path, on the plane there is. */
  async #path() {
    if (!this.picture?.basis) {
      await this.#ask();
      return;
    }
    const { grid, basis } = this.picture;
    this.busy = true;
    try {
      const got = await this.feed.ask(
        this.#wanted({ version: basis.version, window: basis.window }),
        picture => this.#show({ ...picture, grid }),
        [0],
      );
      if (got) this.busy = false;
      if (got?.basis) this.#widen();
    } catch (error) {
      this.busy = false;
      this.refused = error.message;
    }
  }

  #show(picture) {
    const before = this.picture;
    this.picture = picture;
    if (before && !picture.grid && picture.basis && before.grid && before.basis.version === picture.basis.version)
      this.picture = { ...picture, grid: before.grid };
    if (this.#replay && picture.paths[0]) this.#replay.count = ownPoints(picture.paths[0]).length;
  }

  /** A path that leaves the picture while nobody moves about in it takes the window with it; the plane stays. */
  #widen() {
    const { paths, grid, basis } = this.picture;
    if (this.state.window || !grid || !paths[0]) return;
    const i = cursorOf(paths[0], null);
    const window = widened(basis.window, paths[0].alpha[i], paths[0].beta[i]);
    if (window.some((end, k) => end !== basis.window[k])) this.#ask({ version: basis.version, window: fitted(window, this.#aspect) });
  }

  #set(change, { ask = true } = {}) {
    this.state = { ...this.state, ...change };
    clearTimeout(this.#timers.amend);
    this.#timers.amend = setTimeout(() => this.#amend(), AMEND);
    this.requestUpdate();
    if (ask) this.#ask();
  }

  #amend() {
    const others = [...new URLSearchParams(location.search)].filter(([name]) => OTHERS.includes(name));
    amend(landscapePath(this.id), queryOf(this.state, others));
  }

  #shape = event => {
    const other = event.detail;
    const first = !this.picture && !this.busy;
    const much = Math.abs(Math.log(other / this.#aspect)) > 0.15;
    this.#aspect = other;
    if (first || (much && !this.picture?.grid?.squares)) this.#ask();
    this.requestUpdate();
  };

  /** Moving about freezes the plane: a window is one of this plane and no other. */
  #view = event => {
    if (!this.picture?.basis || this.picture.basis.name === 'posted') {
      this.#set({ window: event.detail }, { ask: false });
      return;
    }
    this.#set({ window: event.detail, version: this.picture.basis.version }, { ask: false });
    if (this.picture.grid?.squares) return;
    clearTimeout(this.#timers.settle);
    this.#timers.settle = setTimeout(() => this.#ask({ window: fitted(this.state.window, this.#aspect) }), SETTLE);
  };

  #reset() {
    this.#set({ window: null });
  }

  #choose = name => {
    if (name === '?through') {
      this.querySelector('.through').showModal();
      this.requestUpdate();
      return;
    }
    this.#set({ basis: name, version: null, window: null });
  };

  #refit = () => this.#set({ version: null, window: null });

  #pick = iteration => {
    this.#stop();
    this.#set({ at: iteration }, { ask: false });
  };

  #own() {
    const path = this.picture?.paths[0];
    return path ? { path, own: ownPoints(path) } : { path: null, own: [] };
  }

  #seek = event => {
    const { path, own } = this.#own();
    this.#replay?.seek(event.detail);
    if (own.length > 0) this.#set({ at: path.iteration[own[event.detail]] }, { ask: false });
  };

  #play = () => {
    const { path, own } = this.#own();
    if (own.length < 2) return;
    if (this.playing) {
      this.playing = false;
      return;
    }
    if (!this.#replay || this.#replay.done) {
      const stops = marksOf(this.picture)
        .filter(mark => mark.iteration !== undefined && mark.kind !== 'end' && mark.kind !== 'start')
        .map(mark => own.indexOf(indexAt(path, own, mark.iteration)));
      this.#replay = new PathReplay(own.length, stops, this.state.speed);
      if (this.state.at !== null && own.indexOf(indexAt(path, own, this.state.at)) < own.length - 1)
        this.#replay.seek(own.indexOf(indexAt(path, own, this.state.at)));
    }
    this.playing = true;
    this.#then = performance.now();
    this.#frame = requestAnimationFrame(time => this.#tick(time));
  };

  #tick(time) {
    if (!this.playing) return;
    const { path, own } = this.#own();
    this.#replay.advance(Math.min(0.1, Math.max(0, (time - this.#then) / 1000)));
    this.#then = time;
    this.#set({ at: path.iteration[own[this.#replay.index]] }, { ask: false });
    if (this.#replay.done) this.playing = false;
    else this.#frame = requestAnimationFrame(next => this.#tick(next));
  }

  #stop() {
    this.playing = false;
    this.#replay = null;
  }

  #newest = () => {
    this.#stop();
    this.#set({ at: null }, { ask: false });
  };

  #speed = event => {
    if (this.#replay) this.#replay.speed = event.detail;
    this.#set({ speed: event.detail }, { ask: false });
  };

  #step(by) {
    const { path, own } = this.#own();
    if (own.length === 0) return;
    const now = own.indexOf(cursorOf(path, this.state.at));
    this.#pick(path.iteration[own[Math.min(own.length - 1, Math.max(0, now + by))]]);
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    const keys = {
      ' ': () => this.#play(),
      z: () => this.#reset(),
      d: () => this.#mode(),
      r: () => this.#refit(),
      ',': () => this.#step(-1),
      '.': () => this.#step(1),
      Escape: () => this.#newest(),
    };
    if (!this.picture?.basis || !keys[key]) return false;
    keys[key]();
    return true;
  }

  #mode() {
    this.#set({ mode: this.state.mode === '3d' ? '2d' : '3d' }, { ask: false });
  }

  /** For tests and for the curious. */
  stats() {
    const { picture } = this;
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
      busy: Boolean(this.busy),
    };
  }

  #export(kind) {
    const name = `${this.id}-landscape`;
    const map = this.querySelector('landscape-map');
    if (kind === 'path') download(`${name}-path.csv`, 'text/csv', pathCsv(this.picture));
    else if (kind === 'grid') download(`${name}-grid.csv`, 'text/csv', gridCsv(this.picture.grid));
    else if (kind === 'svg') download(`${name}.svg`, 'image/svg+xml', svgOf(map.export()));
    else download(`${name}.png`, null, (map ?? this.querySelector('landscape-surface')).png());
  }

  render() {
    const { picture, state } = this;
    const label = picture ? summary(picture, number) : 'The picture is being drawn.';
    return html`<main class="page landscape-page">
      <header class="land-head">
        <h1><a href=${runPath(this.id)}>${this.header?.name ?? 'Run'}</a> <span class="quiet">landscape</span></h1>
        <span class="land-state" role="status" data-testid="landscape-state">${this.#words()}</span>
        ${this.#tools()}
      </header>
      ${this.helping ? HELP : nothing}
      ${this.refused ? html`<p class="refusal" role="alert" data-testid="landscape-refused">${this.refused}</p>` : nothing}
      ${picture?.note ? html`<p class="land-note" data-testid="landscape-note">${picture.note}</p>` : nothing}
      <div class="land-grid">
        <section class="panel picture" aria-label="Landscape" data-panel="landscape">
          ${
            state.mode === '3d' && picture?.grid
              ? html`<landscape-surface
                  .picture=${picture}
                  .window=${this.#surfaceWindow()}
                  .at=${state.at}
                  .replaying=${state.at !== null}
                  label=${label}
                ></landscape-surface>`
              : html`<landscape-map
                  .picture=${picture}
                  .window=${state.window}
                  .at=${state.at}
                  .replaying=${state.at !== null}
                  .trials=${state.trials}
                  label=${label}
                  @shape=${this.#shape}
                  @view=${this.#view}
                  @pick=${event => this.#pick(event.detail)}
                  @probe=${event => {
                    this.probe = event.detail;
                  }}
                ></landscape-map>`
          }
          ${this.#scrubber()} ${legend(picture?.paths.length > 1)}
        </section>
        ${side({
          picture,
          state,
          probe: state.mode === '3d' ? null : this.probe,
          follows: this.#follows,
          choose: this.#choose,
          refit: this.#refit,
          pick: this.#pick,
          toggleTrials: () => this.#set({ trials: !state.trials }),
        })}
      </div>
      ${this.#through()}
    </main>`;
  }

  /** The surface is made of what the map showed. */
  #surfaceWindow() {
    return this.state.window ?? this.picture.basis.window;
  }

  #words() {
    const { picture } = this;
    if (!picture) return this.refused ? '' : 'Drawing…';
    if (!picture.basis) return '';
    if (!picture.grid) return 'path only';
    const how = { squares: 'exact everywhere', measurements: 'from the measurements', direct: 'evaluated point by point', posted: 'as it was sent' };
    const grid = picture.grid.squares ? '' : `, ${picture.grid.size} × ${picture.grid.size} points`;
    return `loss ${how[picture.grid.method]}${grid}${this.busy && !picture.grid.squares ? ', refining…' : ''}`;
  }

  #tools() {
    const { state, picture } = this;
    if (!picture?.basis) return nothing;
    return html`<span class="tools">
      <button class="button small" aria-pressed=${state.mode === '3d'} ?disabled=${!picture.grid} data-testid="landscape-3d" @click=${() => this.#mode()}>3-D</button>
      <button class="button small" ?disabled=${!state.window} @click=${() => this.#reset()}>Reset zoom</button>
      <button class="tool" title="Picture as PNG" @click=${() => this.#export('png')}>PNG</button>
      ${
        state.mode === '2d'
          ? html`<button class="tool" title="Picture as SVG" data-testid="landscape-svg" @click=${() => this.#export('svg')}>SVG</button>`
          : nothing
      }
      <button class="tool" title="Path as CSV" @click=${() => this.#export('path')}>CSV</button>
      ${picture.grid ? html`<button class="tool" title="Grid as CSV" @click=${() => this.#export('grid')}>Grid</button>` : nothing}
      <button class="tool" title="Copy the address of this view" @click=${() => this.#copy()}>Link</button>
      <button class="tool" aria-expanded=${Boolean(this.helping)} aria-label="What is the landscape?" @click=${() => {
        this.helping = !this.helping;
      }}>?</button>
    </span>`;
  }

  async #copy() {
    this.#amend();
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      // refused by the browser: the address bar has it
    }
  }

  #scrubber() {
    const { path, own } = this.#own();
    if (own.length < 2) return nothing;
    const index = own.indexOf(cursorOf(path, this.state.at));
    return html`<landscape-bar
      .count=${own.length}
      .index=${index}
      .iteration=${path.iteration[own[index]]}
      .playing=${Boolean(this.playing)}
      .speed=${this.state.speed}
      .atNewest=${this.state.at === null}
      .live=${Boolean(this.picture.live)}
      @play=${this.#play}
      @seek=${this.#seek}
      @speed=${this.#speed}
      @newest=${this.#newest}
    ></landscape-bar>`;
  }

  #through() {
    const { path } = this.#own();
    const jumps = path?.jumps ?? [];
    const names = [
      'start',
      'end',
      'zero',
      ...(this.picture?.marks.some(m => m.kind === 'truth') ? ['truth'] : []),
      ...jumps.slice(0, 9).flatMap(j => [`trap${j.number}`, `landing${j.number}`]),
    ];
    const submit = event => {
      const form = new FormData(event.target);
      this.#choose(`through:${['a', 'b', 'c'].map(k => form.get(k).trim()).join(',')}`);
    };
    return html`<dialog class="through" aria-label="Three points that a plane goes through">
      <form method="dialog" @submit=${submit}>
        <h2>A plane through three points</h2>
        <p class="quiet">${names.join(', ')}, or an iteration, of which the newest kept point up to it is taken.</p>
        <datalist id="land-points">${names.map(n => html`<option value=${n}></option>`)}</datalist>
        ${[
          ['a', 'start'],
          ['b', 'end'],
          ['c', names.includes('truth') ? 'truth' : 'zero'],
        ].map(([k, usual], i) => html`<label class="field"><span>${['first', 'second', 'third'][i]} point</span><input type="text" name=${k} list="land-points" value=${usual} required pattern="[a-z]+[0-9]*|[0-9]+" /></label>`)}
        <footer>
          <button class="button" type="button" @click=${event => event.target.closest('dialog').close()}>Cancel</button>
          <button class="button primary">Show</button>
        </footer>
      </form>
    </dialog>`;
  }
}

const legend = several => html`<footer class="panel-foot land-legend">
  ${several ? nothing : html`<span class="ramp" aria-hidden="true"></span><span>path, by iteration</span>`}
  <span>${glyph('ring', 'ink', 12)} start</span>
  <span>${glyph('up', 'escape', 12)} landing of an escape, after a dashed jump</span>
  <span>${glyph('down', 'bad', 12)} spurious minimum</span>
  <span>${glyph('plus', 'judge', 12)} saddle</span>
  <span>${glyph('diamond', 'good', 12)} certified minimum</span>
  <span>${glyph('star', 'truth', 12)} truth</span>
  <span>smaller dots and hollow marks are off the plane</span>
</footer>`;

const HELP = html`<p class="help">
  The loss on a plane through the space of factors, with the run's path projected onto it. Only points that lie in the plane have the loss that
  the picture shows under them: what a point has on its path and what the plane has below it stand side by side, with the distance between.
  Lengths are the same along both axes. Drag to move, scroll or + and − to zoom, z to reset, d for 3-D, space to play, comma and point to step.
</p>`;

customElements.define('landscape-page', LandscapePage);
