import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { Calm } from '../compare/calm.js';
import { CompareRun } from '../compare/compare-run.js';
import { Comparison } from '../compare/comparison.js';
import { controls } from '../compare/controls.js';
import { lookAt } from '../compare/looks.js';
import { SavedGroups } from '../compare/saved-groups.js';
import { find, newestOf, wordsOf } from '../compare/selection.js';
import { shareCharts } from '../compare/shares.js';
import { SPECS } from '../compare/specs.js';
import { MOST, queryOf, viewFromQuery } from '../compare/view-state.js';
import { Frames } from '../frames.js';
import { amend } from '../router.js';
import '../compare/compare-panel.js';
import '../compare/result-table.js';
import '../compare/run-picker.js';
import '../compare/steps-panel.js';

/** Figures that are drawn or stood by: what finer rows are asked for. */
const FIGURES = ['loss', 'gradientNorm', 'distance', 'gradientEvaluations'];
/** The address is written at most this often, ms. */
const AMEND = 300;
/** The charts of shares are computed anew at most this often, ms. */
const SHARES = 1000;

/** Several runs over each other: feeds the models from the stream, holds the view, lays out the panels. Over the usual length for its markup. */
class ComparePage extends LitElement {
  static properties = {
    stream: { attribute: false },
    query: { attribute: false },
    refusal: { state: true },
    shares: { state: true },
    ready: { state: true },
    saved: { state: true },
  };

  #amendTimer = 0;
  #calm = new Calm(() => this.#share(), SHARES);
  #shaping = new Map();
  #groups = new SavedGroups(globalThis.localStorage);
  #sized = () => this.comparison.frames.request('size');
  #themed = () => this.comparison.frames.request('theme', 'view');
  #opened = '';

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Compare · Escapement';
    this.saved = this.#groups.list;
    addEventListener('themechange', this.#themed);
    addEventListener('resize', this.#sized);
    this.#open();
    this.#askProblems();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
    clearTimeout(this.#amendTimer);
    this.#calm.stop();
    removeEventListener('themechange', this.#themed);
    removeEventListener('resize', this.#sized);
  }

  /** A link to another comparison leads to this element again. */
  willUpdate(changed) {
    if (changed.has('query') && changed.get('query') && this.query.toString() !== this.#opened) {
      this.#close();
      this.#open();
    }
  }

  #close() {
    for (const run of this.comparison.runs) {
      run.stop();
      this.stream.unwatchRun(run.id);
    }
  }

  async #open() {
    const view = viewFromQuery(this.query);
    this.#opened = this.query.toString();
    this.comparison = new Comparison(view, new Frames());
    this.comparison.frames.listen(dirty => this.#frame(dirty));
    this.refusal = null;
    this.ready = false;
    const { comparison } = this;
    let ids = view.runs;
    if (view.selection) {
      try {
        ids = await newestOf(view.selection);
        if (ids.length === 0) this.refusal = `No run matches ${wordsOf(view.selection)}.`;
      } catch (error) {
        this.refusal = error.message;
      }
    }
    if (comparison !== this.comparison || !this.isConnected) return;
    this.#add(ids);
    this.ready = true;
  }

  async #askProblems() {
    try {
      const { problems } = await api.problems();
      this.#shaping = new Map(problems.map(p => [p.name, p.shaping ?? ['seed']]));
    } catch {
      // then instances are told apart by problem and seed alone
    }
  }

  #add(ids) {
    const { comparison } = this;
    for (const id of ids) {
      if (comparison.runs.length >= MOST || comparison.runs.some(r => r.id === id)) continue;
      const run = new CompareRun(id, lookAt(freePlace(comparison.runs)), stretch =>
        api.series(id, { names: FIGURES, ...stretch }),
      );
      run.onDetail = () => comparison.frames.request('view');
      comparison.runs.push(run);
      this.#watch(run);
    }
    comparison.view.runs = comparison.runs.map(r => r.id);
    comparison.frames.request('view');
    this.requestUpdate();
  }

  #watch(run) {
    const { comparison } = this;
    this.stream.watchRun(run.id, {
      get position() {
        return run.model.position;
      },
      apply: message => run.apply(message),
      onChange: () => {
        if (!comparison.paused) comparison.frames.request('data');
      },
      onError: detail => {
        run.error = detail;
        comparison.frames.request('view');
      },
    });
  }

