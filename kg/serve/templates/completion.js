// Completes typed text: prefixes, classes, relations, variables, keywords; names of things by queries.

import { KEYWORDS, tokens } from "./editor.js";
import { made } from "./elements.js";
import { rowsOf } from "./endpoint.js";

const MOST = 12; // maximum number of completions offered
const WAIT = 150; // names are queried when no key was pressed for this many milliseconds

export class Completion {
  /**
   * @param {import("./editor.js").Editor} editor
   * @param {HTMLElement} list
   * @param {Vocabulary} vocabulary
   */
  constructor(editor, list, vocabulary) {
    this.editor = editor;
    this.list = list;
    this.vocabulary = vocabulary;
    /** @type {Completed[]} */
    this.choices = [];
    this.chosen = 0;
    this.from = 0; // offset in the editor at which the text to be completed begins
    this.waiting = 0;
    const field = editor.field;
    field.addEventListener("input", () => this.offer(false));
    field.addEventListener("keydown", (event) => this.key(event), true);
    field.addEventListener("blur", () => this.close());
    field.addEventListener("scroll", () => this.close());
    field.addEventListener("click", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  /** @type {(event: KeyboardEvent) => void} */
  key(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.offer(true);
    } else if (this.open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (this.open && ["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      this.take(this.chosen);
    } else if (this.open && event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.close();
    }
  }

  /** Offers completions for the text before the caret; with `asked` (Ctrl+Space) even if that text is empty. */
  /** @type {(asked: boolean) => void} */
  offer(asked) {
    const token = this.before();
    this.from = token.start;
    const typed = token.text;
    clearTimeout(this.waiting);
    if (!typed && !asked) return this.close();
    if (token.kind === "comment" || token.kind === "string" || token.kind === "iri") return this.close();
    this.show(this.fitting(typed, asked), typed);
    if (typed.startsWith("d:") && typed.length > 2) {
      this.waiting = window.setTimeout(() => this.names(typed), WAIT);
    }
  }

  /** The token that ends at the caret. */
  /** @type {() => Token} */
  before() {
    const caret = this.editor.caret;
    let last = { kind: "", text: "", start: caret };
    for (const token of tokens(this.editor.text)) {
      const end = token.start + token.text.length;
      if (token.start < caret && caret <= end && token.kind !== "other") {
        last = { ...token, text: token.text.slice(0, caret - token.start) };
      }
      if (token.kind === "other" && "?$".includes(token.text) && end === caret) last = token;
    }
    return last;
  }

  /** @type {(typed: string, asked: boolean) => Completed[]} */
  fitting(typed, asked) {
    const low = typed.normalize().toLowerCase();
    if (/^[?$]/.test(typed)) {
      const variables = new Set([...this.editor.text.matchAll(/[?$]\w+/g)].map((found) => found[0]));
      variables.delete(typed);
      return [...variables].filter((name) => name.startsWith(typed)).sort().map((name) => ({ name }));
    }
    const { terms, prefixes } = this.vocabulary;
    const named = terms.filter((term) => term.name.toLowerCase().startsWith(low));
    if (typed.includes(":")) {
      const [prefix, local] = low.split(":", 2);
      const inside = terms.filter(
        (term) =>
          !named.includes(term) && term.name.startsWith(`${prefix}:`) && local &&
          `${term.name} ${term.label}`.toLowerCase().includes(local),
      );
      return [...named, ...inside];
    }
    if (typed.length < 2 && !asked) return [];
    const called = terms.filter((term) => low && ` ${term.label} ${term.name.split(":")[1] ?? ""}`.toLowerCase().includes(` ${low}`));
    const spaces = Object.entries(prefixes)
      .filter(([prefix]) => prefix.startsWith(low))
      .map(([prefix, iri]) => ({ name: `${prefix}:`, kind: "prefix", label: iri }));
    const words = [...KEYWORDS].filter((word) => low && word.toLowerCase().startsWith(low)).map((name) => ({ name, kind: "keyword" }));
    return [...spaces, ...words, ...called];
  }

  /** Offers the things whose name contains the text after "d:". */
  /** @type {(typed: string) => Promise<void>} */
  async names(typed) {
    const words = typed.normalize().slice(2).replaceAll("_", " ").replace(/["\\\n]/g, "");
    const query = `SELECT ?thing (SAMPLE(?name) AS ?label) {
      ?thing rdfs:label ?name FILTER (CONTAINS(LCASE(?name), "${words.toLowerCase()}") && STRSTARTS(STR(?thing), STR(d:)))
    } GROUP BY ?thing ORDER BY STRLEN(?label) LIMIT ${MOST}`;
    const space = this.vocabulary.prefixes.d;
    try {
      const rows = await rowsOf(query);
      if (this.before().text !== typed) return;
      const found = rows
        .map((row) => ({ name: `d:${row.thing.value.slice(space.length)}`, label: row.label.value, kind: "thing" }))
        .filter(({ name }) => /^d:[\w-]+$/.test(name));
      this.show(found, typed);
    } catch {
      // the query failed: no names are offered
    }
  }

  /** @type {(choices: Completed[], typed: string) => void} */
  show(choices, typed) {
    this.choices = choices.filter((choice) => choice.name !== typed).slice(0, MOST);
    if (!this.choices.length) return this.close();
    this.list.replaceChildren(...this.choices.map((choice, index) => this.item(choice, index)));
    this.list.hidden = false;
    const place = this.editor.place(this.from);
    const room = this.editor.field.clientWidth - this.list.offsetWidth;
    this.list.style.left = `${Math.max(0, Math.min(place.left, room))}px`;
    this.list.style.top = `${place.top}px`;
    this.choose(0);
  }

  /** @type {(choice: Completed, index: number) => HTMLElement} */
  item(choice, index) {
    const item = document.createElement("li");
    item.id = `completion-${index}`;
    item.setAttribute("role", "option");
    item.title = choice.comment ?? "";
    item.append(made("b", "", choice.name), made("span", "", [choice.label, choice.kind].filter(Boolean).join(" · ")));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(index);
    });
    return item;
  }

  /** @type {(index: number) => void} */
  choose(index) {
    this.chosen = (index + this.choices.length) % this.choices.length;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.chosen)));
    this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
    this.editor.field.setAttribute("aria-activedescendant", `completion-${this.chosen}`);
  }

  /** @type {(index: number) => void} */
  take(index) {
    const { name } = this.choices[index];
    this.close();
    this.editor.replace(this.from, this.editor.caret, name);
    this.close();
    if (name.endsWith(":")) this.offer(true);
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.editor.field.removeAttribute("aria-activedescendant");
  }
}
