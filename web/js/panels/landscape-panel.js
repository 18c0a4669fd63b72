import { html, nothing } from 'lit';
import { landscapePath } from '../router.js';
import { RunElement } from './run-element.js';
import { isExternal } from './states.js';

/** Charts and path come first, ms. */
const LATER = 900;

/** The run's landscape in small, which opens its page. It is loaded when it is seen, and is not there where a run has none. */
class LandscapePanel extends RunElement {
  static properties = { ready: { state: true }, picture: { state: true } };

  #timer = 0;
  #watch = new IntersectionObserver(entries => {
    if (entries.at(-1).isIntersecting) this.#load();
  });

  get redrawsOn() {
    return ['landmarks', 'status', 'view'];
  }

  onFrame(dirty) {
    super.onFrame(dirty);
    if (dirty.has('cursor') || dirty.has('data')) this.querySelector('landscape-thumb')?.point(this.run.cursor);
  }

  firstUpdated() {
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    clearTimeout(this.#timer);
  }

  #load() {
    this.#watch.disconnect();
    this.#timer = setTimeout(async () => {
      await import('../landscape/landscape-thumb.js').catch(() => null);
      this.ready = true;
    }, LATER);
  }

  render() {
    const { run } = this;
    const { header, status, landmarks } = run.model;
    // Nobody knows before the server has answered. Most runs have one, and room is kept for it; those of other programs mostly have none.
    const none = this.picture === null || (this.picture === undefined && isExternal(header));
    this.toggleAttribute('data-none', none);
    const at = run.cursor === null ? '' : `?at=${run.cursor}`;
    return html`<section class="panel landscape-small" data-testid="landscape-thumb" data-drawn=${Boolean(this.picture)} aria-label="Landscape">
      <header class="panel-head">
        <h2>Landscape</h2>
        <span class="quiet">${this.picture?.basis.title ?? ''}</span>
        <span class="tools"><a class="tool" href="${landscapePath(header.id)}${at}">Open</a></span>
      </header>
      <a class="stamp" href="${landscapePath(header.id)}${at}" tabindex="-1" aria-hidden="true">
        ${
          this.ready
            ? html`<landscape-thumb
                .run=${header.id}
                .turn=${`${landmarks.version} ${status.ended}`}
                .live=${!status.ended}
                .at=${run.cursor}
                @shown=${event => {
                  this.picture = event.detail;
                }}
              ></landscape-thumb>`
            : nothing
        }
      </a>
    </section>`;
  }
}

customElements.define('landscape-panel', LandscapePanel);
