import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hatching } from '../../../web/js/experiments/bars-option.js';
import { described, figureTable } from '../../../web/js/experiments/figure-data.js';
import {
  figureOption,
  hasPositive,
  heightOf,
  isDrawn,
  legendOf,
  scaleName,
} from '../../../web/js/experiments/figure-option.js';
import { heat, looksOf } from '../../../web/js/experiments/looks.js';

const view = more => ({
  width: 600,
  height: 300,
  top: 0,
  font: 'sans-serif',
  colour: name => `rgb(${name})`,
  scale: null,
  hidden: new Set(),
  ...more,
});
/** What ECharts hands to a drawing function, on a plane of 10 px a unit. */
const api = (values = []) => ({
  value: i => values[i],
  coord: ([x, y]) => [100 + 10 * x, 200 - 10 * y],
  size: () => [60, 20],
});
const shapes = drawn => (drawn.children ? drawn.children.flatMap(shapes) : [drawn]);

const bars = {
  kind: 'bars',
  title: 'Success',
  x: { title: 'n', scale: 'linear' },
  y: { title: 'success rate', scale: 'linear' },
  groups: ['40', '50'],
  series: [
    { name: 'GD', paper: false, values: [{ value: 0.58, low: 0.44, high: 0.7 }, {}] },
    { name: '[SOD]', paper: true, values: [{ value: 0.98 }, { value: 0 }] },
  ],
};

const curves = (series, y = 'log', x = 'linear') => ({
  kind: 'curves',
  title: 'Loss',
  x: { title: 'iteration', scale: x },
  y: { title: 'h', unit: 'J', scale: y },
  series,
});

test('bars of ours are filled with a whisker, the paper’s hollow and hatched', () => {
  const option = figureOption(bars, view());
  const draw = (series, group) => shapes(option.series[series].renderItem({ dataIndex: group }, api()));
  const ours = draw(0, 0);
  assert.equal(ours.find(s => s.type === 'rect').style.fill, 'rgb(hue-1)');
  assert.equal(ours.filter(s => s.type === 'line').length, 6, 'stem and two caps, each with its halo');
  const papers = draw(1, 0);
  assert.equal(papers.find(s => s.type === 'rect').style.fill, 'none');
  assert.ok(papers.filter(s => s.type === 'line').length > 0, 'hatched');
});

test('a bar of an unknown value is a dash, and one of zero is not', () => {
  const option = figureOption(bars, view());
  const unknown = shapes(option.series[0].renderItem({ dataIndex: 1 }, api()));
  assert.deepEqual([unknown.length, unknown[0].type, unknown[0].style.text], [1, 'text', '–']);
  const zero = shapes(option.series[1].renderItem({ dataIndex: 1 }, api()));
  assert.equal(zero.find(s => s.type === 'rect').shape.height, 1);
});

test('on a log scale bars start at a decade below the smallest, and a zero is written', () => {
  const option = figureOption(bars, view({ scale: 'log' }));
  assert.ok(option.yAxis.min <= Math.log10(0.44) - 0.2 && Number.isInteger(option.yAxis.min));
  const zero = shapes(option.series[1].renderItem({ dataIndex: 1 }, api()));
  assert.equal(zero[0].style.text, '0');
});

test('shares keep the scale from 0 to 1', () => {
  const { yAxis } = figureOption(bars, view());
  assert.equal(yAxis.min, 0);
  assert.equal(Math.max(...yAxis.axisLabel.customValues), 1);
});

test('hatching stays within its box', () => {
  for (const box of [
    { x: 10, y: 20, width: 30, height: 90 },
    { x: 0, y: 0, width: 80, height: 7 },
  ])
    for (const [x1, y1, x2, y2] of hatching(box)) {
      for (const x of [x1, x2]) assert.ok(x >= box.x - 1e-9 && x <= box.x + box.width + 1e-9);
      for (const y of [y1, y2]) assert.ok(y >= box.y - 1e-9 && y <= box.y + box.height + 1e-9);
      assert.ok(Math.abs(x2 - x1 - (y1 - y2)) < 1e-9, 'at 45 degrees');
    }
});

test('a log axis leaves out zeros, and marks once where a stretch of them begins', () => {
  const figure = curves([{ name: 'GD', x: [0, 1, 2, 3, 4, 5], y: [1, 1e-3, 0, 0, 1e-6, 0] }]);
  const { series, yAxis } = figureOption(figure, view());
  assert.deepEqual(
    series[0].data.map(d => d.value[1]),
    [0, -3, null, null, -6, null],
  );
  const floor = series.find(s => s.symbolRotate === 180);
  assert.deepEqual(
    floor.data.map(d => d.value),
    [
      [2, yAxis.min],
      [5, yAxis.min],
    ],
  );
  assert.deepEqual([yAxis.min, yAxis.max], [-6, 0]);
});

