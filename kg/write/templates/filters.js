// The panel of filters: it shows the state of a Choice, and changes it.

import { Brush } from "./brush.js";
import { HAPPENINGS, KINDS } from "./choice.js";
import { $$ } from "./data.js";
import { DASHES, FACTUALITIES, UNSURE, el, plural, stroke, sure, svg, symbol } from "./looks.js";

export class Filters {
  /** `changed()` is called after every change. */
  /**
   * @param {Graph} graph
   * @param {Choice} choice
   * @param {Stage} stage
   * @param {() => void} changed
   */
  constructor(graph, choice, stage, changed) {
    this.graph = graph;
    this.choice = choice;
    this.stage = stage;
    this.changed = changed;
    this.possible = 2;
    this.amount = "";
    this.view = "graph";
    /** @type {Brush | null} */
    this.brush = null;
    const { facts } = graph;
    this.moodCounts = graph.factualities.map((_, mood) => facts.factuality.filter((each, at) => each === mood && facts.object[at] >= 0).length);
    const dated = /** @type {Span[]} */ (graph.factDays.filter(Boolean));
    $$("dates").hidden = new Set(dated.map(([first]) => first)).size < 2;
    if (!$$("dates").hidden) this.brush = new Brush($$("brush"), dated, (span) => this.change({ span }));
    this.fillLists();
    /** @type {(id: string) => number} */
    const number = (id) => Number($$(id).value);
    $$("limit").addEventListener("input", () => this.change({ limit: this.fromSlider(number("limit")), only: null }));
    $$("article").addEventListener("change", () => this.change({ article: number("article") }));
    $$("relation").addEventListener("change", () => this.change({ relation: number("relation") }));
    $$("happenings").addEventListener("change", () => this.change({ happenings: $$("happenings").value }));
    $$("witnesses").addEventListener("input", () => this.change({ witnesses: number("witnesses") }));
    $$("undated").addEventListener("change", () => this.change({ undated: $$("undated").checked }));
    $$("filter-form").addEventListener("submit", (event) => event.preventDefault());
  }

  /** @type {(values: Partial<Choice>) => void} */
  change(values) {
    Object.assign(this.choice, values);
    this.changed();
  }

  /** The number of things for a step of the slider. It has a hundred steps, finer for small numbers: 20, 22, 24, ... 18,000, 20,000. */
  /** @type {(step: number) => number} */
  fromSlider(step) {
    return step >= 100 ? this.graph.size : Math.max(2, Math.round(2 * (this.possible / 2) ** (step / 100)));
  }

  /** @type {(limit: number) => number} */
  toSlider(limit) {
    return this.possible <= 2 ? 100 : Math.round((100 * Math.log(limit / 2)) / Math.log(this.possible / 2));
  }

  fillLists() {
    const { graph } = this;
    const counts = graph.relations.map(() => 0);
    graph.facts.relation.forEach((relation, fact) => { if (graph.facts.object[fact] >= 0) counts[relation] += 1; });
    const ordered = counts.map((number, relation) => [number, relation]).filter(([number]) => number).sort((one, other) => other[0] - one[0]);
    /** @type {(value: string | number, ...words: Child[]) => HTMLElement} */
    const option = (value, ...words) => el("option", { value: String(value) }, ...words);
    $$("relation").replaceChildren(option(-1, "all relations"), ...ordered.map(([number, relation]) => option(relation, `${graph.relations[relation]} (${number})`)));
    $$("article").replaceChildren(option(-1, "all articles"), ...graph.articles.map(({ title }, at) => option(at, title)));
    $$("happenings").replaceChildren(...Object.entries(HAPPENINGS).map(([value, words]) => option(value, words)));
    const most = graph.facts.witnesses.reduce((one, other) => Math.max(one, other), 1);
    $$("witnesses").max = String(most);
    sure($$("witnesses").closest("label")).hidden = most < 2;
  }

  /** Shows the state of the choice, and the number of things that it selects. */
  /** @type {(given: Selected) => void} */
  fill({ chosen, possible }) {
    const { graph, choice } = this;
    this.possible = Math.max(2, possible);
    $$("limit").value = String(this.toSlider(Math.min(choice.limit, this.possible)));
    const amount = `${chosen < possible ? `the ${chosen.toLocaleString("en-GB")} that matter most of` : "all"} ${plural(possible, "thing")} with these filters`;
    this.amount = choice.only ? `${plural(choice.only.size, "thing")} picked out` : possible ? amount : "nothing";
    $$("limit").setAttribute("aria-valuetext", amount);
    const { article, relation, happenings, witnesses } = choice;
    for (const [name, value] of Object.entries({ article, relation, happenings, witnesses })) $$(name).value = String(value);
    $$("witnesses-text").textContent = choice.witnesses > 1 ? `at least ${choice.witnesses} independent articles` : "any number of articles";
    $$("undated").checked = choice.undated;
    this.tell(this.view);
    this.brush?.set(choice.span);
    const described = graph.things.kind.filter((kind) => kind === 1).length;
    this.choices("kinds", Object.entries(KINDS).map(([kind, words]) => [choice.kinds, kind, kind, null, words, "", kind === "described" ? described : null]));
    this.choices("families", graph.families.map((look, at) => [choice.families, at, look.name, symbol(look), look.label, "", look.number]));
    graph.families.forEach((_, at) => {
      const row = /** @type {HTMLElement} */ ($$("families").children[at]);
      row.classList.toggle("off", !this.shows(at));
      row.title = this.shows(at) ? "" : "Left out for now: see “Happenings” and “Also show” below";
    });
    this.choices("factualities", graph.factualities.map((mood, at) => [choice.moods, at, mood, stroke(mood), mood, FACTUALITIES[mood], this.moodCounts[at]]));
  }

