/**
 * How far what is shown is behind what happened. The clocks of server and viewer may differ, so that the smallest
 * difference seen counts as none.
 */
export class LagMeter {
  #least = Infinity;

  /**
   * @param happened when the newest event happened, ms by the server's clock
   * @param now      ms by the viewer's clock
   * @returns seconds behind
   */
  observe(happened, now) {
    const difference = now - happened;
    if (!Number.isFinite(difference)) return 0;
    this.#least = Math.min(this.#least, difference);
    return (difference - this.#least) / 1000;
  }
}