  #remove(id) {
    const { comparison } = this;
    comparison.runs.find(r => r.id === id)?.stop();
    this.stream.unwatchRun(id);
    comparison.runs = comparison.runs.filter(r => r.id !== id);
    this.#fixed();
    if (comparison.view.baseline === id) comparison.view.baseline = null;
    comparison.view.hidden = comparison.view.hidden.filter(h => h !== id);
    comparison.frames.request('view');
    this.requestUpdate();
  }

  /** From a selection to the runs it has given, because one of them was added or taken away. */
  #fixed() {
    const { comparison } = this;
    comparison.view.selection = null;
    comparison.view.runs = comparison.runs.map(r => r.id);
  }

  #frame(dirty) {
    const { comparison } = this;
    if (dirty.has('view')) {
      clearTimeout(this.#amendTimer);
      this.#amendTimer = setTimeout(() => this.#write(), AMEND);
      comparison.refine();
      this.requestUpdate();
    }
    if (dirty.has('view') || dirty.has('data')) this.#calm.request();
  }

  #share() {
    this.shares = shareCharts(this.comparison, problem => this.#shaping.get(problem) ?? ['seed']);
  }

  #write() {
    if (!this.isConnected) return;
    const query = queryOf(this.comparison.view);
    this.#opened = query.toString();
    amend('/compare', query);
  }

  #save() {
    const { view } = this.comparison;
    const name = prompt('Name of the group', view.selection ? wordsOf(view.selection) : `${view.runs.length} runs`);
    if (!name) return;
    const query = new URLSearchParams(queryOf(view));
    for (const key of ['from', 'to']) query.delete(key);
    this.#groups.save(name, query.toString());
    this.saved = this.#groups.list;
  }

  /** Keys of this page; answers whether the key meant something. */
  key(key) {
    const { comparison } = this;
    if (key === 'f') this.querySelector('run-picker')?.focusSearch();
    else if (key === 'l') {
      const ids = SPECS.map(s => s.id);
      comparison.setLinear(ids, !ids.some(id => comparison.isLinear(id)));
    } else if (key === 'z') comparison.resetRange();
    else if (key === 't' && comparison.trials > 0) comparison.showTrials(!comparison.view.trials);
    else if (key === ' ') {
      comparison.paused = !comparison.paused;
      if (!comparison.paused) comparison.frames.request('data');
      this.requestUpdate();
    } else if (key === 'Escape') comparison.hover(null);
    else return false;
    return true;
  }

  /** Figures for tests and for the curious. */
  stats() {
    const { comparison } = this;
    return {
      runs: comparison.runs.length,
      ready: comparison.runs.filter(r => r.ready).length,
      frames: comparison.frames.rendered,
      seqs: comparison.runs.map(r => r.model.seq),
      level: Math.max(0, ...comparison.runs.map(r => r.model.level)),
      badges: [...this.querySelectorAll('compare-panel')].map(p => p.told?.badge ?? null),
      curves: this.#panel('objective')?.scene?.curves.map(c => c.curve.n) ?? [],
      spreads: this.#panel('objective')?.scene?.spreads.map(s => [s.group.key, s.spread.count[s.spread.n - 1]]) ?? [],
      range: comparison.range,
      paused: comparison.paused,
      trials: comparison.trials,
    };
  }

  #panel(id) {
    return [...this.querySelectorAll('compare-panel')].find(p => p.spec.id === id);
  }

  render() {
    const { comparison } = this;
    const alone = comparison.view.panel;
    const specs = SPECS.filter(s => !alone || s.id === alone);
    if (alone && specs.length > 0)
      return html`<main class="page compare-page" data-alone="true">
        <compare-panel .comparison=${comparison} .spec=${specs[0]}></compare-panel>
      </main>`;
    return html`<main class="page compare-page">
      <div class="list-head">
        <h1>Compare</h1>
        ${controls(comparison, comparison.view.target ?? this.shares?.target, () => this.key(' '))}
      </div>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      <div class="compare-grid">
        <run-picker
          .comparison=${comparison}
          .groups=${this.saved}
          .find=${find}
          .scene=${() => this.#panel('objective')?.scene}
          @remove=${e => this.#remove(e.detail)}
          @add=${e => {
            this.#add(e.detail);
            this.#fixed();
          }}
          @save=${this.#save}
          @forget=${e => {
            this.#groups.forget(e.detail);
            this.saved = this.#groups.list;
          }}
        ></run-picker>
        <div class="compared-charts">
          ${
            this.ready && comparison.runs.length === 0 && !this.refusal
              ? html`<section class="panel empty">
                  <h2>Nothing to compare yet</h2>
                  <p>
                    Add runs by search, or come with an address: <code>/compare?runs=ID,ID</code>, or
                    <code>/compare?problem=pmc&amp;tag=mine</code> for the newest ${MOST} of a problem or a tag.
                  </p>
                </section>`
              : specs.map(spec => html`<compare-panel .comparison=${comparison} .spec=${spec}></compare-panel>`)
          }
          ${
            this.shares
              ? [this.shares.hitting, this.shares.profile].map(
                  chart => html`<steps-panel .comparison=${comparison} .chart=${chart}></steps-panel>`,
                )
              : nothing
          }
          <result-table class="wide" .comparison=${comparison}></result-table>
        </div>
      </div>
    </main>`;
  }
}

/** First place in the list of looks that no run has. */
function freePlace(runs) {
  const taken = new Set(runs.map(r => JSON.stringify(r.look)));
  let place = 0;
  while (taken.has(JSON.stringify(lookAt(place)))) place++;
  return place;
}

customElements.define('compare-page', ComparePage);
