import { CanvasPen } from '../draw/pen.js';

/** A pen for a canvas that fills its parent, at the screen's resolution. @returns {{pen, width, height}} in CSS px */
export function penFor(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement;
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext('2d');
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return { pen: new CanvasPen(context, fontFamily()), width, height };
}

let family = null;

/** The page's type, asked for once: computing styles in every frame would cost more than the letters. */
export function fontFamily() {
  family ??= getComputedStyle(document.body).fontFamily;
  return family;
}

