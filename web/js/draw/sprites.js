import * as THREE from 'three';
import { GLYPHS, isHollow } from './glyphs.js';
import { unit } from './plot-frame.js';
import { inLines, wordPlace } from './word-place.js';

/** Glyphs and words in the 3-D path: flat pictures that face the viewer and keep their size on the screen. */

const PIXELS = 64;
/** From a line to the next, as a share of a line's room. */
const LEADING = 0.75;
/** Words stay so far from the edge of the view, px as designed. */
const MARGIN = 6;

function texture(draw, width = PIXELS, height = PIXELS) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  draw(canvas.getContext('2d'));
  const result = new THREE.CanvasTexture(canvas);
  result.colorSpace = THREE.SRGBColorSpace;
  return result;
}

/**
 * @param colour of the glyph
 * @param halo   drawn around it, so that it stands out from the line
 * @param size   of the glyph, px on the screen
 */
export function glyphSprite(shape, colour, halo, size) {
  const key = `${shape} ${colour} ${halo}`;
  if (!glyphs.has(key)) glyphs.set(key, glyphTexture(shape, colour, halo));
  const result = sprite(glyphs.get(key), size * 1.25, 1);
  result.userData.shared = true;
  return result;
}

/** Pictures of glyphs, made once; there are a few dozen at most. */
const glyphs = new Map();

function glyphTexture(shape, colour, halo) {
  return texture(context => {
    context.scale(PIXELS / 20, PIXELS / 20);
    context.translate(2, 2);
    const path = new Path2D(GLYPHS[shape]);
    context.lineJoin = 'round';
    context.strokeStyle = halo;
    context.lineWidth = 2.5;
    context.stroke(path);
    context.fillStyle = isHollow(shape) ? halo : colour;
    context.fill(path);
    if (isHollow(shape)) {
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.stroke(path);
    }
  });
}

/** Words on one line, or on two where that is long; `size` is that of the letters, px on the screen. */
export function textSprite(text, colour, size) {
  const lines = inLines(text);
  const probe = document.createElement('canvas').getContext('2d');
  const font = `${PIXELS * 0.62}px ${getComputedStyle(document.body).fontFamily}`;
  probe.font = font;
  const width = Math.ceil(Math.max(...lines.map(line => probe.measureText(line).width))) + 8;
  const height = PIXELS * (1 + LEADING * (lines.length - 1));
  const map = texture(
    context => {
      context.font = font;
      context.fillStyle = colour;
      context.textBaseline = 'middle';
      context.textAlign = 'center';
      lines.forEach((line, i) => context.fillText(line, width / 2, PIXELS * (0.5 + LEADING * i)));
    },
    width,
    height,
  );
  return sprite(map, (size * 1.5 * height) / PIXELS, width / height);
}

function sprite(map, pixels, aspect) {
  const material = new THREE.SpriteMaterial({ map, depthTest: false, transparent: true, sizeAttenuation: false });
  const result = new THREE.Sprite(material);
  result.userData = { pixels, aspect };
  result.renderOrder = 2;
  return result;
}

/** Keeps sprites at their size in pixels whatever the height of the view. */
export function sizeSprites(root, camera, height) {
  const perPixel = (unit() * 2 * Math.tan((camera.fov * Math.PI) / 360)) / height;
  root.traverse(object => {
    if (!object.isSprite) return;
    const { pixels, aspect, pulse = 1 } = object.userData;
    object.scale.set(pixels * aspect * perPixel * pulse, pixels * perPixel * pulse, 1);
  });
}

/**
 * Puts words where they can be read, by moving what of them stands at their place: those that name an axis (`userData.axis` is its middle, `userData.ends` are its ends)
 * beside it and clear of the figures at its ends, and all of them away from the edge of the view.
 */
export function placeWords(root, camera, width, height) {
  const room = { width, height, margin: MARGIN * unit() };
  const onScreen = vector => {
    const { x, y } = vector.clone().project(camera);
    return [((x + 1) / 2) * width, ((y + 1) / 2) * height];
  };
  const words = [];
  root.traverse(object => object.isSprite && words.push(object));
  const taken = [];
  for (const word of words.sort((a, b) => Boolean(a.userData.axis) - Boolean(b.userData.axis))) {
    const { pixels, aspect, axis, ends } = word.userData;
    const size = [pixels * aspect * unit(), pixels * unit()];
    const at = onScreen(word.getWorldPosition(new THREE.Vector3()));
    const centre = wordPlace({ at, size, from: axis && onScreen(axis), line: ends?.map(onScreen), taken, room });
    taken.push({ centre, size });
    word.center.set(0.5 + (at[0] - centre[0]) / size[0], 0.5 + (at[1] - centre[1]) / size[1]);
  }
}

export function disposeAll(group) {
  group.traverse(object => {
    object.geometry?.dispose();
    if (!object.userData.shared) object.material?.map?.dispose();
    object.material?.dispose();
  });
  group.clear();
}
