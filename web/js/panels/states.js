/** How a run's state is drawn: shape, tone and word; and what the word means. */
const STATES = {
  queued: { shape: 'clock', tone: 'quiet', label: 'Queued', meaning: 'It has not begun.' },
  running: { shape: 'play', tone: 'accent', label: 'Running', meaning: 'It makes progress.' },
  paused: { shape: 'pause', tone: 'quiet', label: 'Paused', meaning: 'It waits until it is told to go on.' },
  quiet: {
    shape: 'clock',
    tone: 'judge',
    label: 'Quiet',
    meaning: 'Its program is there, but the event that was due has not come.',
  },
  stalled: { shape: 'down', tone: 'bad', label: 'Stalled', meaning: 'It iterates and no longer improves.' },
  lost: { shape: 'cross', tone: 'judge', label: 'Lost', meaning: 'Nothing is heard of its program any more.' },
  diverged: { shape: 'cross', tone: 'bad', label: 'Diverged', meaning: 'Its figures grow without bound or are no numbers.' },
  converged: { shape: 'circle', tone: 'good', label: 'Converged', meaning: 'It came to rest.' },
  limit: { shape: 'square', tone: 'judge', label: 'Limit', meaning: 'It ended before it came to rest.' },
  cancelled: { shape: 'square', tone: 'quiet', label: 'Cancelled', meaning: 'Somebody stopped it.' },
  failed: { shape: 'cross', tone: 'bad', label: 'Failed', meaning: 'It broke down.' },
};

export function stateLook(state) {
  return STATES[state] ?? { shape: 'square', tone: 'quiet', label: state, meaning: '' };
}

/** Whether another program does the run: it can be asked to stop, and to nothing else. */
export function isExternal(header) {
  return header?.settings?.source === 'external';
}

/** Whether a run was cut short and a checkpoint of it is kept. */
export function isResumable(status) {
  return status.ended && Boolean(status.checkpoint);
}

/**
 * Which commands a run takes, each with the reason where it does not.
 *
 * @returns {{command: string, refusal: string | null}[]}
 */
export function commandsOf(header, status) {
  const external = isExternal(header);
  if (isResumable(status)) return [{ command: 'resume', refusal: null }];
  const first = status.state === 'paused' ? 'resume' : 'pause';
  const kept = external || status.ended ? [] : ['checkpoint'];
  return [first, 'escape', ...kept, 'stop'].map(command => ({
    command,
    refusal: status.ended
      ? 'The run has ended'
      : external && command !== 'stop'
        ? 'The run is one of another program: it can only be asked to stop'
        : null,
  }));
}
