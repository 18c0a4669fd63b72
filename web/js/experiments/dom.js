import { GLYPHS, isHollow } from '../draw/glyphs.js';

/** Elements without a library, so that a report needs none. */

const SVG = 'http://www.w3.org/2000/svg';

/** @param attributes functions are listeners; null, undefined and false leave an attribute out */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svgEl(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.replace(/^on/, ''), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function glyphEl(shape, tone, size = 12) {
  return svgEl(
    'svg',
    {
      class: `glyph tone-${tone}`,
      'data-hollow': String(isHollow(shape)),
      viewBox: '0 0 16 16',
      width: size,
      height: size,
      'aria-hidden': 'true',
    },
    svgEl('path', { d: GLYPHS[shape] }),
  );
}

/** A button that copies a text, and says so. */
export function copyButton(text, label = 'Copy') {
  const button = el('button', { class: 'button small', type: 'button', onclick: () => copy() }, label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy by hand'; // the browser refuses pages the clipboard
    }
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  }
  return button;
}
