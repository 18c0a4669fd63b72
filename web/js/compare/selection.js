import { api } from '../api.js';
import { MOST } from './view-state.js';

/** Which runs are compared, asked of the server. */

/** Runs that a search finds; none where the server does not answer. */
export async function find(words) {
  try {
    return (await api.runs({ q: words, limit: 50 })).runs;
  } catch {
    return [];
  }
}

/** Ids of the newest runs of a selection {problem, tag, q}, as many as a comparison holds. */
export async function newestOf(selection) {
  const found = [];
  let next = null;
  do {
    const page = await api.runs({ limit: 200, ...selection, ...(next && { cursor: next }) });
    // The server's filter takes every problem whose name contains the word.
    found.push(...page.runs.filter(r => !selection.problem || r.problem === selection.problem).map(r => r.id));
    next = page.next;
  } while (next && found.length < MOST);
  return found.slice(0, MOST);
}

/** The selection as the address has it. */
export function wordsOf(selection) {
  return Object.entries(selection)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
