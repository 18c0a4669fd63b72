import { html, nothing } from 'lit';
import { glyph } from '../draw/glyph-svg.js';
import { cursorOf } from './scene.js';
import './landscape-bar.js';

/** What stands around the picture: tools, scrubber, legend, help, and the form for a plane through three points. */

/** How the picture came to be, in words. */
export function stateWords({ picture, refused, busy }) {
  if (!picture) return refused ? '' : 'Drawing…';
  if (!picture.basis) return '';
  if (!picture.grid) return 'path only';
  const how = { squares: 'exact everywhere', measurements: 'from the measurements', direct: 'evaluated point by point', posted: 'as it was sent' };
  const grid = picture.grid.squares ? '' : `, ${picture.grid.size} × ${picture.grid.size} points`;
  return `loss ${how[picture.grid.method]}${grid}${busy && !picture.grid.squares ? ', refining…' : ''}`;
}

/**
 * @param picture there is, or null
 * @param state   what is looked at
 * @param helping whether the help is open
 * @param act     {mode, reset, save: (png | svg | path | grid), copy, help}
 */
export function tools(picture, state, helping, act) {
  if (!picture?.basis) return nothing;
  return html`<span class="tools">
    <button class="button small" aria-pressed=${state.mode === '3d'} ?disabled=${!picture.grid} data-testid="landscape-3d" @click=${act.mode}>3-D</button>
    <button class="button small" ?disabled=${!state.window} @click=${act.reset}>Reset zoom</button>
    <button class="tool" title="Picture as PNG" @click=${() => act.save('png')}>PNG</button>
    ${
      state.mode === '2d'
        ? html`<button class="tool" title="Picture as SVG" data-testid="landscape-svg" @click=${() => act.save('svg')}>SVG</button>`
        : nothing
    }
    <button class="tool" title="Path as CSV" @click=${() => act.save('path')}>CSV</button>
    ${picture.grid ? html`<button class="tool" title="Grid as CSV" @click=${() => act.save('grid')}>Grid</button>` : nothing}
    <button class="tool" title="Copy the address of this view" @click=${act.copy}>Link</button>
    <button class="tool" aria-expanded=${helping} aria-label="What is the landscape?" @click=${act.help}>?</button>
  </span>`;
}

/** @param playback of playback.js; nothing is shown of a path that cannot be played */
export function scrubber(playback, picture, state, { speed, newest }) {
  const { path, own } = playback.path;
  if (own.length < 2) return nothing;
  const index = own.indexOf(cursorOf(path, state.at));
  return html`<landscape-bar
    .count=${own.length}
    .index=${index}
    .iteration=${path.iteration[own[index]]}
    .playing=${playback.playing}
    .speed=${state.speed}
    .atNewest=${state.at === null}
    .live=${Boolean(picture.live)}
    @play=${() => playback.toggle()}
    @seek=${event => playback.seek(event.detail)}
    @speed=${event => speed(event.detail)}
    @newest=${newest}
  ></landscape-bar>`;
}

/** A form for the points that a plane goes through; calls `choose` with the plane's name. */
export function throughForm(picture, choose) {
  const jumps = picture?.paths[0]?.jumps ?? [];
  const names = [
    'start',
    'end',
    'zero',
    ...(picture?.marks.some(m => m.kind === 'truth') ? ['truth'] : []),
    ...jumps.slice(0, 9).flatMap(j => [`trap${j.number}`, `landing${j.number}`]),
  ];
  const submit = event => {
    const form = new FormData(event.target);
    choose(`through:${['a', 'b', 'c'].map(k => form.get(k).trim()).join(',')}`);
  };
  return html`<dialog class="through" aria-label="Three points that a plane goes through">
    <form method="dialog" @submit=${submit}>
      <h2>A plane through three points</h2>
      <p class="quiet">${names.join(', ')}, or an iteration, of which the newest kept point up to it is taken.</p>
      <datalist id="land-points">${names.map(n => html`<option value=${n}></option>`)}</datalist>
      ${[
        ['a', 'start'],
        ['b', 'end'],
        ['c', names.includes('truth') ? 'truth' : 'zero'],
      ].map(([k, usual], i) => html`<label class="field"><span>${['first', 'second', 'third'][i]} point</span><input type="text" name=${k} list="land-points" value=${usual} required pattern="[a-z]+[0-9]*|[0-9]+" /></label>`)}
      <footer>
        <button class="button" type="button" @click=${event => event.target.closest('dialog').close()}>Cancel</button>
        <button class="button primary">Show</button>
      </footer>
    </form>
  </dialog>`;
}

/** @param several whether runs share the picture, so that paths are told apart by run and not coloured by iteration */
export const legend = several => html`<footer class="panel-foot land-legend">
  ${several ? nothing : html`<span class="ramp" aria-hidden="true"></span><span>path, by iteration</span>`}
  <span>${glyph('ring', 'ink', 12)} start</span>
  <span>${glyph('up', 'escape', 12)} landing of an escape, after a dashed jump</span>
  <span>${glyph('down', 'bad', 12)} spurious minimum</span>
  <span>${glyph('plus', 'judge', 12)} saddle</span>
  <span>${glyph('diamond', 'good', 12)} certified minimum</span>
  <span>${glyph('star', 'truth', 12)} truth</span>
  <span>smaller dots and hollow marks are off the plane</span>
</footer>`;

export const HELP = html`<p class="help">
  The loss on a plane through the space of factors, with the run's path projected onto it. Only points that lie in the plane have the loss that
  the picture shows under them: what a point has on its path and what the plane has below it stand side by side, with the distance between.
  Lengths are the same along both axes. Drag to move, scroll or + and − to zoom, z to reset, d for 3-D, space to play, comma and point to step.
</p>`;
