import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkLabel, sparkline } from '../../../web/js/pages/sparkline.js';
import {
  NEWEST_FIRST,
  parseSearch,
  queryOf,
  requestOf,
  toggled,
  viewOf,
  withoutFilter,
} from '../../../web/js/runs/list-query.js';
import { LiveList } from '../../../web/js/runs/live-list.js';
import { inSight, newerThan, RunRows } from '../../../web/js/runs/run-rows.js';
import { forgetView, savedViews, saveView } from '../../../web/js/runs/saved-views.js';

test('a search is words and filters, and values may be quoted', () => {
  const { words, filters } = parseSearch('sod  status:stalled tag:"night shift" http://x colour:red state:');
  assert.equal(words, 'sod http://x colour:red state:');
  assert.deepEqual(
    filters.map(f => [f.key, f.value]),
    [
      ['state', 'stalled'],
      ['tag', 'night shift'],
    ],
  );
  assert.equal(withoutFilter('a tag:"night shift" b', filters[1]), 'a b');
});

test('a filter is put in, taken out, and takes the place of another unless both can be', () => {
  assert.equal(toggled('pmc', 'state', 'lost'), 'pmc state:lost');
  assert.equal(toggled('pmc state:lost', 'state', 'lost'), 'pmc');
  assert.equal(toggled('state:lost', 'state', 'stalled'), 'state:lost state:stalled');
  assert.equal(toggled('solver:gd x', 'solver', 'a b'), 'x solver:"a b"');
});

test('a view survives the address', () => {
  const view = { search: 'tag:"a b" x', order: { column: 'loss', down: false }, columns: ['state', 'loss'], archived: true };
  assert.deepEqual(viewOf(queryOf(view), ['loss', 'started']), view);
  assert.equal(queryOf({ search: ' ', order: NEWEST_FIRST, columns: null, archived: false }).toString(), '');
  assert.deepEqual(viewOf(new URLSearchParams('sort=colour'), ['loss']).order, NEWEST_FIRST);
});

test('the server is asked for what the view says', () => {
  const ask = (search, archived) =>
    Object.fromEntries(requestOf({ search, order: { column: 'loss', down: true }, archived }, 'loss'));
  assert.deepEqual(ask('a b state:lost state:stalled solver:gd', false), {
    archived: 'false',
    q: 'a b',
    state: 'lost,stalled',
    solver: 'gd',
    sort: 'loss',
    order: 'desc',
  });
  assert.equal(ask('', true).archived, 'true');
  // The server takes one tag: in the archive a tag looks everywhere.
  assert.equal(ask('tag:x', true).archived, undefined);
});

