/** The cells of a result as a matrix: what the last varied label names across, all other labels down. */

/** "n = 40, escape = none": the name of a cell, as the server has it. */
export function cellKey({ labels }) {
  return Object.entries(labels)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

/** Names of the labels that differ between cells, in order; all where none does. */
export function varied(cells) {
  const names = [...new Set(cells.flatMap(cell => Object.keys(cell.labels)))];
  const differing = names.filter(name => new Set(cells.map(cell => cell.labels[name])).size > 1);
  return differing.length > 0 ? differing : names;
}

/**
 * @returns {{across: string | null, down: string[], columns: string[], rows: {labels: string[], cells: (object | null)[]}[]}}
 *   null in a row: the experiment has no such cell
 */
export function matrix(cells) {
  const names = varied(cells);
  const across = names.length > 1 ? names.at(-1) : null;
  const down = names.filter(name => name !== across);
  const columns = across === null ? ['all'] : [...new Set(cells.map(cell => cell.labels[across] ?? ''))];
  const rows = new Map();
  for (const cell of cells) {
    const labels = down.map(name => cell.labels[name] ?? '');
    const key = labels.join('\n');
    if (!rows.has(key)) rows.set(key, { labels, cells: columns.map(() => null) });
    const at = across === null ? 0 : columns.indexOf(cell.labels[across] ?? '');
    rows.get(key).cells[at] = cell;
  }
  return { across, down, columns, rows: [...rows.values()] };
}

/**
 * Places within a row, 1 for the best: by success, among equals by gradients (or iterations) to the truth. Null where there is
 * no trial; equals share a place.
 */
export function ranks(row) {
  const known = row.filter(cell => cell && cell.trials > 0);
  return row.map(cell => (cell && cell.trials > 0 ? 1 + known.filter(other => isBetter(other, cell)).length : null));
}

function isBetter(a, b) {
  if (a.rate !== b.rate) return a.rate > b.rate;
  const [costA, costB] = [cost(a), cost(b)];
  return costA !== null && costB !== null && costA < costB;
}

function cost(cell) {
  return cell.gradients ?? cell.reached ?? null;
}

/**
 * How a cell stands: "absent" (no such cell), "missing" (no trial yet), "partial" (fewer than asked for, as some failed or
 * were stopped), "failed" (no success), "done".
 */
export function standing(cell, trials) {
  if (!cell) return 'absent';
  if (cell.trials === 0) return 'missing';
  if (cell.trials < trials) return 'partial';
  return cell.successes === 0 ? 'failed' : 'done';
}

/** What a list of cells shows besides the labels. */
export const FIGURES = [
  { id: 'rate', title: 'success', of: c => c.rate },
  { id: 'iterations', title: 'iterations', of: c => c.iterations },
  { id: 'reached', title: 'to the truth', of: c => c.reached },
  { id: 'gradients', title: 'gradients', of: c => c.gradients },
  { id: 'escapes', title: 'escapes', of: c => c.escapes },
  { id: 'loss', title: 'loss', of: c => c.loss },
  { id: 'distance', title: 'distance', of: c => c.distance },
  { id: 'seconds', title: 'seconds', of: c => c.seconds },
];

/** Sorted by a figure or a label; cells that do not know it come last. */
export function sortedCells(cells, sort) {
  if (!sort) return cells;
  const figure = FIGURES.find(f => f.id === sort.column);
  const of = figure ? c => figure.of(c) ?? null : c => numeric(c.labels[sort.column]);
  const sign = sort.down ? -1 : 1;
  return [...cells].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)));
  });
}

function numeric(label) {
  if (label === undefined) return null;
  return label !== '' && Number.isFinite(Number(label)) ? Number(label) : label;
}
