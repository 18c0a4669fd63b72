import { marksOf } from './marks.js';
import { indexAt, ownPoints } from './picture.js';
import { PathReplay } from './replay.js';
import { cursorOf } from './scene.js';

/** Plays a path, and steps along it. Where it stands is an iteration, which belongs to whoever shows it. */
export class Playback {
  #replay = null;
  #then = 0;
  #frame = 0;

  /** @param shown {picture: () → the picture, state: () → {at, speed}, stand: iteration → shows it, changed: () → playing has changed} */
  constructor(shown) {
    this.shown = shown;
    this.playing = false;
  }

  /** The path and the indices of its own points, which are those that are played. */
  get path() {
    const path = this.shown.picture()?.paths[0];
    return path ? { path, own: ownPoints(path) } : { path: null, own: [] };
  }

  toggle() {
    const { path, own } = this.path;
    if (own.length < 2) return;
    if (this.playing) {
      this.#play(false);
      return;
    }
    if (!this.#replay || this.#replay.done) this.#begin(path, own);
    this.#play(true);
    this.#then = performance.now();
    this.#frame = requestAnimationFrame(time => this.#tick(time));
  }

  /** From where it stands, or from the start where that is the end. */
  #begin(path, own) {
    const { at, speed } = this.shown.state();
    const stops = marksOf(this.shown.picture())
      .filter(mark => mark.iteration !== undefined && mark.kind !== 'end' && mark.kind !== 'start')
      .map(mark => own.indexOf(indexAt(path, own, mark.iteration)));
    this.#replay = new PathReplay(own.length, stops, speed);
    if (at === null) return;
    const here = own.indexOf(indexAt(path, own, at));
    if (here < own.length - 1) this.#replay.seek(here);
  }

  #tick(time) {
    if (!this.playing) return;
    const { path, own } = this.path;
    this.#replay.advance(Math.min(0.1, Math.max(0, (time - this.#then) / 1000)));
    this.#then = time;
    this.shown.stand(path.iteration[own[this.#replay.index]]);
    if (this.#replay.done) this.#play(false);
    else this.#frame = requestAnimationFrame(next => this.#tick(next));
  }

  #play(on) {
    this.playing = on;
    this.shown.changed();
  }

  /** To one of its points, by its place among them. */
  seek(index) {
    const { path, own } = this.path;
    this.#replay?.seek(index);
    if (own.length > 0) this.shown.stand(path.iteration[own[index]]);
  }

  /** By so many points. */
  step(by) {
    const { path, own } = this.path;
    if (own.length === 0) return;
    const now = own.indexOf(cursorOf(path, this.shown.state().at));
    this.stop();
    this.shown.stand(path.iteration[own[Math.min(own.length - 1, Math.max(0, now + by))]]);
  }

  speed(times) {
    if (this.#replay) this.#replay.speed = times;
  }

  /** The path has grown. */
  grown() {
    const { own } = this.path;
    if (this.#replay && own.length > 0) this.#replay.count = own.length;
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#replay = null;
    this.#play(false);
  }
}
