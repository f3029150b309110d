// Shows the visible relations as a table: for screen readers, for sorting, and for users who prefer tables.

import { stretch } from "./cards.js";
import { button, el, plural } from "./looks.js";

const ROWS = 200; // number of rows shown at a time

export class Table {
  /**
   * @param {Graph} graph
   * @param {HTMLElement} element
   * @param {Cards} cards
   * @param {{ thing: (thing: Thing) => void; fact: (fact: Fact) => void }} open
   */
  constructor(graph, element, cards, open) {
    this.graph = graph;
    this.element = element;
    this.cards = cards;
    this.open = open;
    this.sorted = 0; // the column by which the rows are sorted
    this.down = false;
    this.shown = ROWS;
    /** @type {Thing[]} */
    this.things = [];
    /** @type {[string, string, string, string, Mood, string, number, Fact][]} */
    this.rows = [];
  }

  /** `things` and `lines`: as in the drawing. */
  /** @type {(given: Selected) => void} */
  fill({ things, lines }) {
    const { facts } = this.graph;
    this.things = things;
    const all = lines.flatMap((line) => line.facts);
    this.rows = all.map((fact) => [
      this.graph.label(facts.subject[fact]),
      this.graph.relation(fact),
      this.graph.label(facts.object[fact]),
      stretch(facts.start[fact], facts.end[fact]),
      this.graph.mood(fact),
      facts.speaker[fact] < 0 ? "" : this.graph.label(facts.speaker[fact]),
      facts.witnesses[fact],
      fact,
    ]);
    this.shown = ROWS;
    this.draw();
  }

  draw() {
    const { facts } = this.graph;
    /** @type {(row: TableRow) => string | number} */
    const key = (row) => (this.sorted === 3 ? facts.start[row[7]] || facts.end[row[7]] || "9" : row[this.sorted]);
    /** @type {(one: TableRow, other: TableRow) => number} */
    const order = (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : one[7] - other[7]);
    this.rows.sort((one, other) => (this.down ? order(other, one) : order(one, other)));
    const head = ["Subject", "Relation", "Object", "When", "Factuality", "According to", "Articles"].map((words, column) => {
      const sort = () => {
        this.down = this.sorted === column && !this.down;
        this.sorted = column;
        this.draw();
        /** @type {HTMLElement} */ (this.element.querySelectorAll("th button")[column]).focus();
      };
      const order_ = this.sorted !== column ? "none" : this.down ? "descending" : "ascending";
      return el("th", { scope: "col", "aria-sort": order_ }, button(words, sort));
    });
    const body = this.rows.slice(0, this.shown).map((row) => el("tr", {},
      el("td", {}, this.name(facts.subject[row[7]])),
      el("td", {}, button(row[1], () => this.open.fact(row[7]), { className: "link" })),
      el("td", {}, this.name(facts.object[row[7]])),
      ...row.slice(3, 7).map((value, column) => el("td", column === 1 ? { className: row[4] } : {}, String(value)))));
    const left = this.rows.length - body.length;
    const more = left > 0 ? button(`Show ${Math.min(left, ROWS)} more of ${left.toLocaleString("en-GB")}`, () => { this.shown += ROWS; this.draw(); }) : null;
    this.element.replaceChildren(
      el("table", {},
        el("caption", {}, `${plural(this.rows.length, "relation")} of what is shown`),
        el("thead", {}, el("tr", {}, head)),
        el("tbody", {}, body)),
      ...(more ? [more] : []),
      this.thingTable());
  }

  thingTable() {
    const { things } = this.graph;
    const head = ["Thing", "Type", "Other names", "Statements", "Articles"].map((words) => el("th", { scope: "col", className: "plain-head" }, words));
    const body = this.things.slice(0, this.shown).map((thing) => el("tr", {},
      el("td", {}, this.name(thing)),
      el("td", {}, this.graph.typeOf(thing)),
      el("td", {}, things.aliases[thing].join(" · ")),
      el("td", {}, String(this.cards.items(thing).length)),
      el("td", {}, String(things.articles[thing].length))));
    return el("table", { id: "things" },
      el("caption", {}, `${plural(this.things.length, "thing")}, the most important first`),
      el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, body));
  }

  /** @type {(thing: Thing) => HTMLElement} */
  name(thing) {
    return button(this.graph.label(thing), () => this.open.thing(thing), { className: "link" });
  }
}
