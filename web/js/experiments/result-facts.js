import { duration } from '../draw/format.js';
import { download } from '../panels/download.js';
import { copyButton, el, glyphEl } from './dom.js';
import { verdictChip } from './tables.js';
import { resultMarkdown, tally } from './texts.js';

/** Whether it met what is required of it. */
export function verdictLine(result) {
  const { required, missed } = tally(result);
  const words =
    required === 0
      ? 'nothing is required of it'
      : missed === 0
        ? `all ${required} requirements`
        : `${missed} of ${required} requirements`;
  return el(
    'p',
    { class: 'verdict' },
    required === 0 ? null : verdictChip(missed === 0),
    ` ${words}`,
    result.quick ? el('span', { class: 'chip tone-judge' }, glyphEl('clock', 'judge'), 'quick version') : null,
    result.complete === false
      ? el('span', { class: 'chip tone-bad' }, glyphEl('down', 'bad'), 'incomplete: some trials failed or were stopped')
      : null,
  );
}

/** How it was run: seeds, settings, version, and the command to run it again. */
export function facts(result) {
  const fact = (name, value) => [el('dt', {}, name), el('dd', {}, value)];
  return [
    el(
      'dl',
      { class: 'fact-list' },
      fact(
        'trials',
        `${result.trials} in each of ${result.cells.length} ${result.cells.length === 1 ? 'cell' : 'cells'}`,
      ),
      fact('seeds', result.trials > 1 ? `${result.seed} to ${result.seed + result.trials - 1}` : String(result.seed)),
      result.finished ? fact('finished', el('time', { datetime: result.finished }, moment(result.finished))) : null,
      result.seconds == null ? null : fact('all trials took', duration(result.seconds)),
      fact('version', `${result.program ?? '–'} (experiment ${result.version ?? '–'})`),
      result.machine ? fact('machine', result.machine) : null,
      Object.entries(result.settings).map(([name, value]) => fact(name, String(value))),
    ),
    el('div', { class: 'command-line' }, el('code', {}, result.command), copyButton(result.command, 'Copy command')),
    el(
      'div',
      { class: 'downloads' },
      el(
        'button',
        {
          class: 'button small',
          type: 'button',
          onclick: () =>
            download(`${result.experiment}.json`, 'application/json', `${JSON.stringify(result, null, 2)}\n`),
        },
        'JSON',
      ),
      el(
        'button',
        {
          class: 'button small',
          type: 'button',
          onclick: () => download(`${result.experiment}.md`, 'text/markdown', resultMarkdown(result)),
        },
        'Markdown',
      ),
    ),
  ];
}

/** "2026-11-22 06:36" by the viewer's clock. */
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const two = n => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
