/** Groups of runs that a viewer keeps, as queries of the page, in this browser. */

const KEY = 'escapement.compare.groups';
const MOST = 50;

export class SavedGroups {
  #storage;

  /** @param storage of the browser, or anything like it */
  constructor(storage) {
    this.#storage = storage;
  }

  /** [{name, query}], the newest first */
  get list() {
    try {
      const list = JSON.parse(this.#storage.getItem(KEY) ?? '[]');
      return Array.isArray(list) ? list.filter(g => typeof g?.name === 'string' && typeof g?.query === 'string') : [];
    } catch {
      return []; // storage refused by the browser, or written by something else
    }
  }

  save(name, query) {
    this.#write([{ name, query }, ...this.list.filter(g => g.name !== name)].slice(0, MOST));
  }

  forget(name) {
    this.#write(this.list.filter(g => g.name !== name));
  }

  #write(list) {
    try {
      this.#storage.setItem(KEY, JSON.stringify(list));
    } catch {
      // see list
    }
  }
}
