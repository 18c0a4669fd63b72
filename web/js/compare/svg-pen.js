import { GLYPHS } from '../draw/glyphs.js';

const ANCHORS = { left: 'start', center: 'middle', right: 'end' };
const BASELINES = { top: 'hanging', middle: 'central', bottom: 'auto' };
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = text => String(text).replace(/[&<>"]/g, c => ESCAPES[c]);
const short = v => String(Math.round(v * 100) / 100);

/** Writes an SVG file; needs no document. */
export class SvgPen {
  #parts = [];
  #clips = 0;

  begin(width, height, background) {
    this.#parts = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}"` +
        ` viewBox="0 0 ${short(width)} ${short(height)}" font-family="sans-serif">`,
      `<rect width="100%" height="100%" fill="${background}"/>`,
    ];
    this.#clips = 0;
  }

  title(text) {
    this.#parts.push(`<title>${escaped(text)}</title>`);
  }

  clip(x, y, w, h) {
    const id = `clip${++this.#clips}`;
    this.#parts.push(
      `<clipPath id="${id}"><rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}"/></clipPath>`,
      `<g clip-path="url(#${id})">`,
    );
  }

  unclip() {
    this.#parts.push('</g>');
  }

  line(x1, y1, x2, y2, colour, width, dash = []) {
    this.#parts.push(
      `<path d="M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}" ${stroke(colour, width, dash)}/>`,
    );
  }

  polyline(points, n, colour, width, dash) {
    this.#parts.push(`<path d="${trail(points, n)}" ${stroke(colour, width, dash)} stroke-linejoin="round"/>`);
  }

  polygon(points, n, colour, alpha) {
    this.#parts.push(`<path d="${trail(points, n)}Z" fill="${colour}" fill-opacity="${alpha}"/>`);
  }

  dot(x, y, radius, colour) {
    this.#parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${colour}"/>`);
  }

  glyph(shape, x, y, size, colour, hollow, background) {
    this.#parts.push(
      `<path d="${GLYPHS[shape]}" transform="translate(${short(x - size / 2)} ${short(y - size / 2)}) scale(${short(size / 16)})"` +
        ` fill="${hollow ? background : colour}" stroke="${hollow ? colour : background}" stroke-width="${hollow ? 2.6 : 1.6}"/>`,
    );
  }

  text(text, x, y, align, baseline, colour, size) {
    this.#parts.push(
      `<text x="${short(x)}" y="${short(y)}" text-anchor="${ANCHORS[align]}" dominant-baseline="${BASELINES[baseline]}"` +
        ` fill="${colour}" font-size="${short(size)}">${escaped(text)}</text>`,
    );
  }

  /** The file. */
  toString() {
    return `${this.#parts.join('\n')}\n</svg>\n`;
  }
}

function trail(points, n) {
  let path = `M${short(points[0])} ${short(points[1])}`;
  for (let i = 1; i < n; i++) path += `L${short(points[2 * i])} ${short(points[2 * i + 1])}`;
  return path;
}

function stroke(colour, width, dash) {
  const broken = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `fill="none" stroke="${colour}" stroke-width="${short(width)}"${broken}`;
}
