import { GLYPHS, isHollow } from '../draw/glyphs.js';

/** A landscape as an SVG file: the shapes of scene.js over a picture of the heights. Pure. */

/**
 * @param image {href, x, y, width, height} of the heights, or null
 * @param background colour of the paper
 */
export function svgOf({ shapes, frame, width, height, image, background, font, title }) {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escape(font)}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    `<clipPath id="plot"><rect x="${n(frame.left)}" y="${n(frame.top)}" width="${n(frame.width)}" height="${n(frame.height)}"/></clipPath>`,
  ];
  if (image)
    parts.push(
      `<g clip-path="url(#plot)"><image href="${image.href}" x="${n(image.x)}" y="${n(image.y)}" width="${n(image.width)}" height="${n(image.height)}" preserveAspectRatio="none"/></g>`,
    );
  for (const shape of shapes) {
    const element = WRITERS[shape.kind](shape);
    parts.push(shape.inside ? `<g clip-path="url(#plot)">${element}</g>` : element);
  }
  return `${parts.join('\n')}\n</svg>\n`;
}

const WRITERS = {
  line: ({ points, stroke, width, dash = [], opacity = 1 }) =>
    `<polyline points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="none" stroke="${stroke}" stroke-width="${n(width)}" stroke-linejoin="round"${dash.length > 0 ? ` stroke-dasharray="${dash.map(n).join(' ')}"` : ' stroke-linecap="round"'}${opacity === 1 ? '' : ` opacity="${n(opacity)}"`}/>`,
  dot: ({ x, y, r, fill, stroke, width }) =>
    `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" stroke="${stroke}" stroke-width="${n(width)}"/>`,
  glyph({ shape, x, y, size, fill, stroke, title, away }) {
    const transform = `translate(${n(x - size / 2)} ${n(y - size / 2)}) scale(${n(size / 16)})`;
    const hollow = away || isHollow(shape);
    const path = (f, s, w) =>
      `<path d="${GLYPHS[shape]}" fill="${f}" stroke="${s}" stroke-width="${w}" stroke-linejoin="round"/>`;
    const over = hollow ? path('none', fill, 2.4) : `<path d="${GLYPHS[shape]}" fill="${fill}"/>`;
    return `<g transform="${transform}"><title>${escape(title ?? '')}</title>${path('none', stroke, hollow ? 5 : 3)}${over}</g>`;
  },
  text({ x, y, text, fill, size, anchor, baseline, turned }) {
    const drop = baseline === 'top' ? 0.8 * size : 0.35 * size;
    const turn = turned ? ` transform="rotate(-90 ${n(x)} ${n(y)})"` : '';
    return `<text x="${n(x)}" y="${n(y + drop)}" fill="${fill}" font-size="${n(size)}" text-anchor="${anchor}"${turn}>${escape(text)}</text>`;
  },
  rect: ({ x, y, width, height, fill = 'none', stroke = 'none', lineWidth = 0 }) =>
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fill}" stroke="${stroke}" stroke-width="${n(lineWidth)}"/>`,
};

function n(value) {
  return String(Number(value.toFixed(2)));
}

function escape(text) {
  return String(text).replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
}