/** A server with so many runs, newest first, in pages of ten; answers when told to. */
function server(count) {
  const asked = [];
  const all = Array.from({ length: count }, (_, i) => ({ id: String(1000 - i) }));
  const fetchPage = cursor =>
    new Promise((resolve, reject) => {
      asked.push({
        cursor,
        answer: () => {
          const at = cursor === null ? 0 : all.findIndex(r => r.id === cursor) + 1;
          const runs = all.slice(at, at + 10);
          resolve({ runs, total: all.length, next: at + 10 < all.length ? runs.at(-1).id : undefined });
        },
        refuse: () => reject(new Error('no')),
      });
    });
  return { asked, fetchPage, all };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

test('pages come one after the other until the row that is wanted is there', async () => {
  const { asked, fetchPage } = server(35);
  let changes = 0;
  const list = new RunRows(fetchPage, () => changes++);
  list.reload();
  asked[0].answer();
  await settled();
  assert.equal(list.rows.length, 10);
  assert.equal(list.total, 35);
  list.need(24);
  list.need(3);
  assert.equal(asked.length, 2, 'one question at a time');
  asked[1].answer();
  await settled();
  asked[2].answer();
  await settled();
  assert.equal(list.rows.length, 30);
  assert.equal(asked.length, 3, 'no more than is wanted');
  list.need(99);
  asked[3].answer();
  await settled();
  assert.equal(list.rows.length, 35);
  assert.equal(list.next, null);
  list.need(99);
  assert.equal(asked.length, 4, 'there is no more');
  assert.ok(changes >= 4);
});

test('an answer to an older question is dropped, and a refusal keeps what is there', async () => {
  const { asked, fetchPage } = server(12);
  const list = new RunRows(fetchPage, () => {});
  list.reload();
  asked[0].answer();
  await settled();
  list.need(11);
  list.reload();
  asked[2].answer();
  await settled();
  asked[1].answer();
  await settled();
  assert.equal(list.rows.length, 10, 'the second page of the older question has not been put behind');
  list.reload();
  asked[3].refuse();
  await settled();
  assert.equal(list.error, 'no');
  assert.equal(list.rows.length, 10);
  assert.equal(list.loading, false);
});

test('a run that moved between two pages is there once; rows change in place and go', async () => {
  const { asked, fetchPage, all } = server(15);
  const list = new RunRows(fetchPage, () => {});
  list.reload();
  asked[0].answer();
  await settled();
  all.splice(12, 0, all[3]);
  list.need(14);
  asked[1].answer();
  await settled();
  assert.equal(new Set(list.rows.map(r => r.id)).size, list.rows.length);
  assert.ok(list.update({ id: '998', name: 'new' }));
  assert.equal(list.rows[2].name, 'new');
  assert.ok(!list.update({ id: 'none' }));
  list.remove('998');
  assert.ok(list.rows.every(r => r.id !== '998'));
});

/** A list of a server whose runs are `ids`, newest first. */
function liveList(ids, { column = 'started' } = {}) {
  const server = { ids, asked: 0, then: () => {} };
  const row = id => ({ id, status: { state: 'running' } });
  const reader = { reads: false };
  const live = new LiveList({
    api: {
      runs: async params => {
        if (params.get('tag') === 'pinned') return { runs: [] };
        server.asked++;
        const answer = { runs: server.ids.map(row), total: server.ids.length };
        server.then();
        return answer;
      },
      overview: async () => ({ newest: server.ids[0] }),
    },
    view: () => ({ search: '', order: { column, down: true }, archived: false }),
    figure: id => id,
    reading: () => reader.reads,
    changed: () => {},
  });
  const shown = () => live.rows.rows.map(r => r.id);
  const settled = () => new Promise(done => setTimeout(done));
  return { live, server, reader, row, shown, settled };
}

test('a new run enters on top, or waits while somebody reads', async () => {
  const { live, server, reader, shown, settled } = liveList(['b', 'a']);
  await live.rows.reload();
  server.ids = ['c', 'b', 'a'];
  live.take({ runs: [], gone: [], overview: { newest: 'c' } });
  await settled();
  assert.deepEqual(shown(), ['c', 'b', 'a']);
  reader.reads = true;
  server.ids = ['e', 'd', 'c', 'b', 'a'];
  live.take({ runs: [], gone: [], overview: { newest: 'e' } });
  await settled();
  assert.deepEqual([shown(), live.waiting], [['c', 'b', 'a'], 2]);
  await live.rows.reload();
  assert.deepEqual([shown().length, live.waiting], [5, 0]);
});

test('a run that comes while the list is asked for is not taken for known', async () => {
  const { live, server, shown, settled } = liveList(['b', 'a']);
  server.then = () => {
    server.ids = ['c', 'b', 'a'];
  };
  await live.rows.reload();
  live.take({ runs: [], gone: [], overview: { newest: 'c' } });
  await settled();
  assert.deepEqual(shown(), ['c', 'b', 'a']);
});

test('rows change in place and go, and the order is asked for again only where it may have changed, not too often', async () => {
  const { live, server, row, shown, settled } = liveList(['b', 'a']);
  await live.rows.reload();
  live.take({ runs: [{ ...row('a'), name: 'renamed' }], gone: ['b'] });
  assert.deepEqual([shown(), live.find('a').name], [['a'], 'renamed']);
  live.reorder(10_000);
  await settled();
  assert.equal(server.asked, 1);
  live.take({ runs: [{ ...row('a'), status: { state: 'stalled' } }], gone: [] });
  live.reorder(10_000);
  await settled();
  assert.equal(server.asked, 2);
  live.take({ runs: [row('b')], gone: [] });
  live.take({ runs: [{ ...row('b'), status: { state: 'lost' } }], gone: [] });
  live.reorder(11_000);
  await settled();
  assert.equal(server.asked, 2);
  live.reorder(12_000);
  await settled();
  assert.equal(server.asked, 3);
});

test('only rows in sight are drawn, and the rest is height', () => {
  const sight = inSight({ scrollTop: 33_000, height: 660, rowHeight: 33, count: 10_000, around: 5 });
  assert.deepEqual(sight, { from: 995, to: 1025, before: 995 * 33, after: (10_000 - 1025) * 33 });
  assert.deepEqual(inSight({ scrollTop: 0, height: 600, rowHeight: 30, count: 3 }), { from: 0, to: 3, before: 0, after: 0 });
  const beyond = inSight({ scrollTop: 1e6, height: 600, rowHeight: 30, count: 50 });
  assert.ok(beyond.from <= beyond.to && beyond.to === 50);
});

test('newer runs have greater ids', () => {
  assert.equal(newerThan([{ id: '01C' }, { id: '01B' }, { id: '01A' }], '01A'), 2);
  assert.equal(newerThan([{ id: '01C' }], null), 1);
});

test('views are kept by name, and a storage that refuses breaks nothing', () => {
  const kept = new Map();
  const storage = { getItem: k => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
  assert.deepEqual(savedViews(storage), []);
  saveView('mine', 'q=a', storage);
  saveView('other', 'q=b', storage);
  saveView('mine', 'q=c', storage);
  assert.deepEqual(savedViews(storage), [
    { name: 'other', query: 'q=b' },
    { name: 'mine', query: 'q=c' },
  ]);
  forgetView('other', storage);
  assert.equal(savedViews(storage).length, 1);
  kept.set('escapement.runs.views', '{nonsense');
  assert.deepEqual(savedViews(storage), []);
  const refusing = {
    getItem() {
      throw new Error('no');
    },
    setItem() {
      throw new Error('no');
    },
  };
  assert.deepEqual(savedViews(refusing), []);
  assert.equal(saveView('a', '', refusing), false);
});

test('a sparkline says in words what it is of', () => {
  assert.equal(sparkLabel('gradientNorm', '−3', 0), 'log₁₀ of the gradient norm, now −3');
  assert.equal(sparkLabel('loss', '−3', 1), 'log₁₀ of the loss, now −3, one escape');
  assert.equal(sparkLabel('loss', '−3', 4), 'log₁₀ of the loss, now −3, 4 escapes');
});

test('a sparkline leaves gaps where nothing is known, and ticks where it escaped', () => {
  assert.deepEqual(sparkline([null, null], 90, 20), { line: '', ticks: [], last: null });
  const { line, last, ticks } = sparkline([0, -1, null, -3], 90, 20, [0, 2, 9]);
  assert.equal(line.match(/M/g).length, 2);
  assert.equal(last, -3);
  assert.deepEqual(ticks, ['0.0', '60.0']);
});
