import { themeColour } from '../draw/colours.js';
import { CanvasPen } from '../draw/pen.js';
import { paint } from '../draw/plot.js';
import { SvgPen } from '../draw/svg-pen.js';
import { runPath } from '../router.js';
import { queryOf } from '../run/view-state.js';
import { download } from './download.js';
import { seriesCsv } from './export.js';

/** What one can take away from a panel: figures, pictures, a link. */

/** Pictures have one size, whatever the window's. */
const PICTURE = { width: 960, height: 420 };
const SHARP = 2;

const font = () => getComputedStyle(document.body).fontFamily;

export function csvOf(run, spec) {
  download(`${run.model.id}-${spec.id}.csv`, 'text/csv', seriesCsv(run, spec));
}

/** @param picture ({width, height}) → view of chart-view.js */
export function svgOf(run, spec, picture) {
  const { width, height } = PICTURE;
  const pen = new SvgPen(width, height, font(), themeColour('panel'));
  paint(pen, picture(PICTURE), width, height);
  download(`${run.model.id}-${spec.id}.svg`, 'image/svg+xml', pen.document(`${run.model.header.name}: ${spec.title}`));
}

export function pngOf(run, spec, picture) {
  const { width, height } = PICTURE;
  const canvas = Object.assign(document.createElement('canvas'), { width: SHARP * width, height: SHARP * height });
  const context = canvas.getContext('2d');
  context.scale(SHARP, SHARP);
  const pen = new CanvasPen(context, font());
  pen.rect(0, 0, width, height, themeColour('panel'));
  paint(pen, picture(PICTURE), width, height);
  download(`${run.model.id}-${spec.id}.png`, null, canvas.toDataURL('image/png'));
}

/** The address of what one sees, with the stretch in view fixed. */
export function linkTo(run, panel) {
  const [from, to] = run.range;
  const query = queryOf({ ...run.view, range: { from, to }, panel });
  return `${location.origin}${runPath(run.model.id)}?${query}`;
}

/** @returns what to say of it */
export async function copyLink(run, panel) {
  try {
    await navigator.clipboard.writeText(linkTo(run, panel));
    return 'Copied';
  } catch {
    prompt('The link to this view', linkTo(run, panel));
    return 'Link';
  }
}
