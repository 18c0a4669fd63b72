/** Where words in a picture stand so that they can be read. Pure; places are [x, y] in px. */

/** Longer words than this, in letters, come in two lines. */
const LONG = 10;
/** So far a name is moved on where it would lie on a figure, px, and how often. */
const NUDGE = 5;
const NUDGES = 16;

/** A text in one line, or in two about equally long ones where it is long and has a space. */
export function inLines(text) {
  if (text.length <= LONG || !text.includes(' ')) return [text];
  const words = text.split(' ');
  let best = [text];
  for (let k = 1; k < words.length; k++) {
    const lines = [words.slice(0, k).join(' '), words.slice(k).join(' ')];
    if (longest(lines) <= longest(best)) best = lines;
  }
  return best;
}

function longest(lines) {
  return Math.max(...lines.map(line => line.length));
}

/**
 * The centre of a word.
 *
 * @param at    where it would be
 * @param size  [width, height]
 * @param from  a point that it must not lie over, from which it is moved away; or nothing
 * @param taken [{centre, size}] of words that lie already
 * @param room  {width, height, margin} of the view
 */
export function wordPlace({ at, size, from, taken, room }) {
  const inside = ([x, y]) => [within(x, size[0], room.width, room.margin), within(y, size[1], room.height, room.margin)];
  if (!from) return inside(at);
  const length = Math.hypot(at[0] - from[0], at[1] - from[1]);
  const [dx, dy] = length > 0 ? [(at[0] - from[0]) / length, (at[1] - from[1]) / length] : [0, -1];
  const beside = [at[0] + (dx * size[0]) / 2, at[1] + (dy * size[1]) / 2];
  for (let k = 0; k <= NUDGES; k++) {
    const place = inside([beside[0] + dx * k * NUDGE, beside[1] + dy * k * NUDGE]);
    if (!taken.some(other => overlap({ centre: place, size }, other))) return place;
  }
  return inside(beside);
}

function within(place, size, room, margin) {
  const least = size / 2 + margin;
  return Math.min(Math.max(place, least), Math.max(least, room - least));
}

function overlap(a, b) {
  return [0, 1].every(k => Math.abs(a.centre[k] - b.centre[k]) < (a.size[k] + b.size[k]) / 2);
}
