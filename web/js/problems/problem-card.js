import { html, LitElement, nothing } from 'lit';
import { api } from '../api.js';
import { formulaParts } from '../draw/formula.js';
import { age, number } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { stateLook } from '../panels/states.js';
import { runPath } from '../router.js';
import { pixels, placeIn } from './picture.js';
import { constantsOf, figuresOf, outcomeWords, pointWords } from './words.js';

/** One problem: what the server knows of it, asked for when it is shown. */
class ProblemCard extends LitElement {
  static properties = {
    problem: { attribute: false },
    options: { attribute: false },
    open: { attribute: false },
    sheet: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.#load();
  }

  async #load() {
    try {
      this.sheet = await api.problem(this.problem.name);
    } catch (error) {
      this.refusal = error.message;
    }
  }

  updated(changed) {
    const canvas = this.querySelector('canvas');
    if (!changed.has('sheet') || !canvas) return;
    const { picture } = this.sheet;
    canvas.width = picture.size;
    canvas.height = picture.size;
    canvas.getContext('2d').putImageData(new ImageData(pixels(picture), picture.size, picture.size), 0, 0);
  }

  render() {
    const { problem, sheet } = this;
    return html`<article class="panel problem" id="problem-${problem.name}" data-testid="problem" data-problem=${problem.name} data-known=${Boolean(sheet)}>
      <header>
        <h2>${problem.title} <code>${problem.name}</code></h2>
        <span class="actions">
          <a class="button small" href="/runs?start=${problem.name}" data-testid="start">Start a run</a>
          <a class="button small" href="/compare?problem=${problem.name}">Compare its runs</a>
        </span>
      </header>
      <p>${problem.description}</p>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      ${sheet ? this.#sheet(sheet) : this.refusal ? nothing : html`<p class="quiet" role="status">Computing what is known of it…</p>`}
    </article>`;
  }

  #sheet(sheet) {
    const row = (term, value) => (value ? html`<div><dt>${term}</dt><dd>${value}</dd></div>` : nothing);
    return html`<div class="problem-body">
        ${sheet.picture ? this.#picture(sheet.picture) : nothing}
        <dl>
          ${row('minimize', html`<span class="formula">${formula(sheet.formula)}</span>`)}
          ${row('size', `factor of ${sheet.rows} × ${sheet.columns} with the defaults`)}
          ${row('f*', sheet.optimum === undefined ? 'not known' : number(sheet.optimum))}
          ${row('stationary', sheet.points.length === 0 ? '' : html`<ul>${sheet.points.map(p => html`<li>${pointWords(p)}</li>`)}</ul>`)}
          ${constantsOf(sheet).map(c => row(c.label, html`${c.value} <small class="quiet">${c.source}</small>`))}
          ${row('symmetry', sheet.symmetry ? formula(sheet.symmetry) : '')}
          ${row('instance', figuresOf(sheet).map(([name, value]) => `${name} ${value}`).join(', '))}
          ${row('from', sheet.references.join(', ') || 'none of the papers')}
          ${row('runs', html`<span data-testid="outcomes">${outcomeWords(sheet.runs)}</span>`)}
        </dl>
      </div>
      ${sheet.recent.length > 0 ? this.#recent(sheet.recent) : nothing} ${this.#options(sheet)}`;
  }

  #picture(picture) {
    const mark = (a, b, text, title) => {
      const [x, y] = placeIn(picture, a, b);
      return html`<i style="left:${100 * x}%;top:${100 * y}%" title=${title}>${text}</i>`;
    };
    return html`<figure>
      <div class="thumb" role="img" aria-label="log of the loss on a plane through 0 and the truth: ${picture.axes}">
        <canvas></canvas>
        ${mark(0, 0, '✚', '0')} ${mark(1, 1, '★', 'the truth')}
      </div>
      <figcaption>log₁₀ h(aT + bB): ${picture.axes}. ★ truth, ✚ zero.</figcaption>
    </figure>`;
  }

  #recent(runs) {
    return html`<ul class="recent" aria-label="Newest runs">
      ${runs.map(run => {
        const look = stateLook(run.state);
        return html`<li>
          ${glyph(look.shape, look.tone, 11)} <a href=${runPath(run.id)}>${run.name}</a>
          <span class="quiet">${run.solver} · ${look.label.toLowerCase()} · ${age(run.started)}</span>
        </li>`;
      })}
    </ul>`;
  }

  #options(sheet) {
    const byName = new Map(this.options.map(o => [o.name, o]));
    return html`<details ?open=${this.open} @toggle=${e => this.dispatchEvent(new CustomEvent('opened', { detail: e.target.open }))}>
      <summary>${this.problem.options.length} options</summary>
      <div class="table-wrap">
        <table class="options">
          <thead>
            <tr><th scope="col">option</th><th scope="col">type</th><th scope="col">default</th><th scope="col">what it does</th></tr>
          </thead>
          <tbody>
            ${this.problem.options.map(name => {
              const option = byName.get(name);
              if (!option) return nothing;
              return html`<tr data-shaping=${this.problem.shaping.includes(name)}>
                <th scope="row"><code>--${name}</code></th>
                <td>${option.type}</td>
                <td>${sheet.defaults[name] ?? option.default ?? ''}</td>
                <td>${option.description}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
    </details>`;
  }
}

/** The formula with its indices lowered and its exponents raised. */
function formula(text) {
  return formulaParts(text).map(({ text: piece, place }) =>
    place === 'sub' ? html`<sub>${piece}</sub>` : place === 'sup' ? html`<sup>${piece}</sup>` : piece,
  );
}

customElements.define('problem-card', ProblemCard);
