/** Figures, durations and ages as people read them; the same everywhere. */

const MINUS = '\u2212';
const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

const minus = text => text.replaceAll('-', MINUS);

export function superscript(integer) {
  return [...String(integer)].map(c => SUPERSCRIPT[c]).join('');
}

/** Four significant digits: plain between 1e−3 and 1e5, scientific outside; '–' where the figure is not known. */
export function number(value) {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return minus(String(Number(value.toPrecision(size >= 1e4 ? 5 : 4))));
  return minus(
    value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e'),
  );
}

/** A count with thin spaces between thousands. */
export function count(value) {
  if (value === null || value === undefined) return '–';
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** A rate with at most three significant digits. */
export function rate(perSecond) {
  if (!Number.isFinite(perSecond)) return '–';
  if (perSecond >= 1000) return count(perSecond);
  return String(Number(perSecond.toPrecision(perSecond >= 100 ? 3 : 2)));
}

/** "0.41 s", "12 s", "4 m 10 s", "2 h 5 m", "3 d 4 h". */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0.001) return seconds > 0 ? `${Number((seconds * 1e6).toPrecision(3))} µs` : '0 s';
  if (seconds < 0.1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  const split = (size, big, small, smallSize) => {
    const rest = Math.floor((whole % size) / smallSize);
    return `${Math.floor(whole / size)} ${big}${rest ? ` ${rest} ${small}` : ''}`;
  };
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return split(60, 'm', 's', 1);
  if (whole < 86_400) return split(3600, 'h', 'm', 60);
  return split(86_400, 'd', 'h', 3600);
}

/** How long ago a moment is: "now", "12 s ago", "3 m ago", "2 h ago", "5 d ago". */
export function age(iso, now = Date.now()) {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** Time of day with milliseconds, by the viewer's clock. */
export function timeOfDay(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '–';
  const two = n => String(n).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** How finely what is drawn resolves the run. `level` is the server's, `merged` how many of its rows make one drawn. */
export function resolution(level, merged) {
  const iterations = 2 ** level * merged;
  return iterations === 1 ? 'every iteration' : `1:${count(iterations)} buckets, min–max shown`;
}

/** The connection in a few words. */
export function connection(state, now = Date.now()) {
  const seconds = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
  switch (state.kind) {
    case 'live':
      return 'Live';
    case 'behind':
      return `Behind ${state.seconds.toFixed(1)} s`;
    case 'replayed':
      return `Replayed ${count(state.events)} ${state.events === 1 ? 'event' : 'events'}`;
    case 'reconnecting':
      return state.retryAt ? `Reconnecting ${seconds} s` : 'Reconnecting';
    case 'offline':
      return 'Offline';
    default:
      return 'Connecting';
  }
}
