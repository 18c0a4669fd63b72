import { Columns } from '../run/columns.js';
import { iterationsIn } from './align.js';

/** How long a zoom rests before the server is asked, ms. */
const PATIENCE = 250;
/** Share of the range asked for beyond each of its ends, so that lines reach the edges. */
const MARGIN = 0.1;
/** Rows asked for. */
const POINTS = 2000;

/**
 * Where one has zoomed in further than the rows that the stream gives, the server is asked for finer ones (`/series`), once the
 * range rests.
 */
export class DetailFetcher {
  #timer = 0;
  #turn = 0;
  #series;

  /** @param series calls the server: (id, names, from, to, points) → {level, columns} */
  constructor(series) {
    this.#series = series;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#turn++;
  }

  /** Looks at the range again after a while. */
  want(comparison, names) {
    this.stop();
    if (!comparison.view.range) return;
    this.#timer = setTimeout(() => this.#ask(comparison, names), PATIENCE);
  }

  async #ask(comparison, names) {
    const turn = ++this.#turn;
    const coarse = comparison.shown.filter(run => {
      const columns = run.columnsFor(iterationsIn(run.model, comparison.align, comparison.range));
      return columns === run.model.columns && run.model.level > 0;
    });
    await Promise.all(
      coarse.map(async run => {
        const [low, high] = iterationsIn(run.model, comparison.align, comparison.range);
        const margin = Math.ceil(MARGIN * (high - low)) + 1;
        const [from, to] = [Math.max(0, low - margin), high + margin];
        try {
          const { level, columns } = await this.#series(run.id, names, from, to, POINTS);
          if (turn === this.#turn && level < run.model.level) {
            run.setDetail({ from, to, columns: Columns.from(level, columns) });
            comparison.frames.request('view');
          }
        } catch {
          // the coarser rows stay, and the badge says how coarse they are
        }
      }),
    );
  }
}