test('what is not known or not finite interrupts a curve', () => {
  const figure = curves([{ name: 'a', x: [0, 1, 2, 3], y: [1, null, 'NaN', 4] }], 'linear');
  const [line] = figureOption(figure, view()).series;
  assert.deepEqual(
    line.data.map(d => d.value[1]),
    [1, null, null, 4],
  );
  assert.equal(line.connectNulls, false);
});

test('a curve of nothing and a curve of one point are drawn without error', () => {
  const option = figureOption(
    curves([
      { name: 'none', x: [], y: [] },
      { name: 'one', x: [3], y: [0.5] },
    ]),
    view(),
  );
  assert.ok(Number.isFinite(option.yAxis.min) && option.yAxis.max > option.yAxis.min);
  assert.ok(option.series[1].data[0].symbol, 'a single point has a mark');
  for (const y of ['linear', 'log']) {
    const empty = figureOption(curves([], y), view());
    assert.ok(empty.yAxis.max > empty.yAxis.min);
  }
});

test('hundreds of points get few marks, at different places than the ends', () => {
  const x = Array.from({ length: 700 }, (_, i) => i);
  const [line] = figureOption(curves([{ name: 'a', x, y: x.map(v => Math.exp(-v / 50)) }]), view()).series;
  const marks = line.data.filter(d => d.symbol);
  assert.equal(line.data.length, 700);
  assert.ok(marks.length >= 5 && marks.length <= 8, String(marks.length));
});

test('both axes may be logarithmic, and the viewer may want the other one', () => {
  const figure = curves([{ name: 'a', x: [10, 100, 0], y: [1, 100, 5] }], 'linear', 'log');
  const option = figureOption(figure, view({ scale: 'log' }));
  assert.deepEqual(
    option.series[0].data.map(d => d.value),
    [
      [1, 0],
      [2, 2],
      [null, Math.log10(5)],
    ],
  );
  assert.equal(option.yAxis.name, 'h (J)');
  assert.equal(scaleName(figure), 'linear');
});

test('hidden series are left out, and the others keep their look', () => {
  const figure = curves([
    { name: 'a', x: [1], y: [1] },
    { name: 'b', x: [1], y: [1] },
  ]);
  const all = figureOption(figure, view()).series;
  const some = figureOption(figure, view({ hidden: new Set(['a']) })).series;
  assert.equal(some[0].name, 'b');
  assert.deepEqual(some[0].lineStyle, all[1].lineStyle);
});

test('neighbouring series differ in dash and in shape, not only in hue', () => {
  const looks = looksOf(Array.from({ length: 8 }, () => ({})));
  for (const part of ['hue', 'dash', 'shape']) assert.equal(new Set(looks.map(l => String(l[part]))).size, 8, part);
  const [first, , ours] = looksOf([{}, { paper: true }, {}]);
  assert.deepEqual([first.hue, ours.hue], ['hue-1', 'hue-2']);
});

const scatter = {
  kind: 'scatter',
  title: 'Deviation',
  x: { title: 'x', scale: 'linear' },
  y: { title: 'y', scale: 'linear' },
  series: [{ name: 'trials', x: [0, 2, 4], y: [1, null, 3] }],
  lines: [
    { name: 'bound', paper: true, intercept: 0, slope: { value: 0.5 } },
    { name: 'ours', paper: false, intercept: 1, slope: { value: 0.3, low: 0.2, high: 0.4 } },
    { name: 'unknown', paper: false, intercept: 0, slope: {} },
  ],
};

test('lines through points are straight on what is drawn, ours unbroken and the paper’s broken', () => {
  const option = figureOption(scatter, view());
  assert.equal(option.series[0].data.length, 2, 'a pair that is not known has no place');
  const [bound, ours] = option.series.slice(-2);
  assert.deepEqual([bound.name, ours.name], ['bound', 'ours'], 'a line without a slope is none');
  for (const [x, y] of ours.data) assert.ok(Math.abs(y - (1 + 0.3 * x)) < 1e-12);
  assert.notEqual(bound.lineStyle.type, 'solid');
  assert.equal(ours.lineStyle.type, 'solid');
  assert.match(described(scatter), /ours: slope 0\.3 \(0\.2 to 0\.4\)/);
  assert.deepEqual(
    legendOf(scatter).map(e => e.name),
    ['trials', 'bound', 'ours'],
  );
  const fewer = figureOption(scatter, view({ hidden: new Set(['bound']) })).series;
  assert.ok(!fewer.some(s => s.name === 'bound'));
});

const map = (values, more) => ({
  kind: 'heatmap',
  title: 'Map',
  columnTitle: 'm',
  columns: values[0].map((_, i) => String(i)),
  rowTitle: 'p',
  rows: values.map((_, i) => String(i)),
  valueTitle: 'squared error',
  values,
  ...more,
});

