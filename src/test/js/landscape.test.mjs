import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contourLines } from '../../../web/js/landscape/contours.js';
import { gridCsv, pathCsv } from '../../../web/js/landscape/csv.js';
import { PictureFeed, urlOf } from '../../../web/js/landscape/feed.js';
import { fieldOf, halfSquares, raster } from '../../../web/js/landscape/field.js';
import { alike, fitted, moved, toPixel, toPlane, tooNear, widened, zoomed } from '../../../web/js/landscape/geometry.js';
import { barTicks, levelsFor, place, scaleFor } from '../../../web/js/landscape/levels.js';
import { lookOf, marksOf, summary, upTo } from '../../../web/js/landscape/marks.js';
import { gridValues, indexAt, ownPoints, readPicture, stretches, trialsOf } from '../../../web/js/landscape/picture.js';
import { heightColour, iterationColour, NOWHERE } from '../../../web/js/landscape/ramps.js';
import { PathReplay } from '../../../web/js/landscape/replay.js';
import { cursorOf, dotRadius, frameOf, sceneOf } from '../../../web/js/landscape/scene.js';
import { svgOf } from '../../../web/js/landscape/svg.js';
import { queryOf, stateFromQuery } from '../../../web/js/landscape/view-state.js';
import { landscapePath, parse } from '../../../web/js/router.js';

const near = (a, b, within = 1e-9) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

/** Bowl (α² + 4β²)/2 on a grid. */
function bowl(size, window) {
  const [a0, a1, b0, b1] = window;
  const values = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const a = a0 + ((a1 - a0) * i) / (size - 1);
      const b = b0 + ((b1 - b0) * j) / (size - 1);
      values[j * size + i] = (a * a + 4 * b * b) / 2;
    }
  }
  return { size, values, window, method: 'direct' };
}

function wire(more = {}) {
  return {
    live: false,
    basis: { name: 'pca', title: 'a plane', version: 9, newest: 12, labels: ['a', 'b'], explained: [0.7, 'NaN'], window: [-1, 1, -1, 1] },
    bases: [{ name: 'pca', title: 'a plane' }],
    grid: { size: 2, method: 'direct', values: [1, 'NaN', 3, 'Infinity'] },
    paths: [
      {
        run: 'r',
        name: 'n',
        thinned: false,
        iteration: [0, 4, 5, 6, 9],
        segment: [0, 0, 1, 2, 2],
        trial: [0, 0, 1, 0, 0],
        alpha: [-0.5, 0, 0.2, 0.5, 0.6],
        beta: [0, 0.1, 0.2, 0.3, 0.4],
        off: [0, 0, 1, 0, 0.5],
        loss: [8, 2, 5, 1, 'Infinity'],
        planeLoss: [8, 2, 'NaN', 1, 0.5],
        jumps: [{ number: 1, from: 1, to: 3, mechanism: 'probe' }],
      },
    ],
    marks: [
      { run: 'r', kind: 'end', label: 'newest', iteration: 9, alpha: 0.6, beta: 0.4, off: 0.5, loss: 1, planeLoss: 0.5 },
      { run: 'r', kind: 'start', label: 'start', iteration: 0, alpha: -0.5, beta: 0, off: 0, loss: 8, planeLoss: 8 },
      { run: 'r', kind: 'judged', label: 'strict saddle', verdict: 'strict-saddle', iteration: 4, alpha: 0, beta: 0.1, off: 0, loss: 2, planeLoss: 2 },
      { run: '', kind: 'truth', label: 'truth', alpha: 1, beta: 1, off: 0.4, loss: 0, planeLoss: 'NaN' },
    ],
    ...more,
  };
}

test('the address of a landscape is that of its run and more', () => {
  assert.deepEqual([parse('/runs/01J/landscape?basis=pca').page, parse('/runs/01J/landscape').id], ['landscape', '01J']);
  assert.equal(parse(landscapePath('01J')).page, 'landscape');
  assert.equal(parse('/runs/01J').page, 'run');
});

