// Rows as sentences, each with its sources: the sentences of the articles, and a link to the graph page.

import { $, made } from "./elements.js";
import { rowsOf, told } from "./endpoint.js";

const PAGE = 20; // number of answers shown at a time
const QUOTES = 1500; // maximum number of quotations that one query fetches
const MONTHS = "January February March April May June July August September October November December".split(" ");
/** @type {Record<string, string>} */
const HOW = { negated: "denied", planned: "planned", possible: "possible", reported: "reported" };
// {x}: the value of column x. {x besides y}: the names in column x (a list) that are not in column y.
const FIELD = /\{(\w+)(?: besides (\w+))?\}/g;

export class Sentences {
  /**
   * @param {string[]} columns
   * @param {Cells[]} rows
   * @param {string} answer the pattern in the header of a query
   * @param {Wording} names
   */
  constructor(columns, rows, answer, names) {
    this.names = names;
    this.heading = ""; // the heading above the last item shown
    /** @type {HTMLElement | null} */
    this.list = null; // the list that contains the last item shown
    const [heading, sentence] = answer.includes(" | ") ? answer.split(" | ") : ["", answer];
    /** @type {Map<string, Saying>} */
    const items = new Map();
    for (const row of rows) {
      const terms = Object.fromEntries(columns.map((name, index) => [name, row[index]]));
      const iris = row.flatMap((term) => (term?.type === "uri" ? [term.value] : []));
      const item = { heading: this.told(heading, terms), words: this.told(sentence, terms), iris };
      items.set(JSON.stringify(item), item); // rows that differ only in the article are one answer
    }
    this.items = [...items.values()];
    this.shown = 0;
    $("sentences").replaceChildren();
    if (!this.items.length) $("sentences").append(made("p", "none", "The articles say nothing of this."));
  }

  get left() {
    return this.items.length - this.shown;
  }

  /** The pattern with the values of a row filled in; a part in brackets is left out if one of its values is missing. */
  /** @type {(pattern: string, terms: Record<string, Term | undefined>) => string} */
  told(pattern, terms) {
    /** @type {(name: string) => string} */
    const value = (name) => {
      const term = terms[name];
      return term ? when(this.names.words(term)) : "";
    };
    /** @type {(name: string, other?: string) => string} */
    const filled = (name, other) =>
      other ? value(name).split(", ").filter((each) => !value(other).includes(each)).join(", ") : value(name);
    return pattern
      .replace(/\[([^\]]*)\]/g, (_, part) => ([...part.matchAll(FIELD)].every(([, name, other]) => filled(name, other)) ? part : ""))
      .replace(FIELD, (_, name, other) => filled(name, other));
  }

  /** Shows the first page of answers, if none is shown yet. */
  open() {
    this.offer();
    if (!this.shown && this.items.length) this.more();
  }

  /** Shows the button for further answers, while there are any. */
  offer() {
    $("more").onclick = () => this.more();
    $("more").hidden = !this.left;
    $("more").textContent = `Show ${Math.min(this.left, PAGE)} more of ${this.left.toLocaleString("en")}`;
  }

  async more() {
    const next = this.items.slice(this.shown, this.shown + PAGE);
    this.shown += next.length;
    const items = next.map((item) => ({ item, line: this.add(item) }));
    this.offer();
    await this.quote(items);
  }

  /** @type {(item: Saying) => HTMLElement} */
  add(item) {
    if (item.heading !== this.heading || !this.list) {
      this.heading = item.heading;
      if (item.heading) $("sentences").append(made("h3", "", item.heading));
      $("sentences").append((this.list = made("ol", "told", "")));
    }
    const line = document.createElement("li");
    line.append(made("p", "", item.words));
    this.list.append(line);
    return line;
  }

  /** Adds the quotations, with speaker and article, to answers. If the quotations cannot be fetched, the answers are shown without them. */
  /** @type {(items: { item: Saying; line: HTMLElement }[]) => Promise<void>} */
  async quote(items) {
    const iris = [...new Set(items.flatMap(({ item }) => item.iris))];
    if (!iris.length) return;
    const values = iris.map((iri) => `<${iri}>`).join(" ");
    try {
      const [quotes, things] = await Promise.all([rowsOf(quotesOf(values)), rowsOf(thingsOf(values))]);
      for (const { item, line } of items) {
        /** @type {(rows: Source[]) => Source[]} */
        const of = (rows) => rows.filter((row) => item.iris.includes(row.of.value));
        this.complete(line, item, of(quotes), of(things));
      }
    } catch (error) {
      $("state").textContent = `the sentences cannot be had: ${told(error)}`;
    }
    document.documentElement.dataset.told = String(this.shown); // read by tests
  }

  /** @type {(line: HTMLElement, item: Saying, quotes: Source[], things: Source[]) => void} */
  complete(line, item, quotes, things) {
    const words = /** @type {HTMLElement} */ (line.firstChild);
    words.replaceChildren(...this.linked(item.words, things));
    const how = new Set(quotes.map((row) => this.mood(row)).filter(Boolean));
    words.append(...[...how].map((each) => made("span", "how", each)));
    const place = placed(item, things, this.names);
    if (place) {
      const link = made("a", "open", "On the graph");
      link.href = `/explorer#${place}`;
      link.setAttribute("aria-label", `On the graph: ${item.words}`);
      words.append(link);
    }
    /** @type {(row: Source) => string} */
    const key = (row) => `${row.article.value} ${row.from.value} ${row.to.value}`;
    const firsts = new Set(item.iris.flatMap((iri) => quotes.filter((row) => row.of.value === iri).slice(0, 1)).map(key)); // the first quotation of each statement
    /** @type {HTMLElement[]} */
    const shown = [];
    /** @type {HTMLElement[]} */
    const rest = [];
    for (const [place, row] of new Map(quotes.map((row) => /** @type {const} */ ([key(row), row])))) {
      (firsts.has(place) ? shown : rest).push(this.quotation(row));
    }
    line.append(...shown);
    if (!rest.length) return;
    const folded = document.createElement("details");
    folded.append(made("summary", "", `${rest.length} more sentence${rest.length === 1 ? "" : "s"}`), ...rest);
    line.append(folded);
  }

  /** @type {(row: Source) => string} */
  mood({ factuality, speaker }) {
    const how = factuality ? HOW[(factuality.value.split("#").at(-1) ?? "").toLowerCase()] : "";
    return how && speaker ? `${how}: ${speaker.value}` : how;
  }

  /** @type {(row: Source) => HTMLElement} */
  quotation(row) {
    const quote = made("blockquote", "", row.sentence.value);
    const from = made("cite", "", "");
    const article = made("a", "", row.headline?.value ?? row.name.value);
    article.href = this.names.address(row.article.value);
    from.append(article, ` ${row.headline ? `${row.name.value}, ` : ""}characters ${row.from.value} to ${row.to.value}`);
    quote.append(" ", from);
    return quote;
  }

  /** The text, in which the name of each thing is a link to the graph page. */
  /** @type {(words: string, things: Source[]) => (string | HTMLElement)[]} */
  linked(words, things) {
    const named = [...new Map(things.map(({ label, thing }) => /** @type {const} */ ([label.value, thing.value])))];
    const within = named.filter(([label]) => words.includes(label)).sort(([one], [other]) => other.length - one.length);
    if (!within.length) return [words];
    const pattern = new RegExp(`(${within.map(([label]) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
    const iris = new Map(within);
    return words.split(pattern).filter(Boolean).map((piece) => {
      const iri = iris.get(piece);
      if (iri === undefined) return piece;
      const link = made("a", "", piece);
      link.href = `/explorer#${fragment("thing", [iri], this.names)}`;
      return link;
    });
  }
}

