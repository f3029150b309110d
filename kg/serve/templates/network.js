// Triples as a network, drawn by vis-network; labels go to its canvas as plain text.

const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const MOST = 400; // nodes that are drawn: more cannot be told apart
const LONGEST = 30;

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/static/vis-network.js";
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

export class Network {
  constructor(element, triples, names) {
    [this.element, this.triples, this.names] = [element, triples, names];
    this.draw();
  }

  async draw() {
    await library();
    const { nodes, edges, left } = this.graph();
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const drawing = new vis.Network(
      this.element,
      { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) },
      {
        layout: { improvedLayout: nodes.length < 150, randomSeed: 7 },
        physics: {
          stabilization: { iterations: 400 },
          solver: "forceAtlas2Based",
          forceAtlas2Based: { gravitationalConstant: -90, centralGravity: 0.02, springLength: 90, avoidOverlap: 0.6 },
        },
        interaction: { hover: true, tooltipDelay: 1e9 },
        nodes: { shape: "dot", size: 14, font: { color: colour("text"), size: 20, strokeWidth: 3, strokeColor: colour("page") } },
        groups: {
          thing: { color: { background: colour("accent"), border: colour("accent"), highlight: colour("accent"), hover: colour("accent") } },
          text: { shape: "box", color: { background: colour("panel"), border: colour("line"), highlight: colour("panel"), hover: colour("panel") } },
        },
        edges: {
          arrows: { to: { enabled: true, scaleFactor: 0.6 } },
          color: { color: colour("muted"), highlight: colour("accent"), hover: colour("accent") },
          smooth: { type: "continuous" },
          width: 1.5,
          scaling: { label: { drawThreshold: 9 } },
          font: { color: colour("muted"), size: 15, strokeWidth: 3, strokeColor: colour("page") },
        },
      },
    );
    drawing.once("stabilizationIterationsDone", () => drawing.setOptions({ physics: false }));
    drawing.on("doubleClick", ({ nodes: [id] }) => {
      const address = id && this.names.address(id);
      if (address) location.assign(address);
    });
    const note = document.createElement("p");
    note.textContent = left ? `${left} more triples are in the table.` : "A double click opens the page of a thing.";
    this.element.append(note);
    document.documentElement.dataset.drawn = nodes.length; // read by tests
  }

  /** Nodes and edges; labels name nodes and are no nodes of their own. */
  graph() {
    const labels = new Map(this.triples.filter(([, p]) => p.value === LABEL).map(([s, , o]) => [s.value, o.value]));
    const nodes = new Map();
    const edges = [];
    const node = (term, id) => {
      const words = term.type === "literal" ? term.value : (labels.get(term.value) ?? this.names.short(term.value));
      if (!nodes.has(id)) nodes.set(id, { id, label: cut(words), group: term.type === "literal" ? "text" : "thing" });
    };
    let left = 0;
    this.triples.forEach(([s, p, o], index) => {
      if (p.value === LABEL && this.triples.length > 1 && this.linked(s.value)) return;
      const to = o.type === "literal" ? `literal ${index}` : o.value;
      if (nodes.size >= MOST && !(nodes.has(s.value) && nodes.has(to))) return (left += 1);
      node(s, s.value);
      node(o, to);
      const label = p.value === TYPE ? "is a" : (labels.get(p.value) ?? this.names.label(p.value));
      edges.push({ from: s.value, to, label: cut(label) });
    });
    return { nodes: [...nodes.values()], edges, left };
  }

  /** Whether something other than its label is said of it. */
  linked(iri) {
    this.ends ??= new Set(this.triples.filter(([, p]) => p.value !== LABEL).flatMap(([s, p, o]) => [s.value, p.value, o.value]));
    return this.ends.has(iri);
  }
}

function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
