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
 * @param line  [[x, y], [x, y]] that it must not cross; or nothing
 * @param taken [{centre, size}] of words that lie already
 * @param room  {width, height, margin} of the view
 */
export function wordPlace({ at, size, from, line, taken, room }) {
  const inside = ([x, y]) => [within(x, size[0], room.width, room.margin), within(y, size[1], room.height, room.margin)];
  if (!from) return inside(at);
  const length = Math.hypot(at[0] - from[0], at[1] - from[1]);
  const [dx, dy] = length > 0 ? [(at[0] - from[0]) / length, (at[1] - from[1]) / length] : [0, -1];
  const beside = [at[0] + (dx * size[0]) / 2, at[1] + (dy * size[1]) / 2];
  const clear = place => !taken.some(other => overlap({ centre: place, size }, other)) && !(line && crosses({ centre: place, size }, line));
  for (let k = 0; k <= NUDGES; k++) {
    const place = inside([beside[0] + dx * k * NUDGE, beside[1] + dy * k * NUDGE]);
    if (clear(place)) return place;
  }
  // No room on that side, as where the axis is near the edge of the view: on the other one.
  for (let k = 0; k <= NUDGES; k++) {
    const place = inside([from[0] - dx * (size[0] / 2 + k * NUDGE), from[1] - dy * (size[1] / 2 + k * NUDGE)]);
    if (clear(place)) return place;
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

/** Whether a straight line between two points enters the word's box: it is cut to the box side by side, and something is left. */
function crosses({ centre, size }, [a, b]) {
  let [enter, leave] = [0, 1];
  for (const k of [0, 1]) {
    const [low, high] = [centre[k] - size[k] / 2, centre[k] + size[k] / 2];
    const along = b[k] - a[k];
    if (along === 0) {
      if (a[k] < low || a[k] > high) return false;
      continue;
    }
    const [t0, t1] = [(low - a[k]) / along, (high - a[k]) / along];
    enter = Math.max(enter, Math.min(t0, t1));
    leave = Math.min(leave, Math.max(t0, t1));
  }
  return enter <= leave;
}
