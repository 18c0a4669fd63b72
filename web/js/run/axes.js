import { count, duration } from '../draw/format.js';
import { linearTicks } from '../draw/scales.js';

/**
 * What can lie along x. Each is a figure that never falls along a run: `measure` names it (iteration, elapsed seconds, or
 * oracle calls). Two axes may have one measure and differ in what stands at their ticks.
 */
export const AXES = {
  iteration: { label: 'iteration', measure: 'iteration', tick: at => count(at), whole: true },
  relative: { label: 'share of the run', measure: 'iteration', unit: run => run.domain[1] / 100, tick: (at, run) => `${round((100 * at) / run.domain[1])} %` },
  elapsed: { label: 'elapsed time', measure: 'elapsed', tick: at => (at === 0 ? '0 s' : duration(at)) },
  clock: { label: 'clock time', measure: 'elapsed', tick: (at, run) => clock(run.model.header.started, at) },
  calls: { label: 'oracle calls', measure: 'calls', tick: at => count(at), whole: true },
};

export const CALLS = 'gradientEvaluations';

/** Seconds between ticks that people count in. */
const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** @returns [{at, label}] between the ends of the range, about `most` of them */
export function axisTicks(run, [from, to], most) {
  const axis = AXES[run.axis];
  const unit = axis.unit?.(run) || 1;
  const places =
    axis.measure === 'elapsed' && to - from > 4 ? times(run, from, to, most) : linearTicks(from / unit, to / unit, most).map(t => t.at * unit);
  const ticks = axis.whole ? places.filter(Number.isInteger) : places;
  return ticks.map(at => ({ at, label: axis.tick(at, run) }));
}

/** Ticks at round times; on the clock at the clock's own. */
function times(run, from, to, most) {
  const step = TIMES.find(s => (to - from) / s <= most) ?? Math.ceil((to - from) / most / 86_400) * 86_400;
  const began = run.axis === 'clock' ? Date.parse(run.model.header.started) / 1000 : 0;
  const zone = run.axis === 'clock' ? -60 * new Date(began * 1000).getTimezoneOffset() : 0;
  const places = [];
  for (let k = Math.ceil((from + began + zone) / step); k * step - began - zone <= to; k++) places.push(k * step - began - zone);
  return places;
}

/** Time of day of a moment of the run, by the viewer's clock. */
function clock(started, elapsed) {
  const date = new Date(Date.parse(started) + 1000 * elapsed);
  if (Number.isNaN(date.getTime())) return '';
  const two = n => String(n).padStart(2, '0');
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}

function round(value) {
  return Number(value.toPrecision(4));
}

/** Oracle calls at each row: the newest known count, which never falls. */
export function callsOf(columns) {
  const { last } = columns.series(CALLS);
  const calls = new Float64Array(columns.length);
  let newest = 0;
  for (let row = 0; row < calls.length; row++) {
    const value = last[row];
    if (typeof value === 'number' && value > newest) newest = value;
    calls[row] = newest;
  }
  return calls;
}
