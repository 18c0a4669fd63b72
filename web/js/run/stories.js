import { beginsAttempt } from './attempts.js';
import { LIMIT } from './landmarks.js';

/**
 * Rows of the list of events, oldest first: landmarks, with what belongs to an escape episode of several trials as one row
 * that can be opened.
 */

/** Kinds one can choose, with the words for them. */
export const KINDS = {
  judgement: 'judgements',
  escape: 'escapes',
  phase: 'phases',
  message: 'messages',
  end: 'ends',
};

/** What is listed until one chooses: phases say little that the others do not. */
export const USUAL = ['judgement', 'escape', 'message', 'end'];

const KIND_OF = { stationary: 'judgement', escape: 'escape', phase: 'phase', message: 'message', verdict: 'end' };

export function kindOf(event) {
  if (beginsAttempt(event)) return 'message';
  // Who paused a run, resumed or stopped it stands in a phase's sentence.
  if (event.kind === 'phase' && / by /.test(event.detail ?? '') && /^(Paused|Resumed|Stopped|Escape asked)/.test(event.detail)) return 'message';
  return KIND_OF[event.kind] ?? 'message';
}

/**
 * @param landmarks in order
 * @param episodes  of episodesOf
 * @param kinds     shown, of KINDS
 * @returns [{event, episode?}]; event is the one that tells how the episode went
 */
export function rowsOf(landmarks, episodes, kinds) {
  const inside = new Map();
  for (const episode of episodes) {
    if (episode.trials < 2) continue;
    for (const event of episode.events) inside.set(event, episode);
  }
  const rows = [];
  for (const event of landmarks) {
    const episode = inside.get(event);
    if (!episode) {
      if (kinds.includes(kindOf(event))) rows.push({ event });
    } else if (kindOf(event) === 'message') {
      if (kinds.includes('message')) rows.push({ event });
    } else if (event === toldBy(episode) && kinds.includes('escape')) rows.push({ event, episode });
  }
  return rows;
}

/** The event that tells how an episode went. */
function toldBy({ accepted, events }) {
  return accepted ?? events.findLast(e => e.kind === 'escape');
}

/** An episode in a few words. */
export function episodeWords({ trials, accepted, open, rejected }) {
  const took = `${trials} trials`;
  if (accepted) return `Out after ${took}: ${accepted.mechanism}`;
  if (open) return `Looking for a way out: ${took} so far`;
  return `No way out: ${took}, ${rejected} of them to their end`;
}

/** What an episode holds, for its opened row, newest first. */
export function within(episode, most = LIMIT) {
  return episode.events.filter(e => kindOf(e) !== 'message' && e !== toldBy(episode)).slice(-most).reverse();
}