/** The part of the graph page's address that opens an answer: a line between two things, a path over a third, or one thing. */
/** @type {(item: Saying, things: Source[], names: Wording) => string} */
function placed({ iris }, things, names) {
  /** @type {(iri: string) => string[]} */
  const ends = (iri) => [...new Set(things.filter((row) => row.of.value === iri && row.end).map(({ thing }) => thing.value))];
  const pairs = iris.map(ends).filter(({ length }) => length);
  if (pairs.length === 1) return fragment(pairs[0].length === 2 ? "line" : "thing", pairs[0].slice(0, 2), names);
  const outer = pairs.flat().filter((thing) => pairs.filter((some) => some.includes(thing)).length === 1);
  if (outer.length === 2) return fragment("path", outer, names);
  return pairs.length ? fragment("thing", pairs[0].slice(0, 1), names) : "";
}

/** @type {(name: string, iris: string[], names: Wording) => string} */
function fragment(name, iris, names) {
  return new URLSearchParams({ [name]: iris.map((iri) => decodeURIComponent(names.local(iri))).join(" ") }).toString();
}

/** @type {(values: string) => string} */
const quotesOf = (values) => `SELECT ?of ?factuality ?speaker ?sentence ?from ?to ?article ?name ?headline {
  VALUES ?of { ${values} }
  ?of prov:wasDerivedFrom ?words .
  ?words nif:anchorOf ?sentence ; nif:beginIndex ?from ; nif:endIndex ?to ; schema:isPartOf ?article .
  ?article dct:identifier ?name .
  OPTIONAL { ?of kg:factuality ?factuality }
  OPTIONAL { ?of kg:speaker/rdfs:label ?speaker }
  OPTIONAL { ?article schema:headline ?headline }
} ORDER BY ?of ?name ?from LIMIT ${QUOTES}`;

/** The query for the things that answers name. `?end` is bound for subjects and objects of statements and for events: the graph page opens at these. The names of other things are only links. */
/** @type {(values: string) => string} */
const thingsOf = (values) => `SELECT DISTINCT ?of ?thing ?label ?end {
  VALUES ?of { ${values} }
  { ?of rdf:subject|rdf:object ?thing BIND (true AS ?end) }
  UNION { ?of kg:eventType|kg:isNamed ?any BIND (?of AS ?thing) BIND (true AS ?end) }
  UNION { ?conflict kg:side ?of ; kg:conflictSubject ?thing BIND (true AS ?end) }
  UNION { ?of kg:speaker|kg:place|kg:involves|kg:mentions ?thing }
  ?thing rdfs:label ?label
} ORDER BY ?of ?end ?label ?thing LIMIT ${QUOTES}`;

/** "2026-01-12" -> "12 January 2026", "2026-01" -> "January 2026", "2019/.." -> "since 2019"; others are unchanged. */
/** @type {(text: string) => string} */
export function when(text) {
  if (!/^[\d./-]+$/.test(text)) return text;
  const [from, to] = text.split("/");
  if (to === undefined) return day(from);
  if (from === "..") return `until ${day(to)}`;
  return to === ".." ? `since ${day(from)}` : `${day(from)} to ${day(to)}`;
}

/** @type {(text: string) => string} */
function day(text) {
  const [, year, month, date] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (!name) return text;
  return [date && Number(date), name, year].filter(Boolean).join(" ");
}
