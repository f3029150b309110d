// The front page: a tile for each story, larger if more articles report the story, with its headline, its main
// people and places, and what happened between them. A click on a headline opens the story.

import { arrange } from "./arrange.js";
import { FONT, pen, wrap } from "./lettering.js";
import { DARK, DASHES, button, el, plural, round, shapeAt, sure, svg, symbol, tone } from "./looks.js";

const AT_ONCE = 24; // number of stories that are shown with a drawing at first; the others are shown on demand
const LONG = 110; // maximum number of characters of a headline in large letters
const LARGE = 7; // maximum number of stories with a larger tile; several articles must report them
const HEADS = 26; // number of pixels that a line needs besides its label: half for the arrowhead, half at the other end
const MONTH = 31 * 24 * 3600 * 1000; // milliseconds
const BETWEEN = 14; // pixels between the parts of a sketch
const STEP = 4; // height of a row of the grid, in pixels
const Small = { name: 13, role: 11, line: 11.5, radius: 9, row: 15 };

export class Front {
  /** `open`: the functions that clicks call: story(number), thing(number), line(one, other). */
  /**
   * @param {Graph} graph
   * @param {HTMLElement} element
   * @param {{ story: (number: number) => void; thing: (thing: Thing) => void; line: (one: Thing, other: Thing) => void }} open
   */
  constructor(graph, element, open) {
    this.graph = graph;
    this.element = element;
    this.open = open;
    this.shown = AT_ONCE;
    this.wide = 0;
    this.pen = pen(document.createElement("canvas"));
    new ResizeObserver(() => { if (!element.hidden && Math.abs(element.clientWidth - this.wide) > 8) this.draw(); }).observe(element);
    this.sight = new IntersectionObserver((seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => this.sketch(/** @type {HTMLElement} */ (target))), { root: element, rootMargin: "300px" });
    DARK.addEventListener("change", () => { this.wide = 0; if (!element.hidden) this.draw(); });
  }

