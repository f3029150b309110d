// Rows as sentences, each with its sources: the sentences of the articles, and a link to the graph page.

import { ask } from "./endpoint.js";

const $ = (id) => document.getElementById(id);
const PAGE = 20; // answers shown at a time
const QUOTES = 1500; // sentences per query
const MONTHS = "January February March April May June July August September October November December".split(" ");
const HOW = { negated: "denied", planned: "planned", possible: "possible", reported: "reported" };
const FIELD = /\{(\w+)\}/g;

export class Sentences {
  /** `answer`: the pattern in the header of a query; `names` gives words and addresses of terms. */
  constructor(columns, rows, answer, names) {
    this.names = names;
    const [heading, sentence] = answer.includes(" | ") ? answer.split(" | ") : ["", answer];
    const items = new Map();
    for (const row of rows) {
      const terms = Object.fromEntries(columns.map((name, index) => [name, row[index]]));
      const iris = row.filter((term) => term?.type === "uri").map(({ value }) => value);
      const item = { heading: this.told(heading, terms), words: this.told(sentence, terms), iris };
      items.set(JSON.stringify(item), item); // rows that differ only in the article are one answer
    }
    [this.items, this.shown] = [[...items.values()], 0];
    $("sentences").replaceChildren();
    if (!this.items.length) $("sentences").append(made("p", "none", "The articles say nothing of this."));
  }

  get left() {
    return this.items.length - this.shown;
  }

  /** A pattern with the values of a row; brackets with a missing value are omitted. */
  told(pattern, terms) {
    const value = (name) => (terms[name] ? when(this.names.words(terms[name])) : "");
    return pattern
      .replace(/\[([^\]]*)\]/g, (_, part) => ([...part.matchAll(FIELD)].every(([, name]) => value(name)) ? part : ""))
      .replace(FIELD, (_, name) => value(name));
  }

  /** Show the first of them, if none is shown yet. */
  open() {
    this.offer();
    if (!this.shown && this.items.length) this.more();
  }

  /** The button for more, while there is more. */
  offer() {
    $("more").onclick = () => this.more();
    $("more").hidden = !this.left;
    $("more").textContent = `Show ${Math.min(this.left, PAGE)} more of ${this.left.toLocaleString("en")}`;
  }

  async more() {
    const next = this.items.slice(this.shown, this.shown + PAGE);
    this.shown += next.length;
    const items = next.map((item) => [item, this.add(item)]);
    this.offer();
    await this.quote(items);
  }

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

  /** The quotations with speaker and article; without them, for instance when the server is busy, only the answers. */
  async quote(items) {
    const iris = [...new Set(items.flatMap(([{ iris }]) => iris))];
    if (!iris.length) return;
    const values = iris.map((iri) => `<${iri}>`).join(" ");
    try {
      const [quotes, things] = await Promise.all([ask(quotesOf(values)), ask(thingsOf(values))]);
      for (const [item, line] of items) {
        const of = ({ rows }) => rows.filter((row) => item.iris.includes(row.of.value));
        this.complete(line, item, of(quotes), of(things));
      }
    } catch (error) {
      $("state").textContent = `the sentences cannot be had: ${error.message}`;
    }
    document.documentElement.dataset.told = this.shown; // read by tests
  }

  complete(line, item, quotes, things) {
    line.firstChild.replaceChildren(...this.linked(item.words, things));
    const how = new Set(quotes.map((row) => this.mood(row)).filter(Boolean));
    line.firstChild.append(...[...how].map((words) => made("span", "how", words)));
    const place = placed(item, things, this.names);
    if (place) {
      const link = made("a", "open", "On the graph");
      link.href = `/explorer#${place}`;
      link.setAttribute("aria-label", `On the graph: ${item.words}`);
      line.firstChild.append(link);
    }
    const key = (row) => row && `${row.article.value} ${row.from.value} ${row.to.value}`;
    const firsts = new Set(item.iris.map((iri) => key(quotes.find((row) => row.of.value === iri)))); // one for each
    const [shown, rest] = [[], []];
    for (const [place, row] of new Map(quotes.map((row) => [key(row), row]))) {
      (firsts.has(place) ? shown : rest).push(this.quotation(row));
    }
    line.append(...shown);
    if (!rest.length) return;
    const folded = document.createElement("details");
    folded.append(made("summary", "", `${rest.length} more sentence${rest.length === 1 ? "" : "s"}`), ...rest);
    line.append(folded);
  }

  mood({ factuality, speaker }) {
    const how = factuality ? HOW[factuality.value.split("#").pop().toLowerCase()] : "";
    return how && speaker ? `${how}: ${speaker.value}` : how;
  }

  quotation(row) {
    const quote = made("blockquote", "", row.sentence.value);
    const from = made("cite", "", "");
    const article = made("a", "", row.headline?.value ?? row.name.value);
    article.href = this.names.address(row.article.value);
    from.append(article, ` ${row.headline ? `${row.name.value}, ` : ""}characters ${row.from.value} to ${row.to.value}`);
    quote.append(" ", from);
    return quote;
  }

  /** The text, with a link to the graph page for each thing in it. */
  linked(words, things) {
    const named = [...new Map(things.map(({ label, thing }) => [label.value, thing.value]))];
    const within = named.filter(([label]) => words.includes(label)).sort(([one], [other]) => other.length - one.length);
    if (!within.length) return [words];
    const pattern = new RegExp(`(${within.map(([label]) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
    const iris = new Map(within);
    return words.split(pattern).filter(Boolean).map((piece) => {
      if (!iris.has(piece)) return piece;
      const link = made("a", "", piece);
      link.href = `/explorer#${fragment("thing", [iris.get(piece)], this.names)}`;
      return link;
    });
  }
}

