import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clustered, thinned } from '../../../web/js/draw/clusters.js';
import { Columns } from '../../../web/js/run/columns.js';
import { episodesOf, foldedTrials, outcomeOf, strandsOf } from '../../../web/js/run/episodes.js';
import { calmMarks } from '../../../web/js/run/landmarks.js';
import { drawnPhases, foldedPhases, phasesOf } from '../../../web/js/run/phases.js';
import { episodeWords, rowsOf, USUAL, within } from '../../../web/js/run/stories.js';

let seq = 0;
const at = (iteration, segment, kind, more) => ({ attempt: 1, seq: seq++, iteration, elapsed: iteration / 10, segment, kind, ...more });
const phase = (iteration, segment, name, detail = '') => at(iteration, segment, 'phase', { phase: name, detail });
const escape = (iteration, segment, outcome) => at(iteration, segment, 'escape', { outcome, mechanism: 'race', detail: '' });

/** A race of three candidates; the first runs two heats, with another between them, and wins. */
function race() {
  return [
    phase(0, 0, 'descend'),
    phase(10, 0, 'judge'),
    at(10, 0, 'stationary', { verdict: 'spurious-minimum', sentence: '' }),
    phase(10, 0, 'escape', 'Looking for a way out by auto.'),
    escape(10, 1, 'proposed'),
    phase(10, 1, 'trial', 'On trial: descending from candidate 1 of race.'),
    phase(15, 1, 'escape'),
    escape(15, 3, 'proposed'),
    phase(15, 3, 'trial', 'On trial: descending from candidate 2 of race.'),
    phase(20, 3, 'escape'),
    escape(20, 4, 'rejected'),
    phase(20, 5, 'trial', 'The race: candidate 1 of race goes on, being 1. of 2 after 5 iterations.'),
    phase(26, 5, 'escape'),
    escape(26, 5, 'accepted'),
    phase(26, 5, 'judge'),
    at(26, 5, 'stationary', { verdict: 'global-minimum', sentence: '' }),
    phase(26, 5, 'finish'),
    at(26, 5, 'verdict', { verdict: 'global-minimum', state: 'converged' }),
  ];
}

test('an episode is from the trap to the way out, with all heats of the winner', () => {
  const [episode, ...more] = episodesOf(race(), { iteration: 26, ended: true });
  assert.deepEqual(more, []);
  assert.deepEqual([episode.from.iteration, episode.to.iteration, episode.open], [10, 26, false]);
  assert.deepEqual([episode.trials, episode.rejected, outcomeOf(episode)], [2, 1, 'accepted']);
  assert.deepEqual([...episode.winner].sort(), [1, 5]);
  assert.equal(foldedTrials([episode]), 1);
});

test('a jump that lands below the trap is an episode of one trial and nothing to fold', () => {
  const events = [
    at(10, 0, 'stationary', { verdict: 'spurious-minimum' }),
    phase(10, 0, 'escape'),
    escape(10, 1, 'accepted'),
    phase(10, 1, 'descend', 'Out by oracle-probe'),
  ];
  const [episode] = episodesOf(events, { iteration: 30 });
  assert.deepEqual([episode.trials, foldedTrials([episode]), [...episode.winner]], [1, 0, [1]]);
});

test('a candidate that lands lower after others were tried does not take their segments for its own', () => {
  const events = [...race().slice(0, 11), escape(20, 6, 'accepted'), phase(20, 6, 'descend', 'Out')];
  const [episode] = episodesOf(events, { iteration: 30 });
  assert.deepEqual([episode.trials, [...episode.winner]], [3, [6]]);
});

test('an episode that gives up, one that goes on, and a refusal', () => {
  const gone = episodesOf([...race().slice(0, 11), phase(20, 6, 'finish')], { iteration: 20, ended: true });
  assert.deepEqual([gone[0].open, outcomeOf(gone[0])], [false, 'rejected']);
  const open = episodesOf(race().slice(0, 9), { iteration: 18, elapsed: 1.8, ended: false });
  assert.deepEqual([open[0].open, open[0].to.iteration, outcomeOf(open[0])], [true, 18, 'proposed']);
  const refused = episodesOf([phase(5, 0, 'escape'), escape(5, 0, 'refused'), phase(5, 0, 'finish')], {});
  assert.deepEqual([refused[0].trials, outcomeOf(refused[0])], [0, 'refused']);
});

