import { html, nothing } from 'lit';
import { count, number } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { lookOf, marksOf } from './marks.js';
import { runPath } from '../router.js';
import { ownPoints } from './picture.js';
import { cursorOf, RUN_LOOKS } from './scene.js';

/** What stands beside the picture: the plane, what it shows and does not show, the numbers at the cursor, and what is marked. */

/** @param page what is shown and what can be done: {picture, state, probe, choose, refit, pick, toggleTrials, follows} */
export function side(page) {
  const { picture } = page;
  return html`<div class="side">
    ${planePanel(page)} ${picture?.basis ? html`${cursorPanel(page)} ${marksPanel(page)}` : nothing}
  </div>`;
}

function planePanel({ picture, state, choose, refit, toggleTrials, follows }) {
  const basis = picture?.basis;
  const bases = picture?.bases ?? [];
  const chosen = bases.find(b => b.name === state.basis || b.name === basis?.name?.split(':')[0]);
  const others = basis && !bases.some(b => b.name === basis.name) && !chosen;
  return html`<section class="panel plane">
    <header class="panel-head"><h2>Plane</h2></header>
    <div class="pad">
      <label class="field"
        ><span>through the path</span>
        <select data-testid="landscape-basis" @change=${event => choose(event.target.value)}>
          ${others ? html`<option value=${basis.name} selected>${basis.title}</option>` : nothing}
          ${bases.map(b => html`<option value=${b.name} ?selected=${!others && b.name === (chosen?.name ?? '')}>${b.title}</option>`)}
          <option value="?through">three points of your choice…</option>
        </select></label
      >
      ${basis ? planeFacts({ basis, picture, refit, follows }) : nothing}
      ${
        basis && basis.name !== 'posted'
          ? html`<label class="check"
              ><input type="checkbox" .checked=${state.trials} @change=${toggleTrials} data-testid="landscape-trials" />
              candidates that were given up</label
            >`
          : nothing
      }
    </div>
  </section>`;
}

function planeFacts({ basis, picture, refit, follows }) {
  const [first, second] = basis.explained;
  const known = Number.isFinite(first) && Number.isFinite(second);
  const posted = basis.name === 'posted';
  return html`<dl class="facts">
      <div>
        <dt><i class="axis">→</i> ${basis.labels[0]}</dt>
        <dd>${known ? bar(first, 'first') : '–'}</dd>
      </div>
      <div>
        <dt><i class="axis">↑</i> ${basis.labels[1]}</dt>
        <dd>${known ? bar(second, 'second') : '–'}</dd>
      </div>
      ${
        known
          ? html`<div>
              <dt>not seen in this plane</dt>
              <dd>${bar(Math.max(0, 1 - first - second), 'off')}</dd>
            </div>`
          : nothing
      }
    </dl>
    ${known ? html`<p class="quiet small">Shares of the variance of ${picture.paths.length > 1 ? 'the paths together' : picture.paths[0]?.thinned ? 'the kept points of the path' : 'the path'}.</p>` : nothing}
    ${
      posted
        ? nothing
        : html`<p class="version">
            <span data-testid="landscape-version">Version ${basis.version}</span>
            <span class="quiet"
              >${follows ? 'fitted anew at each judgement and escape' : `frozen: the path up to iteration ${count(basis.version)}`}</span
            >
            <button class="button small" data-testid="landscape-refit" ?disabled=${basis.newest <= basis.version} @click=${refit}>Refit</button>
          </p>`
    }`;
}

function bar(share, name) {
  return html`<span class="share" data-testid="explained-${name}"
    ><span class="track"><span style="width:${(100 * Math.min(1, share)).toFixed(1)}%"></span></span> ${percent(share)}</span
  >`;
}

/** A share in per cent, never rounded to a whole that it is not. */
export function percent(share) {
  if (!Number.isFinite(share)) return '–';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share > 0.9995) return '> 99.9 %';
  return `${(100 * share).toFixed(1)} %`;
}

