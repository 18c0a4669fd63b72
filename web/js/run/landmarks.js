import { beginsAttempt } from './attempts.js';

/**
 * Events that are never conflated: phases, judgements, escapes, verdicts, messages. Kept in order, each once
 * ((attempt, seq) tells them apart), and at most LIMIT of them; how many older ones were let go is counted.
 */

export const LIMIT = 20_000;

export class Landmarks {
  #keys = new Set();

  constructor() {
    this.list = [];
    this.forgotten = 0;
    /** Rises with every change. */
    this.version = 0;
  }

  /** Adds what is new and answers it. */
  add(events) {
    const fresh = events.filter(e => !this.#keys.has(keyOf(e)) && this.#keys.add(keyOf(e)));
    if (fresh.length === 0) return fresh;
    this.version++;
    const ordered = fresh.every((e, i) => inOrder(i === 0 ? this.list.at(-1) : fresh[i - 1], e));
    for (const event of fresh) this.list.push(event);
    if (!ordered) this.list.sort((a, b) => (a.attempt ?? 1) - (b.attempt ?? 1) || a.seq - b.seq);
    for (const old of this.list.splice(0, Math.max(0, this.list.length - LIMIT))) {
      this.#keys.delete(keyOf(old));
      this.forgotten++;
    }
    return fresh;
  }
}

function inOrder(before, after) {
  if (!before) return true;
  return (before.attempt ?? 1) < (after.attempt ?? 1) || ((before.attempt ?? 1) === (after.attempt ?? 1) && before.seq <= after.seq);
}

/** A message may stand beside another event, under the number of that. */
export function keyOf(event) {
  const place = `${event.attempt ?? 1}:${event.seq}`;
  return event.kind === 'message' ? `${place}:${event.text}` : place;
}

/** How a verdict is drawn and said. Shapes differ as well as colours. */
const VERDICTS = {
  'global-minimum': { shape: 'circle', tone: 'good', label: 'Global minimum' },
  'strict-saddle': { shape: 'plus', tone: 'judge', label: 'Strict saddle' },
  'spurious-minimum': { shape: 'down', tone: 'bad', label: 'Spurious minimum' },
  undecided: { shape: 'square', tone: 'quiet', label: 'Undecided' },
};

const OUTCOMES = {
  proposed: { shape: 'diamond', tone: 'trial', label: 'Escape proposed' },
  accepted: { shape: 'up', tone: 'escape', label: 'Escape accepted' },
  rejected: { shape: 'up-hollow', tone: 'escape', label: 'Escape rejected' },
  refused: { shape: 'up-hollow', tone: 'quiet', label: 'Escape refused' },
};

/** States a run can end in that say more than the verdict on its last point. */
const ENDS = {
  diverged: { shape: 'cross', tone: 'bad', label: 'Diverged' },
  failed: { shape: 'cross', tone: 'bad', label: 'Failed' },
  cancelled: { shape: 'square', tone: 'quiet', label: 'Cancelled' },
  limit: { shape: 'square', tone: 'quiet', label: 'Limit reached' },
};

/** What messages are called, by their level. */
const LEVELS = { info: 'Note', warning: 'Warning', error: 'Error' };

export function verdictMark(verdict) {
  return VERDICTS[verdict] ?? VERDICTS.undecided;
}

/** Shape, tone, label and sentence of an event; every event has one. */
export function markOf(event) {
  switch (event.kind) {
    case 'stationary':
      return { ...verdictMark(event.verdict), sentence: event.sentence ?? '' };
    case 'verdict': {
      const end = event.verdict === 'global-minimum' ? undefined : ENDS[event.state];
      const look = { ...verdictMark(event.verdict), ...end };
      return { ...look, label: `Ended: ${look.label}`, sentence: event.reason || event.sentence || '' };
    }
    case 'escape': {
      const mark = OUTCOMES[event.outcome] ?? OUTCOMES.proposed;
      return { ...mark, label: `${mark.label}: ${event.mechanism}`, sentence: event.detail ?? '' };
    }
    case 'message':
      return {
        shape: event.level === 'info' ? 'square' : 'cross',
        tone: event.level === 'info' ? 'quiet' : 'bad',
        label: LEVELS[event.level] ?? 'Message',
        sentence: event.text ?? '',
      };
    default:
      if (beginsAttempt(event)) {
        return {
          shape: 'play',
          tone: 'accent',
          label: `Attempt ${event.attempt} from ${event.iteration}`,
          sentence: event.detail ?? '',
        };
      }
      return {
        shape: 'dot',
        tone: 'quiet',
        label: `Phase: ${event.phase ?? event.kind}`,
        sentence: event.detail ?? '',
      };
  }
}

/** Judgements, escapes and verdicts: what is drawn on strip, charts and path. A final verdict that only repeats the
 * judgement on the same point is not drawn twice. */
export function marksAmong(events) {
  const judged = new Set(events.filter(e => e.kind === 'stationary').map(e => `${e.iteration} ${e.verdict}`));
  return events.filter(
    e =>
      e.kind === 'stationary' ||
      e.kind === 'escape' ||
      (e.kind === 'verdict' && !judged.has(`${e.iteration} ${e.verdict}`)),
  );
}

/**
 * The marks with the trials of each episode folded: of its escape events only the one that tells how it went, which is
 * the accepted one, or the newest.
 */
export function calmMarks(events, episodes) {
  const folded = new Set();
  for (const { events: within, accepted } of episodes) {
    const escapes = within.filter(e => e.kind === 'escape');
    const told = accepted ?? escapes.at(-1);
    for (const event of escapes) if (event !== told) folded.add(event);
  }
  return marksAmong(events).filter(event => !folded.has(event));
}

/** The mark's label and the rest of its sentence, without saying the label twice. */
export function told({ label, sentence }) {
  if (!sentence.toLowerCase().startsWith(label.toLowerCase())) return { lead: label, rest: sentence };
  return { lead: sentence.slice(0, label.length), rest: sentence.slice(label.length), joined: true };
}
