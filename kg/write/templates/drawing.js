// The drawing: vis-network on a canvas, its colours, and what is emphasised.
// Labels go to the canvas as plain text; vis's own tooltips (which take HTML) are not used.

/** Pixels on, pixels off; none for a plain fact. */
const DASHES = { asserted: false, reported: [8, 5], planned: [3, 4], possible: [1, 5], negated: [12, 4, 2, 4] };

const SMALL = 0.45; // zoom below which labels are too small to be read
const LEGIBLE = 0.65;
const WIDTH = 1.4;
const ARROW = { enabled: true, scaleFactor: 0.6 };

const OPTIONS = {
  autoResize: true,
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, tooltipDelay: 1e9, selectConnectedEdges: false, hideEdgesOnDrag: false },
  nodes: { borderWidth: 1.5, borderWidthSelected: 4, scaling: { label: { drawThreshold: 6 } } },
  edges: {
    width: WIDTH,
    hoverWidth: 1,
    selectionWidth: 2,
    arrows: { to: ARROW },
    scaling: { label: { drawThreshold: 6 } },
  },
};

class Drawing {
  constructor(data, element) {
    this.data = data;
    this.shownNodes = new Set();
    this.relations = []; // edges of the data that are let through, each part of some line
    this.apart = ""; // the pair between which every relation has a line of its own
    this.emphasised = null;
    this.nodes = new vis.DataSet(data.nodes);
    this.lines = new vis.DataSet();
    this.nodeView = new vis.DataView(this.nodes, { filter: (node) => this.shownNodes.has(node.id) });
    this.paint();
    this.network = new vis.Network(element, { nodes: this.nodeView, edges: this.lines }, OPTIONS);
  }

  /** Show these nodes (ids) and these relations between them (edges) only. */
  show(nodes, relations) {
    this.shownNodes = nodes;
    this.relations = relations;
    this.drawLines();
    this.nodeView.refresh();
  }

  /** Draw all relations between two nodes apart; "": none. */
  spread(pair) {
    if (pair === this.apart) return;
    this.apart = pair;
    this.drawLines();
  }

  drawLines() {
    const look = colours(this.data.factualities);
    const lines = bundle(this.relations, this.data.statements, this.apart);
    const wanted = new Set(lines.map((line) => line.id));
    this.lines.remove(this.lines.getIds().filter((id) => !wanted.has(id)));
    this.lines.update(lines.map((line) => ({ ...line, ...this.paintLine(line, look) })));
    document.documentElement.dataset.lines = lines.length; // read by tests
  }

  fit(animation = true) {
    if (this.shownNodes.size) this.network.fit({ maxZoomLevel: 1.3, animation: animation && this.motion() });
  }

  /** Where the whole is too small to be read, as on a phone: its most important part. */
  begin() {
    this.fit(false);
    const top = this.data.nodes.filter((node) => this.shownNodes.has(node.id)).slice(0, 5);
    if (!top.length || this.network.getScale() >= SMALL) return;
    const middle = (axis) => top.reduce((sum, node) => sum + node[axis], 0) / top.length;
    this.network.moveTo({ position: { x: middle("x"), y: middle("y") }, scale: LEGIBLE });
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

  /** Set these nodes and the lines of these relations (ids) off from the rest; null: none. */
  emphasise(nodes, relations) {
    this.emphasised = nodes && { nodes, relations };
    this.paint();
  }

  select(nodes, lines) {
    this.network.setSelection(
      { nodes: nodes.filter((id) => this.shownNodes.has(id)), edges: lines.filter((id) => this.lines.get(id)) },
      { highlightEdges: false },
    );
  }

  paint() {
    const look = colours(this.data.factualities);
    this.nodes.update(this.data.nodes.map((node) => this.paintNode(node, look)));
    this.lines.update(this.lines.map((line) => this.paintLine(line, look)));
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

  /** A line looks like the surest of its relations. */
  paintLine(line, look) {
    const faint = this.emphasised !== null && !line.members.some((id) => this.emphasised.relations.has(id));
    const statement = this.data.statements[line.members[0]];
    const factuality = (statement ?? this.data.things[line.event]).factuality;
    const strong = statement ? look[factuality] : mix(look[factuality], look.page, 0.45);
    const colour = faint ? mix(strong, look.page, 0.8) : strong;
    return {
      id: line.id,
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

const pairOf = (edge) => [edge.from, edge.to].sort().join(" ");

/**
 * Edges -> lines: one between two nodes, thicker the more relations it stands for, labelled by the
 * surest and the number of the others ("met +9"). `apart` names a pair whose relations stay single.
 * `members` of a line are the ids of its relations, the surest first.
 */
function bundle(edges, statements, apart) {
  const pairs = new Map();
  for (const edge of edges) {
    const pair = pairOf(edge);
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(edge);
  }
  return [...pairs].flatMap(([pair, together]) => {
    const related = together.filter((edge) => edge.id in statements);
    if (pair === apart && related.length > 1) return related.map((edge) => ({ ...edge, pair, members: [edge.id] }));
    if (!related.length) { // only the parts that somebody has in a happening
      const roles = [...new Set(together.map((edge) => edge.label))].join(", ");
      return [{ ...together[0], pair, label: roles, members: together.map((edge) => edge.id) }];
    }
    const sure = related.sort((one, other) => surer(statements[one.id], statements[other.id]));
    const [lead, others] = [sure[0], sure.length - 1];
    const smooth = false;
    if (!others) return [{ ...lead, pair, smooth, width: WIDTH, members: [lead.id] }];
    const both = sure.some((edge) => edge.from !== lead.from);
    return [{
      ...lead,
      id: `lines ${pair}`,
      pair,
      smooth,
      label: `${lead.label} +${others}`,
      width: Math.min(6, WIDTH + 1.1 * Math.log2(sure.length)),
      arrows: { to: ARROW, from: { ...ARROW, enabled: both } },
      members: sure.map((edge) => edge.id),
    }];
  });
}

/** Order of statements: what the articles say themselves, what more of their sentences say, the more certain. */
function surer(one, other) {
  const level = (statement) => Object.keys(DASHES).indexOf(statement.factuality);
  return (
    level(one) - level(other) ||
    other.quotes.length - one.quotes.length ||
    other.confidence - one.confidence
  );
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