test('what is seen survives its address, and nonsense does not', () => {
  const plain = stateFromQuery(new URLSearchParams());
  assert.equal(queryOf(plain).toString(), '');
  const state = { basis: 'through:start,end,truth', version: 812, window: [-1.5, 2, 0.25, 1], mode: '3d', at: 64, trials: true, with: ['A', 'B'], speed: 32 };
  assert.deepEqual(stateFromQuery(new URLSearchParams(queryOf(state).toString())), state);
  assert.equal(queryOf(plain, [['embed', '1']]).toString(), 'embed=1');
  for (const query of ['version=x', 'window=1,2,3,4', 'version=3&window=2,1,0,1', 'mode=4d', 'speed=3', 'at=-1'])
    assert.deepEqual({ ...stateFromQuery(new URLSearchParams(query)), version: null }, plain, query);
});

test('a picture is read with its numbers as numbers', () => {
  const picture = readPicture(wire());
  assert.ok(Number.isNaN(picture.basis.explained[1]));
  assert.equal(picture.paths[0].loss[4], Infinity);
  assert.ok(Number.isNaN(picture.marks[3].planeLoss));
  assert.equal(picture.grid.values[3], Infinity);
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleLE(0.1, 0);
  bytes.writeDoubleLE(NaN, 8);
  const values = gridValues({ encoding: 'base64-float64-le', values: bytes.toString('base64') });
  assert.equal(values[0], 0.1);
  assert.ok(Number.isNaN(values[1]));
  assert.equal(readPicture({ note: 'none', live: true, bases: [], paths: [], marks: [] }).basis, null);
});

test('a path is its own points, in stretches between jumps; trials are beside it', () => {
  const [path] = readPicture(wire()).paths;
  const own = ownPoints(path);
  assert.deepEqual(own, [0, 1, 3, 4]);
  assert.deepEqual(stretches(path, own), [[0, 1], [3, 4]]); // prettier-ignore
  assert.deepEqual(trialsOf(path), [[2]]);
  assert.equal(indexAt(path, own, 5), 1);
  assert.equal(indexAt(path, own, 6), 3);
  assert.equal(indexAt(path, own, 1e9), 4);
  assert.equal(indexAt(path, own, -1), 0);
  assert.equal(cursorOf(path, null), 4);
  assert.equal(cursorOf(path, 5), 1);
});

test('six squares give the loss anywhere', () => {
  // R whose first row is (1, 2, 0, 0, 0, −1) and whose third is (0, 0, 3, 0, 0, 0): ½[(1 + 2α − β²)² + 9β²].
  const r = [1, 2, 0, 0, 0, -1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const [a, b] of [[0, 0], [1, -2], [0.3, 0.7]]) near(halfSquares(r, a, b), ((1 + 2 * a - b * b) ** 2 + 9 * b * b) / 2); // prettier-ignore
  const field = fieldOf({ squares: r });
  assert.ok(field.exact);
  near(field.at(1, -2), halfSquares(r, 1, -2));
});

test('between the points of a grid the loss is followed closely, at them exactly, and beyond them not at all', () => {
  const window = [1, 3, 1, 2];
  const field = fieldOf(bowl(33, window));
  assert.ok(!field.exact);
  near(field.at(2, 1.5), (4 + 9) / 2, 1e-12);
  for (const [a, b] of [[1.234, 1.777], [2.9, 1.02], [1, 2]]) near(field.at(a, b) / ((a * a + 4 * b * b) / 2), 1, 1.5e-3); // prettier-ignore
  assert.ok(Number.isNaN(field.at(0.9, 1.5)));
  const holed = bowl(9, [-1, 1, -1, 1]);
  holed.values[0] = NaN;
  assert.ok(Number.isNaN(fieldOf(holed).at(-0.99, -0.99)));
  near(fieldOf(holed).at(0, 0), 0, 1e-12);
  const rows = raster(field, window, 4, 2);
  assert.equal(rows.values.length, 8);
  assert.ok(rows.values[0] > rows.values[4], 'the first row is the highest β');
  near(raster(field, window, 3, 3, true).values[6], (1 + 4) / 2, 1e-12);
});

