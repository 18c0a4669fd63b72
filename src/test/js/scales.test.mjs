import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asinh, asinhWidth, linear, linearTicks, log10, padded } from '../../../web/js/draw/scales.js';

test('log has no place for zero and below', () => {
  assert.equal(log10.to(0), null);
  assert.equal(log10.to(-1), null);
  assert.equal(log10.to(1000), 3);
  assert.ok(Math.abs(log10.from(log10.to(0.02)) - 0.02) < 1e-15);
});

test('log ticks are decades, thinned to what fits', () => {
  assert.deepEqual(
    log10.ticks(-3, 1, 10).map(t => t.label),
    ['10⁻³', '10⁻²', '10⁻¹', '1', '10'],
  );
  const thin = log10.ticks(-15, 0, 4);
  assert.ok(thin.length <= 5, `${thin.length} ticks`);
  assert.ok(thin.every(t => Number.isInteger(t.at)));
});

test('within one decade log ticks are plain figures', () => {
  const ticks = log10.ticks(Math.log10(0.2), Math.log10(0.9), 4);
  assert.ok(ticks.length >= 2);
  for (const t of ticks) assert.ok(Math.abs(10 ** t.at - Number(t.label)) < 1e-12, `${t.label} at ${t.at}`);
});

test('asinh is odd, goes through zero and comes back', () => {
  const scale = asinh(1e-4);
  assert.equal(scale.to(0), 0);
  assert.equal(scale.to(-0.3), -scale.to(0.3));
  for (const v of [-2, -1e-6, 0, 3e-5, 7]) assert.ok(Math.abs(scale.from(scale.to(v)) - v) < 1e-12);
});

test('asinh ticks include zero and both signs, in order and apart', () => {
  const scale = asinh(1e-3);
  const ticks = scale.ticks(scale.to(-1), scale.to(1), 8);
  assert.ok(ticks.some(t => t.label === '0'));
  assert.ok(ticks.some(t => t.at < 0) && ticks.some(t => t.at > 0));
  assert.deepEqual(
    ticks.map(t => t.at),
    ticks.map(t => t.at).sort((a, b) => a - b),
  );
});

test('the width of asinh lies three decades below the largest figure', () => {
  assert.equal(asinhWidth([-0.16, 0.3, NaN, Infinity]), 1e-4);
  assert.equal(asinhWidth([]), 1);
  assert.equal(asinhWidth([0]), 1);
});

test('linear ticks are round and inside', () => {
  assert.deepEqual(
    linearTicks(0, 100, 5).map(t => t.at),
    [0, 20, 40, 60, 80, 100],
  );
  assert.deepEqual(
    linearTicks(0.1, 0.32, 4).map(t => t.label),
    ['0.1', '0.15', '0.2', '0.25', '0.3'],
  );
  assert.deepEqual(linearTicks(1, 1, 5), []);
  assert.equal(linear.to(3), 3);
});

test('a range gets air, an empty one a width', () => {
  assert.deepEqual(padded(0, 10, 0.1), [-1, 11]);
  const [low, high] = padded(5, 5);
  assert.ok(low < 5 && high > 5);
  assert.deepEqual(padded(Infinity, -Infinity), [0, 1]);
});

test('ticks that lie close are told apart', () => {
  const labels = (low, high) => linearTicks(low, high, 3).map(t => t.label);
  assert.deepEqual(labels(20, 20.0003), ['20', '20.0001', '20.0002', '20.0003']);
  assert.deepEqual(labels(-3.00005, -3), ['−3.00004', '−3.00002', '−3']);
  assert.deepEqual(labels(0, 3), ['0', '1', '2', '3']);
});

test('far from zero, where asinh has no power of ten to show, its ticks are round figures', () => {
  const scale = asinh(1e-3);
  const ticks = scale.ticks(scale.to(-5), scale.to(-4.6), 4);
  assert.deepEqual(ticks.map(t => t.label), ['−5', '−4.9', '−4.8', '−4.7', '−4.6']);
  for (const { at, label } of ticks) assert.ok(Math.abs(scale.from(at) - Number(label.replace('−', '-'))) < 1e-9);
});
