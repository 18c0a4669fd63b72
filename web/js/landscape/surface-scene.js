import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';
import { unit } from '../draw/plot-frame.js';
import { disposeAll, glyphSprite, sizeSprites } from '../draw/sprites.js';
import { place } from './levels.js';
import { heightColour } from './ramps.js';

/** Height of the surface from its lowest to its highest, beside a longer side of 2. */
const TALL = 0.75;
/** Where the viewer stands at first, and how much wider than high the view is that holds the surface from there. */
const EYE = [0.25, 2.35, 2.05];
const ASPECT = 1.3;
/** So far above the surface is what lies on it. */
const LIFT = 0.012;

/**
 * The loss as a surface over its plane, its height the logarithm of the loss, with paths and marks on it. Throws where the browser has
 * no WebGL.
 */
export class SurfaceScene {
  constructor(canvas) {
    if (!document.createElement('canvas').getContext('webgl2')) throw new Error('this browser offers no WebGL 2');
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(38, 1, 0.01, 50);
    this.camera.position.set(...EYE);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.target.set(0, 0.3, 0.08);
    this.controls.maxPolarAngle = 0.49 * Math.PI;
    this.controls.minDistance = 0.6;
    this.controls.maxDistance = 12;
    this.touched = false;
    this.controls.addEventListener('start', () => {
      this.touched = true;
    });
    this.surface = new THREE.Group();
    this.path = new THREE.Group();
    this.marks = new THREE.Group();
    const sun = new THREE.DirectionalLight(0xffffff, 1.5);
    sun.position.set(-1.5, 3, 1.2);
    this.scene.add(new THREE.AmbientLight(0xffffff, 1.7), sun, this.surface, this.path, this.marks);
  }

  resize(width, height) {
    this.height = height;
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    for (const line of this.path.children) line.material.resolution.set(width, height);
    this.size = [width, height];
    this.#fit();
  }

  /** Unless the viewer has moved it, the camera stands so far off that a narrow view holds the whole width. */
  #fit() {
    if (this.touched) return;
    const { target } = this.controls;
    const offset = new THREE.Vector3(...EYE).sub(target);
    const far = Math.max(1, ASPECT / this.camera.aspect);
    this.camera.position.copy(target).addScaledVector(offset, far);
  }

  /** The place of a point of the plane, at a loss. */
  spot(alpha, beta, loss, lift = LIFT) {
    const [a0, a1, b0, b1] = this.window;
    const half = Math.max(a1 - a0, b1 - b0) / 2;
    const t = place(this.scale, loss) ?? 0;
    return [(alpha - (a0 + a1) / 2) / half, t * TALL + lift, -(beta - (b0 + b1) / 2) / half];
  }

  /** @param heights a raster of the loss over the window, highest β first */
  setSurface(heights, window, scale) {
    this.window = window;
    this.scale = scale;
    disposeAll(this.surface);
    const { width, height, values } = heights;
    const [a0, a1, b0, b1] = window;
    const half = Math.max(a1 - a0, b1 - b0) / 2;
    const geometry = new THREE.PlaneGeometry((a1 - a0) / half, (b1 - b0) / half, width - 1, height - 1);
    geometry.rotateX(-Math.PI / 2);
    const position = geometry.attributes.position;
    const colours = new Float32Array(3 * width * height);
    const colour = new THREE.Color();
    for (let i = 0; i < width * height; i++) {
      const t = place(scale, values[i]);
      position.setY(i, (t ?? 1) * TALL);
      const [r, g, b] = heightColour(t);
      colour.setRGB(r / 255, g / 255, b / 255, THREE.SRGBColorSpace);
      colour.toArray(colours, 3 * i);
    }
    geometry.setAttribute('color', new THREE.BufferAttribute(colours, 3));
    geometry.computeVertexNormals();
    const material = new THREE.MeshStandardMaterial({ vertexColors: true, roughness: 0.82, side: THREE.DoubleSide });
    this.surface.add(new THREE.Mesh(geometry, material));
  }

  /** Heights of contour lines on the surface. @param lines [[[α, β], …] with their loss] */
  setLines(lines) {
    const positions = [];
    for (const { level, points } of lines) {
      for (let i = 1; i < points.length; i++) {
        positions.push(...this.spot(...points[i - 1], level), ...this.spot(...points[i], level));
      }
    }
    if (positions.length > 0) this.surface.add(this.#fat(positions, null, 0xffffff, 0.8, { transparent: true, opacity: 0.3 }));
  }

  /** @param pieces [{from: [α, β, loss], to, colour: [r, g, b] in 0…255, dashed}] */
  setPath(pieces) {
    disposeAll(this.path);
    for (const dashed of [false, true]) {
      const some = pieces.filter(piece => Boolean(piece.dashed) === dashed);
      if (some.length === 0) continue;
      const along = lift => some.flatMap(({ from, to }) => [...this.spot(...from, lift), ...this.spot(...to, lift)]);
      const colours = some.flatMap(({ colour: [r, g, b] }) => {
        const c = new THREE.Color().setRGB(r / 255, g / 255, b / 255, THREE.SRGBColorSpace).toArray();
        return [...c, ...c];
      });
      if (!dashed) this.path.add(this.#fat(along(LIFT), null, 0x0c1018, 5));
      const line = this.#fat(along(2.2 * LIFT), colours, 0xffffff, dashed ? 2.2 : 2.8, dashed ? { dashed: true, dashSize: 0.05, gapSize: 0.035 } : {});
      line.renderOrder = 1;
      this.path.add(line);
    }
  }

  #fat(positions, colours, colour, width, more = {}) {
    const geometry = new LineSegmentsGeometry().setPositions(positions);
    if (colours) geometry.setColors(colours);
    const material = new LineMaterial({ color: colour, linewidth: width * unit(), vertexColors: Boolean(colours), ...more });
    material.polygonOffset = true;
    material.polygonOffsetFactor = -2;
    if (this.size) material.resolution.set(...this.size);
    const line = new LineSegments2(geometry, material);
    if (more.dashed) line.computeLineDistances();
    line.frustumCulled = false;
    return line;
  }

  /** @param marks [{alpha, beta, loss, shape, fill, size}] what one must not miss last */
  setMarks(marks) {
    disposeAll(this.marks);
    for (const [i, { alpha, beta, loss, shape, fill, size }] of marks.entries()) {
      const sprite = glyphSprite(shape, fill, '#0c1018', size);
      const [x, y, z] = this.spot(alpha, beta, loss);
      sprite.position.set(x, y + 0.02, z);
      sprite.renderOrder += i / marks.length;
      this.marks.add(sprite);
    }
  }

  render() {
    this.controls.update();
    sizeSprites(this.scene, this.camera, this.height);
    this.renderer.render(this.scene, this.camera);
  }

  dispose() {
    for (const group of [this.surface, this.path, this.marks]) disposeAll(group);
    this.controls.dispose();
    this.renderer.dispose();
  }
}
