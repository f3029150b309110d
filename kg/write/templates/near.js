// Draws the foreground: vis-network draws the most important nodes in view, and the lines between them. It is given
// points of the screen, with (0, 0) in the middle; its own pan and zoom are off, because the camera controls the view.

import { MARGIN } from "./camera.js";
import { DASHES, fade, isDark, mix, sure, tone } from "./looks.js";

const WIDTH = 1.5;
const CURVE = 34; // distance in pixels between two lines of a pair whose card is open

export class Near {
  /**
   * @param {HTMLElement} element
   * @param {Graph} graph
   * @param {Core["first"]} first
   */
  constructor(element, graph, first) {
    this.graph = graph;
    this.element = element;
    this.nodes = new vis.DataSet(first.nodes.map(({ label, ...node }) => node)); // Labels draws the labels
    this.edges = new vis.DataSet();
    /** @type {Record<"nodes" | "edges", Map<any, string>>} */
    this.drawn = { nodes: new Map(), edges: new Map() };
    this.network = new vis.Network(element, { nodes: this.nodes, edges: this.edges }, first.options);
    for (const each of element.querySelectorAll("[tabindex]")) each.setAttribute("tabindex", "-1"); // this page controls the focus
  }

  /** Whether vis-network has the size of an element that was hidden. */
  get blank() {
    return this.element.querySelector("canvas")?.width === 0;
  }

