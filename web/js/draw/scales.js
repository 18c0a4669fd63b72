import { number, superscript } from './format.js';

/**
 * Scales: `to` takes a figure to where it is drawn (null where the scale has no place for it), `from` back, and
 * `ticks(low, high, most)` gives [{at, label}] between two drawn positions.
 */

const MINUS = '\u2212';

export const linear = {
  kind: 'linear',
  to: v => v,
  from: y => y,
  ticks: linearTicks,
};

export const log10 = {
  kind: 'log',
  to: v => (v > 0 ? Math.log10(v) : null),
  from: y => 10 ** y,
  ticks(low, high, most) {
    const first = Math.ceil(low - 1e-9);
    const last = Math.floor(high + 1e-9);
    if (last - first >= 1) return thinned(first, last, most).map(e => ({ at: e, label: power(e) }));
    return linearTicks(10 ** low, 10 ** high, most).map(t => ({ at: Math.log10(t.at), label: t.label }));
  },
};

/** Linear within ±width, logarithmic beyond: for signed figures such as eigenvalues. */
export function asinh(width) {
  const to = v => Math.asinh(v / width);
  return {
    kind: 'asinh',
    width,
    to,
    from: y => Math.sinh(y) * width,
    ticks(low, high, most) {
      const top = Math.max(Math.abs(low), Math.abs(high));
      const first = Math.round(Math.log10(width));
      const last = Math.floor(Math.log10(Math.sinh(top) * width) + 1e-9);
      const decades = last < first ? [] : thinned(first, last, Math.max(2, Math.floor(most / 2)));
      const ticks = [{ at: 0, label: '0' }];
      for (const e of decades) {
        ticks.push({ at: to(10 ** e), label: power(e) }, { at: -to(10 ** e), label: MINUS + power(e) });
      }
      const seen = ticks.filter(t => t.at >= low && t.at <= high);
      if (seen.length < 2) return linearTicks(Math.sinh(low) * width, Math.sinh(high) * width, most).map(t => ({ at: to(t.at), label: t.label }));
      return spaced(seen, (high - low) / (most * 1.6));
    },
  };
}

/** The linear part of asinh for these figures: three decades below the largest, as a power of ten. */
export function asinhWidth(values) {
  let largest = 0;
  for (const v of values) if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
  return largest === 0 ? 1 : Number(`1e${Math.floor(Math.log10(largest)) - 3}`);
}

/** A range with a little air; a range of one value gets some. */
export function padded(low, high, share = 0.06) {
  if (!(low <= high)) return [0, 1];
  const air = high > low ? (high - low) * share : Math.max(Math.abs(low) * 0.05, 0.5);
  return [low - air, high + air];
}

export function linearTicks(low, high, most) {
  if (!(high > low)) return [];
  const rough = (high - low) / Math.max(1, most);
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * unit).find(s => s >= rough * 0.7);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    const at = Number((i * step).toPrecision(12)) + 0; // + 0: no negative zero
    ticks.push({ at, label: tickLabel(at, step) });
  }
  return ticks;
}

/** Digits in which figures are told everywhere. */
const USUAL = 4;

/** With as many digits as tell it from its neighbours. */
function tickLabel(at, step) {
  const digits = at === 0 ? 0 : Math.floor(Math.log10(Math.abs(at)) + 1e-9) - Math.floor(Math.log10(step) + 1e-9) + 1;
  if (digits <= USUAL || Math.abs(at) >= 1e5 || Math.abs(at) < 1e-3) return number(at);
  return String(Number(at.toPrecision(digits))).replace('-', MINUS);
}

/** "10⁻³", and 1 and 10 as people write them. */
function power(exponent) {
  return exponent === 0 ? '1' : exponent === 1 ? '10' : `10${superscript(exponent)}`;
}

function thinned(first, last, most) {
  const step = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const all = [];
  for (let e = Math.ceil(first / step) * step; e <= last; e += step) all.push(e);
  return all;
}

/** Drops ticks that would touch, those nearest zero going first. */
function spaced(ticks, least) {
  const kept = [];
  for (const tick of [...ticks].sort((a, b) => Math.abs(b.at) - Math.abs(a.at))) {
    const zero = tick.at === 0;
    if (zero || (kept.every(k => Math.abs(k.at - tick.at) >= least) && Math.abs(tick.at) >= least)) kept.push(tick);
  }
  return kept.sort((a, b) => a.at - b.at);
}
