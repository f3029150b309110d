// Rows as a table, shown page by page; users can sort it and filter it by words.

import { $, made } from "./elements.js";

const PAGE = 200; // number of rows shown at a time
const NUMBER = /integer|decimal|double|float/;
const SHORT = 16; // a text of at most this many characters (a date, a name) is not broken into lines
const ORDERS = ["none", "ascending", "descending"];

export class Table {
  /**
   * @param {string[]} columns
   * @param {Cells[]} rows
   * @param {Wording} names
   */
  constructor(columns, rows, names) {
    this.columns = columns;
    this.rows = rows;
    this.names = names;
    this.by = -1; // index of the column by which the rows are sorted, -1 for none
    this.order = 0;
    this.found = rows;
    this.shown = 0;
    $("find").value = "";
    $("find").oninput = () => this.fill();
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    head.append(...columns.map((name, index) => this.head(name, index)));
    this.heads = [...head.cells];
    this.body = table.createTBody();
    $("table").replaceChildren(table);
    this.fill();
  }

  get left() {
    return this.found.length - this.shown;
  }

  /** @type {(name: string, index: number) => HTMLTableCellElement} */
  head(name, index) {
    const cell = document.createElement("th");
    cell.scope = "col";
    const button = made("button", "", name);
    Object.assign(button, { type: "button", title: "Click to sort" });
    button.addEventListener("click", () => {
      this.order = this.by === index ? (this.order + 1) % ORDERS.length : 1;
      this.by = index;
      this.fill();
    });
    cell.append(button);
    return cell;
  }

  /** Show the first page of the rows that match the filter. */
  fill() {
    const words = $("find").value.normalize().trim().toLowerCase();
    this.found = words ? this.rows.filter((row) => row.some((term) => term && this.says(term, words))) : [...this.rows];
    if (this.order) this.found.sort((one, other) => compare(one[this.by], other[this.by], this.order === 1 ? 1 : -1, this.names));
    this.heads.forEach((cell, index) => cell.setAttribute("aria-sort", index === this.by ? ORDERS[this.order] : "none"));
    $("matches").textContent = words ? `${this.found.length.toLocaleString("en")} of ${this.rows.length.toLocaleString("en")}` : "";
    this.body.replaceChildren();
    $("table").scrollTop = this.shown = 0;
    if (!this.found.length) this.nothing();
    this.more();
  }

  /** @type {(term: Term, words: string) => boolean} */
  says(term, words) {
    return `${this.names.words(term)} ${term.type === "uri" ? term.value : ""}`.toLowerCase().includes(words);
  }

  nothing() {
    const cell = this.body.insertRow().insertCell();
    cell.className = "none";
    cell.colSpan = Math.max(1, this.columns.length);
    cell.textContent = "Nothing was found.";
  }

  more() {
    const next = this.found.slice(this.shown, this.shown + PAGE);
    for (const row of next) {
      const line = this.body.insertRow();
      for (const term of row) this.cell(line.insertCell(), term);
    }
    this.shown += next.length;
    this.offer();
  }

  /** Shows the button for further rows, while there are any. */
  offer() {
    $("more").onclick = () => this.more();
    $("more").hidden = !this.left;
    $("more").textContent = `Show ${Math.min(this.left, PAGE)} more of ${this.left.toLocaleString("en")}`;
  }

  /** @type {(cell: HTMLTableCellElement, term: Term | undefined) => void} */
  cell(cell, term) {
    if (!term) return;
    if (term.type !== "uri") {
      cell.textContent = this.names.words(term);
      if (NUMBER.test(term.datatype ?? "")) cell.className = "number";
      else if (cell.textContent.length <= SHORT) cell.className = "short";
      return;
    }
    const href = this.names.address(term.value);
    const words = this.names.short(term.value);
    const short = href ? link(href, words) : made("span", "", words);
    short.title = term.value;
    cell.append(short);
  }
}

/** @type {(href: string, words: string) => HTMLAnchorElement} */
function link(href, words) {
  const anchor = made("a", "", words);
  anchor.href = href;
  if (!href.startsWith("/")) anchor.rel = "noreferrer noopener external";
  return anchor;
}

/** Compares two cells for sorting: numbers by value, text by locale; missing values come last. */
/** @type {(one: Term | undefined, other: Term | undefined, sign: 1 | -1, names: Wording) => number} */
function compare(one, other, sign, names) {
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
  if (NUMBER.test(one.datatype ?? "") && NUMBER.test(other.datatype ?? "")) return sign * (Number(one.value) - Number(other.value));
  return sign * names.words(one).localeCompare(names.words(other), "en", { numeric: true });
}
