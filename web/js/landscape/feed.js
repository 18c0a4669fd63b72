import { readPicture } from './picture.js';

/** Grids that are asked for one after the other, so that something is seen soon. */
export const STAGES = [17, 33, 65];

/**
 * Asks the server for pictures: coarse, then finer, each when the one before is there, and breaks off what is no longer wanted. One thing is
 * asked for at a time: a new question ends the old one.
 */
export class PictureFeed {
  #controller = null;

  /** @param fetcher (url, {signal}) => Promise of a Response */
  constructor(id, fetcher = (url, init) => fetch(url, init)) {
    this.id = id;
    this.fetcher = fetcher;
  }

  /**
   * @param wanted {basis, version, window, aspect, trials, with}; version null for the newest
   * @param onPicture called with each, and with the number of the stages that are still to come
   * @returns a promise of the last picture; null where another question came between
   */
  async ask(wanted, onPicture, stages = STAGES) {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    let picture = null;
    let { version, window } = wanted;
    for (let k = 0; k < stages.length; k++) {
      const answer = await this.#get({ ...wanted, version, window, size: stages[k] }, controller);
      if (answer === null || this.#controller !== controller) return null;
      picture = answer;
      onPicture(picture, stages.length - 1 - k);
      if (!picture.grid || picture.grid.method === 'posted') break;
      // The finer grids are of this very plane and window, whatever the run does meanwhile.
      version = picture.basis.version;
      window = picture.basis.window;
      if (picture.grid.squares) break;
    }
    return picture;
  }

  stop() {
    this.#controller?.abort();
    this.#controller = null;
  }

  async #get(wanted, controller) {
    try {
      const response = await this.fetcher(urlOf(this.id, wanted), { signal: controller.signal });
      const body = await response.json().catch(() => ({}));
      if (!response.ok) throw new Error(body.detail ?? `the server answered ${response.status}`);
      return readPicture(body);
    } catch (error) {
      if (error.name === 'AbortError') return null;
      throw error instanceof TypeError ? new Error('The server cannot be reached.') : error;
    }
  }
}

/** Address of a picture. */
export function urlOf(id, { basis, version = null, window = null, size, aspect, trials, with: others = [] }) {
  const query = new URLSearchParams({ basis, size: String(size) });
  if (version !== null) query.set('version', String(version));
  if (window) query.set('window', window.join(','));
  else if (aspect) query.set('aspect', String(Math.min(10, Math.max(0.1, Number(aspect.toPrecision(4))))));
  if (trials) query.set('trials', '1');
  if (others.length > 0) query.set('with', others.join(','));
  return `/api/v1/runs/${encodeURIComponent(id)}/landscape?${query}`;
}