  draw() {
    this.wide = this.element.clientWidth;
    const { stories } = this.graph;
    const list = el("ol", { className: "stories" });
    this.element.replaceChildren(list);
    stories.slice(0, this.shown).forEach((story, number) => list.append(this.story(story, number)));
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".story-card"))) this.close(card);
    this.sight.disconnect();
    for (const place of list.querySelectorAll(".drawing")) this.sight.observe(place);
    const left = stories.length - this.shown;
    if (left > 0) this.element.append(this.others(left));
  }

  /** Draws all stories at once, for printing. */
  drawAll() {
    this.draw();
    this.element.querySelectorAll(".drawing").forEach((place) => this.sketch(/** @type {HTMLElement} */ (place)));
  }

  /** Lets a story be drawn when it comes into view. */
  /** @type {(place: HTMLElement) => void} */
  sketch(place) {
    this.sight.unobserve(place);
    if (place.clientWidth && !place.firstChild) this.picture(place, this.graph.stories[Number(place.dataset.story)]);
  }

  /** Lists the headlines of the stories that have no drawing yet. */
  /** @type {(left: number) => HTMLElement} */
  others(left) {
    const rest = this.graph.stories.slice(this.shown, this.shown + 4 * AT_ONCE);
    const list = el("ol", { className: "briefs" }, rest.map((story, at) => el("li", {}, button(story.headline, () => this.open.story(this.shown + at), { className: "link" }))));
    const more = button(`Draw ${Math.min(left, AT_ONCE)} more of ${plural(left, "story", "stories")}`, () => { this.shown += AT_ONCE; this.draw(); });
    return el("section", {}, el("h2", {}, "More stories"), list, el("p", {}, more));
  }

  /** @type {(story: Story, number: number) => HTMLElement} */
  story(story, number) {
    const told = story.articles.length;
    const size = told < 2 || number >= LARGE ? "" : number ? "wide" : "lead";
    const headline = el("h2", {}, button(story.headline, () => this.open.story(number), { className: "headline" }));
    const lines = this.lines(story);
    const drawn = new Set(lines.flatMap(({ one, other }) => [one, other]));
    const rest = story.things.filter((thing) => !drawn.has(thing));
    const events = story.events.length > 0 && el("ul", { className: "happened" }, story.events.map((event, at) => el("li", {}, button(sentenceCase(story.words[at]), () => this.open.thing(event), { className: "link" }))));
    const drawing = lines.length > 0 && el("div", { className: "drawing", "data-story": String(number) });
    const first = story.facts.some((fact) => this.isNews(fact, story)) ? null : events; // the news comes before its background
    return el("li", { className: `story-card ${size} ${story.headline.length > LONG ? "long" : ""}` },
      el("div", { className: "head" }, headline, el("p", { className: "quiet" }, this.sources(story))),
      first,
      drawing,
      el("div", { className: "telling" },
        story.opening && el("p", { className: "opening" }, `“${story.opening}”`),
        first ? null : events,
        rest.length > 0 && el("ul", { className: "faces" }, rest.map((thing) => this.face(thing, story)))));
  }

  /** Whether a fact is news: dated, and at most a month older than the first article of its story. */
  /** @type {(fact: Fact, story: Story) => boolean} */
  isNews(fact, { articles }) {
    const days = articles.map((article) => Date.parse(this.graph.articles[article].day)).filter(Boolean);
    return Date.parse(this.graph.facts.start[fact]) > Math.min(...days) - MONTH;
  }

  /** @type {(thing: Thing, story: Story) => HTMLElement} */
  face(thing, story) {
    const role = this.role(thing, story);
    return el("li", {}, symbol(this.graph.family(thing)), el("span", {}, button(this.graph.label(thing), () => this.open.thing(thing), { className: "link" }), role && el("small", {}, role)));
  }

  /** @type {(thing: Thing, story: Story) => string} */
  role(thing, story) {
    return story.roles[story.things.indexOf(thing)] ?? "";
  }

  /** The number of articles, their publishers and days. */
  /** @type {(given: Story) => string} */
  sources({ articles }) {
    const own = articles.map((article) => this.graph.articles[article]);
    const publishers = [...new Set(own.map(({ publisher }) => publisher).filter(Boolean))];
    const dates = [...new Set(own.sort((one, other) => one.day.localeCompare(other.day)).map(({ date }) => date).filter(Boolean))];
    const names = publishers.length > 2 ? `${publishers.slice(0, 2).join(", ")} and others` : publishers.join(", ");
    return [articles.length > 1 && plural(articles.length, "article"), names, dates.length > 1 ? `${dates[0]} – ${dates.at(-1)}` : dates[0]].filter(Boolean).join(" · ");
  }

  // -- The drawing of a story ------------------------------------------------------------------

  /** The lines of a story: those between two things, or those of its sketch. */
  /** @type {(story: Story) => Told[]} */
  lines({ facts, sketch }) {
    const { subject, object } = this.graph.facts;
    return [
      ...facts.map((fact) => ({ fact, one: subject[fact], other: object[fact], label: this.graph.relation(fact) })),
      ...sketch.map(({ fact, one, other, label, words }) => ({ fact, one, other: other ?? words, label })),
    ];
  }

  /** The name of an end of a line: the label of a thing, or the words themselves. */
  /** @type {(end: Thing | string) => string} */
  name(end) {
    return typeof end === "string" ? end : this.graph.label(end);
  }

  /** Opens the card that belongs to a line: that of its two things, or that of its event. */
  /** @type {(given: Told) => void} */
  follow({ fact, one, other }) {
    const { event, object } = this.graph.facts;
    if (typeof other !== "string" && object[fact] === other) this.open.line(one, other);
    else this.open.thing(typeof other === "string" && event[fact] >= 0 ? event[fact] : one);
  }

  /** @type {(place: HTMLElement, story: Story) => void} */
  picture(place, story) {
    const lines = this.lines(story);
    const things = [...new Set(lines.flatMap(({ one, other }) => [one, other]))];
    const looks = new Map(things.map((thing) => [thing, this.look(thing, story)]));
    const room = place.clientWidth;
    const wide = Math.max(120, room - 4);
    const spots = story.facts.length ? this.spread(lines, things, looks, wide, place) : this.stack(lines, things, looks, wide);
    const at = new Map(things.map((thing, number) => [thing, spots[number]]));
    /** @type {(pick: (...values: number[]) => number, side: number) => number} */
    const edge = (pick, side) => pick(...things.map((thing) => sure(at.get(thing))[1] + side * sure(looks.get(thing)).box[side > 0 ? 2 : 1]));
    const [top, bottom] = [edge(Math.min, -1) - 4, edge(Math.max, 1) + 4];
    const words = lines.map(({ one, other, label }) => `${this.graph.label(one)} ${label} ${this.name(other)}`).join("; ");
    const drawn = svg("svg", { viewBox: `${-room / 2} ${round(top)} ${room} ${round(bottom - top)}`, width: room, height: round(bottom - top), role: "img", "aria-label": words });
    for (const line of lines) drawn.append(this.line(line, at, looks));
    for (const line of lines) drawn.append(this.title(line, at, looks));
    for (const thing of things) drawn.append(typeof thing === "string" ? this.words(sure(looks.get(thing)), sure(at.get(thing)), sure(lines.find(({ other }) => other === thing))) : this.node(thing, sure(looks.get(thing)), sure(at.get(thing))));
    place.replaceChildren(drawn);
    this.close(sure(/** @type {HTMLElement | null} */ (place.closest(".story-card"))));
  }

  /** The positions of the nodes of a drawing of this width; the drawing is as high as its labels require. */
  /** @type {(lines: Told[], things: (Thing | string)[], looks: Map<Thing | string, Face>, wide: number, place?: HTMLElement | null) => Point[]} */
  spread(lines, things, looks, wide, place = null) {
    const nodes = things.map((thing) => sure(looks.get(thing)).box);
    const links = lines.map(({ one, other, label }) => [things.indexOf(one), things.indexOf(other), this.width(label, Small.line, 400), Small.line + 3]);
    const roomy = links.map(([one, other, long, tall]) => [one, other, long + HEADS, tall + HEADS]);
    const parts = Math.max(1, things.length - lines.length); // the number of components, if there are no cycles
    let high = Math.max(80, Math.min(place?.closest(".lead") ? 430 : place?.closest(".wide") ? 260 : 200, (place?.closest(".lead") ? 84 : 60) * (things.length - parts)));
    let spots = arrange({ nodes, links: roomy, width: wide, height: high });
    for (let turn = 0; turn < 6 && collide(nodes, links, spots); turn += 1) { // in a narrow column, names are placed below one another
      high *= 1.25;
      spots = arrange({ nodes, links: roomy, width: wide, height: high });
    }
    return spots;
  }

  /** The positions of the nodes of a sketch: its parts below one another, each read from left to right or downwards. */
  /** @type {(lines: Told[], things: (Thing | string)[], looks: Map<Thing | string, Face>, wide: number) => Point[]} */
  stack(lines, things, looks, wide) {
    /** @type {Map<Thing | string, Point>} */
    const at = new Map();
    let top = 0;
    for (const part of connectedLines(lines)) {
      const ends = [...new Set(part.flatMap(({ one, other }) => [one, other]))];
      const boxes = ends.map((end) => sure(looks.get(end)).box);
      const spots = part.length > 1 ? this.spread(part, ends, looks, wide) : inLine(boxes, this.width(part[0].label, Small.line, 400), wide);
      const forward = part.reduce((sum, { one, other }) => sum + spots[ends.indexOf(other)][0] - spots[ends.indexOf(one)][0], 0);
      const first = Math.min(...spots.map(([, y], end) => y - boxes[end][1]));
      spots.forEach(([x, y], end) => at.set(ends[end], [forward < 0 ? -x : x, y + top - first]));
      top += Math.max(...spots.map(([, y], end) => y + boxes[end][2])) - first + BETWEEN;
    }
    return things.map((thing) => sure(at.get(thing)));
  }

  /** Lets a tile take as many rows of the grid as its height needs, so that the next one begins directly below it. */
  /** @type {(card: HTMLElement) => void} */
  close(card) {
    card.style.gridRowEnd = `span ${Math.ceil(card.offsetHeight / STEP)}`;
  }

  /** The extent of a node with its name and role. The role is left out if a line shows the office. The end of a line that consists of words has no node. */
  /** @type {(thing: Thing | string, story: Story) => Face} */
  look(thing, story) {
    if (typeof thing === "string") {
      const rows = wrap(thing, 38, 5);
      const half = (rows.length * Small.row) / 2;
      return { rows, role: [], box: [Math.max(...rows.map((row) => this.width(row, Small.name, 400))), half, half, 1] };
    }
    const office = story.sketch.some(({ one, other, fact }) => one === thing && other !== null && this.graph.facts.object[fact] !== other);
    const rows = wrap(this.graph.label(thing), 22, 2);
    const role = office ? [] : wrap(this.role(thing, story), 26, 2).filter(Boolean);
    const wide = Math.max(2 * Small.radius, ...rows.map((row) => this.width(row, Small.name, 600)), ...role.map((row) => this.width(row, Small.role, 400)));
    return { rows, role, box: [wide, Small.radius + 2, Small.radius + 4 + rows.length * Small.row + role.length * (Small.row - 2)] };
  }

  /** @type {(text: string, size: number, weight: number) => number} */
  width(text, size, weight) {
    this.pen.font = `${weight} ${size}px ${FONT}`;
    return this.pen.measureText(text).width;
  }

  /** A line from the border of one node and its label to that of the other. */
  /** @type {(given: Told, at: Map<Thing | string, Point>, looks: Map<Thing | string, Face>) => SVGElement} */
  line({ fact, one, other }, at, looks) {
    const mood = this.graph.mood(fact);
    const [from, to] = [sure(at.get(one)), sure(at.get(other))];
    const begun = leave(from, to, sure(looks.get(one)).box);
    const ended = leave(to, from, sure(looks.get(other)).box);
    const long = Math.hypot(ended[0] - begun[0], ended[1] - begun[1]) || 1;
    const [across, down] = [(ended[0] - begun[0]) / long, (ended[1] - begun[1]) / long];
    const head = [[0, 0], [9, 3.6], [9, -3.6]].map(([far, side]) => `${round(ended[0] - across * far - down * side)},${round(ended[1] - down * far + across * side)}`).join(" ");
    return svg("g", { class: "line" },
      svg("line", { x1: round(begun[0]), y1: round(begun[1]), x2: round(ended[0]), y2: round(ended[1]), stroke: `var(--${mood})`, "stroke-width": 1.5, "stroke-dasharray": DASHES[mood].join(" ") }),
      svg("polygon", { points: head, fill: `var(--${mood})` }));
  }

  /** @type {(given: Told, at: Map<Thing | string, Point>, looks: Map<Thing | string, Face>) => SVGElement} */
  title(line, at, looks) {
    const { fact, one, other, label } = line;
    const [from, to] = [sure(at.get(one)), sure(at.get(other))];
    const ends = [leave(from, to, sure(looks.get(one)).box), leave(to, from, sure(looks.get(other)).box)];
    const [x, y] = [0, 1].map((axis) => (ends[0][axis] + ends[1][axis]) / 2);
    const wide = this.width(label, Small.line, 400);
    return svg("g", {},
      svg("rect", { x: round(x - wide / 2), y: round(y - 6), width: round(wide), height: 12, class: "gap" }),
      this.text(label, x, y, Small.line, 400, `var(--${this.graph.mood(fact)})`, () => this.follow(line)));
  }

  /** @type {(thing: Thing, given: Face, at: Point) => SVGElement} */
  node(thing, { rows, role }, [x, y]) {
    const group = svg("g", { class: "node" }, shapeAt(this.graph.family(thing).shape, x, y, Small.radius, { fill: tone(this.graph.family(thing).colour) }));
    rows.forEach((row, at) => group.append(this.text(row, x, y + Small.radius + 4 + (at + 0.5) * Small.row, Small.name, 600, "var(--text)")));
    const below = y + Small.radius + 4 + rows.length * Small.row;
    role.forEach((row, at) => group.append(this.text(row, x, below + (at + 0.5) * (Small.row - 2), Small.role, 400, "var(--muted)")));
    group.addEventListener("click", () => this.open.thing(thing));
    return group;
  }

  /** What somebody did, in words, at the end of a line. */
  /** @type {(given: Face, at: Point, line: Told) => SVGElement} */
  words({ rows }, [x, y], line) {
    const top = y - (rows.length * Small.row) / 2;
    return svg("g", {}, ...rows.map((row, at) => this.text(row, x, top + (at + 0.5) * Small.row, Small.name, 400, "var(--text)", () => this.follow(line))));
  }

  /** @type {(words: string, x: number, y: number, size: number, weight: number, fill: string, act?: (() => void) | null) => SVGElement} */
  text(words, x, y, size, weight, fill, act = null) {
    const made = svg("text", { x: round(x), y: round(y), "font-size": size, "font-weight": weight, fill, "text-anchor": "middle", "dominant-baseline": "central" });
    made.append(words);
    if (act) made.addEventListener("click", act);
    return made;
  }
}

