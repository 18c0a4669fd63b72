import { duration, number } from '../draw/format.js';
import { DASHES, HUES } from '../experiments/looks.js';

/** Escape episodes as the server tells them (`/api/v1/episodes`), flat, in an order, filtered, counted. No DOM. */

/** One entry an episode, with what it needs of its run. */
export function flat(runs) {
  return runs.flatMap(run => run.episodes.map(episode => ({ ...episode, run, id: `${run.id}:${episode.number}` })));
}

/** Mechanisms have their look by name, the known ones always the same. */
const KNOWN = [
  'oracle-probe',
  'race',
  'restart',
  'negative-curvature',
  'perturb',
  'leac-simulated',
  'leac-canonical',
  'sod-single',
  'sod-multi',
];

/** Hue and hatching of a mechanism; none has a look of its own. */
export function mechanismLook(mechanism) {
  if (!mechanism) return { hue: 'ink-3', hatch: 'none', label: 'no mechanism' };
  const place = KNOWN.indexOf(mechanism);
  const at = place >= 0 ? place : KNOWN.length + (sumOf(mechanism) % (DASHES.length - 1));
  return { hue: `hue-${(at % HUES) + 1}`, hatch: `hatch-${at % 6}`, label: mechanism };
}

function sumOf(text) {
  let sum = 0;
  for (const c of text) sum += c.codePointAt(0);
  return sum;
}

export const COLUMNS = [
  { id: 'run', label: 'Run', value: e => e.run.name },
  { id: 'entry', label: 'at iteration', numeric: true, whole: true, value: e => e.entry.iteration },
  { id: 'verdict', label: 'judged', value: e => (e.judged ? e.verdict : null) },
  { id: 'loss', label: 'h', numeric: true, value: e => e.loss },
  { id: 'gradientNorm', label: '‖∇h‖', numeric: true, value: e => e.gradientNorm },
  { id: 'lambdaMin', label: 'λₘᵢₙ(G)', numeric: true, value: e => e.lambdaMin },
  { id: 'hessianLambdaMin', label: 'λₘᵢₙ(∇²h)', numeric: true, value: e => e.hessianLambdaMin },
  { id: 'mechanism', label: 'mechanism', value: e => e.mechanism },
  { id: 'trials', label: 'trials', numeric: true, whole: true, value: e => e.trials },
  { id: 'iterations', label: 'iterations to leave', numeric: true, whole: true, value: e => left(e) ? e.iterations : undefined },
  { id: 'oracleCalls', label: 'oracle calls', numeric: true, value: e => left(e) ? e.oracleCalls : undefined },
  { id: 'lossChange', label: 'Δh', numeric: true, value: e => left(e) ? e.lossChange : undefined },
  { id: 'moved', label: 'moved', numeric: true, value: e => e.moved },
  { id: 'curvatureCosine', label: '|cos∠(d, vₘᵢₙ)|', numeric: true, value: e => e.curvatureCosine },
  { id: 'outcome', label: 'outcome', value: e => e.outcome },
  { id: 'falseAlarm', label: 'false alarm?', value: e => (e.falseAlarm === undefined ? null : e.falseAlarm ? 'yes' : 'no') },
];

/** Whether the point was left: of one that was not there is no figure of leaving. */
function left(episode) {
  return episode.outcome === 'escaped' || episode.outcome === 'descended';
}

/** Sorted by a column; what is not known goes last either way. */
export function sorted(episodes, { column, down }) {
  const { value } = COLUMNS.find(c => c.id === column) ?? COLUMNS[0];
  const unknown = v => v === null || v === undefined || Number.isNaN(v);
  return episodes
    .map((e, i) => [e, i])
    .sort(([a, i], [b, j]) => {
      const [p, q] = [value(a), value(b)];
      if (unknown(p) || unknown(q)) return unknown(p) - unknown(q) || i - j;
      const order = typeof p === 'string' ? p.localeCompare(q) : p - q;
      return (down ? -order : order) || i - j;
    })
    .map(([e]) => e);
}

/** Those whose run, problem, solver, mechanism, verdict or outcome hold every word. */
export function filtered(episodes, words, { mechanism = '', outcome = '' } = {}) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return episodes.filter(e => {
    if (mechanism && (e.mechanism ?? '') !== mechanism) return false;
    if (outcome && e.outcome !== outcome) return false;
    const text = [e.run.id, e.run.name, e.run.problem, e.run.solver, e.mechanism, e.verdict, e.outcome].join('\n').toLowerCase();
    return wanted.every(w => text.includes(w));
  });
}

