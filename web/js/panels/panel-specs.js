/**
 * The charts of the run page: what each shows, in which scale, and what it is in one line. A panel has one series, and may have
 * more as further lines; or points where something was computed.
 */

export const PANELS = [
  {
    id: 'objective',
    title: 'Objective',
    symbol: 'h(x)',
    series: 'loss',
    scale: 'log',
    wide: true,
    help: 'The function being minimized: ½‖𝒜(XXᵀ) − b‖² for a quadratic loss; zero where every measurement is met.',
  },
  {
    id: 'gradient',
    title: 'Gradient norm',
    symbol: '‖∇h(x)‖',
    series: 'gradientNorm',
    scale: 'log',
    bound: 'gradientBound',
    help: 'Length of the gradient. Small means stationary: a minimum, a trap or a saddle. Dotted: where it is judged.',
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
    missing: 'no point judged so far: eigenvalues are computed there',
    points: [
      { name: 'lambdaMin', label: 'λₘᵢₙ(G)', symbol: 'circle', tone: 'series' },
      { name: 'hessianLambdaMin', label: 'λₘᵢₙ(∇²h)', symbol: 'diamond', tone: 'second' },
    ],
    help: 'Smallest eigenvalues at judged points. Below zero, that of ∇²h means a saddle; that of G = ∇f(XXᵀ) alone, a trap.',
  },
  {
    id: 'step',
    title: 'Step size',
    symbol: 'η',
    series: 'stepSize',
    scale: 'log',
    missing: 'the solver reports no step size',
    help: 'How far the solver moves along its direction in one iteration.',
  },
];

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

const figuresOf = panel => [...(panel.series ? [panel.series] : []), ...(panel.lines ?? []).map(l => l.series)];
/** Counters and constants: of use in files and comparisons, and as charts of their own a rising or a level line. */
const UNDRAWN = ['gradientEvaluations', 'liftOrder', 'perturbations'];
const KNOWN = new Set([...[...PANELS, ...METHODS].flatMap(figuresOf), ...UNDRAWN]);

/** Panels of a run: the five above, those of its method, and one for every other figure its program sends. */
export function panelsFor(names) {
  const methods = METHODS.filter(panel => figuresOf(panel).some(name => names.includes(name)));
  const others = names
    .filter(name => !KNOWN.has(name))
    .map(name => ({
      id: name,
      title: name,
      symbol: '',
      series: name,
      scale: 'asinh',
      help: `The figure “${name}” as the program sends it.`,
    }));
  return [...PANELS, ...methods, ...others];
}
