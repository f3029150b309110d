// Shows an answer: rows as a table, triples as a table or a network; and saves it as a file.

import { download } from "./endpoint.js";
import { Network } from "./network.js";
import { Sentences } from "./sentences.js";
import { Table } from "./table.js";

const $ = (id) => document.getElementById(id);
const ROWS = { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"],
               TSV: ["text/tab-separated-values", "tsv"], XML: ["application/sparql-results+xml", "xml"] };
const TRIPLES = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"],
                  "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] };

export class Answer {
  constructor() {
    this.know({ prefixes: {}, spaces: [], terms: [] });
  }

  know({ prefixes, spaces, terms }) {
    [this.prefixes, this.spaces, this.data] = [Object.entries(prefixes), spaces, prefixes.d ?? ""];
    this.labels = new Map(terms.map((term) => [term.name, term.label]));
  }

  /** Show the result; `answer` is the pattern for a row in words, "" if there is none. Returns its size in words. */
  show(found, query, answer = "") {
    this.query = query;
    $("answer").hidden = false;
    [this.network, this.sentences, this.triples] = [null, null, found.triples];
    if ("yes" in found) return this.sentence(found.yes ? "Yes" : "No");
    this.columns = found.columns ?? ["subject", "predicate", "object"];
    this.rows = found.rows
      ? found.rows.map((row) => this.columns.map((name) => row[name]))
      : found.triples;
    this.downloads(found.rows ? ROWS : TRIPLES);
    this.table = new Table(this.columns, this.rows, this);
    if (found.rows && answer) this.sentences = new Sentences(this.columns, this.rows, answer, this);
    this.views(found.triples?.length ? ["network", "table"] : this.sentences ? ["sentences", "table"] : ["table"]);
    if (this.sentences) return counted(this.sentences.items.length, "answer");
    return counted(this.rows.length, found.rows ? "row" : "triple");
  }

  sentence(text) {
    const said = document.createElement("p");
    said.className = "yesno";
    said.textContent = text;
    $("table").replaceChildren(said);
    this.downloads(ROWS);
    this.views(["table"]);
    $("more").hidden = $("finding").hidden = true;
    return text.toLowerCase();
  }

  /** The target of a click: a page of this server for our IRIs, otherwise the web; "" if it is not a web address. */
  address(iri) {
    for (const [space, path] of this.spaces) {
      if (iri === space || iri.startsWith(space.endsWith("/") ? space : `${space}#`)) return path + iri.slice(space.length);
    }
    return /^https?:\/\//.test(iri) ? iri : "";
  }

  short(iri) {
    for (const [prefix, space] of this.prefixes) {
      if (iri.startsWith(space) && iri.length > space.length) return `${prefix}:${iri.slice(space.length)}`;
    }
    return iri;
  }

  /** The local name of one of our things: the part after "d:". */
  local(iri) {
    return iri.slice(this.data.length);
  }

  /** A term for people. */
  words({ type, value }) {
    if (type === "triple") return `<<( ${[value.subject, value.predicate, value.object].map((each) => this.words(each)).join(" ")} )>>`;
    return type === "uri" ? this.short(value) : value;
  }

  /** The words for a relation: its label, or its local name. */
  label(iri) {
    const short = this.short(iri);
    return this.labels.get(short) || short.replace(/^\w+:/, "");
  }

  /** Show the first view, and offer the others. */
  views(names) {
    const labels = { network: "Network", table: "Table", sentences: "Sentences" };
    const buttons = names.length > 1 ? names.map((name) => button(labels[name], () => this.view(name))) : [];
    $("views").replaceChildren(...buttons);
    this.view(names[0]);
  }

  view(name) {
    [...$("views").children].forEach((each) => each.setAttribute("aria-pressed", String(each.textContent.toLowerCase() === name)));
    for (const each of ["network", "table", "sentences"]) $(each).hidden = each !== name;
    $("finding").hidden = name !== "table" || (this.rows?.length ?? 0) < 2;
    $("more").hidden = true;
    if (name === "table") this.table?.offer();
    if (name === "sentences") this.sentences.open();
    if (name === "network") this.network ??= new Network($("network"), this.triples, this);
  }

  async take(type, name) {
    try {
      save(await download(this.query, type), name);
    } catch (error) {
      $("state").textContent = `no file: ${error.message}`;
    }
  }

  downloads(formats) {
    $("downloads").replaceChildren("Download ", ...Object.entries(formats).map(([label, [type, suffix]]) =>
      button(label, () => this.take(type, `answer.${suffix}`)),
    ));
  }
}

function counted(number, what) {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
