import { html, nothing } from 'lit';
import { count, number } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { download } from '../panels/download.js';
import { stateLook } from '../panels/states.js';
import { runPath } from '../router.js';
import { verdictMark } from '../run/landmarks.js';
import { Calm } from './calm.js';
import { CompareElement } from './compare-element.js';
import { delta, differingSettings, namesOf, RESULTS } from './differences.js';
import { csv } from './export.js';

/** Shortest time between two renderings, ms. */
const INTERVAL = 500;

/** Where the runs differ in their settings, and what came of it, beside the baseline. */
class ResultTable extends CompareElement {
  #calm = new Calm(() => this.requestUpdate(), INTERVAL);

  onFrame(dirty) {
    if (dirty.has('view')) this.requestUpdate();
    else if (dirty.has('data')) this.#calm.request();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#calm.stop();
  }

  get #shown() {
    return this.comparison.runs.filter(r => r.ready);
  }

  #csv() {
    const runs = this.#shown;
    const settings = differingSettings(runs.map(r => r.model.header));
    download(
      'compare.csv',
      'text/csv',
      csv([
        ['run', 'name', ...settings.map(s => s.key), 'state', 'verdict', ...RESULTS.map(r => r.label)],
        ...runs.map((r, i) => [
          r.id,
          r.name,
          ...settings.map(s => s.values[i]),
          r.model.status.state,
          r.model.status.verdict ?? '',
          ...RESULTS.map(f => f.value(r.model)),
        ]),
      ]),
    );
  }

  render() {
    const runs = this.#shown;
    if (runs.length === 0) return nothing;
    const { baseline } = this.comparison;
    const settings = differingSettings(runs.map(r => r.model.header));
    const names = namesOf(runs);
    return html`<section class="panel" data-testid="compare-table">
      <header class="panel-head">
        <h2>Where they differ</h2>
        <span class="resolution">
          ${baseline ? `beside ${baseline.name} ★` : 'a star in the list makes a baseline'}
        </span>
        <span class="tools"><button class="tool" @click=${this.#csv}>CSV</button></span>
      </header>
      <div class="table-wrap">
        <table class="compared">
          <thead>
            <tr>
              <th scope="col">Run</th>
              ${settings.map(s => html`<th scope="col" class="setting">${s.key}</th>`)}
              <th scope="col">State</th>
              <th scope="col">Verdict</th>
              ${RESULTS.map(r => html`<th scope="col" class="num">${r.label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${runs.map((run, i) => this.#row(run, i, settings, baseline, names.get(run)[0]))}
          </tbody>
        </table>
      </div>
      ${settings.length === 0 && runs.length > 1 ? html`<p class="pad quiet">Their settings are the same.</p>` : nothing}
    </section>`;
  }

  #row(run, i, settings, baseline, name) {
    const { status } = run.model;
    const look = stateLook(status.state);
    const mark = status.verdict ? verdictMark(status.verdict) : null;
    const base = run === baseline;
    return html`<tr data-run=${run.id} data-baseline=${base} data-hidden=${this.comparison.view.hidden.includes(run.id)}>
      <th scope="row"><a href=${runPath(run.id)} title=${run.name}>${name}</a>${base ? ' ★' : ''}</th>
      ${settings.map(s => html`<td class="setting">${s.values[i] ?? html`<span class="quiet">–</span>`}</td>`)}
      <td><span class="chip tone-${look.tone}">${glyph(look.shape, look.tone, 12)} ${look.label}</span></td>
      <td>${mark ? html`<span class="tone-${mark.tone} word">${glyph(mark.shape, mark.tone, 12)} ${mark.label}</span>` : '–'}</td>
      ${RESULTS.map(r => {
        const value = r.value(run.model);
        const against = baseline && !base ? delta(value, r.value(baseline.model), r.better) : null;
        return html`<td class="num">${figure(r.key, value)}${against ? deltaOf(against) : nothing}</td>`;
      })}
    </tr>`;
  }
}

function figure(key, value) {
  return ['iteration', 'escapes'].includes(key) ? count(value) : number(value);
}

/** "×0.41 better" */
function deltaOf({ ratio, difference, word }) {
  const much = ratio === null ? (Number.isNaN(difference) ? '' : signed(difference)) : `×${number(Number(ratio.toPrecision(3)))}`;
  return html`<small class="delta" data-word=${word ?? nothing}>${word === 'same' ? '' : much} ${word ?? ''}</small>`;
}

function signed(difference) {
  return difference > 0 ? `+${number(difference)}` : number(difference);
}

customElements.define('result-table', ResultTable);