test('colours tell decades apart; zero is the lowest, NaN and infinities have no place', () => {
  const scale = scaleFor([0, 1e-3, 1e-2, 1, 10, NaN, Infinity]);
  near(scale.high, 1);
  assert.ok(scale.low >= -3 && scale.low < 0);
  assert.equal(place(scale, 10), 1);
  assert.equal(place(scale, 0), 0);
  assert.equal(place(scale, 1e-30), 0);
  assert.equal(place(scale, NaN), null);
  assert.equal(place(scale, Infinity), null);
  assert.equal(heightColour(null), NOWHERE);
  assert.notDeepEqual(heightColour(0), heightColour(1));
  assert.deepEqual(scaleFor([]), { low: -1, high: 0 });
  const flat = scaleFor([5, 5, 5]);
  assert.ok(flat.high > flat.low);
  assert.ok(scaleFor([1e-20, ...Array(2000).fill(1)]).low > -9, 'at most eight decades');
});

test('levels are evenly spaced in their logarithms, with the decades among them', () => {
  const levels = levelsFor({ low: -2.3, high: 1.1 });
  for (let k = 2; k < levels.length; k++) near(levels[k] / levels[k - 1], levels[1] / levels[0], 1e-9);
  for (const decade of [0.01, 0.1, 1, 10]) assert.ok(levels.some(l => Math.abs(l / decade - 1) < 1e-9), `${decade}`);
  assert.ok(levelsFor({ low: 0.3, high: 0.31 }).every(l => l > 10 ** 0.3 && l < 10 ** 0.31));
  assert.ok(barTicks({ low: -6.2, high: 3 }, 5).length <= 6);
  assert.ok(barTicks({ low: 0, high: 2 }).some(t => Math.abs(t - 20) < 1e-9));
  assert.equal(barTicks({ low: 0.3, high: 0.31 }).length, 5);
});

test('a contour line is where the loss is its level, and closes around a minimum', () => {
  const window = [-1, 1, -1, 1];
  const heights = raster(fieldOf({ squares: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0] }), window, 65, 65, true);
  const lines = contourLines(heights, 0.2);
  assert.equal(lines.length, 1);
  assert.ok(lines[0].closed);
  for (const [x, y] of lines[0].points) {
    const [a, b] = [-1 + (2 * x) / 64, 1 - (2 * y) / 64];
    near((a * a + 4 * b * b) / 2, 0.2, 3e-3);
  }
  assert.equal(contourLines(heights, 99).length, 0);
});

test('lines that leave the picture are open, and cells without a number have none', () => {
  const ramp = { width: 4, height: 3, values: [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4] };
  const [line] = contourLines(ramp, 2.5);
  assert.ok(!line.closed);
  assert.equal(line.points.length, 3);
  const holed = { ...ramp, values: [...ramp.values] };
  holed.values[5] = NaN;
  assert.deepEqual(contourLines(holed, 2.5), []);
  const saddle = { width: 2, height: 2, values: [1, 0, 0, 1] };
  assert.equal(contourLines(saddle, 0.5).length, 2);
  assert.equal(contourLines({ width: 2, height: 2, values: [0, 1, 1, 0] }, 0.5).length, 2);
});

test('places and px are the same thing', () => {
  const window = [-2, 2, 0, 1];
  assert.deepEqual(toPixel(window, 400, 100, -2, 1), [0, 0]);
  const [x, y] = toPixel(window, 400, 100, 0.7, 0.2);
  const [a, b] = toPlane(window, 400, 100, x, y);
  near(a, 0.7);
  near(b, 0.2);
  const held = zoomed(window, 0.5, 0.7, 0.2);
  const [hx, hy] = toPixel(held, 400, 100, 0.7, 0.2);
  near(hx, x);
  near(hy, y);
  assert.deepEqual(moved(window, 1, -1), [-1, 3, -1, 0]);
  const square = fitted(window, 1);
  near(square[1] - square[0], square[3] - square[2]);
  assert.ok(square[0] <= -2 && square[3] >= 1);
  assert.ok(alike(window, [-2, 2 + 1e-9, 0, 1]) && !alike(window, square));
  assert.ok(tooNear([1, 1 + 1e-14, 0, 1]) && !tooNear(window));
});

