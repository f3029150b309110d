// A text field that shows SPARQL in colours: the field's own text is transparent, and a coloured copy lies below it.

import { made } from "./elements.js";
import { pen } from "./lettering.js";

const TOKEN = new RegExp(
  [
    /(?<comment>#[^\n]*)/,
    /(?<iri><[^<>"{}|^`\s]*>)/,
    /(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
    /(?<variable>[?$]\w+)/,
    /(?<name>[A-Za-z][\w.-]*:[\p{L}\p{M}\p{N}_.%-]*|:[\p{L}\p{M}\p{N}_.%-]+|_:[\w-]+)/u,
    /(?<number>\b\d+(?:\.\d+)?\b)/,
    /(?<word>[A-Za-z_]+)/,
    /(?<other>[\s\S])/,
  ].map((part) => part.source).join("|"),
  "gu",
);

export const KEYWORDS = new Set(
  `SELECT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED AS GROUP BY HAVING ORDER ASC DESC
   LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH UNION FILTER EXISTS NOT MINUS BIND IN A TRUE FALSE SEPARATOR
   STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
   ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ
   NOW UUID STRUUID COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
   REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT`.split(/\s+/),
);

/** @type {(text: string) => Generator<Token>} */
export function* tokens(text) {
  for (const found of text.matchAll(TOKEN)) {
    const [kind = ""] = Object.entries(found.groups ?? {}).find(([, piece]) => piece !== undefined) ?? [];
    yield { kind, text: found[0], start: found.index };
  }
}

export class Editor {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} colours
   */
  constructor(field, colours) {
    this.field = field;
    this.colours = colours;
    /** @type {Set<string> | null} */
    this.known = null;
    this.wrong = 0;
    field.addEventListener("input", () => {
      this.wrong = 0;
      this.paint();
    });
    field.addEventListener("scroll", () => this.align());
    field.addEventListener("keydown", (event) => this.indent(event));
    field.addEventListener("keydown", (event) => this.comment(event));
    new ResizeObserver(() => this.align()).observe(field);
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.wrong = 0;
    this.paint();
    this.field.dispatchEvent(new Event("changed"));
  }

  get caret() {
    return this.field.selectionStart;
  }

  /** Tells the editor which names the graph has; other names are underlined. */
  /** @type {(vocabulary: Vocabulary) => void} */
  know(vocabulary) {
    this.known = vocabulary.terms.length ? new Set(vocabulary.terms.map((term) => term.name)) : null;
    this.paint();
  }

  /** Marks the line with the error; 0 removes the mark. */
  /** @type {(line: number) => void} */
  mark(line) {
    this.wrong = line;
    this.paint();
  }

  /** Replace the text between two offsets; this can be undone. */
  /** @type {(start: number, end: number, text: string) => void} */
  replace(start, end, text) {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) this.field.setRangeText(text, start, end, "end");
    this.paint();
  }

  paint() {
    const lines = [line(1, this.wrong)];
    for (const token of tokens(this.text)) {
      const kind = this.kind(token);
      token.text.split("\n").forEach((piece, index) => {
        if (index) lines.push(line(lines.length + 1, this.wrong));
        if (piece) lines.at(-1)?.append(kind ? made("span", kind, piece) : piece);
      });
    }
    lines.forEach((each) => each.append("\n"));
    this.colours.replaceChildren(...lines);
    const rows = this.text.split("\n").length;
    this.field.rows = Math.min(22, Math.max(8, rows + 1));
    this.align();
  }

  /** The CSS class of a token, which gives its colour. */
  /** @type {(token: Token) => string} */
  kind({ kind, text }) {
    if (kind === "word") return KEYWORDS.has(text.toUpperCase()) ? "keyword" : "";
    if (kind === "name" && this.known && /^(kg|kgr):./.test(text) && !this.known.has(text)) return "name unknown";
    return kind === "other" ? "" : kind;
  }

  align() {
    this.colours.style.transform = `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`;
  }

  /** Enter begins a line with the indentation of the previous one. Tab still moves the focus, for keyboard users. */
  /** @type {(event: KeyboardEvent) => void} */
  indent(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const before = this.text.slice(0, this.caret);
    const last = before.slice(before.lastIndexOf("\n") + 1);
    const deeper = /\{\s*$/.test(last) ? "  " : "";
    const indent = (/^ */.exec(last)?.[0] ?? "") + deeper;
    if (!indent) return;
    event.preventDefault();
    this.replace(this.caret, this.field.selectionEnd, `\n${indent}`);
    this.field.dispatchEvent(new Event("input"));
  }

  /** Ctrl+/ turns the selected lines into comments; if they are comments, back into text. */
  /** @type {(event: KeyboardEvent) => void} */
  comment(event) {
    if (event.key !== "/" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const begin = this.text.lastIndexOf("\n", this.caret - 1) + 1;
    const end = this.text.indexOf("\n", this.field.selectionEnd);
    const lines = this.text.slice(begin, end < 0 ? undefined : end).split("\n");
    const off = lines.every((each) => each.startsWith("#"));
    const changed = lines.map((each) => (off ? each.replace(/^# ?/, "") : `# ${each}`)).join("\n");
    this.replace(begin, end < 0 ? this.text.length : end, changed);
    this.field.setSelectionRange(begin, begin + changed.length);
    this.field.dispatchEvent(new Event("input"));
  }

  /** The position of an offset in the text, in pixels from the top left corner of the field. */
  /** @type {(offset: number) => { left: number; top: number }} */
  place(offset) {
    const before = this.text.slice(0, offset).split("\n");
    const style = getComputedStyle(this.field);
    const [height, left, top] = [style.lineHeight, style.paddingLeft, style.paddingTop].map(parseFloat);
    const canvas = pen(document.createElement("canvas"));
    canvas.font = style.font;
    return {
      left: left + canvas.measureText(before.at(-1) ?? "").width - this.field.scrollLeft,
      top: top + before.length * height - this.field.scrollTop,
    };
  }
}

/** @type {(number: number, wrong: number) => HTMLElement} */
function line(number, wrong) {
  return made("span", number === wrong ? "line wrong" : "line", "");
}
