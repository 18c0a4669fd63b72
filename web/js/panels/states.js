/** How a run's state is drawn: shape, tone and word. */
const STATES = {
  queued: { shape: 'clock', tone: 'quiet', label: 'Queued' },
  running: { shape: 'play', tone: 'accent', label: 'Running' },
  paused: { shape: 'pause', tone: 'quiet', label: 'Paused' },
  quiet: { shape: 'clock', tone: 'judge', label: 'Quiet' },
  stalled: { shape: 'down', tone: 'bad', label: 'Stalled' },
  lost: { shape: 'cross', tone: 'judge', label: 'Lost' },
  diverged: { shape: 'cross', tone: 'bad', label: 'Diverged' },
  converged: { shape: 'circle', tone: 'good', label: 'Converged' },
  limit: { shape: 'square', tone: 'judge', label: 'Limit' },
  cancelled: { shape: 'square', tone: 'quiet', label: 'Cancelled' },
  failed: { shape: 'cross', tone: 'bad', label: 'Failed' },
};

export function stateLook(state) {
  return STATES[state] ?? { shape: 'square', tone: 'quiet', label: state };
}
