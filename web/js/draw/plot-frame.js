/** Measures of plots in px, for the size of type in force: so that charts are as legible at 4k as the words around them. */

/** Size of type that the measures below are for, px. */
export const DESIGNED = 14;

let known = null;

/** How much larger than designed things are drawn. Asked for once per size of the window: asking makes the browser lay out the page. */
export function unit() {
  if (known === null) {
    known = parseFloat(getComputedStyle(document.documentElement).fontSize) / DESIGNED;
    addEventListener('resize', forget, { once: true });
  }
  return known;
}

function forget() {
  known = null;
}

/** From the panel's edges to the plot; the same in all panels, so that the x axes line up. panels.css has it in rem. */
export function plotFrame() {
  const u = unit();
  return { left: 58 * u, right: 16 * u, top: 10 * u, bottom: 24 * u };
}

let family = null;

/** The letters of the page, for those drawn on canvases. */
export function fontFamily() {
  family ??= getComputedStyle(document.body).fontFamily;
  return family;
}