/** What the graph page opens: a line between two things, a path over a third, or one thing. */
function placed({ iris }, things, names) {
  const ends = (iri) => [...new Set(things.filter((row) => row.of.value === iri && row.end).map(({ thing }) => thing.value))];
  const told = iris.map(ends).filter(({ length }) => length);
  if (told.length === 1) return fragment(told[0].length === 2 ? "line" : "thing", told[0].slice(0, 2), names);
  const outer = told.flat().filter((thing) => told.filter((some) => some.includes(thing)).length === 1);
  if (outer.length === 2) return fragment("path", outer, names);
  return told.length ? fragment("thing", told[0].slice(0, 1), names) : "";
}

function fragment(name, iris, names) {
  return new URLSearchParams({ [name]: iris.map((iri) => decodeURIComponent(names.local(iri))).join(" ") });
}

const quotesOf = (values) => `SELECT ?of ?factuality ?speaker ?sentence ?from ?to ?article ?name ?headline {
  VALUES ?of { ${values} }
  ?of prov:wasDerivedFrom ?words .
  ?words nif:anchorOf ?sentence ; nif:beginIndex ?from ; nif:endIndex ?to ; schema:isPartOf ?article .
  ?article dct:identifier ?name .
  OPTIONAL { ?of kg:factuality ?factuality }
  OPTIONAL { ?of kg:speaker/rdfs:label ?speaker }
  OPTIONAL { ?article schema:headline ?headline }
} ORDER BY ?of ?name ?from LIMIT ${QUOTES}`;

/** The ends of statements and events are opened; other things are only linked. */
const thingsOf = (values) => `SELECT DISTINCT ?of ?thing ?label ?end {
  VALUES ?of { ${values} }
  { ?of rdf:subject|rdf:object ?thing BIND (true AS ?end) }
  UNION { ?of kg:eventType|kg:isNamed ?any BIND (?of AS ?thing) BIND (true AS ?end) }
  UNION { ?conflict kg:side ?of ; kg:conflictSubject ?thing BIND (true AS ?end) }
  UNION { ?of kg:speaker|kg:place|kg:involves|kg:mentions ?thing }
  ?thing rdfs:label ?label
} ORDER BY ?of ?end ?label ?thing LIMIT ${QUOTES}`;

/** "2026-01-12" -> "12 January 2026", "2026-01" -> "January 2026", "2019/.." -> "since 2019"; others are unchanged. */
export function when(text) {
  if (!/^[\d./-]+$/.test(text)) return text;
  const [from, to] = text.split("/");
  if (to === undefined) return day(from);
  if (from === "..") return `until ${day(to)}`;
  return to === ".." ? `since ${day(from)}` : `${day(from)} to ${day(to)}`;
}

function day(text) {
  const [, year, month, date] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
  const name = MONTHS[month - 1];
  if (!name) return text;
  return [date && Number(date), name, year].filter(Boolean).join(" ");
}

function made(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}
