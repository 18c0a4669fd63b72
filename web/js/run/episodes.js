/**
 * Escape episodes: what a run does from the moment it looks for a way out of a judged point until it is out, or back for
 * good. An episode may hold thousands of trials; it is one thing to look at, and its winner is part of the path.
 *
 * A race runs a candidate in several heats, each a segment of its own; "candidate 201 of race" in the phases' sentences
 * tells which segments belong together, so that all heats of the winner count as path.
 */

const CANDIDATE = /candidate (\d+) of/i;

/**
 * @param landmarks in order
 * @param status    where an open episode ends for now
 * @returns {{from: {iteration, elapsed}, to: {iteration, elapsed}, open: boolean, trap: object | null, trials: number,
 *   rejected: number, refused: number, accepted: object | null, mechanism: string, winner: Set<number>, events: object[]}[]}
 */
export function episodesOf(landmarks, status) {
  const episodes = [];
  let trap = null;
  let now = null;
  let heats = null; // segments of each candidate
  let candidate = null; // whose heat it is

  const begin = event => {
    now = { from: place(event), to: null, open: true, trap, trials: 0, rejected: 0, refused: 0, accepted: null };
    Object.assign(now, { mechanism: '', winner: new Set(), events: [] });
    heats = new Map();
    candidate = null;
  };
  const end = event => {
    now.to = place(event);
    now.open = false;
    if (now.events.some(e => e.kind === 'escape')) episodes.push(now);
    now = null;
  };

  for (const event of landmarks) {
    if (now && ends(event)) end(event);
    if (event.kind === 'stationary') trap = event;
    if (!now && (event.kind === 'escape' || (event.kind === 'phase' && event.phase === 'escape'))) begin(event);
    if (!now) continue;
    now.events.push(event);
    if (event.kind === 'phase' && event.phase === 'trial') {
      candidate = CANDIDATE.exec(event.detail ?? '')?.[1] ?? candidate;
      if (candidate !== null) heats.set(candidate, (heats.get(candidate) ?? new Set()).add(event.segment));
    }
    if (event.kind !== 'escape') continue;
    now.mechanism = event.mechanism;
    if (event.outcome === 'proposed') now.trials++;
    else if (event.outcome === 'rejected') now.rejected++;
    else if (event.outcome === 'refused') now.refused++;
    else if (event.outcome === 'accepted') {
      const landed = now.events.at(-2)?.phase !== 'escape' || candidate === null;
      if (now.trials === 0 || landed) now.trials++;
      now.accepted = event;
      now.winner = new Set(landed ? [] : heats.get(candidate)).add(event.segment);
      end(event);
    }
  }
  if (now) {
    const at = { iteration: status?.iteration ?? 0, elapsed: status?.elapsed ?? 0 };
    now.to = {
      iteration: Math.max(at.iteration, now.from.iteration),
      elapsed: Math.max(at.elapsed, now.from.elapsed),
    };
    now.open = !(status?.ended ?? false);
    if (now.events.some(e => e.kind === 'escape')) episodes.push(now);
  }
  return episodes;
}

/** What is over when the run descends, judges, or ends: it has given up, or was told to go on. */
function ends(event) {
  if (event.kind === 'stationary' || event.kind === 'verdict') return true;
  return event.kind === 'phase' && ['descend', 'judge', 'finish'].includes(event.phase);
}

function place(event) {
  return { iteration: event.iteration, elapsed: event.elapsed ?? 0 };
}

/** How many trials do not stand on the path, and are folded where trials are not shown. */
export function foldedTrials(episodes) {
  return episodes.reduce((n, e) => n + Math.max(0, e.trials - (e.accepted ? 1 : 0)), 0);
}

/**
 * To which stretch each row belongs: its segment where it is on the path (all heats of a winner count as the segment in
 * which it was accepted), below zero in a trial: −1 − index of the episode, or with `split` −1 − segment.
 *
 * @returns Int32Array, one number a row
 */
export function strandsOf(columns, episodes, split = false) {
  const { iteration, segment } = columns;
  const strands = new Int32Array(columns.length);
  let k = 0;
  for (let row = 0; row < strands.length; row++) {
    while (k < episodes.length && iteration[row] > episodes[k].to.iteration) k++;
    const episode = episodes[k];
    const within = episode && iteration[row] > episode.from.iteration && episode.trials > 0;
    if (!within) strands[row] = segment[row];
    else if (episode.winner.has(segment[row])) strands[row] = episode.accepted.segment;
    else strands[row] = -1 - (split ? segment[row] : k);
  }
  return strands;
}

/** The episode's outcome as the outcome of an escape event. */
export function outcomeOf(episode) {
  if (episode.accepted) return 'accepted';
  if (episode.open) return 'proposed';
  return episode.refused > 0 && episode.trials === 0 ? 'refused' : 'rejected';
}
