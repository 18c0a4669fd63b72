import { GLYPHS, isHollow } from '../draw/glyphs.js';
import { place } from './levels.js';
import { heightColour, NOWHERE } from './ramps.js';

/** Paints shapes of scene.js on a canvas, and heights as a picture. */

/** Heights as a canvas of as many px as the raster has. */
export function heightsImage({ width, height, values }, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = Number.isNaN(values[i]) ? NOWHERE : heightColour(place(scale, values[i]));
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** @param frame where `inside` ends, px */
export function paint(context, shapes, frame, font) {
  for (const shape of shapes) {
    context.save();
    if (shape.inside) {
      context.beginPath();
      context.rect(frame.left, frame.top, frame.width, frame.height);
      context.clip();
    }
    PAINTERS[shape.kind](context, shape, font);
    context.restore();
  }
}

const PAINTERS = {
  line(context, { points, stroke, width, dash = [], opacity = 1 }) {
    context.globalAlpha = opacity;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.lineCap = dash.length > 0 ? 'butt' : 'round';
    context.setLineDash(dash);
    context.beginPath();
    points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.stroke();
  },
  dot(context, { x, y, r, fill, stroke, width }) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    if (fill !== 'none') {
      context.fillStyle = fill;
      context.fill();
    }
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke();
  },
  glyph(context, { shape, x, y, size, fill, stroke, away }) {
    const hollow = away || isHollow(shape);
    const path = new Path2D(GLYPHS[shape]);
    context.translate(x - size / 2, y - size / 2);
    context.scale(size / 16, size / 16);
    context.lineJoin = 'round';
    context.strokeStyle = stroke;
    context.lineWidth = hollow ? 4.6 : 3;
    context.stroke(path);
    if (hollow) {
      context.strokeStyle = fill;
      context.lineWidth = 2.2;
      context.stroke(path);
    } else {
      context.fillStyle = fill;
      context.fill(path);
    }
  },
  text(context, { x, y, text, fill, size, anchor, baseline, turned, most }, font) {
    context.translate(x, y);
    if (turned) context.rotate(-Math.PI / 2);
    context.font = `${size}px ${font}`;
    context.fillStyle = fill;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    context.textBaseline = baseline;
    context.fillText(text, 0, 0, most);
  },
  rect(context, { x, y, width, height, fill, stroke, lineWidth }) {
    if (fill) {
      context.fillStyle = fill;
      context.fillRect(x, y, width, height);
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.strokeRect(x, y, width, height);
    }
  },
};
