/**
 * Attempts after the first, as the server lists them: {attempt, iteration, of, seq}. One holds what came before it up to an iteration;
 * of the attempt whose checkpoint it goes on from only what came before that.
 */

/** Whether a later attempt has rewritten what this event tells of. */
export function superseded(event, attempts = []) {
  const own = event.attempt ?? 1;
  return attempts.some(
    next => own < next.attempt && (event.iteration > next.iteration || (own === next.of && event.seq >= next.seq)),
  );
}

/** The events that hold; the same list where there was one attempt. */
export function holding(events, attempts = []) {
  return attempts.length === 0 ? events : events.filter(event => !superseded(event, attempts));
}

/** Whether an event begins a later attempt that goes on from a checkpoint. */
export function beginsAttempt(event) {
  return event.kind === 'phase' && (event.attempt ?? 1) > 1 && event.seq === 0;
}
