// Shows an answer: rows as a table, triples as a table or a network; and takes it away as a file.

import { download } from "./endpoint.js";
import { Network } from "./network.js";
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
    [this.prefixes, this.spaces] = [Object.entries(prefixes), spaces];
    this.labels = new Map(terms.map((term) => [term.name, term.label]));
  }

  /** Show what was found; the value says how much that is. */
  show(found, query) {
    this.query = query;
    $("answer").hidden = false;
    $("network").hidden = true;
    $("table").hidden = false;
    if ("yes" in found) return this.sentence(found.yes ? "Yes" : "No");
    this.columns = found.columns ?? ["subject", "predicate", "object"];
    this.rows = found.rows
      ? found.rows.map((row) => this.columns.map((name) => row[name]))
      : found.triples;
    this.downloads(found.rows ? ROWS : TRIPLES);
    this.table = new Table(this.columns, this.rows, this);
    this.views(found.triples);
    const what = found.rows ? "row" : "triple";
    return `${this.rows.length.toLocaleString("en")} ${what}${this.rows.length === 1 ? "" : "s"}`;
  }

  sentence(text) {
    const said = document.createElement("p");
    said.className = "yesno";
    said.textContent = text;
    $("table").replaceChildren(said);
    $("more").hidden = $("finding").hidden = true;
    this.downloads(ROWS);
    this.views(null);
    return text.toLowerCase();
  }

  /** Where a click leads: our own pages for what is ours, else the web; "" for what is no web address. */
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

  /** A term as a person reads it. */
  words({ type, value }) {
    if (type === "triple") return `<<( ${[value.subject, value.predicate, value.object].map((each) => this.words(each)).join(" ")} )>>`;
    return type === "uri" ? this.short(value) : value;
  }

  /** The words for a relation: its label, or what stands behind its prefix. */
  label(iri) {
    const short = this.short(iri);
    return this.labels.get(short) || short.replace(/^\w+:/, "");
  }

  views(triples) {
    const buttons = triples?.length ? [["Network", "network"], ["Table", "table"]] : [];
    $("views").replaceChildren(...buttons.map(([label, name]) => button(label, () => this.view(name))));
    if (!triples?.length) return;
    this.network = null;
    this.triples = triples;
    this.view("network");
  }

  async view(name) {
    [...$("views").children].forEach((each) => each.setAttribute("aria-pressed", String(each.textContent.toLowerCase() === name)));
    $("network").hidden = name !== "network";
    $("table").hidden = name !== "table";
    $("finding").hidden = name !== "table";
    $("more").hidden = name !== "table" || !this.table.left;
    if (name === "network" && !this.network) {
      this.network = new Network($("network"), this.triples, this);
    }
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
