/**
 * Rows of a list that the server has in pages: as many as were asked for so far, in its order, and how many there are in all. What
 * arrives for a question that is not asked any more is dropped. No DOM.
 */
export class RunRows {
  #fetchPage;
  #onChange;
  #generation = 0;
  #loading = null;
  #wanted = 0;

  /**
   * @param fetchPage called with a cursor or null; promises {runs, total, next?}
   * @param onChange  called whenever rows have come or gone
   */
  constructor(fetchPage, onChange) {
    this.#fetchPage = fetchPage;
    this.#onChange = onChange;
    this.rows = [];
    this.total = null;
    this.next = null;
    this.error = null;
  }

  get loading() {
    return this.#loading !== null;
  }

  /** Asks anew, from the first page; what is there stays until the answer comes. */
  async reload() {
    const mine = ++this.#generation;
    this.#wanted = 0;
    this.#loading = this.#page(null, mine, true);
    await this.#loading;
  }

  /** Sees to it that the row with this index is there, if there is one. */
  need(index) {
    this.#wanted = Math.max(this.#wanted, index);
    if (!this.#loading && this.next && this.rows.length <= this.#wanted) this.#more();
  }

  #more() {
    this.#loading = this.#page(this.next, this.#generation, false);
  }

  async #page(cursor, generation, first) {
    let page;
    let error = null;
    try {
      page = await this.#fetchPage(cursor);
    } catch (refusal) {
      error = refusal.message;
    }
    if (generation !== this.#generation) return;
    this.#loading = null;
    this.error = error;
    if (page) {
      const known = new Set(first ? [] : this.rows.map(r => r.id));
      // A run whose figure changed may be in two pages: the first place counts.
      this.rows = [...(first ? [] : this.rows), ...page.runs.filter(r => !known.has(r.id))];
      this.total = page.total;
      this.next = page.next ?? null;
    }
    this.#onChange();
    if (!error && !this.#loading && this.next && this.rows.length <= this.#wanted) this.#more();
  }

  /** A row as it is now; in its place. @returns whether it is in the list */
  update(run) {
    const at = this.rows.findIndex(r => r.id === run.id);
    if (at >= 0) this.rows[at] = run;
    return at >= 0;
  }

  remove(id) {
    const before = this.rows.length;
    this.rows = this.rows.filter(r => r.id !== id);
    if (this.rows.length < before && this.total !== null) this.total--;
  }
}

/** Which rows of a long list are in sight, with a few on either side; heights of what stands for the others, px. */
export function inSight({ scrollTop, height, rowHeight, count, around = 10 }) {
  const from = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight) - around));
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + around);
  return { from, to: Math.max(from, to), before: from * rowHeight, after: (count - Math.max(from, to)) * rowHeight };
}

/** How many of the newest runs are newer than one; ids begin with the time. */
export function newerThan(runs, id) {
  return id === null ? runs.length : runs.filter(r => r.id > id).length;
}