test('a map of many decades is logarithmic unless it says otherwise; with a zero it is not', () => {
  assert.equal(scaleName(map([[1e-8, 1]])), 'log');
  assert.equal(scaleName(map([[1e-8, 1]], { scale: 'linear' })), 'linear');
  assert.equal(scaleName(map([[0, 1]])), 'linear');
  assert.equal(scaleName(map([[0.2, 1]])), 'linear');
  assert.equal(scaleName(map([[null, null]])), 'linear');
});

test('cells of a map are coloured by value, labelled, and crossed out where nothing is known', () => {
  const figure = map([
    [1e-8, null],
    [1, 1e-4],
  ]);
  const { series, graphic } = figureOption(figure, view());
  const draw = i => shapes(series[0].renderItem({ dataIndex: i }, api(series[0].data[i])));
  assert.deepEqual(series[0].data[1], [1, 0]);
  assert.equal(draw(0)[0].style.fill, heat(0).colour);
  assert.equal(draw(2)[0].style.fill, heat(1).colour);
  assert.equal(draw(3)[0].style.fill, heat(0.5).colour);
  assert.deepEqual(
    draw(1).map(s => s.type),
    ['rect', 'line'],
  );
  const words = graphic.filter(g => g.type === 'text').map(g => g.style.text);
  assert.ok(words.includes('10⁻⁸') && words.includes('1'), words.join(' '));
  assert.ok(words.includes('squared error, log scale'));
});

test('a map of rates has the whole scale from 0 to 1, whatever occurs', () => {
  const { series } = figureOption(map([[0.5, 0.5]], { valueTitle: 'success rate' }), view());
  const [rect] = shapes(series[0].renderItem({ dataIndex: 0 }, api(series[0].data[0])));
  assert.equal(rect.style.fill, heat(0.5).colour);
});

test('letters on a map are legible: light on dark, dark on light', () => {
  assert.deepEqual([heat(0).light, heat(0.3).light, heat(1).light], [true, true, false]);
});

const path = {
  kind: 'path',
  title: 'Path',
  axes: ['x₁', 'x₂', 'x₃'],
  series: [
    {
      name: 'GD',
      points: [
        [0, 0, 0],
        [4, 2, null],
        [4, 1, 1],
      ],
    },
  ],
};

test('a path is three projections at one scale, interrupted where a point is not known', () => {
  const { xAxis, yAxis, series, grid } = figureOption(path, view({ width: 900, height: 320 }));
  assert.deepEqual(
    [xAxis.map(a => a.name), yAxis.map(a => a.name)],
    [
      ['x₁', 'x₁', 'x₂'],
      ['x₂', 'x₃', 'x₃'],
    ],
  );
  const spans = [...xAxis, ...yAxis].map(a => Math.round((a.max - a.min) * 1e9));
  assert.equal(new Set(spans).size, 1);
  for (const g of grid) assert.equal(g.width, g.height);
  assert.deepEqual(series[0].data, [
    [0, 0],
    [null, null],
    [4, 1],
  ]);
  assert.ok(heightOf(path, 360) > heightOf(path, 900), 'on a narrow page they stand one below the other');
});

test('an empty path is drawn without error', () => {
  const { xAxis } = figureOption({ ...path, series: [{ name: 'none', points: [] }] }, view());
  assert.ok(xAxis.every(a => Number.isFinite(a.min) && a.max > a.min));
});

test('every kind has numbers and words', () => {
  assert.deepEqual(figureTable(bars).rows[1], ['50', null, null, null, 0, null, null]);
  assert.match(described(bars), /GD: 40 0\.58, 50 –/);
  assert.deepEqual(figureTable(curves([{ name: 'a', x: [1, 2], y: [3] }])).rows, [
    ['a', 1, 3],
    ['a', 2, null],
  ]);
  assert.deepEqual(figureTable(map([[1, null]])).rows, [['0', 1, null]]);
  assert.equal(figureTable(path).rows.length, 3);
  assert.deepEqual(figureTable({ kind: 'table', columns: ['a'], rows: [[1]] }), { columns: ['a'], rows: [[1]] });
  assert.match(described(map([[2, 5]])), /from 2 to 5/);
});

test('tables are written, the rest is drawn, a log scale offered where something is positive', () => {
  assert.equal(isDrawn({ kind: 'table' }), false);
  assert.equal(isDrawn({ kind: 'new in a later version' }), false);
  assert.equal(hasPositive(map([[0, -1]])), false);
  assert.equal(hasPositive(bars), true);
  assert.equal(legendOf(bars)[1].look.paper, true);
  assert.deepEqual(legendOf(map([[1]])), []);
});

test('names from outside are no markup in tooltips', () => {
  const figure = { ...bars, groups: ['<img src=x>', 'b'] };
  const words = figureOption(figure, view()).tooltip.formatter({ dataIndex: 0, seriesIndex: 0 });
  assert.ok(!words.includes('<img'), words);
});
