/** What a program gave an event beside the fields that every event of its kind has. */

const EVERY = ['run', 'schema', 'attempt', 'seq', 'iteration', 'segment', 'time', 'elapsed', 'kind', 'values', 'point'];

const JUDGED = ['reason', 'stop', 'verdict', 'title', 'sentence', 'trap', 'judgement'];

const OF_KIND = {
  stationary: JUDGED,
  verdict: [...JUDGED, 'state'],
  escape: ['mechanism', 'type', 'outcome', 'detail'],
  phase: ['phase', 'detail'],
  message: ['level', 'text'],
};

/** Characters of a value that a line has room for. */
const MOST = 60;

/** As [{name, value}] in the order in which they came, without those that the event's text tells already. */
export function ownFieldsOf(event) {
  const known = new Set([...EVERY, ...(OF_KIND[event.kind] ?? [])]);
  const told = event.kind === 'message' ? String(event.text) : '';
  return Object.entries(event)
    .filter(([name]) => !known.has(name) && !told.includes(`${name} = `))
    .map(([name, value]) => ({ name, value: short(typeof value === 'string' ? value : JSON.stringify(value)) }));
}

function short(text) {
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}
