import { FIGURES, varied } from './cells.js';

/** Tables as files: CSV (RFC 4180) and Markdown. Numbers in full, what is not known left empty. */

export function csv({ columns, rows }) {
  return [columns, ...rows].map(row => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell) {
  const text = plain(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function markdown({ columns, rows }) {
  const line = row => `| ${row.map(cell => plain(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |\n`;
  return line(columns) + line(columns.map(() => '---')) + rows.map(line).join('');
}

function plain(cell) {
  return cell === null || cell === undefined ? '' : String(cell);
}

export function comparisonTable({ comparisons }) {
  return {
    columns: ['what', 'ours', 'low', 'high', 'paper', 'must reach', 'verdict'],
    rows: comparisons.map(c => [
      c.what,
      c.ours?.value,
      c.ours?.low,
      c.ours?.high,
      c.paper,
      c.required,
      verdictWord(c.met),
    ]),
  };
}

export function cellTable({ cells }) {
  const labels = varied(cells);
  return {
    columns: [...labels, 'trials', 'successes', 'rate', 'low', 'high', ...FIGURES.slice(1).map(f => f.id)],
    rows: cells.map(c => [
      ...labels.map(name => c.labels[name]),
      c.trials,
      c.successes,
      c.rate,
      c.low,
      c.high,
      ...FIGURES.slice(1).map(f => f.of(c)),
    ]),
  };
}

/** The whole result for a document or an issue. */
export function resultMarkdown(result) {
  const parts = [
    `## ${result.title} (${result.source})\n`,
    `\`${result.command}\`, finished ${result.finished}, version ${result.program}\n`,
    markdown(comparisonTable(result)),
    ...result.notes.map(note => `${note}\n`),
  ];
  for (const figure of result.figures)
    if (figure.kind === 'table') parts.push(`### ${figure.title}\n\n${markdown(figure)}`);
  parts.push(`### Cells\n\n${markdown(cellTable(result))}`);
  return parts.join('\n');
}

export function verdictWord(met) {
  return met === true ? 'met' : met === false ? 'MISSED' : '';
}

/** How many of the lines with a requirement are met. */
export function tally({ comparisons }) {
  const required = comparisons.filter(c => typeof c.met === 'boolean');
  return { required: required.length, missed: required.filter(c => !c.met).length };
}