  resize() {
    this.network.setSize("100%", "100%");
    this.network.redraw();
    this.network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: false });
  }

  /** Draw these things and lines; `state` says what is open and emphasised. */
  /** @type {(things: Thing[], lines: Line[], camera: Camera, state: State, look: Look) => void} */
  show(things, lines, camera, state, look) {
    const nodes = things.map((thing) => this.node(thing, camera, state, look));
    const edges = lines.flatMap((line) => this.linesOf(line, camera, state, look));
    sync(this.nodes, this.drawn.nodes, nodes);
    sync(this.edges, this.drawn.edges, edges);
  }

  /** Move everything to its position in the current view. */
  /** @type {(camera: Camera) => void} */
  place(camera) {
    const { x, y } = this.graph.things;
    const { nodes } = this.network.body; // vis-network's own nodes are moved directly: DataSet.update takes 20 times as long
    for (const thing of this.drawn.nodes.keys()) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      nodes[thing].x = left - camera.width / 2;
      nodes[thing].y = top - camera.height / 2;
    }
    this.network.redraw();
  }

  /** Lets arrows end at the border of a node's label, so that the label does not cover them. `names`: as placed by Labels. */
  /** @type {(names: Name[]) => void} */
  keepOff(names) {
    const { nodes } = this.network.body;
    for (const thing of this.drawn.nodes.keys()) delete nodes[thing].distanceToBorder; // restores the method of its class
    for (const { thing, across, down, wide, high } of names) {
      const node = nodes[thing];
      const usual = node.distanceToBorder.bind(node);
      node.distanceToBorder = (/** @type {unknown} */ context, /** @type {number} */ towards) => { // the direction of the incoming line
        const border = usual(context, towards);
        const [from, to] = ray([-Math.cos(towards), -Math.sin(towards)], [across, down], [wide + 4, high]);
        return from < to && from < border + 8 ? Math.max(border, to) : border;
      };
    }
  }

  /** The distance in pixels from the middle of a thing to the point at which a line in some direction leaves the thing and its name. */
  /** @type {(thing: Thing, direction: Point) => number} */
  border(thing, [across, down]) {
    return this.network.body.nodes[thing].distanceToBorder(undefined, Math.atan2(-down, -across));
  }

  /** @type {(thing: Thing, camera: Camera, given: State, look: Look) => any} */
  node(thing, camera, { emphasis, open }, look) {
    const { shape, colour } = this.graph.family(thing);
    const faint = emphasis && !emphasis.things.has(thing);
    const fill = faint ? fade(tone(colour), look.page, 0.8) : tone(colour);
    const chosen = open === thing;
    const border = chosen ? look.text : faint ? fill : mix(tone(colour), look.page, isDark() ? 0.15 : 0.85);
    const [x, y] = camera.toScreen(this.graph.things.x[thing], this.graph.things.y[thing]);
    return {
      id: thing,
      shape,
      size: this.graph.things.radius[thing],
      color: { background: fill, border },
      borderWidth: chosen ? 3.5 : 1.5,
      x: x - camera.width / 2,
      y: y - camera.height / 2,
    };
  }

  /** One line for all facts of a pair; one for each while the pair is open. */
  /** @type {(line: Line, camera: Camera, given: State, look: Look) => any[]} */
  linesOf(line, camera, { emphasis, apart }, look) {
    const faint = emphasis && !emphasis.lines.has(line.key);
    /** @type {(mood: Mood) => string} */
    const colour = (mood) => (faint ? fade(look[mood], look.page, 0.85) : mix(look[mood], look.page, 0.3));
    const facts = line.facts;
    if (apart !== line.key || facts.length < 2) {
      const mood = line.mood;
      const arrow = { enabled: line.mood !== "together" || !line.both, scaleFactor: 0.65 }; // things that are only mentioned together have no direction
      return [{
        id: line.key,
        from: line.from,
        to: line.to,
        color: { color: colour(mood) },
        width: Math.min(5, WIDTH + 0.8 * Math.log2(Math.max(1, facts.length))),
        dashes: DASHES[mood].length ? DASHES[mood] : false,
        arrows: { to: arrow, from: { ...arrow, enabled: arrow.enabled && line.both } },
        smooth: false,
      }];
    }
    const { x, y } = this.graph.things;
    const length = Math.max(60, camera.zoom * Math.hypot(x[line.a] - x[line.b], y[line.a] - y[line.b]));
    const step = Math.min((2 * CURVE) / length, 1.9 / facts.length);
    return facts.map((fact, index) => {
      const offset = (index - (facts.length - 1) / 2) * step * (this.graph.facts.subject[fact] === line.a ? 1 : -1);
      const mood = this.graph.mood(fact);
      return {
        id: `${line.key} ${fact}`,
        from: this.graph.facts.subject[fact],
        to: this.graph.facts.object[fact],
        color: { color: look[mood] },
        width: WIDTH,
        dashes: DASHES[mood].length ? DASHES[mood] : false,
        arrows: { to: { enabled: true, scaleFactor: 0.65 } },
        smooth: offset ? { enabled: true, type: offset > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(offset) } : false,
      };
    });
  }

  /** @type {(at: Point) => Thing | undefined} */
  thingAt([x, y]) {
    return this.network.getNodeAt({ x: x + MARGIN, y: y + MARGIN });
  }

  /** Key of the line at a point, and its fact, if it has only one. */
  /** @type {(at: Point) => { key: string; fact: Fact | null } | null} */
  lineAt([x, y]) {
    const id = this.network.getEdgeAt({ x: x + MARGIN, y: y + MARGIN });
    if (id === undefined) return null;
    const [key, fact] = String(id).split(" ");
    return { key, fact: fact === undefined ? null : Number(fact) };
  }

  /** Points of a drawn line: its ends, its control point (if it is curved), and the points at `shares` of its length. */
  /** @type {(id: string, shares: number[], camera: Camera) => Course | null} */
  courseOf(id, shares, camera) {
    const edge = this.network.body.edges[id];
    if (!edge?.edgeType) return null;
    /** @type {(given: { x: number; y: number }) => Point} */
    const shift = ({ x, y }) => [x + camera.width / 2, y + camera.height / 2];
    const via = edge.edgeType.getViaNode?.();
    return { from: shift(edge.from), to: shift(edge.to), via: via && shift(via), at: shares.map((share) => shift(edge.edgeType.getPoint(share))) };
  }
}

/** The interval in which a ray from (0, 0) is in a box around a point; from > to if it misses the box. */
/** @type {(p0: Point, at: Point, size: Point) => Point} */
function ray([right, below], at, size) {
  let [from, to] = [0, Infinity];
  [right, below].forEach((step, axis) => {
    const ends = [-1, 1].map((side) => (at[axis] + (side * size[axis]) / 2) / (Math.abs(step) < 1e-9 ? 1e-9 : step));
    [from, to] = [Math.max(from, Math.min(...ends)), Math.min(to, Math.max(...ends))];
  });
  return [from, to];
}

/** Makes a DataSet contain these items, changing only those that differ from `drawn` (id -> item as JSON). */
/** @type {(set: any, drawn: Map<any, string>, items: any[]) => void} */
function sync(set, drawn, items) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  const text = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  const gone = set.getIds().filter((/** @type {any} */ id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  gone.forEach((/** @type {any} */ id) => drawn.delete(id));
  const changed = items.filter((item) => drawn.get(item.id) !== text.get(item.id));
  if (changed.length) set.update(changed);
  changed.forEach((item) => drawn.set(item.id, sure(text.get(item.id))));
}
