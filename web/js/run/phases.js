/** What a run did when: intervals between its phase events. A run descends until it says otherwise. */

export const PHASES = ['descend', 'trial', 'judge', 'escape', 'paused'];

/**
 * @param landmarks in order
 * @param status    where the last interval ends for now
 * @param truncated whether older landmarks were let go, so that the beginning is not known
 * @returns [{phase, from: {iteration, elapsed}, to: {iteration, elapsed}, open}], without the finish
 */
export function phasesOf(landmarks, status, truncated = false) {
  const intervals = [];
  let current = truncated ? null : { phase: 'descend', from: { iteration: 0, elapsed: 0 } };
  const close = at => {
    if (current && current.phase !== 'finish' && !empty(current, at, intervals.length)) {
      intervals.push({ ...current, to: at, open: false });
    }
  };
  for (const event of landmarks) {
    if (event.kind !== 'phase') continue;
    const at = { iteration: event.iteration, elapsed: event.elapsed ?? 0 };
    if (current?.phase === event.phase) continue;
    close(at);
    current = { phase: event.phase, from: at };
  }
  if (current && current.phase !== 'finish') {
    const at = { iteration: status?.iteration ?? 0, elapsed: status?.elapsed ?? 0 };
    const to = {
      iteration: Math.max(at.iteration, current.from.iteration),
      elapsed: Math.max(at.elapsed, current.from.elapsed),
    };
    intervals.push({ ...current, to, open: !(status?.ended ?? false) });
  }
  return intervals;
}

/** The assumed descent of a run that starts in another phase; a judgement takes no iterations and still counts. */
function empty(interval, at, index) {
  return index === 0 && interval.phase === 'descend' && at.iteration === interval.from.iteration;
}

/**
 * The phases with each episode as one escape, whatever was tried in it; a pause within it stays.
 *
 * @returns intervals as of phasesOf, those of an episode with `episode`
 */
export function foldedPhases(intervals, episodes) {
  const folded = [];
  let k = 0;
  for (const interval of intervals) {
    const over = e => !e.open && order(interval.from, e.to) > 0;
    while (k < episodes.length && over(episodes[k])) k++;
    const episode = episodes[k];
    const within = episode && order(interval.from, episode.from) >= 0 && IN_EPISODES.includes(interval.phase);
    if (!within) folded.push(interval);
    else if (folded.at(-1)?.episode === episode) Object.assign(folded.at(-1), { to: interval.to, open: interval.open });
    else folded.push({ ...interval, phase: 'escape', episode });
  }
  return folded;
}

const IN_EPISODES = ['escape', 'trial'];

function order(a, b) {
  return a.iteration - b.iteration || a.elapsed - b.elapsed;
}

/**
 * Intervals as they are drawn: neighbours too narrow to be seen are one, of the phase that takes most of it, which tells how
 * many it holds.
 *
 * @param place from a place of the run to px
 * @param least px that can be seen
 * @returns [{...interval, a, b, held}], a and b in px
 */
export function drawnPhases(intervals, place, least) {
  const drawn = [];
  for (const interval of intervals) {
    const a = place(interval.from);
    const b = place(interval.to);
    const last = drawn.at(-1);
    if (b - a < least && last?.narrow && last.b - last.a < least) {
      last.shares.set(interval.phase, (last.shares.get(interval.phase) ?? 0) + b - a);
      const [most] = [...last.shares].reduce((x, y) => (y[1] > x[1] ? y : x));
      Object.assign(last, { phase: most, to: interval.to, b, open: interval.open, held: last.held + 1 });
    } else {
      const shares = new Map([[interval.phase, b - a]]);
      drawn.push({ ...interval, a, b, held: 1, narrow: b - a < least, shares });
    }
  }
  return drawn;
}
