import { computedPoints } from '../draw/chart-data.js';
import { CALLS } from '../run/axes.js';
import { figureOf } from '../run/columns.js';
import { above, optimumOf, ratePerSecond, secondsPerIteration, WINDOW } from '../run/derived.js';

/**
 * The charts of the run page: what each shows, in which scale, and what it is in one line. A panel has one series (of the run,
 * or derived from its rows), and may have more as further lines; or points where something was computed. Lines and points
 * that a run does not have are left out. `whole` panels are about the run's work, to which trials belong like all else.
 */

export const PANELS = [
  {
    id: 'objective',
    title: 'Objective',
    symbol: 'h(x)',
    symbolFor: header => (optimumOf(header) === null ? 'h(x)' : 'h(x) − h*'),
    series: 'loss',
    derive: (columns, header) => above(columns.series('loss'), optimumOf(header)),
    scale: 'auto',
    wide: true,
    best: true,
    help: 'The function being minimized: ½‖𝒜(XXᵀ) − b‖² for a quadratic loss; zero where every measurement is met. Dotted: the best so far, trials included. Where the program says what the least value is, the height above it.',
  },
  {
    id: 'gradient',
    title: 'Gradient norm',
    symbol: '‖∇h(x)‖',
    series: 'gradientNorm',
    label: '‖∇h‖₂',
    lines: [{ series: 'gradientNormInf', label: '‖∇h‖∞', tone: 'second' }],
    scale: 'log',
    missing: 'the run sends no gradient norm',
    help: 'Length of the gradient. Small means stationary: a minimum, a trap or a saddle. Dotted: ε, where it is judged.',
  },
  {
    id: 'distance',
    title: 'Distance to truth',
    symbol: '‖XXᵀ − M*‖',
    series: 'distance',
    scale: 'log',
    missing: 'no known solution',
    help: 'How far the reconstruction is from the known solution. The solver never sees it.',
  },
  {
    id: 'curvature',
    title: 'Curvature',
    symbol: '',
    scale: 'asinh',
    missing: 'no eigenvalue so far: they are computed where a point is judged',
    points: [
      { name: 'lambdaMin', label: 'λₘᵢₙ(G)', symbol: 'circle', tone: 'series' },
      { name: 'hessianLambdaMin', label: 'λₘᵢₙ(∇²h)', symbol: 'diamond', tone: 'second' },
      { name: 'lambdaMax', label: 'λₘₐₓ(G)', symbol: 'up-hollow', tone: 'series' },
      { name: 'hessianLambdaMax', label: 'λₘₐₓ(∇²h)', symbol: 'up', tone: 'second' },
      { name: 'ritz', label: 'Ritz values', symbol: 'dot', tone: 'third' },
    ],
    help: 'Eigenvalues where they were computed, never in between. Below zero, that of ∇²h means a saddle; that of G = ∇f(XXᵀ) alone, a trap. Dotted: −√(ρε), with ρ of the newest judgement and ε of the gradient: above it, a point at rest is second-order stationary.',
  },
  {
    id: 'step',
    title: 'Step',
    symbol: 'η',
    series: 'stepSize',
    label: 'η',
    lines: [
      { series: 'stepNorm', label: '‖d‖', tone: 'second' },
      { series: 'radius', label: 'radius', tone: 'third' },
    ],
    rejections: true,
    scale: 'log',
    missing: 'the solver reports no step size',
    help: 'How far the solver moves along its direction in one iteration. Ticks on the floor: trials or steps that were turned down.',
  },
  {
    id: 'work',
    title: 'Oracle calls',
    symbol: 'per second',
    series: CALLS,
    derive: columns => ratePerSecond(columns, CALLS),
    label: 'gradients',
    lines: [
      { series: 'functionEvaluations', derive: columns => ratePerSecond(columns, 'functionEvaluations'), label: 'values', tone: 'second' },
      { series: 'hessianProducts', derive: columns => ratePerSecond(columns, 'hessianProducts'), label: 'Hessian products', tone: 'third' },
    ],
    scale: 'log',
    whole: true,
    missing: 'the run does not count its oracle calls',
    help: `Evaluations in a second, over ${WINDOW} rows each.`,
  },
  {
    id: 'pace',
    title: 'Time per iteration',
    symbol: 's',
    derive: columns => secondsPerIteration(columns, 0.5),
    label: 'p50',
    lines: [{ derive: columns => secondsPerIteration(columns, 0.95), label: 'p95', tone: 'second' }],
    scale: 'log',
    whole: true,
    missing: 'no two iterations so far',
    help: `Median and 95th percentile of the time an iteration took, over ${WINDOW} rows each. Where a row is a bucket of several iterations it counts with their mean, so that single slow ones show after a zoom only.`,
  },
];

/** The numbers behind a line, by row: {last, first, min, max, nonFinite}. */
export function seriesOf(line, run) {
  return run.series(line.series ?? line.label, line.derive);
}