/** The lines in groups: lines that are connected with one another are in one group. */
/** @type {(lines: Told[]) => Told[][]} */
function connectedLines(lines) {
  /** @type {Told[][]} */
  let parts = [];
  for (const line of lines) {
    const joined = parts.filter((part) => part.some(({ one, other }) => [one, other].some((end) => end === line.one || end === line.other)));
    parts = [...parts.filter((part) => !joined.includes(part)), [...joined.flat(), line]];
  }
  return parts;
}

/** The positions of two nodes, the second to the right of the first if the room is wide enough for their line's label, otherwise below. */
/** @type {(boxes: number[][], label: number, room: number) => Point[]} */
function inLine([one, other], label, room) {
  const far = Math.max((one[0] + other[0]) / 2 + 12, Small.radius + 4 + label + HEADS + (other[3] ? other[0] / 2 + 6 : Small.radius));
  const left = (one[0] + far + other[0] / 2 - one[0] / 2) / 2;
  if (2 * left <= room) return [[one[0] / 2 - left, 0], [one[0] / 2 - left + far, 0]];
  return [[0, 0], [0, one[2] + Small.line + 12 + HEADS + other[1]]];
}

/** Whether labels of nodes or of lines overlap, or a line is too short for its label and its arrowhead. */
/** @type {(nodes: number[][], links: number[][], spots: Point[]) => boolean} */
function collide(nodes, links, spots) {
  const boxes = nodes.map(([wide, above, below], at) => [spots[at][0], spots[at][1] + (below - above) / 2, wide, above + below]);
  for (const [one, other, wide, high] of links) {
    const [from, to] = [leave(spots[one], spots[other], nodes[one]), leave(spots[other], spots[one], nodes[other])];
    const [across, down] = [to[0] - from[0], to[1] - from[1]];
    const long = Math.hypot(across, down) || 1;
    const covered = Math.min(wide / Math.max(Math.abs(across), 1e-6), high / Math.max(Math.abs(down), 1e-6)) * long;
    if (long < covered + HEADS) return true;
    boxes.push([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, wide, high]);
  }
  return boxes.some(([x, y, wide, high], at) => boxes.slice(at + 1).some(([left, top, broad, tall]) => Math.abs(x - left) * 2 < wide + broad && Math.abs(y - top) * 2 < high + tall));
}

/** The point at which a line from one place to another leaves the box of the node and its label, [width, above, below, filled]; `filled` is 1 for words, which fill their whole box. */
/** @type {(at: Point, p1: Point, p2: number[]) => Point} */
function leave([x, y], [toX, toY], [wide, above, below, filled]) {
  const [across, down] = [toX - x, toY - y];
  const long = Math.hypot(across, down) || 1;
  const disc = (above + 2) / long;
  const [enters, floor] = down > 0 ? [(above + 2) / down, (below + 2) / down] : [Infinity, 0];
  const side = across ? (wide / 2 + 2) / Math.abs(across) : Infinity;
  if (filled) {
    const out = Math.min(0.9, side + 4 / long, down ? (above + 4) / Math.abs(down) : Infinity);
    return [x + across * out, y + down * out];
  }
  const share = Math.min(0.48, enters < side ? Math.max(disc, Math.min(side, floor)) : disc);
  return [x + across * share, y + down * share];
}

/** @type {(text: string) => string} */
const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);
