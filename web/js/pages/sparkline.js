/**
 * A small curve as an SVG path; unknown and non-finite values leave gaps.
 *
 * @param escapes positions in the values at which an escape was accepted
 * @returns {{line: string, ticks: string[], last: number | null}} ticks are their places from the left
 */
export function sparkline(values, width, height, escapes = []) {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return { line: '', ticks: [], last: null };
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = width / Math.max(1, values.length - 1);
  const ticks = escapes.filter(at => at < values.length).map(at => (at * step).toFixed(1));
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
  return { line, ticks, last: known.at(-1) };
}

/** What a sparkline is of, in words. @param figure gradientNorm or loss @param last its newest value, as text */
export function sparkLabel(figure, last, escapes) {
  const told = escapes === 0 ? '' : `, ${escapes === 1 ? 'one escape' : `${escapes} escapes`}`;
  return `log₁₀ of the ${figure === 'loss' ? 'loss' : 'gradient norm'}, now ${last}${told}`;
}
