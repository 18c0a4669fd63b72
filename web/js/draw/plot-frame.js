/** Measures of plots in px, for the size of type in force: so that charts are as legible at 4k as the words around them. */

/** Size of type that the measures below are for, px. */
const DESIGNED = 14;

/** How much larger than designed things are drawn. */
export function unit() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / DESIGNED;
}

/** From the panel's edges to the plot; the same in all panels, so that the x axes line up. panels.css has it in rem. */
export function plotFrame() {
  const u = unit();
  return { left: 58 * u, right: 16 * u, top: 10 * u, bottom: 24 * u };
}