test('rows are path, or belong to a trial', () => {
  const iteration = [9, 10, 12, 15, 17, 22, 26, 27];
  const segment = [0, 0, 1, 1, 3, 5, 5, 5];
  const columns = Columns.from(0, { bucket: iteration, iteration, segment, elapsed: iteration, series: {} });
  const episodes = episodesOf(race(), { iteration: 27 });
  assert.deepEqual([...strandsOf(columns, episodes)], [0, 0, 5, 5, -1, 5, 5, 5]);
  assert.deepEqual([...strandsOf(columns, episodes, true)], [0, 0, 5, 5, -4, 5, 5, 5]);
});

test('folded, one mark tells of an episode; nothing else is lost', () => {
  const events = race();
  const marks = calmMarks(events, episodesOf(events, { iteration: 26 }));
  assert.deepEqual(
    marks.map(m => m.outcome ?? m.verdict),
    ['spurious-minimum', 'accepted', 'global-minimum'],
  );
});

test('folded, the phases show an episode as one', () => {
  const events = race();
  const status = { iteration: 26, elapsed: 2.6, ended: true };
  const phases = foldedPhases(phasesOf(events, status), episodesOf(events, status));
  assert.deepEqual(
    phases.map(p => [p.phase, p.from.iteration, p.to.iteration, p.episode?.trials]),
    [
      ['descend', 0, 10, undefined],
      ['judge', 10, 10, undefined],
      ['escape', 10, 26, 2],
      ['judge', 26, 26, undefined],
    ],
  );
});

test('a pause within an episode stays', () => {
  const events = race();
  events.splice(9, 0, phase(17, 3, 'paused', 'Paused by the API.'), phase(17, 3, 'trial', 'Resumed by the API.'));
  const status = { iteration: 26, elapsed: 2.6, ended: true };
  const phases = foldedPhases(phasesOf(events, status), episodesOf(events, status));
  assert.deepEqual(
    phases.map(p => p.phase),
    ['descend', 'judge', 'escape', 'paused', 'escape', 'judge'],
  );
});

test('phases below what can be seen are drawn as one that tells how many it holds', () => {
  const phases = Array.from({ length: 100 }, (_, i) => ({ phase: i % 3 === 0 ? 'escape' : 'trial', from: { iteration: i }, to: { iteration: i + 1 } }));
  const drawn = drawnPhases(phases, place => place.iteration / 10, 2);
  assert.ok(drawn.length <= 6, `${drawn.length} drawn`);
  assert.equal(
    drawn.reduce((n, d) => n + d.held, 0),
    100,
  );
  assert.ok(drawn.every(d => d.phase === 'trial'));
  const wide = drawnPhases(phases.slice(0, 3), place => place.iteration * 10, 2);
  assert.deepEqual(
    wide.map(d => [d.phase, d.a, d.b, d.held]),
    [
      ['escape', 0, 10, 1],
      ['trial', 10, 20, 1],
      ['trial', 20, 30, 1],
    ],
  );
});

test('marks that would lie on each other are counted, of different shapes stacked', () => {
  const mark = (px, shape) => ({ px, shape, tone: 'escape' });
  const drawn = clustered([mark(0, 'up'), mark(2, 'up'), mark(3, 'down'), mark(9, 'up'), mark(14, 'up')], 10);
  assert.deepEqual(
    drawn.map(c => [c.px, c.shape, c.count, c.stack]),
    [
      [0, 'up', 3, 1],
      [3, 'down', 1, 2],
      [14, 'up', 1, 1],
    ],
  );
  assert.deepEqual(thinned([0, 1, 2, 5, 6, 9], 4), [0, 5, 9]);
});

test('the list has one row for an episode, which holds the rest', () => {
  const events = race();
  const episodes = episodesOf(events, { iteration: 26 });
  const rows = rowsOf(events, episodes, USUAL);
  assert.deepEqual(
    rows.map(r => [r.event.kind, r.episode?.trials]),
    [
      ['stationary', undefined],
      ['escape', 2],
      ['stationary', undefined],
      ['verdict', undefined],
    ],
  );
  assert.equal(episodeWords(episodes[0]), 'Out after 2 trials: race');
  assert.equal(within(episodes[0]).length, episodes[0].events.length - 1);
  assert.deepEqual(rowsOf(events, episodes, ['phase']).length, 4, 'phases of the path alone');
});

test('who paused a run is a message though it comes as a phase', () => {
  const events = [phase(5, 0, 'paused', 'Paused by the dashboard.'), phase(5, 0, 'descend', 'Resumed by the API.')];
  assert.equal(rowsOf(events, [], ['message']).length, 2);
});
