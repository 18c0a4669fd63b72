import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api.js';
import { Frames } from '../frames.js';
import { amend, runPath } from '../router.js';
import { keyOf } from '../run/landmarks.js';
import { replacedReader } from '../run/replaced.js';
import { RunModel } from '../run/run-model.js';
import { RunView } from '../run/run-view.js';
import { queryOf, viewFromQuery } from '../run/view-state.js';
import { panelsFor } from '../panels/panel-specs.js';
import '../panels/chart-panel.js';
import '../panels/event-list.js';
import '../panels/iteration-table.js';
import '../panels/landscape-panel.js';
import '../panels/path-panel.js';
import '../panels/phase-strip.js';
import '../panels/replay-bar.js';
import '../panels/run-header.js';

/** How long a new judgement, escape or verdict is highlighted, ms. */
const FLASH = 2400;
/** The address is written at most this often, ms. */
const AMEND = 300;

/** Rows that Page Up and Page Down move the cursor by. */
const LEAP = 50;

const KEYS = {
  ' ': run => (run.replay ? run.play(!run.playing) : run.follow(!run.following)),
  l: (run, names) => {
    const ids = panelsFor(names).map(p => p.id);
    run.setLinear(ids, !ids.some(id => run.isLinear(id)));
  },
  z: run => run.resetRange(),
  t: run => run.showTrials(!run.view.trials),
  Escape: run => run.stopReplay(),
  ArrowLeft: run => run.step(-1),
  ArrowRight: run => run.step(1),
  PageUp: run => run.step(-LEAP),
  PageDown: run => run.step(LEAP),
  '[': run => run.jump(-1),
  ']': run => run.jump(1),
};

/** One run: feeds the model from the stream, holds the view, and lays out the panels. */
class RunPage extends LitElement {
  /** What the keys do, for the help. */
  static keys = [
    ['space', 'hold or resume following; hold or resume the replay'],
    ['l', 'logarithmic or linear scale in all charts'],
    ['z', 'show the whole run; so does a double click'],
    ['t', 'show every trial of an escape, or fold them'],
    ['← →', 'move the cursor by a row; Page Up and Page Down by fifty'],
    ['[ ]', 'go to the escape before or after'],
    ['drag', 'zoom to a stretch of the run, in all charts'],
    ['click', 'pin the cursor, or let it go'],
    ['Esc', 'leave the replay'],
  ];

  static properties = {
    id: {},
    stream: { attribute: false },
    query: { attribute: false },
    missing: { state: true },
    ready: { state: true },
    names: { state: true },
  };

  #flashTimer = 0;
  #amendTimer = 0;
  #readReplaced = null;
  #then = 0;
  #pointed = false;
  #sized = () => this.run.frames.request('size');
  #themed = () => this.run.frames.request('theme');

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.model = new RunModel(this.id);
    this.run = new RunView(this.model, viewFromQuery(this.query), new Frames(), stretch => api.series(this.id, stretch));
    this.#readReplaced = replacedReader(this.model, () => api.replaced(this.id));
    this.names = [];
    this.run.frames.listen((dirty, time) => this.#frame(dirty, time));
    this.stream.watchRun(this.id, {
      get position() {
        return this.model.position;
      },
      model: this.model,
      apply: message => this.model.apply(message),
      onChange: result => this.#changed(result),
      onError: detail => {
        this.missing = detail;
      },
    });
    addEventListener('themechange', this.#themed);
    addEventListener('resize', this.#sized);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stream.unwatchRun(this.id);
    this.run.close();
    clearTimeout(this.#flashTimer);
    clearTimeout(this.#amendTimer);
    removeEventListener('themechange', this.#themed);
    removeEventListener('resize', this.#sized);
  }

  #changed({ fresh }) {
    const { model, run } = this;
    if (this.ready) this.#flash(fresh);
    this.ready = true;
    const names = model.columns.names;
    if (names.length !== this.names.length) this.names = names;
    const title = `${model.status.title || model.status.state} · ${model.header.name} · Escapement`;
    if (document.title !== title) document.title = title;
    this.#readReplaced().then(news => news && run.frames.request('view', 'status'));
    run.frames.request('data', 'status', ...(fresh.length > 0 ? ['landmarks'] : []));
  }

  /** The moment a point is judged or left is worth watching. */
  #flash(fresh) {
    const event = fresh.findLast(e => e.kind !== 'phase');
    if (!event) return;
    this.run.flashed = keyOf(event);
    clearTimeout(this.#flashTimer);
    this.#flashTimer = setTimeout(() => {
      this.run.flashed = null;
      this.run.frames.request('landmarks');
    }, FLASH);
  }

  #frame(dirty, time) {
    if (dirty.has('view')) {
      clearTimeout(this.#amendTimer);
      this.#amendTimer = setTimeout(() => amend(runPath(this.id), queryOf(this.run.view)), AMEND);
    }
    if (dirty.has('view') || dirty.has('data')) this.run.lookCloser();
    if (this.run.playing) {
      this.run.tick(Math.min(0.1, (time - this.#then) / 1000));
    }
    this.#then = time;
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    if (!this.ready) return false;
    const act = KEYS[key];
    act?.(this.run, this.names);
    return act !== undefined;
  }

  /** Figures for tests and for the curious. */
  stats() {
    const { columns, landmarks, seq, level, conflated } = this.model;
    const points = {};
    for (const name of columns.names) points[name] = columns.series(name).last.filter(v => v !== null).length;
    return {
      run: this.id,
      points,
      landmarks: landmarks.list.length,
      frames: this.run.frames.rendered,
      lastSeq: seq,
      level,
      shownLevel: this.run.level,
      rows: this.run.columns.length,
      episodes: this.run.episodes.length,
      folded: this.run.folded,
      replaced: this.run.replaced.length,
      conflated,
    };
  }

  render() {
    if (this.missing && !this.ready)
      return html`<main class="page">
        <p class="blank">${this.missing}. <a href="/runs">All runs</a></p>
      </main>`;
    if (!this.ready) return html`<main class="page"><p class="blank" role="status">Waiting for the run…</p></main>`;
    const { run } = this;
    const panels = panelsFor(this.names);
    const chart = spec => html`<chart-panel class=${spec.wide ? 'wide' : ''} .run=${run} .spec=${spec}></chart-panel>`;
    return html` <main class="page run-page">
      <run-header .run=${run}></run-header>
      ${this.missing ? html`<p class="refusal" role="alert">${this.missing}</p>` : nothing}
      <div class="timeline">
        <replay-bar .run=${run}></replay-bar>
        <phase-strip .run=${run}></phase-strip>
      </div>
      <div class="run-grid">
        <div class="charts">
          ${repeat(panels, p => p.id, chart)}
        </div>
        <div class="aside">
          <path-panel .run=${run}></path-panel>
          <event-list .run=${run}></event-list>
          <landscape-panel .run=${run}></landscape-panel>
        </div>
      </div>
      <iteration-table .run=${run}></iteration-table>
    </main>`;
  }

  /** A link to a panel goes to it. */
  updated() {
    const { panel } = this.run.view;
    if (!panel || this.#pointed || !this.ready) return;
    this.#pointed = true;
    this.querySelector(`#panel-${CSS.escape(panel)}`)?.scrollIntoView({ block: 'center' });
  }
}

customElements.define('run-page', RunPage);
