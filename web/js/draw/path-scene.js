import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { Line2 } from 'three/addons/lines/Line2.js';
import { LineGeometry } from 'three/addons/lines/LineGeometry.js';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';
import { arc } from './path-geometry.js';
import { unit } from './plot-frame.js';
import { disposeAll, glyphSprite, placeWords, sizeSprites, textSprite } from './sprites.js';

/**
 * The picture of a path in space. Data come in their own coordinates and are fitted to a box whose longest half width
 * is 1; the third coordinate points up. Throws where the browser has no WebGL.
 */
export class PathScene {
  constructor(canvas) {
    if (!document.createElement('canvas').getContext('webgl2')) throw new Error('this browser offers no WebGL 2');
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(32, 1, 0.1, 100);
    this.camera.up.set(0, 0, 1);
    this.camera.position.set(2.6, -4.1, 2.2);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enablePan = false;
    this.controls.minDistance = 1.5;
    this.controls.maxDistance = 25;
    this.controls.autoRotateSpeed = 0.55;
    this.touched = false;
    this.controls.addEventListener('start', () => {
      this.touched = true;
    });
    this.frame = new THREE.Group();
    this.marks = new THREE.Group();
    this.arcs = new THREE.Group();
    this.line = fatLine(3);
    this.shadow = new THREE.LineSegments(new THREE.BufferGeometry(), new THREE.LineBasicMaterial());
    this.trials = new THREE.LineSegments(new THREE.BufferGeometry(), new THREE.LineBasicMaterial({ transparent: true, opacity: 0.35 }));
    this.trials.frustumCulled = false;
    this.replaced = new THREE.LineSegments(new THREE.BufferGeometry(), new THREE.LineDashedMaterial({ dashSize: 0.02, gapSize: 0.025 }));
    this.replaced.frustumCulled = false;
    this.scene.add(this.frame, this.shadow, this.trials, this.replaced, this.line, this.arcs, this.marks);
    this.box = { centre: [0, 0, 0], halves: [1, 1, 1], half: 1 };
    this.floor = -1;
    this.height = 1;
  }

  resize(width, height) {
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.height = height;
    this.#fit();
  }

