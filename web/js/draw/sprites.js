import * as THREE from 'three';
import { GLYPHS, isHollow } from './glyphs.js';
import { unit } from './plot-frame.js';

/** Glyphs and words in the 3-D path: flat pictures that face the viewer and keep their size on the screen. */

const PIXELS = 64;

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
  const map = texture(context => {
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
  return sprite(map, size * 1.25, 1);
}

export function textSprite(text, colour, size) {
  const probe = document.createElement('canvas').getContext('2d');
  const font = `${PIXELS * 0.62}px ${getComputedStyle(document.body).fontFamily}`;
  probe.font = font;
  const width = Math.ceil(probe.measureText(text).width) + 8;
  const map = texture(
    context => {
      context.font = font;
      context.fillStyle = colour;
      context.textBaseline = 'middle';
      context.fillText(text, 4, PIXELS / 2);
    },
    width,
    PIXELS,
  );
  return sprite(map, size * 1.5, width / PIXELS);
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

/** Moves words that would be cut off by the edge of the view inwards, by moving what of them stands at their place. */
export function keepInside(root, camera, width, height) {
  const at = new THREE.Vector3();
  root.traverse(object => {
    if (!object.isSprite) return;
    object.getWorldPosition(at).project(camera);
    const { pixels, aspect } = object.userData;
    const wide = pixels * aspect * unit();
    const high = pixels * unit();
    const x = ((at.x + 1) / 2) * width;
    const y = ((at.y + 1) / 2) * height;
    const inside = (place, size, room) => Math.min(Math.max(place, size / 2), Math.max(size / 2, room - size / 2));
    object.center.set(0.5 + (x - inside(x, wide, width)) / wide, 0.5 + (y - inside(y, high, height)) / high);
  });
}

export function disposeAll(group) {
  group.traverse(object => {
    object.geometry?.dispose();
    object.material?.map?.dispose();
    object.material?.dispose();
  });
  group.clear();
}