function cursorPanel({ picture, state, probe }) {
  return html`<section class="panel here">
    <header class="panel-head"><h2>At the cursor</h2></header>
    <div class="pad">
      ${picture.paths.map((path, k) => {
        const i = cursorOf(path, state.at);
        if (i === null) return nothing;
        const named = picture.paths.length > 1 ? html`<h3 class="run-name">${swatch(k)} <a href=${runPath(path.run)}>${path.name}</a></h3>` : nothing;
        return html`${named}
          <dl class="facts numbers">
            <div><dt>iteration</dt><dd>${count(path.iteration[i])}</dd></div>
            <div><dt>f on the path</dt><dd data-testid="path-loss">${number(path.loss[i])}</dd></div>
            <div><dt>f on the plane</dt><dd data-testid="plane-loss">${number(known(path.planeLoss[i]))}</dd></div>
            <div><dt>distance from the plane</dt><dd data-testid="off-plane">${number(known(path.off[i]))}</dd></div>
          </dl>`;
      })}
      <p class="probe" data-testid="landscape-probe">
        ${
          probe
            ? html`<span class="quiet">pointer</span> α ${number(probe.alpha)}, β ${number(probe.beta)}, h
                <b>${number(known(probe.loss))}</b>`
            : html`<span class="quiet">Point at the picture to read the loss there.</span>`
        }
      </p>
    </div>
  </section>`;
}

function swatch(k) {
  const { colour, dash } = RUN_LOOKS[k % RUN_LOOKS.length];
  return html`<svg class="swatch" viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
    <rect width="24" height="8" rx="2"></rect>
    <line x1="2" x2="22" y1="4" y2="4" stroke=${colour} stroke-width="2" stroke-dasharray=${dash.join(' ')}></line>
  </svg>`;
}

function known(value) {
  return value === null || Number.isNaN(value) ? null : value;
}

const MOST_ROWS = 60;

function marksPanel({ picture, state, pick }) {
  const path = picture.paths[0];
  const marks = marksOf(picture)
    .filter(mark => mark.kind !== 'end')
    .sort((a, b) => (a.iteration ?? Infinity) - (b.iteration ?? Infinity));
  const here = path ? cursorOf(path, state.at) : null;
  return html`<section class="panel marks">
    <header class="panel-head"><h2>On the way</h2><span class="quiet">${path ? `${count(ownPoints(path).length)} points${path.thinned ? ' kept' : ''}` : ''}</span></header>
    <ol class="mark-list">
      ${marks.slice(0, MOST_ROWS).map(
        mark =>
          html`<li>
            <button
              ?disabled=${mark.iteration === undefined}
              aria-current=${here !== null && path.iteration[here] === mark.iteration}
              data-testid="landscape-mark"
              data-kind=${mark.kind}
              data-verdict=${mark.verdict ?? nothing}
              @click=${() => pick(mark.iteration)}
            >
              ${glyph(lookOf(mark).shape, TONES[mark.verdict ?? mark.kind] ?? 'ink', 14)}
              <span class="what"
                >${mark.label}${mark.off > 1e-3 ? html` <span class="quiet">${number(mark.off)} off the plane</span>` : nothing}</span
              >
              <span class="loss">${number(known(mark.loss))}</span>
              <span class="when">${mark.iteration === undefined ? '' : count(mark.iteration)}</span>
            </button>
          </li>`,
      )}
    </ol>
    ${marks.length > MOST_ROWS ? html`<p class="pad quiet">and ${count(marks.length - MOST_ROWS)} more in the picture</p>` : nothing}
  </section>`;
}

const TONES = {
  start: 'ink',
  truth: 'truth',
  landing: 'escape',
  'global-minimum': 'good',
  'strict-saddle': 'judge',
  'spurious-minimum': 'bad',
  undecided: 'quiet',
};
