import { GLYPHS, isHollow } from './glyphs.js';

/** Draws what CanvasPen draws, as SVG: for files that are printed or edited. */
export class SvgPen {
  #parts = [];
  #clips = 0;

  constructor(width, height, font, background) {
    this.width = width;
    this.height = height;
    this.font = font;
    if (background) this.rect(0, 0, width, height, background);
  }

  rect(x, y, width, height, fill) {
    this.#parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fill}"/>`);
  }

  segment(x1, y1, x2, y2, stroke) {
    this.#parts.push(`<path d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}" ${stroked(stroke)}/>`);
  }

  polyline(count, xs, ys, lifted, stroke) {
    let d = '';
    for (let i = 0; i < count; i++) d += `${lifted[i] ? 'M' : 'L'}${n(xs[i])} ${n(ys[i])}`;
    if (d) this.#parts.push(`<path d="${d}" ${stroked(stroke)}/>`);
  }

  area(points, fill) {
    let d = '';
    for (let i = 0; i < points.length; i += 2) d += `${i === 0 ? 'M' : 'L'}${n(points[i])} ${n(points[i + 1])}`;
    this.#parts.push(`<path d="${d}Z" fill="${fill}"/>`);
  }

  text(words, x, y, { fill, size, align = 'left', bold = false }) {
    const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
    this.#parts.push(
      `<text x="${n(x)}" y="${n(y)}" dy="0.35em" fill="${fill}" font-size="${n(size)}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ''}>${escaped(words)}</text>`,
    );
  }

  glyph(shape, x, y, size, colour, halo) {
    const place = `translate(${n(x - size / 2)} ${n(y - size / 2)}) scale(${n(size / 16)})`;
    const d = GLYPHS[shape];
    if (halo) this.#parts.push(`<path d="${d}" transform="${place}" fill="none" stroke="${halo}" stroke-width="3"/>`);
    const look = isHollow(shape) ? `fill="${halo ?? 'none'}" stroke="${colour}" stroke-width="2"` : `fill="${colour}"`;
    this.#parts.push(`<path d="${d}" transform="${place}" ${look}/>`);
  }

  within(x, y, width, height, draw) {
    const id = `c${this.#clips++}`;
    this.#parts.push(
      `<clipPath id="${id}"><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/></clipPath><g clip-path="url(#${id})">`,
    );
    draw();
    this.#parts.push('</g>');
  }

  /** @param title what the picture shows, for those who cannot see it */
  document(title) {
    const { width, height } = this;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" font-family="${escaped(this.font)}" role="img"><title>${escaped(title)}</title>${this.#parts.join('')}</svg>`;
  }
}

function stroked({ colour, width, dash = [] }) {
  const dashed = dash.length > 0 ? ` stroke-dasharray="${dash.map(n).join(' ')}"` : '';
  return `fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linejoin="round"${dashed}`;
}

/** Hundredths of a px are enough. */
function n(value) {
  return String(Math.round(value * 100) / 100);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}
