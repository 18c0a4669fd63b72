import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given, grouped, repeating, wrongValue } from '../../../web/js/runs/start-form.js';

const OPTIONS = [
  { name: 'seed', type: 'integer', default: '1', group: 'start' },
  { name: 'n', type: 'integer', group: 'problem' },
  { name: 'rho', type: 'number', default: '0.01', group: 'problem' },
  { name: 'solver', type: 'text', group: 'solver' },
  { name: 'odd', type: 'text' },
];
const PMC = { name: 'pmc', options: ['solver', 'n', 'rho', 'seed', 'odd', 'gone'] };

test('options come in groups, those that the problem heeds, and what is in none is advanced', () => {
  const groups = grouped(PMC, OPTIONS);
  assert.deepEqual(
    groups.map(g => [g.id, g.options.map(o => o.name)]),
    [
      ['problem', ['n', 'rho']],
      ['start', ['seed']],
      ['solver', ['solver']],
      ['advanced', ['odd']],
    ],
  );
  assert.deepEqual(grouped({ options: [] }, OPTIONS), []);
});

test('a value is wrong by its type, with a sentence that names it', () => {
  assert.equal(wrongValue(OPTIONS[1], ' 12 '), null);
  assert.equal(wrongValue(OPTIONS[1], ''), null);
  assert.match(wrongValue(OPTIONS[1], '1.5'), /n is ‘1.5’; a whole number is needed/);
  assert.equal(wrongValue(OPTIONS[2], '1e-3'), null);
  assert.match(wrongValue(OPTIONS[2], 'much'), /rho is ‘much’; a number is needed/);
  assert.equal(wrongValue(OPTIONS[3], 'anything'), null);
});

test('what is at its default is not sent', () => {
  const values = new Map([
    ['n', ' 12'],
    ['rho', '1e-2'],
    ['seed', '2'],
    ['solver', ''],
  ]);
  assert.deepEqual(given(OPTIONS, values), { n: '12', seed: '2' });
});

test('a run is repeated with what was not at its default', () => {
  const catalogue = { problems: [PMC], options: OPTIONS };
  const header = { name: 'a', problem: 'pmc', settings: { n: '20', rho: '0.010', seed: '7', pace: '3', colour: 'red' } };
  const { problem, values } = repeating(header, catalogue);
  assert.equal(problem, PMC);
  assert.deepEqual([...values], [
    ['seed', '7'],
    ['n', '20'],
  ]);
  assert.match(repeating({ name: 'b', problem: 'x', settings: { source: 'external' } }, catalogue).refusal, /another program/);
  assert.match(repeating({ name: 'b', problem: 'data', settings: {} }, catalogue).refusal, /command line only/);
});
