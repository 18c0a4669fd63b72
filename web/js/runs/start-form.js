/** The form that starts a run, as data: groups of options, what is wrong with a value, and the values of a run that is to be repeated. */

export const GROUPS = [
  { id: 'problem', title: 'Problem', help: 'What is to be solved.' },
  { id: 'start', title: 'Start', help: 'Where the descent begins, and the seed of every random draw.' },
  { id: 'solver', title: 'Solver', help: 'How it descends.' },
  { id: 'escape', title: 'Escape', help: 'How it leaves a point where it is stuck.' },
  { id: 'stopping', title: 'Stopping', help: 'When it is at rest, and when enough is enough.' },
  { id: 'advanced', title: 'Advanced', help: 'Name, pace, and what is seldom needed.' },
];

/** Groups with the options that a problem heeds, in the order of the groups; empty ones are left out. */
export function grouped(problem, options) {
  const byName = new Map(options.map(o => [o.name, o]));
  const heeded = problem.options.map(name => byName.get(name)).filter(Boolean);
  return GROUPS.map(group => ({ ...group, options: heeded.filter(o => (o.group ?? 'advanced') === group.id) })).filter(
    group => group.options.length > 0,
  );
}

/** Why a value cannot be, by its type alone; null where the server is to judge. An empty one stands for the default. */
export function wrongValue(option, text) {
  const value = text.trim();
  if (value === '') return null;
  if (option.type === 'integer' && !/^[+-]?\d+$/.test(value)) return `${option.name} is ‘${value}’; a whole number is needed`;
  if (option.type === 'number' && !Number.isFinite(Number(value))) return `${option.name} is ‘${value}’; a number is needed`;
  return null;
}

function same(one, other) {
  if (one === other) return true;
  return one !== '' && other !== '' && Number.isFinite(Number(one)) && Number(one) === Number(other);
}

/** Values that differ from the defaults, by name: what is sent. */
export function given(options, values) {
  const sent = {};
  for (const option of options) {
    const value = (values.get(option.name) ?? '').trim();
    if (value !== '' && !same(value, option.default ?? '')) sent[option.name] = value;
  }
  return sent;
}

/**
 * What to fill in to repeat a run.
 *
 * @param header of the run
 * @returns {{problem: object, values: Map<string, string>} | {refusal: string}}
 */
export function repeating(header, { problems, options }) {
  const problem = problems.find(p => p.name === header.problem);
  if (!problem) {
    const why =
      header.settings?.source === 'external'
        ? 'is one of another program, which starts it itself'
        : `solves ‘${header.problem}’, which can be started from the command line only`;
    return { refusal: `The run ‘${header.name}’ ${why}. This is an empty form.` };
  }
  const values = new Map();
  for (const option of options) {
    const value = header.settings?.[option.name];
    if (problem.options.includes(option.name) && value !== undefined && !same(value, option.default ?? ''))
      values.set(option.name, value);
  }
  return { problem, values };
}
