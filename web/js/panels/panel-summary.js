import { computedPoints } from '../draw/chart-data.js';
import { count, number } from '../draw/format.js';
import { linesOf } from './chart-view.js';
import { emptyWords, seriesOf } from './panel-specs.js';

/** A chart in one sentence, for those who cannot see it: the last value, the least and the largest of the stretch in view. */
export function summaryOf(spec, run) {
  const { range, columns } = run;
  const x = run.xColumn(columns);
  const within = row => x[row] >= range[0] && x[row] <= range[1];
  const parts = [];
  for (const line of linesOf(spec)) {
    const { last, min, max } = seriesOf(line, run);
    const told = { last: null, low: Infinity, high: -Infinity, bad: 0 };
    for (let row = 0; row < columns.length; row++) {
      if (!within(row) || typeof last[row] !== 'number') continue;
      told.last = last[row];
      if (!Number.isFinite(last[row])) told.bad++;
      if (Number.isFinite(min[row])) told.low = Math.min(told.low, min[row]);
      if (Number.isFinite(max[row])) told.high = Math.max(told.high, max[row]);
    }
    if (told.last === null) continue;
    const bad = told.bad > 0 ? `, ${count(told.bad)} not finite` : '';
    const span = told.low <= told.high ? `, from ${number(told.low)} to ${number(told.high)}` : '';
    parts.push(`${line.label ?? spec.title}: last ${number(told.last)}${span}${bad}`);
  }
  for (const { name, label } of spec.points ?? []) {
    const found = computedPoints(run, name, range, 1000);
    if (found.length > 0) parts.push(`${label}: computed ${count(found.length)} times, last ${number(found.at(-1).value)}`);
  }
  if (run.gaps.length > 0) parts.push(`${count(run.gaps.length)} ${run.gaps.length === 1 ? 'gap' : 'gaps'} without events`);
  const old = run.replaced.length;
  if (old > 0) parts.push(`dotted: what ${count(old)} ${old === 1 ? 'attempt' : 'attempts'} rewrote`);
  return `${spec.title}. ${parts.length > 0 ? parts.join('; ') : emptyWords(spec, run)}.`;
}
