// Elements, colours and shapes. Every text is set as text (append of a string makes a text node);
// nothing here parses HTML.

/** @type {Record<string, string>} */
export const FACTUALITIES = {
  asserted: "the article itself says so, and it stands by itself",
  doubtful: "asserted too, but cut, unsure, or clear in its sentence only",
  reported: "somebody in it says so",
  planned: "intended or scheduled",
  possible: "may or could be",
  negated: "said not to be so",
};

/** What is doubtful about the doubtful lines of the front page, in words. */
export const UNSURE = "asserted too, but perhaps misread: see its sentence";

export const AREAS = new Set(["Place", "Country"]); // families of locations

/** Dash pattern in pixels; none for a plain fact. "together": two things that are only mentioned in the same article. */
/** @type {Record<Mood, number[]>} */
export const DASHES = { asserted: [], doubtful: [2, 3], reported: [8, 5], planned: [3, 4], possible: [1, 5], negated: [12, 4, 2, 4], together: [18, 8] };

export const DARK = matchMedia("(prefers-color-scheme: dark)");
/** Whether the page has dark colours; never when it is printed. */
export const isDark = () => DARK.matches && !document.documentElement.classList.contains("paper");
const FORCED = matchMedia("(forced-colors: active)");
export const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * The value, which the caller knows not to be null.
 * @template T
 * @param {T | null | undefined} value
 */
export const sure = (value) => /** @type {T} */ (value);

/** The children of an element as a flat list, without empty or missing ones. */
/** @type {(children: Child[]) => (Node | string)[]} */
export function some(children) {
  const flat = /** @type {Child[]} */ (children.flat(9));
  return /** @type {(Node | string)[]} */ (flat.filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
}

/** An element with properties and children; strings become text, empty or missing children are omitted. */
/** @type {(tag: string, properties?: Record<string, any>, ...children: Child[]) => any} */
export function el(tag, properties = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...some(children));
  return element;
}

/** @type {(label: Child, onclick: (event: MouseEvent) => void, properties?: Record<string, any>) => HTMLButtonElement} */
export function button(label, onclick, properties = {}) {
  return el("button", { type: "button", onclick, ...properties }, label);
}

/** @type {(number: number, one: string, many?: string) => string} */
export function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

/** The colours of the style sheet, for the system's light or dark mode. */
/** @type {() => Look} */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["page", "text", "muted", "line", "accent", ...Object.keys(FACTUALITIES)];
  const found = /** @type {Look} */ (Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])));
  return { ...found, together: found.muted };
}

/** A colour of the ontology, lighter on a dark page. */
/** @type {(colour: string) => string} */
export function tone(colour) {
  return isDark() ? mix(colour, "#ffffff", 0.3) : colour;
}

/** #rrggbb: a mix of two colours, with `share` of the second. */
/** @type {(one: string, other: string, share: number) => string} */
export function mix(one, other, share) {
  const parts = [1, 3, 5].map((at) => {
    const [from, to] = [one, other].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(from + (to - from) * share).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}

/** A colour mixed with that of the page, so that it is less visible; mixed less if users ask for high contrast. */
/** @type {(colour: string, page: string, share: number) => string} */
export function fade(colour, page, share) {
  return mix(colour, page, FORCED.matches ? share / 2 : share);
}

// The corners of each shape around (0, 0), for a radius of 1; as vis-network draws them.
/** @type {Record<string, Point[]>} */
export const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: [[0, -0.8868], [1, 0.8453], [-1, 0.8453]],
  triangleDown: [[0, 0.8868], [1, -0.8453], [-1, -0.8453]],
  hexagon: [[0.5, -0.866], [1, 0], [0.5, 0.866], [-0.5, 0.866], [-1, 0], [-0.5, -0.866]],
  star: Array.from({ length: 10 }, (_, n) => {
    const [radius, turn] = [n % 2 ? 0.5 : 1.3, (n * 2 * Math.PI) / 10];
    return /** @type {Point} */ ([radius * 0.82 * Math.sin(turn), 0.08 - radius * 0.82 * Math.cos(turn)]);
  }),
};

export const SVG = "http://www.w3.org/2000/svg";

/** @type {(tag: string, attributes: Record<string, string | number>, ...children: (Node | string)[]) => SVGElement} */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A node's shape as SVG. */
/** @type {(shape: string, x: number, y: number, radius: number, attributes: Record<string, string | number>) => SVGElement} */
export function shapeAt(shape, x, y, radius, attributes) {
  if (!(shape in CORNERS)) return svg("circle", { cx: x, cy: y, r: radius, ...attributes });
  const points = CORNERS[shape].map(([across, down]) => `${round(x + across * radius)},${round(y + down * radius)}`);
  return svg("polygon", { points: points.join(" "), ...attributes });
}

/** @type {(value: number) => number} */
export const round = (value) => Math.round(value * 10) / 10;

/** The swatch of a family of things. */
/** @type {(given: Family) => SVGElement} */
export function symbol({ shape, colour }) {
  const mark = shapeAt(shape, 9, 9, 7, { fill: tone(colour) });
  return svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, mark);
}

/** The swatch of a factuality. */
/** @type {(factuality: Mood) => SVGElement} */
export function stroke(factuality) {
  const ends = { x1: 0, y1: 9, x2: 30, y2: 9, stroke: `var(--${factuality})`, "stroke-width": 2.5 };
  const drawn = svg("line", { ...ends, "stroke-dasharray": DASHES[factuality].join(" ") });
  return svg("svg", { width: 30, height: 18, viewBox: "0 0 30 18", "aria-hidden": "true" }, drawn);
}
