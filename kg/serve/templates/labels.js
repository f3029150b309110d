// The labels of a network, placed and drawn as in the graph page: a label without room appears when users zoom in
// or hover over its node or line. Nodes with more links get room first; text has the same size at every zoom.

import { Boxes, Letters, alongLine, besideNode } from "./lettering.js";

const [NAME, RELATION] = [14, 12]; // font sizes, in pixels
const HIGH = 1.25; // height of a line of text, relative to its font size
const CLOUD = 60; // up to this many relations are all labelled; if there are more, only those at the pointer
const SHARES = [0.5, 0.4, 0.6]; // where on a line its label may be, as shares of the line's length

export class Labels {
  /**
   * @param {Drawing} drawing
   * @param {NetworkNode[]} nodes
   * @param {NetworkEdge[]} edges
   * @param {(name: string) => string} colours
   */
  constructor(drawing, nodes, edges, colours) {
    this.drawing = drawing;
    this.nodes = nodes;
    this.edges = edges;
    this.colours = colours;
    /** @type {Label[]} */
    this.placed = [];
    /** @type {Letters | null} */
    this.letters = null;
    /** @type {string | null} */
    this.pointed = null; // the node under the pointer, or else the node that was clicked
  }

  /** Places and draws the labels, on vis-network's canvas after it has drawn. */
  /** @type {(context: CanvasRenderingContext2D) => void} */
  draw(context) {
    const letters = (this.letters ??= new Letters(context));
    const taken = new Boxes();
    const scale = this.drawing.getScale();
    const places = this.drawing.getPositions();
    /** @type {(point: Place) => Point} */
    const onScreen = (point) => {
      const { x, y } = this.drawing.canvasToDOM(point);
      return [x, y];
    };
    const at = new Map(this.nodes.map(({ id }) => [id, onScreen(places[id])]));
    /** @type {(id: string) => Point} */
    const spotOf = (id) => at.get(id) ?? [0, 0];
    for (const { id, size } of this.nodes) taken.add(...spotOf(id), 2 * size * scale, 2 * size * scale);
    const view = { width: context.canvas.clientWidth, height: context.canvas.clientHeight };
    this.placed = [];
    /** @type {(nodes: NetworkNode[]) => void} */
    const names = (nodes) => {
      for (const { id, words, size } of [...nodes].sort((one, other) => rank(other) - rank(one))) {
        const weight = id === this.pointed ? 600 : 400;
        const [wide, high] = [letters.width(words, NAME, weight), HIGH * NAME];
        const spot = besideNode(taken, spotOf(id), size * scale, [wide, high], view, id === this.pointed);
        if (spot) this.placed.push({ words, x: spot[0], y: spot[1], wide, high, size: NAME, weight, relation: false });
      }
    };
    /** @type {(edges: NetworkEdge[]) => void} */
    const relations = (edges) => {
      for (const { id, from, to, words } of edges) {
        const course = this.drawing.body.edges[id]?.edgeType;
        const [wide, high] = [letters.width(words, RELATION, 400), HIGH * RELATION];
        const [one, other] = [spotOf(from), spotOf(to)];
        if (!course || Math.hypot(one[0] - other[0], one[1] - other[1]) < wide) continue;
        const points = SHARES.map((share) => onScreen(course.getPoint(share)));
        const best = alongLine(taken, points, [wide, high]);
        if (best >= 0) this.placed.push({ words, x: points[best][0], y: points[best][1], wide, high, size: RELATION, weight: 400, relation: true });
      }
    };
    // The node under the pointer and its neighbours get room before all others.
    const around = this.around();
    /** @type {(node: NetworkNode) => number} */
    const rank = ({ id, links }) => (id === this.pointed ? 1e9 : 0) + links;
    const pointed = this.edges.filter(({ from, to }) => from === this.pointed || to === this.pointed);
    names(this.nodes.filter(({ id }) => id === this.pointed || around.has(id)));
    relations(pointed);
    names(this.nodes.filter(({ id }) => id !== this.pointed && !around.has(id)));
    const crowded = this.placed.length < this.nodes.length || this.edges.length > CLOUD;
    if (!crowded) relations(this.edges.filter((edge) => !pointed.includes(edge)));
    this.write(context, letters, scale);
  }

  /** Draws the labels, in screen pixels: the transformation that vis-network has set is undone. */
  /** @type {(context: CanvasRenderingContext2D, letters: Letters, scale: number) => void} */
  write(context, letters, scale) {
    const ratio = context.getTransform().a / scale;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const { words, x, y, size, weight, relation } of this.placed) {
      letters.write([words], [x, y], { size, weight, step: size, halo: this.colours("page"), colours: [this.colours(relation ? "muted" : "text")] });
    }
    context.restore();
  }

  /** The neighbours of the node under the pointer. */
  around() {
    const near = this.edges.filter(({ from, to }) => this.pointed !== null && (from === this.pointed || to === this.pointed));
    return new Set(near.flatMap(({ from, to }) => [from, to]));
  }
}

/** @type {(one: Label, other: Label) => boolean} */
export function overlap(one, other) {
  return Math.abs(one.x - other.x) * 2 < one.wide + other.wide && Math.abs(one.y - other.y) * 2 < one.high + other.high;
}
