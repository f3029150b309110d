// Completes the text of a field: names of things, those in most articles first; or months.

import { made } from "./elements.js";
import { rowsOf } from "./endpoint.js";
import { when } from "./sentences.js";

const MOST = 8; // maximum number of names offered
const LOOKED_AT = 300; // maximum number of matching things from which the most mentioned are chosen
const WAIT = 120; // names are queried when no key was pressed for this many milliseconds
const MONTHS = `SELECT DISTINCT ?month {
  ?event kg:eventType ?type ; kg:begin ?begin BIND (SUBSTR(STR(?begin), 1, 7) AS ?month)
} ORDER BY DESC(?month) LIMIT 1000`;

/** The names of things in the graph; `space` is its namespace. */
export class Called {
  /** @param {string} space */
  constructor(space) {
    this.space = space;
    /** @type {string[] | null} */
    this.known = null; // the months of the graph; null until they are first needed
  }

  /** @type {(iri: string) => string} */
  local(iri) {
    return iri.slice(this.space.length);
  }

  /** @type {(local: string) => string} */
  iri(local) {
    return this.space + local.replace(/[<>"{}|\\^`\s]/g, encodeURIComponent);
  }

  /** @type {(local: string) => Promise<string>} */
  async label(local) {
    const rows = await rowsOf(`SELECT ?label { <${this.iri(local)}> rdfs:label ?label } LIMIT 1`);
    return rows[0]?.label.value ?? local.replaceAll("_", " ");
  }

  /** The things of a class ("kg:Agent"; "owl:Thing" for any class) whose name contains the typed text. */
  /** @type {(typed: string, kind: string) => Promise<Offered[]>} */
  async things(typed, kind) {
    const words = typed.normalize().toLowerCase().replace(/["\\]/g, "\\$&");
    const class_ = kind === "owl:Thing" ? "" : `?thing a ${kind} .`;
    const rows = await rowsOf(`SELECT ?thing (SAMPLE(?name) AS ?label) (COUNT(DISTINCT ?article) AS ?articles) {
      { SELECT DISTINCT ?thing {
          ?thing kg:isNamed true . ${class_} ?thing rdfs:label|skos:altLabel ?called
          FILTER (CONTAINS(LCASE(?called), "${words}"))
        } LIMIT ${LOOKED_AT} }
      ?thing rdfs:label ?name . OPTIONAL { ?article schema:mentions ?thing }
      BIND (IF(STRSTARTS(LCASE(?name), "${words}") || CONTAINS(LCASE(?name), " ${words}"), 0, 1) AS ?inside)
    } GROUP BY ?thing ?inside ORDER BY ?inside DESC(?articles) ?label ?thing LIMIT ${MOST}`);
    const found = rows.filter(({ thing }) => thing.value.startsWith(this.space));
    const labels = found.map(({ label }) => label.value);
    return found.map(({ thing, label, articles }) => {
      const namesake = labels.filter((each) => each === label.value).length > 1;
      const number = `${articles.value} article${articles.value === "1" ? "" : "s"}`;
      const more = namesake ? `${this.local(thing.value).replaceAll("_", " ")}, ${number}` : number;
      return { words: label.value, more, iri: thing.value };
    });
  }

  /** The months in which something began, the latest first. */
  /** @type {(typed: string) => Promise<Offered[]>} */
  async months(typed) {
    this.known ??= (await rowsOf(MONTHS)).map(({ month }) => month.value);
    const low = typed.normalize().toLowerCase();
    return this.known
      .map((month) => ({ words: month, more: when(month) }))
      .filter(({ words, more }) => words.startsWith(low) || more.toLowerCase().includes(low))
      .slice(0, MOST);
  }
}

/** A field with a list of names below it, following ARIA's pattern "combobox". */
export class Names {
  /**
   * @param {HTMLInputElement} field
   * @param {Called} called
   * @param {() => void} chosen
   */
  constructor(field, called, chosen) {
    this.field = field;
    this.called = called;
    this.chosen = chosen;
    /** @type {Offered[]} */
    this.choices = [];
    this.at = -1; // index of the selected choice, -1 for none
    this.turn = 0; // number of the latest query; the answer to an earlier one is not shown
    this.waiting = 0;
    this.list = /** @type {HTMLElement} */ (document.getElementById(field.getAttribute("aria-controls") ?? ""));
    field.addEventListener("input", () => {
      delete field.dataset.iri;
      this.soon();
    });
    field.addEventListener("focus", () => field.dataset.kind === "xsd:gYearMonth" && this.offer());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.offer(), WAIT);
  }

  async offer() {
    const typed = this.field.value.trim();
    const { kind = "" } = this.field.dataset;
    const months = kind === "xsd:gYearMonth";
    if (!typed && !months) return this.close();
    const turn = (this.turn += 1);
    try {
      const found = await (months ? this.called.months(typed) : this.called.things(typed, kind));
      if (turn === this.turn && document.activeElement === this.field) this.show(found);
    } catch {
      this.close(); // the query failed: no names are offered
    }
  }

  /** @type {(choices: Offered[]) => void} */
  show(choices) {
    this.choices = choices;
    if (!choices.length) return this.close();
    this.list.replaceChildren(...choices.map((choice, index) => this.item(choice, index)));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.choose(-1);
  }

  /** @type {(choice: Offered, index: number) => HTMLElement} */
  item({ words, more }, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(made("b", "", words), made("span", "", more));
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => this.take(index));
    return item;
  }

  /** @type {(event: KeyboardEvent) => void} */
  key(event) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && !this.open) this.offer();
    else if (step) this.choose(this.at + step);
    else if (event.key === "Enter" && this.open && this.at >= 0) this.take(this.at);
    else if (event.key === "Escape" && this.open) this.close();
    else return;
    event.preventDefault();
  }

  /** Selects a choice; -1 selects none, so that Enter asks with the text as typed. */
  /** @type {(index: number) => void} */
  choose(index) {
    const { length } = this.choices;
    this.at = index < -1 ? length - 1 : index >= length ? -1 : index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
  }

  /** @type {(index: number) => void} */
  take(index) {
    const { words, iri } = this.choices[index];
    this.field.value = words;
    if (iri) this.field.dataset.iri = iri;
    this.close();
    this.chosen();
  }

  close() {
    clearTimeout(this.waiting);
    this.turn += 1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