/**
 * How many escapes fall into bins of powers of two, by mechanism.
 *
 * @param figure 'iterations' or 'oracleCalls'
 * @returns {{bins: {from: number, to: number, counts: Map<string, number>}[], most: number, n: number}} bins without gaps; the first holds all below 1
 */
export function histogram(episodes, figure) {
  const counted = episodes.filter(e => e.outcome === 'escaped' && Number.isFinite(e[figure]));
  const binOf = v => (v < 1 ? 0 : Math.floor(Math.log2(v)) + 1);
  const indices = counted.map(e => binOf(e[figure]));
  if (counted.length === 0) return { bins: [], most: 0, n: 0 };
  const bins = [];
  for (let i = Math.min(...indices); i <= Math.max(...indices); i++) {
    bins.push({ from: i === 0 ? 0 : 2 ** (i - 1), to: 2 ** i, counts: new Map() });
  }
  counted.forEach((e, i) => {
    const { counts } = bins[indices[i] - Math.min(...indices)];
    counts.set(e.mechanism, (counts.get(e.mechanism) ?? 0) + 1);
  });
  const most = Math.max(...bins.map(b => [...b.counts.values()].reduce((s, c) => s + c, 0)));
  return { bins, most, n: counted.length };
}

/**
 * Bars on the lanes.
 *
 * @param x iteration, elapsed or entry (iterations since the entry)
 * @returns {{lanes: {run: object, bars: object[]}[], range: [number, number]}} a bar: {episode, from, to, open}
 */
export function lanesOf(runs, episodes, x) {
  const byRun = new Map(runs.map(r => [r.id, []]));
  for (const e of episodes) byRun.get(e.run.id)?.push(e);
  let high = 0;
  const place = (at, zero) => (x === 'elapsed' ? at.elapsed : at.iteration - zero);
  const lanes = runs
    .map(run => ({
      run,
      bars: byRun.get(run.id).map(episode => {
        const zero = x === 'entry' ? episode.entry.iteration : 0;
        const open = episode.outcome === 'open';
        const end = episode.exit ?? { iteration: run.iteration, elapsed: run.elapsed };
        const from = place(episode.entry, zero);
        const to = Math.max(from, place(end, zero));
        high = Math.max(high, to);
        return { episode, from, to, open };
      }),
    }))
    .filter(l => l.bars.length > 0);
  return { lanes, range: [0, high > 0 ? high * 1.02 : 1] };
}

/** Which of a run's accepted escapes an episode ended with, counting from 1; null where it did not end with one. */
export function escapeNumber(run, episode) {
  if (episode.outcome !== 'escaped') return null;
  return run.episodes.filter(e => e.outcome === 'escaped' && e.number <= episode.number).length;
}

/** What a change of the list of runs must change for the episodes to be asked for again. */
export function signature(runs) {
  return (runs ?? []).map(r => `${r.id}:${r.status.escapes}:${r.status.phase}:${r.status.verdict ?? ''}:${r.status.ended}`).join('|');
}

/** An episode in words. */
export function sentence(episode, run) {
  const what = episode.judged ? episode.verdict.replace('-', ' ') : 'a point that was not judged';
  const at = `${run.name}: ${what} at iteration ${episode.entry.iteration}, h ${number(episode.loss)}`;
  const time = episode.exit ? `${duration(episode.exit.elapsed - episode.entry.elapsed)}` : '';
  const iterations = n => `${n} ${n === 1 ? 'iteration' : 'iterations'}`;
  const tried = episode.trials === 1 ? '1 trial' : `${episode.trials} trials`;
  switch (episode.outcome) {
    case 'escaped':
      return `${at}; left by ${episode.mechanism}${episode.iterations === undefined ? '' : ` after ${iterations(episode.iterations)}`}, ${tried}, ${time}`;
    case 'descended':
      return `${at}; the descent went on by itself after ${iterations(episode.iterations)}: a false alarm`;
    case 'stayed':
      return `${at}; the run ended there, ${tried}`;
    case 'interrupted':
      return `${at}; the attempt was broken off`;
    default:
      return `${at}; still there, ${tried} so far${episode.mechanism ? ` by ${episode.mechanism}` : ''}`;
  }
}
