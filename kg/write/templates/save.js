// Saves the view as a file: PNG, SVG, CSV.

import { MARGIN } from "./camera.js";
import { row } from "./data.js";
import { islandColour } from "./far.js";
import { NAME, RELATION, ROW } from "./labels.js";
import { FONT, pen } from "./lettering.js";
import { DASHES, SVG, el, round, shapeAt, svg, tone } from "./looks.js";

/** @type {(blob: Blob, name: string) => void} */
function saveAs(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The bounds of the saved picture in screen pixels: the view, extended by labels that its edges cut; `close`: without empty margins. */
/** @type {(stage: Stage, close?: boolean) => Edges} */
function coverOf(stage, close = false) {
  const { camera, labels, graph, chosen, things } = stage;
  const { x, y, radius } = graph.things;
  const tight = close && things.length === chosen.size && chosen.size > 0;
  /** @type {Edges} */
  const cover = tight ? [Infinity, Infinity, -Infinity, -Infinity] : [0, 0, camera.width, camera.height];
  const spots = [
    ...(tight ? [...chosen].map((thing) => [...camera.toScreen(x[thing], y[thing]), 2 * radius[thing] + 8, 2 * radius[thing] + 8]) : []),
    ...labels.relations.map(({ spot, rows }) => [...spot, Math.max(...rows.map((row) => labels.width(row, RELATION, 400))), rows.length * ROW]),
    ...labels.names.map(({ thing, across, down, wide, high }) => {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      return [left + across, top + down, wide, high];
    }),
  ];
  for (const [left, top, wide, high] of spots) {
    const sides = [left - wide / 2 - 4, top - high / 2 - 4, left + wide / 2 + 4, top + high / 2 + 4];
    if (sides[2] < 0 || sides[3] < 0 || sides[0] > camera.width || sides[1] > camera.height) continue;
    cover[0] = Math.max(-MARGIN, Math.min(cover[0], sides[0]));
    cover[1] = Math.max(-MARGIN, Math.min(cover[1], sides[1]));
    cover[2] = Math.min(camera.width + MARGIN, Math.max(cover[2], sides[2]));
    cover[3] = Math.min(camera.height + MARGIN, Math.max(cover[3], sides[3]));
  }
  return cover[0] < cover[2] ? cover : coverOf(stage);
}

/** Saves a PNG: the layers of the drawing one above the other, on the colour of the page, with the legend below. */
/** @type {(stage: Stage) => void} */
export function savePng(stage) {
  const layers = [...stage.element.querySelectorAll("canvas")];
  const ratio = devicePixelRatio || 1;
  const [left, top, right, bottom] = coverOf(stage).map((side) => Math.round((side + MARGIN) * ratio));
  const legend = legendOf(stage, (right - left) / ratio);
  const whole = el("canvas", { width: right - left, height: bottom - top + Math.round(legend.high * ratio) });
  const context = pen(whole);
  context.fillStyle = stage.look.page;
  context.fillRect(0, 0, whole.width, whole.height);
  for (const layer of layers) context.drawImage(layer, -left, -top, layers[0].width, layers[0].height);
  context.fillRect(0, bottom - top, whole.width, whole.height); // labels reach below the view
  context.scale(ratio, ratio);
  context.translate(0, (bottom - top) / ratio + 17);
  for (const mark of legend.drawn) paint(context, mark);
  whole.toBlob((/** @type {Blob} */ blob) => saveAs(blob, "graph.png"));
}

/** Draws an SVG mark on a canvas, element by element: the page's policy forbids loading it as an image. */
/** @type {(context: CanvasRenderingContext2D, mark: Element) => void} */
function paint(context, mark) {
  /** @type {(name: string) => number} */
  const number = (name) => Number(mark.getAttribute(name));
  context.save();
  context.translate(.../** @type {Point} */ ((mark.getAttribute("transform")?.match(/-?[\d.]+/g) ?? [0, 0]).map(Number)));
  const shape = new Path2D();
  if (mark.tagName === "circle") shape.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  if (mark.tagName === "polygon") shape.addPath(new Path2D(`M${mark.getAttribute("points")}Z`));
  if (mark.tagName === "line") shape.addPath(new Path2D(`M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`));
  const [fill, line] = [mark.getAttribute("fill"), mark.getAttribute("stroke")];
  context.setLineDash((mark.getAttribute("stroke-dasharray")?.match(/[\d.]+/g) ?? []).map(Number));
  context.lineWidth = number("stroke-width") || 1;
  if (line) context.strokeStyle = line;
  if (fill) context.fillStyle = fill;
  if (mark.tagName === "text") {
    context.font = `${number("font-weight") || 400} ${number("font-size")}px ${FONT}`;
    context.textBaseline = "middle";
    context.textAlign = mark.getAttribute("text-anchor") === "middle" ? "center" : "left";
    context.fillText(mark.textContent ?? "", number("x"), number("y"));
  } else if (fill) context.fill(shape);
  if (line) context.stroke(shape);
  for (const part of mark.children) paint(context, part);
  context.restore();
}

/** @type {(stage: Stage) => void} */
export function saveSvg(stage) {
  saveAs(new Blob([new XMLSerializer().serializeToString(svgOf(stage))], { type: "image/svg+xml" }), "graph.svg");
}

/** The legend of shapes and lines, in rows of this width. */
/** @type {(stage: Stage, width: number) => { drawn: SVGElement[]; high: number; }} */
function legendOf(stage, width) {
  const { graph, look, chosen } = stage;
  const families = [...new Set([...chosen].map((thing) => graph.things.family[thing]))].sort((one, other) => one - other);
  /** @type {[Mood, string][]} */
  const moods = [...graph.factualities.map((mood) => /** @type {[Mood, string]} */ ([mood, mood])), ["together", "only in one article or happening"]];
  const drawnMoods = moods.filter(([mood]) => stage.lines.some((line) => line.mood === mood));
  /** @type {(mark: SVGElement, words: string) => [SVGElement, string]} */
  const pair = (mark, words) => [mark, words];
  const entries = [
    ...families.map((at) => pair(shapeAt(graph.families[at].shape, 0, 0, 7, { fill: tone(graph.families[at].colour) }), graph.families[at].label)),
    ...drawnMoods.map(([mood, words]) => pair(svg("line", { x1: -13, y1: 0, x2: 11, y2: 0, stroke: look[mood], "stroke-width": 2, "stroke-dasharray": DASHES[mood].join(" ") }), words)),
    ...([...chosen].some((thing) => graph.contested.has(thing)) ? [pair(badgeOf(0, 0, look), "the articles disagree")] : []),
    ...(stage.labels.pinned.size ? [pair(pinOf(0, 0, look), "put there by hand")] : []),
  ];
  let [left, top] = [20, 0];
  const drawn = entries.map(([mark, words]) => {
    const wide = 40 + stage.labels.width(words, RELATION, 400);
    if (left + wide > width) [left, top] = [20, top + 22];
    const text = svg("text", { x: 16, y: 0, "font-size": RELATION, "dominant-baseline": "central", fill: look.text });
    text.append(words);
    const entry = svg("g", { transform: `translate(${round(left)} ${top})` }, mark, text);
    left += wide;
    return entry;
  });
  return { drawn, high: top + 34 };
}

/** The mark of a thing about which the articles disagree. */
/** @type {(x: number, y: number, look: Look) => SVGElement} */
function badgeOf(x, y, look) {
  const text = svg("text", { x: round(x), y: round(y), "font-size": 12, "font-weight": 700, "text-anchor": "middle", "dominant-baseline": "central", fill: look.page });
  text.append("≠");
  return svg("g", {}, svg("circle", { cx: round(x), cy: round(y), r: 8, fill: look.possible }), text);
}

/** The mark of a thing that was moved by hand. */
/** @type {(x: number, y: number, look: Look) => SVGElement} */
function pinOf(x, y, look) {
  return svg("g", {}, svg("circle", { cx: round(x), cy: round(y), r: 5, fill: look.accent, stroke: look.page }), svg("circle", { cx: round(x), cy: round(y), r: 1.8, fill: look.page }));
}

/** The SVG of the view: the foreground, the islands behind it, whole names at the edges, and a legend. */
/** @type {(stage: Stage) => SVGElement} */
export function svgOf(stage) {
  const { camera, graph, look, near, labels } = stage;
  const [left, top, right, bottom] = coverOf(stage, true).map(Math.round);
  const legend = legendOf(stage, Math.max(360, right - left));
  const [width, height] = [Math.max(360, right - left), bottom - top + legend.high];
  const root = svg("svg", { xmlns: SVG, width, height, viewBox: `${left} ${top} ${width} ${height}`, "font-family": FONT });
  root.append(svg("rect", { x: left, y: top, width, height, fill: look.page }));
  for (const island of stage.far.islands) {
    const d = stage.far.islandPaths(island, camera).map(([from, to]) => `M${from.map(round).join(" ")}L${to.map(round).join(" ")}`).join("");
    root.append(svg("path", { d, stroke: islandColour(island, look), "stroke-width": stage.far.islandWidth(camera), "stroke-linecap": "round" }));
  }
  for (const edge of near.edges.get()) {
    const course = near.courseOf(edge.id, [0.5], camera);
    if (course) root.append(...arrowOf(edge, course, near));
  }
  for (const { rows, spot: [x, y] } of labels.relations) { // the line has a gap under its label, also between the words
    const [wide, high] = [Math.max(...rows.map((words) => labels.width(words, RELATION, 400))), rows.length * (ROW - 2) - 2];
    root.append(svg("rect", { x: round(x - wide / 2), y: round(y - high / 2), width: round(wide), height: high, fill: look.page, opacity: labels.opaque ? 1 : 0.85 }));
  }
  for (const thing of stage.chosen) {
    const [x, y] = camera.toScreen(graph.things.x[thing], graph.things.y[thing]);
    const { background, border } = near.nodes.get(thing).color;
    root.append(shapeAt(graph.family(thing).shape, round(x), round(y), graph.things.radius[thing], { fill: background, stroke: border, "stroke-width": 1.5 }));
  }
  /** @type {(rows: string[], at: Point, size: number, weight: number, shades: string[]) => void} */
  const write = (rows, [x, y], size, weight, shades) => rows.forEach((words, number) => {
    const high = y + (number - (rows.length - 1) / 2) * (size === NAME ? ROW : ROW - 2);
    const text = svg("text", { x: round(x), y: round(high), "font-size": size, "font-weight": weight, "text-anchor": "middle", "dominant-baseline": "central", fill: shades[Math.min(number, shades.length - 1)], stroke: look.page, "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" });
    text.append(words);
    root.append(text);
  });
  for (const { rows, mood, spot } of labels.relations) write(rows, spot, RELATION, 400, [look[mood], look.muted]);
  for (const { thing, rows, across, down } of labels.names) {
    const [x, y] = camera.toScreen(graph.things.x[thing], graph.things.y[thing]);
    const named = graph.things.kind[thing] === 0;
    write(rows, [x + across, y + down], NAME, named ? 600 : 400, [named ? look.text : look.muted]);
    const radius = graph.things.radius[thing] * 0.8;
    if (graph.contested.has(thing)) root.append(badgeOf(x + radius, y - radius, look));
  }
  for (const thing of labels.pinned.keys()) {
    const [x, y] = camera.toScreen(graph.things.x[thing], graph.things.y[thing]);
    const radius = graph.things.radius[thing] * 0.8;
    root.append(pinOf(x - radius, y - radius, look));
  }
  root.append(svg("g", { transform: `translate(${left} ${bottom + 17})` }, ...legend.drawn));
  return root;
}

/** A line with its arrowheads, between the nodes and their labels. */
/** @type {(edge: any, given: Course, near: Near) => SVGElement[]} */
function arrowOf(edge, { from, to, via }, near) {
  const stroke_ = edge.color.color;
  /** @type {(thing: Thing, start: Point, end: Point) => { at: Point; turn: Point }} */
  const leave = (thing, start, end) => {
    const [across, down] = [end[0] - start[0], end[1] - start[1]];
    const length = Math.hypot(across, down) || 1;
    /** @type {Point} */
    const turn = [across / length, down / length];
    const away = near.border(thing, turn) + 2;
    return { at: [start[0] + turn[0] * away, start[1] + turn[1] * away], turn };
  };
  const start = leave(edge.from, from, via ?? to);
  const end = leave(edge.to, to, via ?? from);
  /** @type {(given: { at: Point; turn: Point }) => SVGElement} */
  const head = ({ at: [x, y], turn: [across, down] }) => svg("polygon", {
    fill: stroke_,
    points: [[0, 0], [10, 4], [10, -4]].map(([far, side]) => `${round(x + across * far - down * side)},${round(y + down * far + across * side)}`).join(" "),
  });
  const middle = via ? `Q${via.map(round).join(" ")} ` : "L";
  const line = svg("path", {
    d: `M${start.at.map(round).join(" ")} ${middle}${end.at.map(round).join(" ")}`,
    fill: "none", stroke: stroke_, "stroke-width": edge.width, "stroke-dasharray": (edge.dashes || []).join(" "),
  });
  return [line, ...(edge.arrows.to.enabled ? [head(end)] : []), ...(edge.arrows.from?.enabled ? [head(start)] : [])];
}

/** Saves a CSV file with a row for each visible relation; the row contains the relation's first sentence. */
/** @type {(graph: Graph, lines: Line[]) => Promise<void>} */
export async function saveCsv(graph, lines) {
  const { facts } = graph;
  const head = ["subject", "relation", "object", "factuality", "according to", "from", "until", "independent articles", "article", "sentence"];
  const told = await Promise.all(lines.flatMap((line) => line.facts).map(async (fact) => {
    const [, , , quotes] = await row("facts", fact);
    const [article, text] = await row("sentences", quotes[0][0]);
    const speaker = facts.speaker[fact];
    return [
      graph.label(facts.subject[fact]), graph.relation(fact), graph.label(facts.object[fact]), graph.mood(fact), speaker < 0 ? "" : graph.label(speaker),
      facts.start[fact], facts.end[fact], facts.witnesses[fact], graph.articles[article].id, text,
    ];
  }));
  saveAs(new Blob(["\ufeff", csv([head, ...told])], { type: "text/csv" }), "graph.csv");
}

/** The table as CSV (RFC 4180); cells that a spreadsheet would run as formulas become text. */
/** @type {(table: (string | number)[][]) => string} */
function csv(table) {
  /** @type {(value: string | number) => string} */
  const cell = (value) => {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return table.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}
