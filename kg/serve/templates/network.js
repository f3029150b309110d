// Triples as a network, drawn by vis-network; labels go to its canvas as plain text.

import { Labels } from "./labels.js";

const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const MOST = 400; // maximum number of nodes: a drawing with more is unreadable
const LONGEST = 30; // maximum number of characters of a label

/** @type {Promise<Event> | null} */
let loading = null;

/** @type {() => Promise<Event>} */
function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/static/vis-network.js";
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return loading;
}

export class Network {
  /**
   * @param {HTMLElement} element
   * @param {Triple[]} triples
   * @param {Wording} names
   */
  constructor(element, triples, names) {
    this.element = element;
    this.triples = triples;
    this.names = names;
    /** @type {Labels | null} */
    this.labels = null;
    /** @type {Set<unknown> | null} */
    this.ends = null; // all terms of the triples that are not labels; null until first needed
    this.draw();
  }

  async draw() {
    await library();
    const { nodes, edges, left } = this.graph();
    const style = getComputedStyle(document.documentElement);
    /** @type {(name: string) => string} */
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const drawn = nodes.map(({ id, size, group }) => ({ id, size, group }));
    const lines = edges.map(({ id, from, to }) => ({ id, from, to }));
    const data = { nodes: new vis.DataSet(drawn), edges: new vis.DataSet(lines) };
    /** @type {Drawing} */
    const drawing = new vis.Network(this.element, data, {
      layout: { improvedLayout: nodes.length < 150, randomSeed: 7 },
      physics: {
        stabilization: { iterations: 400 },
        solver: "forceAtlas2Based",
        forceAtlas2Based: { gravitationalConstant: -220, centralGravity: 0.015, springLength: 120, avoidOverlap: 1 },
      },
      interaction: { hover: true, tooltipDelay: 1e9 },
      groups: {
        thing: { shape: "dot", color: paint(colour("accent")) },
        text: { shape: "square", color: paint(colour("muted")) },
      },
      edges: {
        arrows: { to: { enabled: true, scaleFactor: 0.6 } },
        color: { color: colour("edge"), highlight: colour("accent"), hover: colour("accent") },
        smooth: { type: "continuous" },
        width: 1.2,
      },
    });
    const labels = (this.labels = new Labels(drawing, nodes, edges, colour));
    drawing.on("afterDrawing", (context) => labels.draw(context));
    drawing.once("stabilizationIterationsDone", () => {
      drawing.setOptions({ physics: false });
      data.nodes.update(this.spread(drawing.getPositions()));
      drawing.fit({ maxZoomLevel: 1.5 });
      const far = Math.max(1, 0.45 / drawing.getScale()); // nodes and lines stay visible when all are shown
      nodes.forEach((each) => (each.size *= far));
      data.nodes.update(nodes.map(({ id, size }) => ({ id, size })));
      drawing.setOptions({ edges: { width: 1.2 * far } });
      document.documentElement.dataset.drawn = String(nodes.length); // read by tests
    });
    /** @type {(id?: string) => void} */
    const point = (id) => {
      labels.pointed = id ?? drawing.getSelectedNodes()[0] ?? null;
      drawing.redraw();
    };
    drawing.on("hoverNode", ({ node }) => point(node));
    drawing.on("blurNode", () => point());
    drawing.on("select", () => point());
    drawing.on("doubleClick", ({ nodes: [id] }) => {
      const address = id && this.names.address(id);
      if (address) location.assign(address);
    });
    const note = document.createElement("p");
    const more = left ? `${left.toLocaleString("en")} more triples are in the table. ` : "";
    note.textContent = `${more}Point at a thing for its relations; a double click opens its page.`;
    this.element.append(note);
  }

  /** Stretches the round layout to the shape of the element. */
  /** @type {(places: Record<string, Place>) => { id: string; x: number; y: number }[]} */
  spread(places) {
    const every = Object.values(places);
    /** @type {(axis: "x" | "y") => number} */
    const extent = (axis) => Math.max(...every.map((each) => each[axis])) - Math.min(...every.map((each) => each[axis])) || 1;
    const shape = this.element.clientWidth / this.element.clientHeight / (extent("x") / extent("y"));
    const [wider, higher] = [Math.min(2, Math.max(1, shape)), Math.min(2, Math.max(1, 1 / shape))];
    return Object.entries(places).map(([id, { x, y }]) => ({ id, x: x * wider, y: y * higher }));
  }

  /** Nodes and edges of the triples, and `left`, the number of nodes left out. A label is not a node. */
  /** @type {() => { nodes: NetworkNode[]; edges: NetworkEdge[]; left: number }} */
  graph() {
    /** @type {(term: Term) => string} */
    const key = (term) => (term.type === "triple" ? this.names.words(term) : term.value);
    const labels = new Map(this.triples.filter(([, p]) => p.value === LABEL).map(([s, , o]) => [key(s), this.names.words(o)]));
    /** @type {Map<string, Omit<NetworkNode, "size">>} */
    const nodes = new Map();
    /** @type {Map<string, Omit<NetworkEdge, "words"> & { relations: Set<string> }>} */
    const edges = new Map();
    /** @type {(term: Term, id: string) => void} */
    const node = (term, id) => {
      const group = term.type === "literal" ? "text" : "thing";
      const words = (group === "thing" && labels.get(key(term))) || this.names.words(term);
      const known = nodes.get(id);
      if (known) known.links += 1;
      else nodes.set(id, { id, words: cut(words), group, links: 1 });
    };
    let left = 0;
    for (const [index, [s, p, o]] of this.triples.entries()) {
      const [from, relation] = [key(s), key(p)];
      if (relation === LABEL && this.triples.length > 1 && this.linked(from)) continue;
      const to = o.type === "literal" ? `literal ${index}` : key(o);
      if (nodes.size >= MOST && !(nodes.has(from) && nodes.has(to))) {
        left += 1;
        continue;
      }
      node(s, from);
      node(o, to);
      const label = relation === TYPE ? "is a" : (labels.get(relation) ?? this.names.label(relation));
      const id = `${from} ${to}`;
      const edge = edges.get(id) ?? { id, from, to, relations: new Set() };
      edge.relations.add(label);
      edges.set(id, edge);
    }
    return {
      nodes: [...nodes.values()].map((each) => ({ ...each, size: each.group === "text" ? 5 : Math.min(18, 6 + 2 * Math.sqrt(each.links)) })),
      edges: [...edges.values()].map(({ relations, ...each }) => ({ ...each, words: cut([...relations].join(", ")) })),
      left,
    };
  }

  /** Whether the thing has triples besides its label. */
  /** @type {(iri: string) => boolean} */
  linked(iri) {
    this.ends ??= new Set(this.triples.filter(([, p]) => p.value !== LABEL).flatMap(([s, p, o]) => [s.value, p.value, o.value]));
    return this.ends.has(iri);
  }
}

/** @type {(colour: string) => object} */
function paint(colour) {
  return { background: colour, border: colour, highlight: colour, hover: colour };
}

/** @type {(text: string) => string} */
function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