  /** Moves the camera on its ray until the box and its words fill the view from every side, unless the viewer has moved it. */
  #fit() {
    if (this.touched) return;
    const radius = Math.hypot(...this.box.halves) / this.box.half + 0.1;
    const vertical = (this.camera.fov * Math.PI) / 360;
    const narrow = Math.min(vertical, Math.atan(Math.tan(vertical) * this.camera.aspect));
    this.camera.position.setLength((1.12 * radius) / Math.sin(narrow));
  }

  /** From the run's coordinates to the picture's. */
  place([x, y, z]) {
    const { centre, half } = this.box;
    return [(x - centre[0]) / half, (y - centre[1]) / half, (z - centre[2]) / half];
  }

  /** The frame: a grid on the floor of the box, an axis along three of its edges, names and the figures at their ends. */
  setFrame(box, labels, colours, format) {
    this.box = box;
    disposeAll(this.frame);
    this.#fit();
    const h = box.halves.map(half => half / box.half);
    const [x, y, z] = h;
    this.floor = -z;
    for (let i = -2; i <= 2; i++) {
      this.frame.add(segment([(x * i) / 2, -y, -z], [(x * i) / 2, y, -z], colours.grid));
      this.frame.add(segment([-x, (y * i) / 2, -z], [x, (y * i) / 2, -z], colours.grid));
    }
    const edges = [
      { from: [-x, -y, -z], to: [x, -y, -z], out: [0, -0.16, -0.06] },
      { from: [x, -y, -z], to: [x, y, -z], out: [0.16, 0, -0.06] },
      { from: [-x, -y, -z], to: [-x, -y, z], out: [-0.14, -0.1, 0] },
    ];
    edges.forEach(({ from, to, out }, k) => {
      this.frame.add(segment(from, to, colours.axis));
      const along = t => from.map((v, i) => v + (to[i] - v) * t + out[i]);
      const name = this.#word(labels[k] ?? '', along(0.5), colours.ink, 13);
      name.userData.axis = new THREE.Vector3(...from.map((v, i) => (v + to[i]) / 2));
      name.userData.ends = [from, to].map(end => new THREE.Vector3(...end));
      for (const t of [0.04, 0.96])
        this.#word(format((from[k] + (to[k] - from[k]) * t) * box.half + box.centre[k]), along(t), colours.quiet, 10.5);
    });
  }

  #word(text, at, colour, size) {
    const sprite = textSprite(text, colour, size);
    sprite.position.set(...at);
    sprite.renderOrder = 0;
    this.frame.add(sprite);
    return sprite;
  }

  /** @param pairs [[from, to, [r, g, b] at from, [r, g, b] at to]] in the run's coordinates */
  setLine(pairs, shadowColour) {
    const positions = [];
    const floor = [];
    const colours = [];
    for (const [a, b, ca, cb] of pairs) {
      const from = this.place(a);
      const to = this.place(b);
      positions.push(...from, ...to);
      floor.push(from[0], from[1], this.floor, to[0], to[1], this.floor);
      colours.push(...ca, ...cb);
    }
    fill(this.line, positions, colours);
    this.shadow.geometry.dispose();
    this.shadow.geometry = new THREE.BufferGeometry();
    this.shadow.geometry.setAttribute('position', new THREE.Float32BufferAttribute(floor, 3));
    this.shadow.material.color.set(shadowColour);
  }

  /** Thin pieces behind the line. @param pairs [[from, to]] in the run's coordinates */
  setTrials(pairs, colour) {
    const positions = pairs.flatMap(([a, b]) => [...this.place(a), ...this.place(b)]);
    this.trials.geometry.dispose();
    this.trials.geometry = new THREE.BufferGeometry();
    this.trials.geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
    this.trials.material.color.set(colour);
  }

  /** What a later attempt did anew, dotted. @param pairs [[from, to]] in the run's coordinates, of each stretch in order */
  setReplaced(pairs, colour) {
    const positions = pairs.flatMap(([a, b]) => [...this.place(a), ...this.place(b)]);
    this.replaced.geometry.dispose();
    this.replaced.geometry = new THREE.BufferGeometry();
    this.replaced.geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
    this.replaced.geometry.setAttribute('lineDistance', new THREE.Float32BufferAttribute(distances(positions), 1));
    this.replaced.material.color.set(colour);
  }

  /** How many pieces of the line are drawn. */
  setDrawn(pieces) {
    this.line.geometry.instanceCount = pieces;
    this.shadow.geometry.setDrawRange(0, 2 * pieces);
  }

  /** Dashed arcs with a head, where the run left a point in one jump. */
  setJumps(jumps, colour) {
    disposeAll(this.arcs);
    for (const { from, to, iteration } of jumps) {
      const points = arc(this.place(from), this.place(to)).map(p => new THREE.Vector3(...p));
      const geometry = new LineGeometry().setFromPoints(points);
      const line = new Line2(
        geometry,
        new LineMaterial({ color: colour, linewidth: 1.6 * unit(), dashed: true, dashSize: 0.05, gapSize: 0.04 }),
      );
      line.computeLineDistances();
      const head = new THREE.Mesh(
        new THREE.ConeGeometry(0.03, 0.09, 16),
        new THREE.MeshBasicMaterial({ color: colour }),
      );
      const direction = points.at(-1).clone().sub(points.at(-4)).normalize();
      head.position.copy(points.at(-1)).addScaledVector(direction, -0.09);
      head.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), direction);
      const group = new THREE.Group();
      group.userData = { iteration };
      group.add(line, head);
      this.arcs.add(group);
    }
  }

  /** @param marks [{at, shape, colour, size, iteration}] */
  setMarks(marks, halo) {
    disposeAll(this.marks);
    for (const { at, shape, colour, size, iteration, name } of marks) {
      const sprite = glyphSprite(shape, colour, halo, size);
      sprite.position.set(...this.place(at));
      Object.assign(sprite.userData, { iteration, name });
      if (name) sprite.renderOrder = 3; // the cursor lies on top of what it passes
      this.marks.add(sprite);
    }
  }

  /** Shows what has happened up to an iteration. */
  showUpTo(iteration) {
    for (const object of [...this.arcs.children, ...this.marks.children]) {
      const since = object.userData.iteration;
      object.visible = since === undefined || since <= iteration;
    }
  }

  named(name) {
    return this.marks.children.find(m => m.userData.name === name);
  }

  render() {
    this.controls.update();
    sizeSprites(this.scene, this.camera, this.height);
    this.camera.updateMatrixWorld();
    placeWords(this.frame, this.camera, this.height * this.camera.aspect, this.height);
    this.renderer.render(this.scene, this.camera);
  }

  /** Draws and waits for it: how many ms a picture takes here, on a graphics card or in software. */
  measure() {
    const before = performance.now();
    this.render();
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    return performance.now() - before;
  }

  dispose() {
    for (const group of [this.frame, this.marks, this.arcs]) disposeAll(group);
    for (const line of [this.line, this.shadow, this.trials, this.replaced]) {
      line.geometry.dispose();
      line.material.dispose();
    }
    this.controls.dispose();
    this.renderer.dispose();
  }
}

function fatLine(width) {
  const material = new LineMaterial({ linewidth: width * unit(), vertexColors: true });
  const line = new LineSegments2(new LineSegmentsGeometry(), material);
  line.frustumCulled = false;
  line.visible = false;
  return line;
}

function fill(line, positions, colours) {
  line.visible = positions.length > 0;
  if (!line.visible) return;
  line.geometry.dispose();
  line.geometry = new LineSegmentsGeometry();
  line.geometry.setPositions(positions);
  line.geometry.setColors(colours);
}

/** How far along its stretch each end of a piece is, so that the dots go on from piece to piece. */
function distances(positions) {
  const along = [];
  let sum = 0;
  for (let i = 0; i < positions.length; i += 6) {
    const joined = i > 0 && [0, 1, 2].every(k => positions[i + k] === positions[i - 3 + k]);
    if (!joined) sum = 0;
    const length = Math.hypot(...[0, 1, 2].map(k => positions[i + 3 + k] - positions[i + k]));
    along.push(sum, sum + length);
    sum += length;
  }
  return along;
}

function segment(from, to, colour) {
  const geometry = new THREE.BufferGeometry().setFromPoints([new THREE.Vector3(...from), new THREE.Vector3(...to)]);
  return new THREE.Line(geometry, new THREE.LineBasicMaterial({ color: colour }));
}
