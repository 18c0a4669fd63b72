import { GLYPHS } from '../draw/glyphs.js';
import { figureOption, heightOf, legendOf } from './figure-option.js';
import { FONT, LETTER } from './plane.js';

/** A figure as a picture of its own, with its title and legend drawn into it. */

const WIDTH = 720;
const TITLE = 30;
const ROW = 18;

/** @param echarts the library, which draws without a page here */
export function figureSvg(echarts, figure, view) {
  const entries = legendOf(figure).filter(e => !view.hidden.has(e.name));
  const { shapes, rows } = legend(entries, figure, view);
  const top = TITLE + rows * ROW;
  const height = heightOf(figure, WIDTH) + top;
  const option = figureOption(figure, { ...view, width: WIDTH, height, top });
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      ...option,
      backgroundColor: view.colour('panel'),
      series: [...option.series, lettering([title(figure, view), ...shapes])],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Shapes at their place on the picture, above all series: of what can be drawn there only this knows paths. */
function lettering(children) {
  return {
    type: 'custom',
    coordinateSystem: 'none',
    silent: true,
    z: 20,
    data: [0],
    renderItem: () => ({ type: 'group', children }),
  };
}

function title(figure, view) {
  const style = { text: figure.title, fill: view.colour('ink'), fontSize: 13, fontWeight: 600, fontFamily: view.font };
  return { type: 'text', x: 14, y: 10, style };
}

function legend(entries, figure, view) {
  const shapes = [];
  let x = 14;
  let row = 0;
  for (const { name, look } of entries) {
    const width = 34 + name.length * LETTER * 1.05 + 10;
    if (x > 14 && x + width > WIDTH - 14) {
      row++;
      x = 14;
    }
    const y = TITLE + row * ROW + 4;
    const colour = view.colour(look.hue);
    if (figure.kind === 'bars') {
      const style = look.paper ? { fill: 'none', stroke: colour, lineWidth: 1.4 } : { fill: colour };
      shapes.push({ type: 'rect', shape: { x: x + 6, y, width: 14, height: 11 }, style });
      if (look.paper)
        shapes.push({ type: 'line', shape: { x1: x + 6, y1: y + 11, x2: x + 20, y2: y }, style: { stroke: colour } });
    } else {
      const dash = look.dash === 'solid' ? null : look.dash;
      if (figure.kind !== 'scatter' || !look.shape)
        shapes.push({
          type: 'line',
          shape: { x1: x, y1: y + 6, x2: x + 26, y2: y + 6 },
          style: { stroke: colour, lineWidth: 1.7, lineDash: dash },
        });
      if (look.shape)
        shapes.push({
          type: 'path',
          shape: { pathData: GLYPHS[look.shape], x: x + 9, y: y + 2, width: 8, height: 8 },
          style: look.paper ? { fill: view.colour('panel'), stroke: colour, lineWidth: 1.4 } : { fill: colour },
        });
    }
    shapes.push({
      type: 'text',
      x: x + 32,
      y,
      style: { text: name, fill: view.colour('ink-2'), fontSize: FONT, fontFamily: view.font },
    });
    x += width;
  }
  return { shapes, rows: entries.length > 0 ? row + 1 : 0 };
}

/** An SVG as PNG at twice its size, as a data URL. */
export async function pngOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
