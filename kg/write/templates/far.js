// Draws the background: everything visible that is not in the foreground, as dots and thin lines, and a tinted
// area (an island) behind each cluster. Only what is in view is drawn.

import { MARGIN } from "./camera.js";
import { pen } from "./lettering.js";
import { CORNERS, isDark, mix, tone } from "./looks.js";

const HAIRLINES = 4000; // maximum number of thin lines, the most important first: more would be a grey area
// Tints of the islands. Only neighbouring islands have different tints; position shows the clusters as well.
const TINTS = ["#4477aa", "#228833", "#aa3377", "#b8860b", "#2f8f9d", "#775599", "#aa5533", "#5c7a29"];

export class Far {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Graph} graph
   */
  constructor(canvas, graph) {
    this.canvas = canvas;
    this.graph = graph;
    /** @type {Thing[]} */
    this.things = [];
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Island[]} */
    this.islands = [];
    /** @type {Thing[]} */
    this.rest = [];
    this.context = pen(canvas);
  }

  /** `things` (the most important first) and `lines` are drawn; `rest` are things that are drawn as faint dots; `grounded`: whether clusters have a tinted ground. */
  /** @type {(things: Thing[], lines: Line[], rest: Thing[], grounded: boolean) => void} */
  show(things, lines, rest, grounded) {
    [this.things, this.lines, this.rest] = [things, lines, rest];
    const { cluster } = this.graph.things;
    const islands = new Map();
    /** @type {(number: number) => Island} */
    const island = (number) => {
      if (!islands.has(number)) islands.set(number, { tint: TINTS[number % TINTS.length], things: [], lines: [] });
      return islands.get(number);
    };
    const linked = new Set(); // things with a line: only these are in an island, because a thing without a line would be a separate spot
    for (const { a, b } of lines) {
      if (cluster[a] < 0 || cluster[a] !== cluster[b] || !grounded) continue;
      island(cluster[a]).lines.push([a, b]);
      linked.add(a).add(b);
    }
    for (const thing of things) if (linked.has(thing)) island(cluster[thing]).things.push(thing);
    this.islands = [...islands.values()].filter(({ things: members }) => members.length > 2);
  }

  /** @type {(camera: Camera, near: Set<Thing>, faint: boolean, look: Look) => void} */
  draw(camera, near, faint, look) {
    const { context } = this;
    fitCanvas(this.canvas, camera);
    this.drawIslands(camera, look);
    this.drawRest(camera, look);
    this.drawLines(camera, near, faint, look);
    this.drawDots(camera, near, faint);
  }

  /** Areas around the members of a cluster and along the lines between them, if in view. */
  /** @type {(camera: Camera, look: Look) => void} */
  drawIslands(camera, look) {
    const { context } = this;
    [context.lineJoin, context.lineCap] = ["round", "round"];
    context.lineWidth = this.islandWidth(camera);
    for (const island of this.islands) {
      context.strokeStyle = islandColour(island, look);
      context.beginPath();
      for (const [from, to] of this.islandPaths(island, camera)) {
        context.moveTo(...from);
        context.lineTo(...to);
      }
      context.stroke();
    }
  }

  /** @type {(camera: Camera) => number} */
  islandWidth(camera) {
    return Math.max(14, Math.min(84, 200 * camera.zoom * this.graph.first.scale));
  }

  /** @type {(given: Island, camera: Camera) => [Point, Point][]} */
  islandPaths({ things, lines }, camera) {
    const { x, y } = this.graph.things;
    /** @type {(thing: Thing) => number[]} */
    const at = (thing) => camera.toScreen(x[thing], y[thing]);
    /** @type {(at: Point) => boolean} */
    const inView = ([left, top]) => isNear(left, top, camera, 80);
    /** @type {[Thing, Thing][]} */
    const ends = [...lines.slice(0, 200), ...things.slice(0, 200).map((thing) => /** @type {[Thing, Thing]} */ ([thing, thing]))];
    const found = ends.map(([one, other]) => /** @type {[Point, Point]} */ ([at(one), at(other)]));
    return found.filter(([from, to]) => inView(from) || inView(to));
  }

  /** Draws the hidden things as faint dots without lines. */
  /** @type {(camera: Camera, look: Look) => void} */
  drawRest(camera, look) {
    const { x, y } = this.graph.things;
    this.context.fillStyle = mix(look.page, look.muted, 0.28);
    const size = camera.zoom > 0.3 ? 4 : 2;
    for (const thing of this.rest) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      if (isNear(left, top, camera, 0)) this.context.fillRect(left, top, size, size);
    }
  }

  /** @type {(camera: Camera, near: Set<Thing>, faint: boolean, look: Look) => void} */
  drawLines(camera, near, faint, look) {
    const { context } = this;
    const { x, y } = this.graph.things;
    context.beginPath();
    let drawn = 0;
    for (const { a, b } of this.lines) {
      if (near.has(a) && near.has(b)) continue;
      const [x1, y1] = camera.toScreen(x[a], y[a]);
      const [x2, y2] = camera.toScreen(x[b], y[b]);
      const [right, bottom] = [camera.width + MARGIN, camera.height + MARGIN];
      if ((x1 < -MARGIN && x2 < -MARGIN) || (y1 < -MARGIN && y2 < -MARGIN)) continue;
      if ((x1 > right && x2 > right) || (y1 > bottom && y2 > bottom)) continue;
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      if ((drawn += 1) >= HAIRLINES) break;
    }
    context.lineWidth = 1;
    context.strokeStyle = look.muted;
    context.globalAlpha = (faint ? 0.06 : 0.3) / Math.sqrt(1 + drawn / 400);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** @type {(camera: Camera, near: Set<Thing>, faint: boolean) => void} */
  drawDots(camera, near, faint) {
    const { context } = this;
    const { x, y, family, radius } = this.graph.things;
    const grow = Math.min(0.6, 0.22 + camera.zoom);
    const dots = this.graph.families.map(() => new Path2D());
    for (const thing of this.things) {
      if (near.has(thing)) continue;
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      const size = radius[thing] * grow;
      if (!isNear(left, top, camera, size)) continue;
      const path = dots[family[thing]];
      if (size < 3) path.rect(left - size, top - size, 2 * size, 2 * size);
      else trace(path, this.graph.family(thing).shape, left, top, size);
    }
    context.globalAlpha = faint ? 0.25 : 0.85;
    dots.forEach((path, number) => {
      context.fillStyle = tone(this.graph.families[number].colour);
      context.fill(path);
    });
    context.globalAlpha = 1;
  }

  /** The thing whose dot is nearest to a point, if it is close; otherwise null. */
  /** @type {(camera: Camera, at: Point) => Thing | null} */
  hit(camera, [left, top]) {
    const { x, y } = this.graph.things;
    let best = 12;
    /** @type {Thing | null} */
    let found = null;
    for (const thing of this.things) {
      const at = camera.toScreen(x[thing], y[thing]);
      const away = Math.hypot(at[0] - left, at[1] - top);
      if (away < best) [best, found] = [away, thing];
    }
    return found;
  }
}

/** Whether a point is in view, or in the margin around it. */
/** @type {(left: number, top: number, given: Room, size: number) => boolean} */
export function isNear(left, top, { width, height }, size) {
  const far = MARGIN + size;
  return left > -far && top > -far && left < width + far && top < height + far;
}

/** Clear a canvas, adapt its resolution to the screen, and use CSS pixels as units. */
/** @type {(canvas: HTMLCanvasElement, given: Room) => void} */
export function fitCanvas(canvas, { width, height }) {
  const ratio = devicePixelRatio || 1;
  const size = [width, height].map((side) => Math.round((side + 2 * MARGIN) * ratio));
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const context = pen(canvas);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
}

/** @type {(path: Path2D, shape: string, x: number, y: number, radius: number) => void} */
function trace(path, shape, x, y, radius) {
  if (!(shape in CORNERS)) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  CORNERS[shape].forEach(([across, down], number) => {
    if (number) path.lineTo(x + across * radius, y + down * radius);
    else path.moveTo(x + across * radius, y + down * radius);
  });
  path.closePath();
}

/** @type {(given: Island, look: Look) => string} */
export function islandColour({ tint }, look) {
  return mix(look.page, tone(tint), isDark() ? 0.13 : 0.085);
}
