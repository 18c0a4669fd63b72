/** The trials of a cell as the server gives them: a page at a time, of every seed that was ever done. */

/** Figures that are shown first, where a trial has them; the others follow by name. */
const FIRST = ['iterations', 'reached', 'gradients', 'escapes', 'loss', 'distance'];

/**
 * The next trials that a result is made of; pages without any are passed over.
 *
 * @param load (cursor) → {trials, next}
 * @returns {Promise<{trials: object[], others: number, next: string | null}>} others: trials of seeds that are not the result's
 */
export async function nextTrials(load, cursor, { seed, trials }) {
  const found = { trials: [], others: 0, next: cursor };
  do {
    const page = await load(found.next);
    const own = page.trials.filter(t => t.seed >= seed && t.seed < seed + trials);
    found.trials.push(...own);
    found.others += page.trials.length - own.length;
    found.next = page.next ?? null;
  } while (found.trials.length === 0 && found.next !== null);
  return found;
}

/** Names of the figures of trials: those that say most, and all. */
export function figureNames(trials) {
  const names = new Set(trials.flatMap(t => Object.keys(t.figures ?? {})));
  names.delete('success');
  const first = FIRST.filter(name => names.has(name));
  return { first, all: [...first, ...[...names].filter(name => !FIRST.includes(name)).sort()] };
}
