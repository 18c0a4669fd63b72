import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertSummary, Announcer, moment, pollDelay, webhookWords } from '../../../web/js/alerts.js';

const alert = (id, more = {}) => ({ rule: 'stalled', run: { id, name: id }, firedAt: '2026-11-22T08:00:00Z', ...more });
const silenced = { silencedUntil: '2026-11-22T09:00:00Z' };

test('the bell counts what is not silenced and says the rest', () => {
  assert.deepEqual(alertSummary(null), { loud: 0, label: 'Alerts' });
  assert.deepEqual(alertSummary({ on: false, firing: [] }), { loud: 0, label: 'Alerts are switched off' });
  assert.deepEqual(alertSummary({ on: true, firing: [] }), { loud: 0, label: 'No alerts' });
  assert.deepEqual(alertSummary({ on: true, firing: [alert('a')] }), { loud: 1, label: '1 alert' });
  assert.deepEqual(alertSummary({ on: true, firing: [alert('a'), alert('b'), alert('c', silenced)] }), {
    loud: 2,
    label: '2 alerts, 1 silenced',
  });
});

test('each alert is announced once, and those found at the start are not', () => {
  const announcer = new Announcer();
  assert.deepEqual(announcer.fresh([alert('a')]), []);
  assert.deepEqual(
    announcer.fresh([alert('a'), alert('b'), alert('c', silenced)]).map(a => a.run.id),
    ['b'],
  );
  assert.deepEqual(announcer.fresh([alert('a'), alert('b'), alert('c', silenced)]), []);
  assert.deepEqual(
    announcer.fresh([alert('a', { firedAt: 'later' }), alert('c')]).map(a => a.run.id),
    ['a', 'c'],
  );
});

test('a hidden page asks seldom, an open list often', () => {
  assert.ok(pollDelay(true, false) < pollDelay(false, false));
  assert.ok(pollDelay(false, false) < pollDelay(true, true));
});

test('a moment of another day says which', () => {
  const now = new Date(2026, 10, 22, 8, 0, 0);
  assert.equal(moment(new Date(2026, 10, 22, 9, 5, 7).toISOString(), now), '09:05:07');
  assert.equal(moment(new Date(2026, 10, 29, 9, 5, 7).toISOString(), now), '2026-11-29 09:05:07');
});

test('a webhook says how it does', () => {
  const now = Date.parse('2026-11-22T08:00:10Z');
  assert.equal(webhookWords({ sent: 0, givenUp: 0, queued: 0 }, now), '0 told');
  const words = webhookWords(
    {
      sent: 3,
      givenUp: 1,
      queued: 2,
      lastSuccess: '2026-11-22T08:00:00Z',
      lastError: 'it answered 500',
      lastErrorAt: '2026-11-22T08:00:05Z',
    },
    now,
  );
  assert.match(words, /^3 told, 1 given up, 2 waiting; last success .*; last error .*: it answered 500$/);
});