test('a replay goes point by point and rests at what was judged', () => {
  const replay = new PathReplay(20, [3], 1);
  replay.advance(0.5);
  assert.equal(replay.index, 3);
  replay.advance(1.5);
  assert.equal(replay.index, 3, 'it rests');
  replay.advance(1);
  assert.ok(replay.index > 3 && replay.index < 8);
  const fast = new PathReplay(20, [3], 64);
  fast.advance(0.7);
  assert.ok(fast.done);
  fast.seek(5);
  assert.equal(fast.index, 5);
  assert.ok(!fast.done);
  assert.ok(new PathReplay(1, [], 1).done);
});

test('marks have shapes of their own and come in order', () => {
  const picture = readPicture(wire());
  const shapes = new Set(['strict-saddle', 'spurious-minimum', 'global-minimum', 'undecided'].map(v => lookOf({ kind: 'judged', verdict: v }).shape));
  for (const kind of ['start', 'truth', 'landing']) shapes.add(lookOf({ kind }).shape);
  assert.equal(shapes.size, 7);
  const marks = marksOf(picture);
  assert.deepEqual(marks.map(m => m.kind), ['truth', 'start', 'judged', 'landing', 'end']); // prettier-ignore
  assert.equal(marks[3].label, 'escape 1: probe');
  assert.deepEqual(upTo(marks, 4).map(m => m.kind), ['truth', 'start', 'judged']); // prettier-ignore
  const words = summary(picture, String);
  assert.match(words, /begins at a loss of 8/);
  assert.match(words, /strict saddle at iteration 4/);
  assert.match(words, /jumped once/);
  assert.equal(summary({ basis: null, note: 'why', paths: [], marks: [] }, String), 'why');
});

const view = (more = {}) => {
  const picture = readPicture(wire());
  return {
    picture,
    window: picture.basis.window,
    frame: frameOf(800, 600, 1),
    u: 1,
    scale: { low: -2, high: 1 },
    lines: [{ level: 0.1, points: [[0, 0], [10, 10]] }], // prettier-ignore
    at: null,
    replaying: false,
    trials: false,
    colours: { ink: 'ink', quiet: 'quiet', edge: 'edge' },
    ...more,
  };
};

test('a landscape is its lines, path, jumps, marks, axes and bar, and a replay shows what has been', () => {
  const shapes = sceneOf(view());
  const dashed = shapes.filter(s => s.kind === 'line' && s.dash?.length > 0 && s.inside);
  assert.equal(dashed.length, 1, 'one jump');
  assert.equal(shapes.filter(s => s.kind === 'glyph').length, 4);
  assert.equal(shapes.filter(s => s.name === 'cursor').length + shapes.filter(s => s.kind === 'dot' && s.r === 3.6).length, 1);
  assert.ok(shapes.some(s => s.kind === 'text' && s.text === 'a'));
  assert.ok(shapes.find(s => s.kind === 'glyph' && s.title === 'truth').away, 'a truth off the plane is an outline');
  const early = sceneOf(view({ at: 4, replaying: true }));
  assert.equal(early.filter(s => s.dash?.length > 0).length, 0, 'no jump yet');
  assert.equal(early.filter(s => s.kind === 'glyph').length, 3);
  const two = view();
  two.picture.paths = [two.picture.paths[0], { ...two.picture.paths[0], run: 'other' }];
  const strokes = new Set(sceneOf(two).filter(s => s.width === 2.4).map(s => s.stroke)); // prettier-ignore
  assert.ok(strokes.size >= 2, 'runs differ');
  assert.ok(dotRadius(0, 1) > dotRadius(0.5, 1));
  assert.ok(!frameOf(300, 300, 1).bar);
  assert.deepEqual(iterationColour(0), [255, 255, 255]);
});

