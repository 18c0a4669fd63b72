import { PictureFeed } from './feed.js';
import { fitted, widened } from './geometry.js';
import { cursorOf } from './scene.js';

/** While a run goes on its newest points are asked for this often at most, ms; and this long after it has come to something new. */
const LIVE = 900;
const TURNED = 60;
/** After the window was last moved, before the server is asked for its grid, ms. */
const SETTLE = 180;
/** The map tells the shape of the plot once it is there; without it, the first picture is asked for after this, ms. */
const FIRST = 400;
/** A plot whose shape changes by more than this, as a logarithm, needs another grid. */
const RESHAPED = 0.15;

/**
 * Keeps the picture of a landscape: asks for the one that the state describes, and of a run that goes on for the newest part of its path.
 * A plane stays until somebody wants another, or the run has come to something new and nobody has frozen the one there is.
 */
export class PictureKeeper {
  #timers = {};
  #state;
  #changed;

  /**
   * @param id      of the run
   * @param state   () → {basis, version, window, trials, with} that is wanted
   * @param changed called after picture, busy or refused have changed
   */
  constructor(id, state, changed) {
    this.feed = new PictureFeed(id);
    this.picture = null;
    this.busy = false;
    this.refused = null;
    this.aspect = 1.4;
    this.#state = state;
    this.#changed = changed;
  }

  start() {
    this.#timers.first = setTimeout(() => this.ask(), FIRST);
  }

  stop() {
    this.feed.stop();
    Object.values(this.#timers).forEach(clearTimeout);
  }

  /** A plane that nobody has frozen follows the run. */
  get follows() {
    return this.#state().version === null && Boolean(this.picture?.live);
  }

  /** The run tells something. @param turned whether it has come to something new, or to its end */
  heard(turned) {
    if (!this.picture || (!this.picture.live && this.picture.basis)) return;
    if (this.#timers.live !== undefined && !turned) return;
    clearTimeout(this.#timers.live);
    this.#timers.live = setTimeout(
      () => {
        this.#timers.live = undefined;
        this.#refresh(turned || !this.picture?.basis);
      },
      turned ? TURNED : LIVE,
    );
  }

  /** The newest part of a path; with another plane where the run has come to something new and nobody has frozen the one there is. */
  #refresh(turned) {
    if (this.busy) {
      this.#timers.live ??= setTimeout(() => {
        this.#timers.live = undefined;
        this.#refresh(turned);
      }, LIVE);
      return;
    }
    if (turned && this.follows) this.ask();
    else this.#path();
  }

  #wanted(more = {}) {
    const { basis, version, window, trials, with: others } = this.#state();
    return { basis, version, window, trials, with: others, aspect: this.aspect, ...more };
  }

  /** Asks for the picture that the state describes. */
  async ask(more = {}) {
    clearTimeout(this.#timers.first);
    this.#set({ busy: true, refused: null });
    try {
      const last = await this.feed.ask(this.#wanted(more), picture => this.#show(picture));
      if (last) this.#set({ busy: false });
    } catch (error) {
      this.#set({ busy: false, refused: error.message });
    }
  }

  /** Only the path, on the plane there is. */
  async #path() {
    if (!this.picture?.basis) {
      await this.ask();
      return;
    }
    const { grid, basis } = this.picture;
    this.#set({ busy: true });
    try {
      const got = await this.feed.ask(
        this.#wanted({ version: basis.version, window: basis.window }),
        picture => this.#show({ ...picture, grid }),
        [0],
      );
      if (got) this.#set({ busy: false });
      if (got?.basis) this.#widen();
    } catch (error) {
      this.#set({ busy: false, refused: error.message });
    }
  }

  #show(picture) {
    const before = this.picture;
    const same = before && picture.basis && before.basis && before.basis.version === picture.basis.version;
    this.#set({ picture: same && !picture.grid && before.grid ? { ...picture, grid: before.grid } : picture });
  }

  /** A path that leaves the picture while nobody moves about in it takes the window with it; the plane stays. */
  #widen() {
    const { paths, grid, basis } = this.picture;
    if (this.#state().window || !grid || !paths[0]) return;
    const i = cursorOf(paths[0], null);
    const window = widened(basis.window, paths[0].alpha[i], paths[0].beta[i]);
    if (window.some((end, k) => end !== basis.window[k])) this.ask({ version: basis.version, window: fitted(window, this.aspect) });
  }

  /** The plot has another shape, perhaps only because there is a refusal to be read beside it. */
  shape(aspect) {
    const first = !this.picture && !this.busy && this.refused === null;
    const much = Math.abs(Math.log(aspect / this.aspect)) > RESHAPED;
    this.aspect = aspect;
    if (first || (much && this.picture && !this.picture.grid?.squares)) this.ask();
  }

  /** Somebody moves about: the grid of where they come to rest is asked for. */
  moved() {
    if (this.picture.grid?.squares) return;
    clearTimeout(this.#timers.settle);
    this.#timers.settle = setTimeout(() => this.ask({ window: fitted(this.#state().window, this.aspect) }), SETTLE);
  }

  #set(changes) {
    Object.assign(this, changes);
    this.#changed();
  }
}
