/** The charts of the run page: what each shows, in which scale, and what it is in one line. */

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

const KNOWN = new Set(PANELS.flatMap(p => (p.series ? [p.series] : [])));

/** Panels of a run: the five above, and one for every other figure its program sends. */
export function panelsFor(names) {
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
  return [...PANELS, ...others];
}
