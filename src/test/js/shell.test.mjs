import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, percentiles, sections } from '../../../web/js/health/health-facts.js';
import { embedding } from '../../../web/js/shell/embed.js';
import { resultsOf, stepped, stillFound } from '../../../web/js/shell/search-results.js';

const KNOWN = {
  runs: [{ id: '01A', name: 'my run', problem: 'pmc', solver: 'gd', status: { state: 'running' } }],
  problems: [{ name: 'pmc', title: 'Perturbed matrix completion', description: 'structured mask' }],
  experiments: [{ id: 'sod-pmc', title: 'Curves', source: '[SOD]' }],
  pages: [{ name: 'Health', path: '/health' }],
};

test('the search finds in groups, and nothing but runs and pages before anything is typed', () => {
  assert.deepEqual(
    resultsOf('', KNOWN).map(g => g.title),
    ['Runs', 'Pages'],
  );
  assert.deepEqual(
    resultsOf('PMC', KNOWN).map(g => [g.title, g.items[0].path]),
    [
      ['Runs', '/runs/01A'],
      ['Problems', '/problems?q=pmc'],
      ['Experiments', '/experiments/sod-pmc'],
    ],
  );
  assert.deepEqual(resultsOf('no such thing', { ...KNOWN, runs: [] }), []);
});

test('until the server has answered, runs stay that what is typed still names', () => {
  const runs = [
    { name: 'night run', problem: 'pmc', solver: 'gd' },
    { name: 'plain log', problem: null, solver: undefined },
  ];
  assert.deepEqual(stillFound(runs, 'PMC night'), [runs[0]]);
  assert.deepEqual(stillFound(runs, 'health'), []);
  assert.deepEqual(stillFound(runs, ''), runs);
});

test('arrow keys go round through all groups', () => {
  const groups = resultsOf('pmc', KNOWN);
  const first = stepped(groups, null, 1);
  assert.equal(first, 'run-01A');
  assert.equal(stepped(groups, first, 1), 'problem-pmc');
  assert.equal(stepped(groups, first, -1), 'experiment-sod-pmc');
  assert.equal(stepped(groups, 'experiment-sod-pmc', 1), first);
  assert.equal(stepped([], first, 1), null);
});

test('a page is embedded where its address says so', () => {
  assert.equal(embedding(new URLSearchParams('panel=objective')), null);
  assert.deepEqual(embedding(new URLSearchParams('embed=1&panel=objective')), { panel: 'objective' });
  assert.deepEqual(embedding(new URLSearchParams('embed=1')), { panel: null });
});

test('sizes and percentiles in words', () => {
  assert.equal(bytes(999), '999 B');
  assert.equal(bytes(90_456), '90.5 kB');
  assert.equal(bytes(4e9), '4 GB');
  assert.equal(bytes(-1), '–');
  assert.equal(percentiles({ count: 0, minutes: 5 }), 'nothing in the last 5 minutes');
  assert.match(percentiles({ count: 1234, p50: 0.012, p95: 0.031, p99: 2, minutes: 5 }), /p50 12 ms, p95 31 ms, p99 2 s \(1.234 in/);
});

const HEALTH = {
  events: { perSecond: 1, total: 2, ofOtherPrograms: { accepted: 1, duplicates: 0, rejected: { malformed: 2, ended: 0 } } },
  stream: { clients: 1, mostClients: 256, framesInMaking: 0, lag: { count: 0, minutes: 5 } },
  store: { state: 'none', sentence: 'Runs are kept in memory and end with the process.' },
  memory: { heapUsed: 1, heapMax: -1, collectors: [], threads: 1 },
  meters: { series: 0, meteredRuns: 20, mostMeteredRuns: 20, refusedRuns: 3 },
  eventLoop: { count: 1, p50: 0, p95: 0, p99: 0.5, minutes: 5 },
  build: { started: '2026-01-01T00:00:00Z', system: 'x', processors: 2, pid: 1, version: '1', java: 'y' },
  alerts: { on: false, rules: [], webhooks: [] },
};
const fact = (health, id, term) =>
  sections(health)
    .find(s => s.id === id)
    .facts.find(f => f.term === term);

test('what is wrong has a tone, and what is not has none', () => {
  assert.equal(fact(HEALTH, 'events', 'Rejected: malformed').tone, 'bad');
  assert.equal(fact(HEALTH, 'events', 'Rejected: ended').tone, null);
  assert.equal(fact(HEALTH, 'latency', 'Event loop late by').tone, 'judge');
  assert.equal(fact(HEALTH, 'meters', 'Runs refused them').tone, 'judge');
  assert.match(fact(HEALTH, 'store', 'State').value, /in memory/);
  assert.match(fact(HEALTH, 'rules', 'Alerts').value, /switched off/);
});

test('a store that fails says since when and why', () => {
  const more = {
    lastError: 'the disk is full',
    lastErrorAt: '2026-01-01T00:00:00Z',
    runsWaiting: 3,
    mostWaiting: 2000,
    eventsWaiting: 7,
    maxAgeSeconds: 86_400,
    maxBytes: 1e9,
  };
  const failing = { ...HEALTH, store: { state: 'failing', place: '/x', bytes: 5, runs: 1, more } };
  assert.equal(fact(failing, 'store', 'State').tone, 'bad');
  assert.match(fact(failing, 'store', 'Last error').value, /ago: the disk is full$/);
  assert.equal(fact(failing, 'store', 'Last error').tone, 'bad');
  assert.equal(fact(failing, 'store', 'Last write').value, 'none yet');
});
