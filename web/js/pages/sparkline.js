/** A small curve as an SVG path; unknown and non-finite values leave gaps. */
export function sparkline(values, width, height) {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return { line: '', last: null };
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = width / Math.max(1, values.length - 1);
  let line = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    line += `${pen}${(i * step).toFixed(1)} ${(height - 1 - ((value - low) / span) * (height - 2)).toFixed(1)}`;
    pen = 'L';
  });
  return { line, last: known.at(-1) };
}
