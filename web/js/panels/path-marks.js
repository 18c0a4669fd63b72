import { themeColour } from '../draw/colours.js';
import { decodeNumber } from '../run/columns.js';
import { markOf } from '../run/landmarks.js';

/** What stands along a path: truths, the start, what was judged or tried, and where the cursor is. */

/**
 * @param marks  landmarks that are drawn
 * @param start  [x, y, z] of the first iterate
 * @param end    of the last
 * @param truths [[x, y, z]]
 * @returns [{at, shape, colour, size, iteration, name}]
 */
export function pathMarks({ marks, start, end, truths }) {
  return [
    ...truths.map(at => ({ at, shape: 'star', colour: themeColour('tone-truth'), size: 18 })),
    { at: start, shape: 'ring', colour: themeColour('ink'), size: 13 },
    ...marks.filter(m => m.point).map(landmark),
    { at: end, shape: 'circle', colour: themeColour('series'), size: 12, name: 'current' },
  ];
}

function landmark(event) {
  const { shape, tone } = markOf(event);
  const at = [event.point.x, event.point.y, event.point.z].map(decodeNumber);
  return { at, shape, colour: themeColour(`tone-${tone}`), size: 18, iteration: event.iteration };
}
