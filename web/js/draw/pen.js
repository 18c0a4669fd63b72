import { GLYPHS, isHollow } from './glyphs.js';

/**
 * What a plot is drawn with, on a canvas. svg-pen.js draws the same as text. A stroke is {colour, width, dash}; dash is a list of
 * px, empty for a solid line.
 */

/** Corners of a line with more points are too near to each other to be seen round. */
const MANY = 100;
/** Dashes are left out of a line that goes up and down this many times as far as it goes along: in a thicket of strokes nobody sees them. */
const TALL = 8;

const paths = new Map();

/** The glyph as a Path2D, made once. */
function glyphPath(shape) {
  let path = paths.get(shape);
  if (!path) paths.set(shape, (path = new Path2D(GLYPHS[shape])));
  return path;
}

export class CanvasPen {
  /** @param context of a canvas, scaled to CSS px */
  constructor(context, font) {
    this.context = context;
    this.font = font;
  }

  rect(x, y, width, height, fill) {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  segment(x1, y1, x2, y2, stroke) {
    this.#stroke(stroke);
    this.context.beginPath();
    this.context.moveTo(x1, y1);
    this.context.lineTo(x2, y2);
    this.context.stroke();
  }

  /** @param lifted whether the pen is lifted before point i */
  polyline(n, xs, ys, lifted, stroke) {
    const { context } = this;
    this.#stroke(stroke);
    let length = 0;
    context.beginPath();
    for (let i = 0; i < n; i++) {
      if (lifted[i]) context.moveTo(xs[i], ys[i]);
      else {
        context.lineTo(xs[i], ys[i]);
        length += Math.abs(ys[i] - ys[i - 1]);
      }
    }
    if (n > MANY) context.lineJoin = 'bevel';
    if (length > TALL * Math.abs(xs[n - 1] - xs[0])) context.setLineDash([]);
    context.stroke();
  }

  /** Closed shape through [x, y, x, y, …]. */
  area(points, fill) {
    const { context } = this;
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
    context.fill();
  }

  /** @param how {fill, size in px, align, bold} */
  text(words, x, y, { fill, size, align = 'left', bold = false }) {
    const { context } = this;
    context.font = `${bold ? '600 ' : ''}${size}px ${this.font}`;
    context.textAlign = align;
    context.textBaseline = 'middle';
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }

  /** A glyph centred at (x, y), with a halo of another colour. */
  glyph(shape, x, y, size, colour, halo) {
    const { context } = this;
    const path = glyphPath(shape);
    context.save();
    context.translate(x - size / 2, y - size / 2);
    context.scale(size / 16, size / 16);
    context.setLineDash([]);
    context.lineJoin = 'round';
    if (halo) {
      context.strokeStyle = halo;
      context.lineWidth = 3;
      context.stroke(path);
    }
    context.fillStyle = isHollow(shape) ? (halo ?? 'transparent') : colour;
    context.fill(path);
    if (isHollow(shape)) {
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.stroke(path);
    }
    context.restore();
  }

  /** Draws within a rectangle only. */
  within(x, y, width, height, draw) {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
  }

  #stroke({ colour, width, dash = [] }) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.lineCap = 'butt';
    context.setLineDash(dash);
  }
}
