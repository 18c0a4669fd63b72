import { age, count } from './draw/format.js';

/** Alerts as data: what the bell says, what is new, how webhooks do in words. */

export const RULE_WORDS = { stalled: 'Stalled', lost: 'Lost', diverged: 'Diverged', slow: 'Slow' };

export const SILENCES = [
  { label: '1 h', spoken: '1 hour', seconds: 3600 },
  { label: '8 h', spoken: '8 hours', seconds: 8 * 3600 },
  { label: '1 week', spoken: '1 week', seconds: 7 * 86_400 },
];

/** Silenced alerts are in the list, not in the number. */
export function alertSummary(alerts) {
  if (alerts === null) return { loud: 0, label: 'Alerts' };
  if (!alerts.on) return { loud: 0, label: 'Alerts are switched off' };
  const loud = alerts.firing.filter(a => !a.silencedUntil).length;
  const silenced = alerts.firing.length - loud;
  const words = loud === 0 ? 'No alerts' : `${count(loud)} ${loud === 1 ? 'alert' : 'alerts'}`;
  return { loud, label: silenced === 0 ? words : `${words}, ${count(silenced)} silenced` };
}

/** Milliseconds until the server is asked again: often while the list is open, seldom while nobody sees the page. */
export function pollDelay(open, hidden) {
  if (hidden) return 15_000;
  return open ? 2_000 : 4_000;
}

/** Says which alerts are to be announced: each once, when it is first seen loud, and none of those found at the start. */
export class Announcer {
  #known = null;

  fresh(firing) {
    const loud = firing.filter(a => !a.silencedUntil);
    const keys = new Set(loud.map(alertKey));
    const fresh = this.#known === null ? [] : loud.filter(a => !this.#known.has(alertKey(a)));
    this.#known = keys;
    return fresh;
  }
}

/** The same for as long as an alert fires, and never again. */
export function alertKey(alert) {
  return `${alert.rule} ${alert.run.id} ${alert.firedAt}`;
}

/** Time of day by the viewer's clock, after the day where that is not today. */
export function moment(iso, now = new Date()) {
  const date = new Date(iso);
  const two = n => String(n).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  if (date.toDateString() === now.toDateString()) return clock;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`;
}

/** "12 told, 1 given up, 2 wait; last error 5 s ago: it answered 500". */
export function webhookWords(webhook, now = Date.now()) {
  const parts = [`${count(webhook.sent)} told`];
  if (webhook.givenUp > 0) parts.push(`${count(webhook.givenUp)} given up`);
  if (webhook.queued > 0) parts.push(`${count(webhook.queued)} waiting`);
  const success = webhook.lastSuccess ? `; last success ${age(webhook.lastSuccess, now)}` : '';
  const error = webhook.lastError ? `; last error ${age(webhook.lastErrorAt, now)}: ${webhook.lastError}` : '';
  return parts.join(', ') + success + error;
}
