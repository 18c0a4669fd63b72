import { GLYPHS } from '../draw/glyphs.js';

const FONT = 'Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif';
const paths = new Map();

function pathOf(shape) {
  if (!paths.has(shape)) paths.set(shape, new Path2D(GLYPHS[shape]));
  return paths.get(shape);
}

/** Draws on a canvas; what is drawn is in CSS pixels. */
export class CanvasPen {
  #context;
  #ratio;

  constructor(canvas, ratio = devicePixelRatio) {
    this.#context = canvas.getContext('2d');
    this.#ratio = ratio;
  }

  begin(width, height, background) {
    const c = this.#context;
    c.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    c.fillStyle = background;
    c.fillRect(0, 0, width, height);
    c.lineJoin = 'round';
  }

  clip(x, y, w, h) {
    const c = this.#context;
    c.save();
    c.beginPath();
    c.rect(x, y, w, h);
    c.clip();
  }

  unclip() {
    this.#context.restore();
  }

  line(x1, y1, x2, y2, colour, width, dash = []) {
    const c = this.#context;
    c.setLineDash(dash);
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
  }

  polyline(points, n, colour, width, dash) {
    const c = this.#context;
    c.setLineDash(dash);
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(points[0], points[1]);
    for (let i = 1; i < n; i++) c.lineTo(points[2 * i], points[2 * i + 1]);
    c.stroke();
  }

  polygon(points, n, colour, alpha) {
    const c = this.#context;
    c.globalAlpha = alpha;
    c.fillStyle = colour;
    c.beginPath();
    c.moveTo(points[0], points[1]);
    for (let i = 1; i < n; i++) c.lineTo(points[2 * i], points[2 * i + 1]);
    c.closePath();
    c.fill();
    c.globalAlpha = 1;
  }

  dot(x, y, radius, colour) {
    const c = this.#context;
    c.fillStyle = colour;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.fill();
  }

  glyph(shape, x, y, size, colour, hollow, background) {
    const c = this.#context;
    c.save();
    c.translate(x - size / 2, y - size / 2);
    c.scale(size / 16, size / 16);
    c.setLineDash([]);
    c.fillStyle = hollow ? background : colour;
    c.strokeStyle = hollow ? colour : background;
    c.lineWidth = hollow ? 2.6 : 1.6;
    c.fill(pathOf(shape));
    c.stroke(pathOf(shape));
    c.restore();
  }

  text(text, x, y, align, baseline, colour, size) {
    const c = this.#context;
    c.font = `${size}px ${FONT}`;
    c.textAlign = align;
    c.textBaseline = baseline;
    c.fillStyle = colour;
    c.fillText(text, x, y);
  }
}