test('an SVG holds what the canvas shows, and no tag of a name', () => {
  const frame = frameOf(800, 600, 1);
  const svg = svgOf({
    shapes: sceneOf(view()),
    frame,
    width: 800,
    height: 600,
    image: { href: 'data:image/png;base64,AA', x: 1, y: 2, width: 3, height: 4 },
    background: '#fff',
    font: 'a "b"',
    title: '<run>',
  });
  assert.match(svg, /^<svg /);
  assert.match(svg, /<image href="data:image/);
  assert.ok(!svg.includes('<run>'));
  assert.equal(svg.match(/<title>/g).length, 5);
  assert.equal(svg.match(/<g/g).length, svg.match(/<\/g>/g).length);
  assert.ok(!svg.includes('NaN') && !svg.includes('undefined'));
});

test('tables have a row for each point', () => {
  const picture = readPicture(wire());
  const rows = pathCsv(picture).trim().split('\n');
  assert.equal(rows.length, 6);
  assert.equal(rows[5], 'r,9,2,0,0.6,0.4,0.5,Infinity,0.5');
  const grid = gridCsv(picture.grid).trim().split('\n');
  assert.deepEqual(grid.slice(1), ['-1,-1,1', '1,-1,NaN', '-1,1,3', '1,1,Infinity']);
});

function answering(pictures, log) {
  return async (url, { signal }) => {
    log.push(url);
    await null;
    if (signal.aborted) throw Object.assign(new Error('aborted'), { name: 'AbortError' });
    const answer = pictures(new URL(url, 'http://x'));
    return { ok: !answer.detail, status: 400, json: async () => answer };
  };
}

test('a picture is asked for coarse, then finer, on the plane and window of the first', async () => {
  const log = [];
  const feed = new PictureFeed('a b', answering(url => wire({ grid: { size: Number(url.searchParams.get('size')), method: 'direct', values: [] } }), log));
  const seen = [];
  await feed.ask({ basis: 'pca', version: null, window: null, aspect: 1.5, trials: false, with: [] }, (p, left) => seen.push([p.grid.size, left]));
  assert.deepEqual(seen, [[17, 2], [33, 1], [65, 0]]); // prettier-ignore
  assert.match(log[0], /^\/api\/v1\/runs\/a%20b\/landscape\?basis=pca&size=17&aspect=1.5$/);
  assert.match(log[2], /size=65&version=9&window=-1%2C1%2C-1%2C1/);
});

test('one answer is enough where it is exact, was posted, or has no grid', async () => {
  for (const grid of [{ size: 17, method: 'squares', squares: [0], values: [] }, { size: 3, method: 'posted', values: [] }, undefined]) {
    const log = [];
    const feed = new PictureFeed('r', answering(() => wire({ grid }), log));
    await feed.ask({ basis: 'auto' }, () => {});
    assert.equal(log.length, 1);
  }
});

test('a new question ends the old one, and a refusal is told', async () => {
  const log = [];
  const feed = new PictureFeed('r', answering(() => wire(), log));
  const seen = [];
  const first = feed.ask({ basis: 'pca' }, p => seen.push(p));
  const second = feed.ask({ basis: 'native' }, () => {}, [17]);
  assert.equal(await first, null);
  assert.ok(await second);
  assert.equal(seen.length, 0);
  const refusing = new PictureFeed('r', answering(() => ({ detail: 'basis is wrong' }), []));
  await assert.rejects(refusing.ask({ basis: 'x' }, () => {}), /basis is wrong/);
  const gone = new PictureFeed('r', async () => {
    throw new TypeError('failed to fetch');
  });
  await assert.rejects(gone.ask({ basis: 'x' }, () => {}), /cannot be reached/);
  assert.match(urlOf('r', { basis: 'pca', size: 0, trials: true, with: ['A'] }), /trials=1&with=A/);
});

test('a window follows a path that leaves it, and only on that side', () => {
  assert.deepEqual(widened([0, 10, 0, 4], 3, 2), [0, 10, 0, 4]);
  assert.deepEqual(widened([0, 10, 0, 4], 12, -1), [0, 15, -2.2, 4]);
  assert.deepEqual(widened([0, 10, 0, 4], NaN, 2), [0, 10, 0, 4]);
});