  /** Adapts the panel to a view. The front page, which the filters do not change, has a legend of its own. */
  /** @type {(view: string) => void} */
  tell(view) {
    this.view = view;
    const front = view === "stories";
    $$("limit-text").textContent = `${front ? "In the graph" : "Shown"}: ${this.amount}`;
    sure($$("factualities").closest("fieldset")).hidden = front;
    this.marks(front);
  }

  /** Fills the legend with the marks that are visible. */
  /** @type {(front: boolean) => void} */
  marks(front) {
    const { graph, stage } = this;
    /** @type {(...children: Node[]) => SVGElement} */
    const drawn = (...children) => svg("svg", { width: 30, height: 18, viewBox: "0 0 30 18", "aria-hidden": "true" }, ...children);
    /** @type {(attributes: Record<string, string | number>) => SVGElement} */
    const line = (attributes) => svg("line", { x1: 0, y1: 9, x2: 30, y2: 9, stroke: "var(--asserted)", "stroke-width": 1.5, ...attributes });
    /** @type {(x: number, radius: number) => SVGElement} */
    const dot = (x, radius) => svg("circle", { cx: x, cy: 9, r: radius, fill: "var(--muted)" });
    const head = svg("polygon", { points: "29,9 20,5.5 20,12.5", fill: "var(--asserted)" });
    const badge = svg("g", {}, svg("circle", { cx: 15, cy: 9, r: 8, fill: "var(--possible)" }), svg("text", { x: 15, y: 9.5, "font-size": 12, "font-weight": 700, fill: "var(--page)", "text-anchor": "middle", "dominant-baseline": "central" }, "≠"));
    const { things, lines } = stage;
    const told = graph.stories.flatMap((story) => [...story.facts, ...story.sketch.map(({ fact }) => fact)]);
    const moods = graph.factualities.filter((mood) => told.some((fact) => graph.mood(fact) === mood));
    /** @type {[boolean, SVGElement, string][]} */
    const rows = front ? [
      [told.length > 0, drawn(line({ x2: 22 }), head), "from who does or is something, to whom, what or where"],
      .../** @type {[boolean, SVGElement, string][]} */ (moods.map((mood) => [true, stroke(mood), `${mood}: ${mood === "doubtful" ? UNSURE : FACTUALITIES[mood]}`])),
      [graph.stories.some(({ events }) => events.length > 0), drawn(svg("line", { x1: 15, y1: 1, x2: 15, y2: 17, stroke: "var(--line)", "stroke-width": 3 })), "what else happened, in words"],
    ] : [
      [things.length > 1, drawn(dot(6, 4), dot(20, 8)), "the larger, the more that matters is told of it"],
      [lines.length > 0, drawn(line({ x2: 22 }), head), "from who does to whom it is done"],
      [lines.some(({ facts }) => facts.length > 1), drawn(line({ "stroke-width": 4 })), "several relations"],
      [lines.some(({ mood }) => mood === "together"), drawn(line({ "stroke-dasharray": DASHES.together.join(" "), stroke: "var(--muted)", "stroke-width": 2 })), "only in one article or happening"],
      [things.some((thing) => graph.contested.has(thing)), drawn(badge), "the articles disagree"],
      [stage.arranged && stage.pinned.size > 0, drawn(svg("circle", { cx: 15, cy: 9, r: 5, fill: "var(--accent)" }), svg("circle", { cx: 15, cy: 9, r: 1.8, fill: "var(--page)" })), "put there by hand"],
      [!stage.arranged && stage.far.islands.length > 0, drawn(svg("rect", { x: 0, y: 2, width: 30, height: 14, rx: 7, fill: "var(--soft)" })), "tinted ground: much to do with one another"],
      [stage.arranged && things.some((thing) => graph.things.kind[thing] !== 0), drawn(), "grey name: unnamed, or a happening"],
    ];
    const seen = rows.filter(([here]) => here).map(([, mark, words]) => el("p", { className: "choice" }, mark, el("span", {}, words)));
    $$("marks").replaceChildren(sure($$("marks").querySelector("legend")), ...seen);
    $$("marks").hidden = !seen.length;
  }

  /** Whether anything of a family passes the other filters. */
  /** @type {(family: number) => boolean} */
  shows(family) {
    const { kind, family: families } = this.graph.things;
    const { kinds, happenings } = this.choice;
    const let_ = [true, kinds.has("described"), happenings === "nodes"];
    return families.some((each, thing) => each === family && let_[kind[thing]]);
  }

  /** Shows rows of switches in the element `id`. They are created only once, so that they keep the focus. */
  /** @type {(id: string, rows: Switch[]) => void} */
  choices(id, rows) {
    const field = $$(id);
    if (field.childElementCount === rows.length) {
      rows.forEach(([set, value], index) => {
        const box = sure(field.children[index].querySelector("input"));
        [box.checked, box.onchange] = [set.has(value), () => this.toggle(set, value, box.checked)];
      });
      return;
    }
    field.replaceChildren(...rows.map(([set, value, name, mark, words, hint, number]) => {
      const box = el("input", { type: "checkbox", checked: set.has(value), value: name, onchange: () => this.toggle(set, value, box.checked) });
      const text = el("span", {}, words, hint && el("span", { className: "hint" }, hint));
      return el("label", { className: "choice" }, box, mark, text, number === null ? null : el("small", {}, number.toLocaleString("en-GB")));
    }));
  }

  /** @type {(set: Set<any>, value: unknown, on: boolean) => void} */
  toggle(set, value, on) {
    if (on) set.add(value);
    else set.delete(value);
    this.changed();
  }
}
