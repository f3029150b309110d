// The words of a network. No two overlap and none covers a node: what finds no place waits until we look
// closer, or point at it. The better linked come first; words are equally large at every zoom.

const FONT = 'system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif';
const [NAME, RELATION] = [14, 12]; // pixels
const GAP = 3;
const CLOUD = 60; // names of relations, beyond which only those are written that are pointed at

export class Labels {
  constructor(drawing, nodes, edges, colours) {
    Object.assign(this, { drawing, nodes, edges, colours, placed: [], widths: new Map() });
    this.pointed = null; // the node that is pointed at, else the one that was clicked
  }

  /** Choose places and write, on vis-network's canvas after it has drawn. */
  draw(context) {
    const unit = 1 / this.drawing.getScale(); // a pixel of the screen in units of the canvas
    const [at, around] = [this.drawing.getPositions(), this.around()];
    this.placed = [];
    this.view = [this.drawing.DOMtoCanvas({ x: 0, y: 0 }), this.drawing.DOMtoCanvas({ x: context.canvas.clientWidth, y: context.canvas.clientHeight })];
    const taken = this.nodes.map(({ id, size }) => ({ ...at[id], wide: 2 * size, high: 2 * size, of: id }));
    const rank = ({ id, links }) => (id === this.pointed ? 1e9 : around.has(id) ? 1e6 : 0) + links;
    for (const node of [...this.nodes].sort((one, other) => rank(other) - rank(one))) {
      const box = this.box(context, node.words, NAME * unit, node.id === this.pointed);
      const [{ x, y }, away] = [at[node.id], node.size + GAP * unit];
      const spots = [[0, away + box.high / 2], [away + box.wide / 2, 0], [0, -away - box.high / 2], [-away - box.wide / 2, 0]];
      this.put(box, spots.map(([across, down]) => ({ x: x + across, y: y + down })), taken, node.id === this.pointed);
    }
    const crowded = this.placed.length < this.nodes.length || this.edges.length > CLOUD;
    const wanted = ({ from, to }) => from === this.pointed || to === this.pointed;
    for (const edge of this.edges.filter((each) => !crowded || wanted(each))) {
      const course = this.drawing.body.edges[edge.id]?.edgeType;
      const box = this.box(context, edge.words, RELATION * unit, false);
      if (!course || Math.hypot(at[edge.from].x - at[edge.to].x, at[edge.from].y - at[edge.to].y) < box.wide) continue;
      this.put({ ...box, relation: true }, [0.5, 0.4, 0.6].map((share) => course.getPoint(share)), taken, false);
    }
    this.placed.forEach((each) => this.write(context, each, unit));
  }

  /** The nodes that are linked with the one that is pointed at. */
  around() {
    const near = this.edges.filter(({ from, to }) => this.pointed !== null && (from === this.pointed || to === this.pointed));
    return new Set(near.flatMap(({ from, to }) => [from, to]));
  }

  box(context, words, size, bold) {
    const [weight, key] = [bold ? 600 : 400, `${bold} ${words}`];
    if (!this.widths.has(key)) {
      context.font = `${weight} 100px ${FONT}`;
      this.widths.set(key, context.measureText(words).width / 100);
    }
    return { words, size, weight, wide: this.widths.get(key) * size, high: 1.25 * size };
  }

  put(box, spots, taken, always) {
    const inside = spots.filter((each) => this.shows({ ...box, ...each }));
    const spot = inside.find((each) => !taken.some((other) => overlap({ ...box, ...each }, other))) ?? (always && spots[0]);
    if (!spot) return;
    taken.push({ ...box, ...spot });
    this.placed.push({ ...box, ...spot });
  }

  shows({ x, y, wide, high }) {
    const [least, most] = this.view;
    return x - wide / 2 > least.x && x + wide / 2 < most.x && y - high / 2 > least.y && y + high / 2 < most.y;
  }

  write(context, { words, size, weight, x, y, relation }, unit) {
    Object.assign(context, { font: `${weight} ${size}px ${FONT}`, textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    Object.assign(context, { lineWidth: 4 * unit, strokeStyle: this.colours("page"), fillStyle: this.colours(relation ? "muted" : "text") });
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
  }
}

export function overlap(one, other) {
  return Math.abs(one.x - other.x) * 2 < one.wide + other.wide && Math.abs(one.y - other.y) * 2 < one.high + other.high;
}
