import { computedPoints } from '../draw/chart-data.js';
import { linesOf } from './chart-view.js';
import { seriesOf } from './panel-specs.js';

/** What a panel shows, as a file. */

/** The rows of a panel in view, at the resolution they are shown in. */
export function seriesCsv(run, spec) {
  const [from, to] = run.range;
  const { columns } = run;
  const lines = linesOf(spec);
  if (lines.length === 0) return pointsCsv(run, spec);
  const series = lines.map(line => seriesOf(line, run));
  const titles = lines.flatMap(({ series: name, label }) =>
    ['min', 'max', 'last'].map(of => (lines.length > 1 ? `${name ?? label} ${of}` : of)),
  );
  const text = [['iteration', 'elapsed', 'segment', ...titles].join(',')];
  const x = run.xColumn(columns);
  for (let row = 0; row < columns.length; row++) {
    if (x[row] < from || x[row] > to) continue;
    const cells = [columns.iteration[row], columns.elapsed[row], columns.segment[row]];
    for (const { min, max, last } of series) cells.push(min[row], max[row], last[row]);
    text.push(cells.map(cell).join(','));
  }
  return `${text.join('\n')}\n`;
}

function pointsCsv(run, spec) {
  const lines = [`figure,${run.axis},value`];
  for (const { name } of spec.points) {
    for (const { x, value } of computedPoints(run, name, run.range, Infinity)) lines.push([name, x, value].map(cell).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function cell(value) {
  return value === null || value === undefined ? '' : String(value);
}
