import { figureOf } from '../run/columns.js';

/**
 * Where the rows of a run stand on a common axis. Every alignment gives each row one x, which ascends with the rows; a row
 * that has no place on the axis gets NaN. What an alignment needs and a run does not have is said by `missing`.
 */

/** Iteration of the first accepted escape, or null. */
export function firstEscape(model) {
  return model.holding.find(e => e.kind === 'escape' && e.outcome === 'accepted')?.iteration ?? null;
}

/** Last iteration there is of a run so far. */
export function lastIteration(model) {
  return Math.max(model.columns.iteration.at(-1) ?? 0, model.status?.iteration ?? 0);
}

/** Why a run has no place on the axis, or null where it has one. */
export function missing(model, align) {
  if (align === 'escape' && firstEscape(model) === null) return 'has not escaped';
  if (align === 'oracle' && !model.columns.names.includes('gradientEvaluations')) return 'does not count its oracle calls';
  return null;
}

/**
 * @param columns of the run, or a finer stretch of it
 * @param into    Float64Array, long enough; filled with the x of each row
 * @returns whether the run has a place on the axis
 */
export function alignRows(columns, model, align, into) {
  if (missing(model, align) !== null) return false;
  const { iteration, elapsed, length } = columns;
  switch (align) {
    case 'elapsed':
      for (let i = 0; i < length; i++) into[i] = elapsed[i];
      break;
    case 'relative': {
      const last = lastIteration(model);
      for (let i = 0; i < length; i++) into[i] = last === 0 ? 0 : iteration[i] / last;
      break;
    }
    case 'oracle': {
      const { last } = columns.series('gradientEvaluations');
      let before = NaN;
      for (let i = 0; i < length; i++) {
        if (Number.isFinite(last[i])) before = Math.max(last[i], Number.isNaN(before) ? -Infinity : before);
        into[i] = before;
      }
      break;
    }
    case 'escape': {
      const zero = firstEscape(model);
      for (let i = 0; i < length; i++) into[i] = iteration[i] - zero;
      break;
    }
    default:
      for (let i = 0; i < length; i++) into[i] = iteration[i];
  }
  return true;
}

/** The place of a landmark on the axis, or NaN. */
export function alignEvent(event, model, align) {
  switch (align) {
    case 'elapsed':
      return event.elapsed ?? NaN;
    case 'relative':
      return event.iteration / Math.max(1, lastIteration(model));
    case 'escape':
      return event.iteration - (firstEscape(model) ?? NaN);
    case 'oracle':
      return figureOf(event, 'gradientEvaluations') ?? oracleAt(model, event.iteration);
    default:
      return event.iteration;
  }
}

/** Oracle calls of a run up to an iteration, by its rows. */
function oracleAt(model, iteration) {
  const row = model.columns.rowAt(iteration);
  return row < 0 ? NaN : (model.columns.series('gradientEvaluations').last[row] ?? NaN);
}

/** From a range of the axis to one of iterations of a run: what the server is asked for. */
export function iterationsIn(model, align, [from, to]) {
  const last = lastIteration(model);
  const clip = i => Math.max(0, Math.min(last, i));
  switch (align) {
    case 'relative':
      return [Math.floor(clip(from * last)), Math.ceil(clip(to * last))];
    case 'escape': {
      const zero = firstEscape(model) ?? 0;
      return [clip(Math.floor(from + zero)), clip(Math.ceil(to + zero))];
    }
    case 'elapsed':
    case 'oracle': {
      const x = new Float64Array(model.columns.length);
      if (!alignRows(model.columns, model, align, x)) return [0, last];
      const low = x.findLastIndex(v => v <= from);
      const high = x.findIndex(v => v >= to);
      const { iteration } = model.columns;
      return [low < 0 ? 0 : iteration[low], high < 0 ? last : iteration[high]];
    }
    default:
      return [clip(Math.floor(from)), clip(Math.ceil(to))];
  }
}
