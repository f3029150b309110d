// The drawing: vis-network on a canvas, its colours, and what is emphasised.
// Labels go to the canvas as plain text; vis's own tooltips (which take HTML) are not used.

/** Pixels on, pixels off; none for a plain fact. */
const DASHES = { asserted: false, reported: [8, 5], planned: [3, 4], possible: [1, 5], negated: [12, 4, 2, 4] };

const OPTIONS = {
  autoResize: true,
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, tooltipDelay: 1e9, selectConnectedEdges: false, hideEdgesOnDrag: false },
  nodes: { borderWidth: 1.5, borderWidthSelected: 4, scaling: { label: { drawThreshold: 6 } } },
  edges: {
    width: 1.4,
    hoverWidth: 1,
    selectionWidth: 2,
    arrows: { to: { enabled: true, scaleFactor: 0.6 } },
    scaling: { label: { drawThreshold: 6 } },
  },
};

class Drawing {
  constructor(data, element) {
    this.data = data;
    this.shownNodes = new Set();
    this.shownEdges = new Set();
    this.emphasised = null;
    this.nodes = new vis.DataSet(data.nodes);
    this.edges = new vis.DataSet(data.edges);
    this.nodeView = new vis.DataView(this.nodes, { filter: (node) => this.shownNodes.has(node.id) });
    this.edgeView = new vis.DataView(this.edges, { filter: (edge) => this.shownEdges.has(edge.id) });
    this.paint();
    this.network = new vis.Network(element, { nodes: this.nodeView, edges: this.edgeView }, OPTIONS);
  }

  /** Show these ids only. */
  show(nodes, edges) {
    this.shownNodes = nodes;
    this.shownEdges = edges;
    this.edgeView.refresh();
    this.nodeView.refresh();
  }

  fit(animation = true) {
    if (this.shownNodes.size) this.network.fit({ maxZoomLevel: 1.3, animation: animation && this.motion() });
  }

  /** `change` gives the drawing more or less room; by itself vis would shift and zoom, and late. */
  keepView(change) {
    const [position, scale] = [this.network.getViewPosition(), this.network.getScale()];
    change();
    this.network.setSize("100%", "100%");
    this.network.redraw();
    this.network.moveTo({ position, scale });
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.motion() });
  }

  centre(node) {
    const scale = Math.min(1.3, Math.max(0.9, this.network.getScale()));
    this.network.focus(node, { scale, animation: this.motion() });
  }

  /** How to move to another view: at once where motion is unwanted, or too much is drawn to be smooth. */
  motion() {
    const still = this.shownNodes.size > 300 || matchMedia("(prefers-reduced-motion: reduce)").matches;
    return still ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  }

  /** Set these nodes and edges off from the rest; null: none. */
  emphasise(nodes, edges) {
    this.emphasised = nodes && { nodes, edges };
    this.paint();
  }

  select(nodes, edges) {
    this.network.setSelection(
      { nodes: nodes.filter((id) => this.shownNodes.has(id)), edges: edges.filter((id) => this.shownEdges.has(id)) },
      { highlightEdges: false },
    );
  }

  paint() {
    const look = colours(this.data.factualities);
    this.nodes.update(this.data.nodes.map((node) => this.paintNode(node, look)));
    this.edges.update(this.data.edges.map((edge) => this.paintEdge(edge, look)));
  }

  paintNode(node, look) {
    const faint = this.emphasised !== null && !this.emphasised.nodes.has(node.id);
    const named = this.data.things[node.id].kind === "named";
    const background = tone(this.data.families[node.group].colour);
    const colour = { background, border: mix(background, look.text, 0.45) };
    return {
      id: node.id,
      opacity: faint ? 0.18 : 1,
      color: { ...colour, highlight: { background, border: look.text }, hover: { background, border: look.text } },
      font: {
        face: "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
        size: named ? 16 : 13,
        vadjust: -2,
        color: faint ? mix(look.text, look.page, 0.75) : named ? look.text : look.muted,
        strokeWidth: 4,
        strokeColor: look.page,
      },
    };
  }

  paintEdge(edge, look) {
    const faint = this.emphasised !== null && !this.emphasised.edges.has(edge.id);
    const statement = this.data.statements[edge.id];
    const factuality = (statement ?? this.data.things[edge.event]).factuality;
    const strong = statement ? look[factuality] : mix(look[factuality], look.page, 0.45);
    const colour = faint ? mix(strong, look.page, 0.8) : strong;
    return {
      id: edge.id,
      dashes: DASHES[factuality],
      color: { color: mix(colour, look.page, 0.25), highlight: strong, hover: strong, inherit: false },
      font: {
        face: "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
        size: 13,
        color: faint ? "transparent" : strong,
        strokeWidth: faint ? 0 : 4,
        strokeColor: look.page,
      },
    };
  }
}

/** The colours of the style sheet, for light or dark as the system has it. */
function colours(factualities) {
  const style = getComputedStyle(document.documentElement);
  const names = ["page", "text", "muted", ...factualities];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** A colour of the ontology, lighter on a dark page. */
function tone(colour) {
  return DARK.matches ? mix(colour, "#ffffff", 0.25) : colour;
}

/** #rrggbb, `share` of the way from one colour to another. */
function mix(one, other, share) {
  const parts = [1, 3, 5].map((at) => {
    const [from, to] = [one, other].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(from + (to - from) * share).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
