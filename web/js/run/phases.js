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
