/** Shortest time between two pictures, ms. Where one takes long (WebGL in software), pictures take a fifth of the time. */
const INTERVAL = 33;
const SHARE = 5;
/** Slower than this, ms, what moves on its own would only jerk. */
const SMOOTH = 40;
/** The cost of a picture is measured again after so many; the first few, which compile shaders, do not count. */
const REMEASURE = 60;
const FIRST = 3;

/** How often a picture in space is drawn, from what one costs on this machine. */
export class Pace {
  #scene;
  #cost = 0;
  #pictures = 0;
  #last = -Infinity;

  constructor(scene) {
    this.#scene = scene;
  }

  /** Whether motion would look like motion. */
  get smooth() {
    return this.#cost < SMOOTH;
  }

  /** Whether it is time for a picture, ms on the clock of animation frames. */
  due(time) {
    return time - this.#last >= Math.max(INTERVAL, SHARE * this.#cost);
  }

  draw(time) {
    if (this.#pictures++ % REMEASURE === FIRST) this.#cost = this.#scene.measure();
    else this.#scene.render();
    this.#last = time;
  }
}