/** Whether a run has, in any stretch, a figure that the panel shows. */
export function hasFigures(spec, run) {
  const known = v => v !== null && v !== undefined;
  const lines = [spec, ...(spec.lines ?? [])].filter(line => line.series || line.derive);
  return lines.some(line => seriesOf(line, run).last.some(known)) || (spec.points ?? []).some(p => computedPoints(run, p.name, run.domain, 1).length > 0);
}

/** Why a panel is empty: nothing came yet, nothing of what it shows, or nothing of that in the stretch in view. */
export function emptyWords(spec, run) {
  if (run.columns.length === 0) return 'nothing so far';
  return hasFigures(spec, run) ? 'nothing recorded in this range' : (spec.missing ?? 'the run sends no such figure');
}

/** Levels that mean something: [{value, label}]. */
export function boundsOf(spec, { header, holding }) {
  if (spec.id === 'curvature') return secondOrder(header?.gradientBound, holding.findLast(e => figureOf(e, 'hessianLipschitz') !== null));
  if (spec.id === 'gradient' && header?.gradientBound !== undefined) return [{ value: header.gradientBound, label: 'ε' }];
  const target = Number(header?.settings?.['loss-target']);
  if (spec.id === 'objective' && target > 0) return [{ value: target, label: 'tolerance' }];
  return [];
}

/** How negative the Hessian's smallest eigenvalue may be at rest, with ρ as it was where a point was last judged. */
function secondOrder(epsilon, judged) {
  const value = -Math.sqrt(figureOf(judged, 'hessianLipschitz') * epsilon);
  return value < 0 ? [{ value, label: '−√(ρε)' }] : [];
}

/** Panels of figures that only some methods have, each shown where a run has one of its figures. */
const METHODS = [
  {
    id: 'lifted',
    title: 'Lifted objective',
    symbol: 'hˡ(w)',
    series: 'liftedLoss',
    scale: 'log',
    help: 'The objective over tensors of order l. A trap of the matrix problem can be a strict saddle there, with a way down.',
  },
  {
    id: 'lifted-gradient',
    title: 'Lifted gradient norm',
    symbol: '‖∇hˡ(w)‖',
    series: 'liftedGradientNorm',
    scale: 'log',
    help: 'Length of the gradient over tensors.',
  },
  {
    id: 'terms',
    title: 'Lifted terms',
    symbol: '',
    series: 'aTerm',
    label: '‖αa‖',
    lines: [
      { series: 'bTerm', label: '‖βb‖', tone: 'second' },
      { series: 'cTerm', label: '‖γc‖', tone: 'third' },
    ],
    scale: 'log',
    help: 'Parts of the lifted iterate: a along the trap, b along its escape direction, c along the rest. Where b or c outgrows a, it is the way out.',
  },
  {
    id: 'residual',
    title: 'Residual norm',
    symbol: '‖x⊥‖',
    series: 'residualNorm',
    scale: 'log',
    help: 'How far the iterate is from the implicit region: from matrices of the target rank, or from vectors with the true support.',
  },
  {
    id: 'deviation',
    title: 'Deviation rate',
    symbol: 'r(x)',
    series: 'deviationRate',
    scale: 'asinh',
    help: 'Curvature felt by the residual. Above zero the run drifts away from the implicit region, below zero it is drawn toward it.',
  },
  {
    id: 'cumulative-deviation',
    title: 'Cumulative deviation',
    symbol: 'Σ η r(x)',
    series: 'cumulativeDeviation',
    scale: 'asinh',
    help: 'The deviation rate times the step, summed. The logarithm of the residual norm grows by about a third of it.',
  },
  {
    id: 'kappa',
    title: 'Rank-one ratio',
    symbol: 'κ(w)',
    series: 'kappa',
    scale: 'log',
    help: 'Second over first eigenvalue of the lifted iterate as a tensor: near 0 it is a power of one vector, which can be taken back to a matrix.',
  },
];

const figuresOf = panel => [panel, ...(panel.lines ?? [])].flatMap(l => l.series ?? []).concat((panel.points ?? []).map(p => p.name));
/** Counters and constants: of use in files and comparisons, and as charts of their own a rising or a level line. */
const UNDRAWN = ['liftOrder', 'perturbations', 'accepted', 'hessianLipschitz'];
const KNOWN = new Set([...[...PANELS, ...METHODS].flatMap(figuresOf), ...UNDRAWN]);

/** Panels of a run: the seven above, those of its method, and one for every other figure its program sends. */
export function panelsFor(names) {
  const methods = METHODS.filter(panel => figuresOf(panel).some(name => names.includes(name)));
  const others = names
    .filter(name => !KNOWN.has(name) && !name.startsWith('ritz'))
    .map(name => ({
      id: name,
      title: name,
      symbol: '',
      series: name,
      scale: 'asinh',
      help: `The figure “${name}” as the program sends it.`,
    }));
  return [...PANELS, ...methods, ...others].map(panel => withoutAbsent(panel, names));
}

/** Lines that the run does not have are neither drawn nor in the legend; a panel of one line needs no legend. */
function withoutAbsent(panel, names) {
  if (!panel.lines) return panel;
  const lines = panel.lines.filter(l => !l.series || names.includes(l.series));
  return lines.length > 0 ? { ...panel, lines } : { ...panel, lines, label: undefined };
}
