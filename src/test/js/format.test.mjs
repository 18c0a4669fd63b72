import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  age,
  connection,
  count,
  duration,
  number,
  rate,
  resolution,
  superscript,
} from '../../../web/js/draw/format.js';

test('numbers are short, with a true minus', () => {
  const cases = [
    [0, '0'],
    [0.33031, '0.3303'],
    [-0.5, '−0.5'],
    [2.605, '2.605'],
    [12345.6, '12346'],
    [1e-6, '1e−6'],
    [9.841e-17, '9.84e−17'],
    [123456, '1.23e5'],
    [-3.1e-4, '−3.1e−4'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [null, '–'],
    [undefined, '–'],
  ];
  for (const [value, text] of cases) assert.equal(number(value), text);
});

test('counts have thin spaces between thousands', () => {
  assert.equal(count(1234567), '1\u202f234\u202f567');
  assert.equal(count(812), '812');
  assert.equal(count(undefined), '–');
});

test('durations use two units at most', () => {
  const cases = [
    [0, '0 s'],
    [0.0000042, '4.2 µs'],
    [0.0123, '12.3 ms'],
    [0.41, '0.41 s'],
    [9.96, '10 s'],
    [12.4, '12 s'],
    [250, '4 m 10 s'],
    [120, '2 m'],
    [7500, '2 h 5 m'],
    [273_600, '3 d 4 h'],
    [NaN, '–'],
  ];
  for (const [value, text] of cases) assert.equal(duration(value), text);
});

test('ages count in the largest unit', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');
  assert.equal(age('2026-01-01T23:59:59Z', now), 'now');
  assert.equal(age('2026-01-01T23:59:15Z', now), '45 s ago');
  assert.equal(age('2026-01-01T23:00:01Z', now), '59 m ago');
  assert.equal(age('2026-01-01T20:00:00Z', now), '4 h ago');
  assert.equal(age('2025-12-30T00:00:00Z', now), '3 d ago');
  assert.equal(age('nonsense', now), '–');
});

test('rates, exponents and resolutions', () => {
  assert.equal(rate(25.04), '25');
  assert.equal(rate(1234.5), '1\u202f235');
  assert.equal(rate(undefined), '–');
  assert.equal(superscript(-15), '⁻¹⁵');
  assert.equal(resolution(0, 1), 'every iteration');
  assert.equal(resolution(5, 2), '1:64 buckets, min–max shown');
});

test('the connection says what it does', () => {
  assert.equal(connection({ kind: 'live' }), 'Live');
  assert.equal(connection({ kind: 'behind', seconds: 3.21 }), 'Behind 3.2 s');
  assert.equal(connection({ kind: 'replayed', events: 812 }), 'Replayed 812 events');
  assert.equal(connection({ kind: 'reconnecting', retryAt: 14_000 }, 10_000), 'Reconnecting 4 s');
  assert.equal(connection({ kind: 'reconnecting', retryAt: null }), 'Reconnecting');
  assert.equal(connection({ kind: 'offline', retryAt: 14_000 }, 10_000), 'Offline');
});
