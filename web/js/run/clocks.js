/**
 * When something was last heard of a run, when it last iterated and when it last improved: the moments behind its state. By
 * the producer's clock.
 *
 * @returns {{event: number | null, iteration: number | null, improvement: number | null}} ms since 1970
 */
export function clocksOf(status, columns) {
  const event = moment(status?.lastEvent);
  const newest = columns.elapsed[columns.length - 1];
  const iteration = event === null || newest === undefined ? null : event - 1000 * Math.max(0, (status.elapsed ?? 0) - newest);
  return { event, iteration, improvement: moment(status?.lastImprovement) };
}

function moment(iso) {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? null : at;
}

/** Who paused or stopped the run, as the newest phase says: "by the dashboard"; empty where nobody did. */
export function byWhom(landmarks, status) {
  if (status.state !== 'paused' && status.state !== 'cancelled') return '';
  const told = landmarks.findLast(e => e.kind === 'phase' && (e.phase === 'paused' || e.phase === 'finish'));
  return /\b(by .+?)\.?$/.exec(told?.detail ?? '')?.[1] ?? '';
}
