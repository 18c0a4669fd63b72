import { verdictMark } from '../run/landmarks.js';

/** What is marked on a landscape: shapes, words and order. Colours alone tell nothing. Pure. */

const KINDS = {
  start: { shape: 'ring', fill: '#ffffff', size: 15 },
  truth: { shape: 'star', fill: '#ffd23f', size: 21 },
  end: { shape: 'circle', fill: '#ff5a1f', size: 14 },
  landing: { shape: 'up', fill: '#f4a6e0', size: 16 },
};

const VERDICT_FILLS = {
  'global-minimum': '#5fe3b4',
  'strict-saddle': '#ffd071',
  'spurious-minimum': '#ff9a63',
  undecided: '#d5dae1',
};

/** The mark's look: {shape, fill, size}. */
export function lookOf(mark) {
  if (mark.kind !== 'judged') return KINDS[mark.kind];
  return {
    shape: mark.verdict === 'global-minimum' ? 'diamond' : verdictMark(mark.verdict).shape,
    fill: VERDICT_FILLS[mark.verdict] ?? VERDICT_FILLS.undecided,
    size: 16,
  };
}

/** Landings as marks: they are ends of jumps, which the server sends by index. */
export function landingMarks(path) {
  return path.jumps.map(jump => ({
    run: path.run,
    kind: 'landing',
    label: `escape ${jump.number}: ${jump.mechanism}`,
    iteration: path.iteration[jump.to],
    alpha: path.alpha[jump.to],
    beta: path.beta[jump.to],
    off: path.off[jump.to],
    loss: path.loss[jump.to],
    planeLoss: path.planeLoss[jump.to],
  }));
}

/** All marks in the order in which they are drawn: what one must not miss comes last. */
export function marksOf(picture) {
  const order = { truth: 0, start: 1, judged: 2, landing: 3, end: 4 };
  return [...picture.marks, ...picture.paths.flatMap(landingMarks)].sort((a, b) => order[a.kind] - order[b.kind]);
}

/** What has happened up to an iteration; truths are there from the start. */
export function upTo(marks, iteration) {
  return marks.filter(mark => mark.kind !== 'end' && (mark.iteration === undefined || mark.iteration <= iteration));
}

/** The picture in a sentence or two, for those who do not see it. */
export function summary(picture, number) {
  const [path] = picture.paths;
  if (!picture.basis || !path) return picture.note ?? 'There is no picture.';
  const own = path.trial.map((t, i) => [t, i]).filter(([t]) => t === 0);
  const [first, last] = [own[0]?.[1] ?? 0, own.at(-1)?.[1] ?? 0];
  const judged = picture.marks.filter(mark => mark.kind === 'judged');
  const words = [
    `Contours of the loss on a plane: ${picture.basis.title}.`,
    `The path begins at a loss of ${number(path.loss[first])} and is at ${number(path.loss[last])} at iteration ${path.iteration[last]}.`,
  ];
  if (judged.length > 0)
    words.push(`Judged on the way: ${judged.map(m => `${m.label} at iteration ${m.iteration}`).join(', ')}.`);
  if (path.jumps.length > 0) words.push(`It jumped ${path.jumps.length === 1 ? 'once' : `${path.jumps.length} times`}.`);
  return words.join(' ');
}
