import { html, nothing, svg } from 'lit';
import { age, count, number, rate } from '../draw/format.js';
import { glyph } from '../draw/glyph-svg.js';
import { stateLook } from '../panels/states.js';
import { runPath } from '../router.js';
import { decodeNumber, figureOf } from '../run/columns.js';
import { verdictMark } from '../run/landmarks.js';
import { sparkLabel, sparkline } from '../pages/sparkline.js';

/**
 * Columns of the list of runs. `sort` is the server's name of the order, `hint` what the title has no room for, `down` whether the first
 * click puts the largest first, `width` in rem; `keep` says how long a column stays where there is no room for all: the largest longest.
 */
export const COLUMNS = [
  { id: 'state', title: 'State', sort: 'state', width: 9.8, keep: 100, cell: state },
  { id: 'name', title: 'Name', sort: 'name', width: 15, keep: 101, cell: name },
  { id: 'problem', title: 'Problem', sort: 'problem', width: 9.2, keep: 60, cell: problem },
  { id: 'solver', title: 'Solver', sort: 'solver', width: 7, keep: 55, cell: r => r.solver || '–' },
  { id: 'escape', title: 'Escape', sort: 'escape', width: 8.5, keep: 20, cell: r => r.escape || '–', off: true },
  { id: 'attempt', title: 'Attempt', sort: 'attempt', down: true, numeric: true, width: 5.7, keep: 15, cell: attempt },
  { id: 'iteration', title: 'Iteration', sort: 'iteration', down: true, numeric: true, width: 6, keep: 90, cell: r => count(r.status.iteration) },
  { id: 'loss', title: 'Loss', sort: 'loss', numeric: true, width: 6, keep: 85, cell: r => number(figureOf(r.status, 'loss')) },
  { id: 'gradient', title: '‖∇h‖', sort: 'gradient', numeric: true, width: 6, keep: 70, cell: r => number(figureOf(r.status, 'gradientNorm')) },
  { id: 'lambda', title: 'λₘᵢₙ(G)', sort: 'lambda-min', numeric: true, width: 10.4, keep: 40, cell: lambda },
  { id: 'escapes', title: 'Escapes', sort: 'escapes', down: true, numeric: true, width: 5.7, keep: 65, cell: r => count(r.status.escapes) },
  { id: 'verdict', title: 'Verdict', sort: 'verdict', width: 12.4, keep: 50, cell: verdict },
  { id: 'phase', title: 'Phase', width: 5.5, keep: 10, cell: r => (r.status.ended ? '–' : r.status.phase) },
  { id: 'rate', title: 'it/s', sort: 'rate', down: true, numeric: true, width: 5, keep: 45, cell: r => (r.status.ended ? '–' : rate(r.status.iterationsPerSecond)) },
  { id: 'improved', title: 'Improved', sort: 'improved', down: true, numeric: true, width: 6.4, keep: 35, cell: improved },
  { id: 'spark', title: 'Trend (log₁₀)', hint: 'log₁₀ of the gradient norm; of the loss where a run sends none', width: 8, keep: 75, cell: spark },
  { id: 'started', title: 'Started', sort: 'started', down: true, numeric: true, width: 6, keep: 80, cell: started },
  { id: 'tags', title: 'Tags', width: 9, keep: 30, cell: tags },
];

const STANDARD = COLUMNS.filter(c => !c.off).map(c => c.id);

/** Widths of what is always there: the box that selects a row and the button with what one can do to it. */
export const FIXED = 2.2 + 2.2;

/** On a telephone, rem: the state is its sign alone there, so that the loss has room, which tells more than the iteration. */
const NARROW = 32;
const SLIM = { state: { width: 4, cell: stateSign }, name: { width: 11.5 }, iteration: { keep: 84 } };

/**
 * Those to be shown: the chosen ones whatever the room, or the usual ones that fit.
 *
 * @param chosen ids, or null
 * @param room   in rem
 */
export function shownColumns(chosen, room) {
  if (chosen) return COLUMNS.filter(c => chosen.includes(c.id) || c.id === 'name');
  const shown = COLUMNS.filter(c => STANDARD.includes(c.id)).map(c => (room < NARROW ? { ...c, ...SLIM[c.id] } : c));
  let width = FIXED + shown.reduce((sum, c) => sum + c.width, 0);
  for (const column of [...shown].sort((a, b) => a.keep - b.keep)) {
    if (width <= room || column.keep >= 100) break;
    shown.splice(shown.indexOf(column), 1);
    width -= column.width;
  }
  return shown;
}

function state(run) {
  const look = stateLook(run.status.state);
  return html`<span class="chip tone-${look.tone}" title=${stateTitle(run)}
    >${glyph(look.shape, look.tone, 12)} ${look.label}</span
  >`;
}

function stateSign(run) {
  const look = stateLook(run.status.state);
  return html`<span class="tone-${look.tone} sign" role="img" aria-label=${look.label} title=${`${look.label}: ${stateTitle(run)}`}
    >${glyph(look.shape, look.tone, 15)}</span
  >`;
}

/** The reason, and for how long it has been so. */
function stateTitle({ status }) {
  const since = status.lastEvent ? ` Last event ${age(status.lastEvent)}.` : '';
  return `${status.sentence || status.title}${since}`;
}

function name(run) {
  return html`<a href=${runPath(run.id)} title=${[run.name, run.note].filter(Boolean).join('\n')}>${run.name}</a>`;
}

function problem(run) {
  return run.n ? `${run.problem} (${run.n})` : run.problem || '–';
}

function attempt({ status }) {
  return status.attempt > 1 ? `${status.attempt}` : '1';
}

function lambda({ status }) {
  const value = decodeNumber(status.curvature?.lambdaMin);
  if (value === null) return '–';
  return html`${number(value)} <small title="computed ${status.curvature.at}">${age(status.curvature.at)}</small>`;
}

function verdict({ status }) {
  if (!status.verdict) return '–';
  const mark = verdictMark(status.verdict);
  return html`<span class="tone-${mark.tone} word">${glyph(mark.shape, mark.tone, 12)} ${mark.label}</span>`;
}

function improved({ status }) {
  if (!status.lastImprovement) return '–';
  return html`<span title=${status.lastImprovement}>${age(status.lastImprovement)}</span>`;
}

function started(run) {
  return html`<span title=${run.started}>${age(run.started)}</span>`;
}

function tags(run) {
  const shown = (run.tags ?? []).filter(tag => tag !== 'pinned' && tag !== 'archived');
  return shown.length === 0
    ? nothing
    : html`${shown.map(tag => html`<a class="tag" href="/runs?${new URLSearchParams({ q: `tag:${/\s/.test(tag) ? `"${tag}"` : tag}` })}">${tag}</a> `)}`;
}

function spark(run) {
  const { line, ticks, last } = sparkline(run.spark ?? [], 96, 20, run.sparkEscapes ?? []);
  if (!line) return nothing;
  const label = sparkLabel(run.sparkOf, number(last), ticks.length);
  return html`<svg
    class="spark"
    width="96"
    height="20"
    viewBox="0 0 96 20"
    role="img"
    aria-label=${label}
  >
    ${svg`<title>${label}</title>`}${ticks.map(x => svg`<path class="tick" d="M${x} 0V20"></path>`)}${svg`<path d=${line}></path>`}
  </svg>`;
}
