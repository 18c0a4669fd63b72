import { callsOf } from './axes.js';
import { Columns } from './columns.js';

/** What later attempts took out of a run's series: it happened, and holds no longer. */

/**
 * Asks for it once a run has another attempt, and again with each further one.
 *
 * @param model of the run
 * @param ask   () → what /replaced answers
 * @returns a function that is told of every change of the run, and answers a promise of whether there is something new
 */
export function replacedReader(model, ask) {
  let known = 0;
  return async () => {
    const attempts = model.status?.attempts?.length ?? 0;
    if (attempts === known) return false;
    known = attempts;
    try {
      const { replaced } = await ask();
      model.replaced = replaced.map(({ attempt, level, columns }) => ({ attempt, columns: Columns.from(level, columns) }));
      return true;
    } catch {
      // The charts are right without it.
      return false;
    }
  };
}

/** x of the rows, by what the axis measures. */
export function replacedX(columns, measure) {
  return measure === 'calls' ? callsOf(columns) : columns[measure];
}
