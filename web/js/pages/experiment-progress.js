import { html } from 'lit';
import { count, duration } from '../draw/format.js';

const BUSY = 1000;
const IDLE = 10_000;

/**
 * Asks now and again: every second while something runs, rarely otherwise, not at all in a hidden tab.
 *
 * @param ask → whether anything runs
 * @returns a function that ends it
 */
export function pollEvery(ask) {
  let timer = 0;
  let ended = false;
  async function round() {
    const busy = document.hidden ? false : await ask();
    if (!ended) timer = setTimeout(round, busy ? BUSY : IDLE);
  }
  const wake = () => {
    if (document.hidden) return;
    clearTimeout(timer);
    round();
  };
  document.addEventListener('visibilitychange', wake);
  round();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
  };
}

/** How far a running experiment has come, and the time left. */
export function progressBar({ done, total, reused, secondsLeft, state }) {
  const words = total > 0 ? [`${count(done)} of ${count(total)} trials`] : ['starting'];
  if (reused > 0) words.push(`${count(reused)} from before`);
  if (state === 'stopping') words.push('stopping');
  else if (Number.isFinite(secondsLeft)) words.push(`about ${duration(Math.max(1, Math.round(secondsLeft)))} left`);
  return html`<span class="progress" data-testid="progress">
    <progress max=${Math.max(1, total)} .value=${done} aria-label="trials done"></progress>
    <small>${words.join(', ')}</small>
  </span>`;
}
