/** Waits between attempts to connect: doubling from 250 ms to 5 s, between half and all of it at random. */

const FIRST = 250;
const LONGEST = 5000;

/** @param attempt from 0 */
export function backoff(attempt, random = Math.random) {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random();
}
