import { landmarkPoints } from '../draw/chart-data.js';

/** What a panel shows, as a file. */

/** The rows of a panel within a range, at the server's resolution. */
export function seriesCsv(model, spec, axis, [from, to]) {
  const { columns } = model;
  if (!spec.series) return pointsCsv(model, spec, axis, [from, to]);
  const names = [spec.series, ...(spec.lines ?? []).map(l => l.series)];
  const series = names.map(name => columns.series(name));
  const titles = names.flatMap(name => ['min', 'max', 'last'].map(of => (names.length > 1 ? `${name} ${of}` : of)));
  const lines = [['iteration', 'elapsed', 'segment', ...titles].join(',')];
  for (let row = 0; row < columns.length; row++) {
    if (columns[axis][row] < from || columns[axis][row] > to) continue;
    const cells = [columns.iteration[row], columns.elapsed[row], columns.segment[row]];
    for (const { min, max, last } of series) cells.push(min[row], max[row], last[row]);
    lines.push(cells.map(cell).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function pointsCsv(model, spec, axis, [from, to]) {
  const lines = ['figure,iteration,elapsed,value'];
  for (const { name } of spec.points) {
    for (const { x, value, event } of landmarkPoints(model.landmarks.list, name, axis)) {
      if (x >= from && x <= to) lines.push([name, event.iteration, event.elapsed, value].map(cell).join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

function cell(value) {
  return value === null || value === undefined ? '' : String(value);
}
