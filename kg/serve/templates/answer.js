// Shows an answer: rows as a table, triples as a table or a network; and saves it as a file.

import { $, made } from "./elements.js";
import { download, told } from "./endpoint.js";
import { Network } from "./network.js";
import { Sentences } from "./sentences.js";
import { Table } from "./table.js";

/** The formats in which rows can be saved: label -> media type and suffix of the file. */
/** @type {Record<string, [type: string, suffix: string]>} */
const ROWS = { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"],
               TSV: ["text/tab-separated-values", "tsv"], XML: ["application/sparql-results+xml", "xml"] };
/** @type {Record<string, [type: string, suffix: string]>} */
const TRIPLES = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"],
                  "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] };

export class Answer {
  constructor() {
    this.query = "";
    /** @type {string[]} */
    this.columns = [];
    /** @type {Cells[]} */
    this.rows = [];
    /** @type {Triple[]} */
    this.triples = [];
    /** @type {Table | null} */
    this.table = null;
    /** @type {Sentences | null} */
    this.sentences = null;
    /** @type {Network | null} */
    this.network = null;
    /** @type {[prefix: string, space: string][]} */
    this.prefixes = [];
    /** @type {[space: string, path: string][]} */
    this.spaces = [];
    this.data = ""; // the namespace of the graph's data ("d:")
    /** @type {Map<string, string | undefined>} */
    this.labels = new Map();
    this.know({ prefixes: {}, spaces: [], terms: [] });
  }

  /** @type {(vocabulary: Vocabulary) => void} */
  know({ prefixes, spaces, terms }) {
    [this.prefixes, this.spaces, this.data] = [Object.entries(prefixes), spaces, prefixes.d ?? ""];
    this.labels = new Map(terms.map((term) => [term.name, term.label]));
  }

  /** Shows the result and returns its size in words ("3 rows"); `answer`: the pattern for a row as a sentence, or "". */
  /** @type {(found: Answered, query: string, answer?: string) => string} */
  show(found, query, answer = "") {
    this.query = query;
    $("answer").hidden = false;
    [this.network, this.sentences, this.triples] = [null, null, found.triples ?? []];
    if (found.yes !== undefined) return this.sentence(found.yes ? "Yes" : "No");
    const columns = found.columns ?? ["subject", "predicate", "object"];
    this.rows = found.rows
      ? found.rows.map((row) => columns.map((name) => row[name]))
      : found.triples;
    this.downloads(found.rows ? ROWS : TRIPLES);
    this.columns = columns;
    this.table = new Table(this.columns, this.rows, this);
    if (found.rows && answer) this.sentences = new Sentences(this.columns, this.rows, answer, this);
    this.views(found.triples?.length ? ["network", "table"] : this.sentences ? ["sentences", "table"] : ["table"]);
    if (this.sentences) return counted(this.sentences.items.length, "answer");
    return counted(this.rows.length, found.rows ? "row" : "triple");
  }

  /** @type {(text: string) => string} */
  sentence(text) {
    $("table").replaceChildren(made("p", "yesno", text));
    this.downloads(ROWS);
    this.views(["table"]);
    $("more").hidden = $("finding").hidden = true;
    return text.toLowerCase();
  }

  /** The address to which the name of an IRI links: that of the IRI's page on this server; without one, the IRI itself if it is a web address, otherwise "". */
  /** @type {(iri: string) => string} */
  address(iri) {
    for (const [space, path] of this.spaces) {
      if (iri === space || iri.startsWith(space.endsWith("/") ? space : `${space}#`)) return path + iri.slice(space.length);
    }
    return /^https?:\/\//.test(iri) ? iri : "";
  }

  /** @type {(iri: string) => string} */
  short(iri) {
    for (const [prefix, space] of this.prefixes) {
      if (iri.startsWith(space) && iri.length > space.length) return `${prefix}:${iri.slice(space.length)}`;
    }
    return iri;
  }

  /** The part of an IRI of our data that is written after "d:". */
  /** @type {(iri: string) => string} */
  local(iri) {
    return iri.slice(this.data.length);
  }

  /** A term as people see it: a label, a short IRI, a literal in words. */
  /** @type {(term: Term) => string} */
  words({ type, value }) {
    if (type === "triple") return `<<( ${[value.subject, value.predicate, value.object].map((each) => this.words(each)).join(" ")} )>>`;
    return type === "uri" ? this.short(value) : value;
  }

  /** The words for a relation: its label, or its local name. */
  /** @type {(iri: string) => string} */
  label(iri) {
    const short = this.short(iri);
    return this.labels.get(short) || short.replace(/^\w+:/, "");
  }

  /** Shows the first of these views, and buttons for the others. */
  /** @type {(names: ("network" | "table" | "sentences")[]) => void} */
  views(names) {
    const labels = { network: "Network", table: "Table", sentences: "Sentences" };
    const buttons = names.length > 1 ? names.map((name) => button(labels[name], () => this.view(name))) : [];
    $("views").replaceChildren(...buttons);
    this.view(names[0]);
  }

  /** @type {(name: "network" | "table" | "sentences") => void} */
  view(name) {
    [...$("views").children].forEach((each) => each.setAttribute("aria-pressed", String(each.textContent?.toLowerCase() === name)));
    for (const each of /** @type {const} */ (["network", "table", "sentences"])) $(each).hidden = each !== name;
    $("finding").hidden = name !== "table" || (this.rows.length) < 2;
    $("more").hidden = true;
    if (name === "table") this.table?.offer();
    if (name === "sentences") this.sentences?.open();
    if (name === "network") this.network ??= new Network($("network"), this.triples, this);
  }

  /** @type {(type: string, name: string) => Promise<void>} */
  async take(type, name) {
    try {
      save(await download(this.query, type), name);
    } catch (error) {
      $("state").textContent = `no file: ${told(error)}`;
    }
  }

  /** @type {(formats: Record<string, [type: string, suffix: string]>) => void} */
  downloads(formats) {
    $("downloads").replaceChildren("Download ", ...Object.entries(formats).map(([label, [type, suffix]]) =>
      button(label, () => this.take(type, `answer.${suffix}`)),
    ));
  }
}

/** @type {(number: number, what: string) => string} */
function counted(number, what) {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

/** @type {(label: string, action: () => void) => HTMLButtonElement} */
function button(label, action) {
  const button = made("button", "", label);
  button.type = "button";
  button.addEventListener("click", action);
  return button;
}

/** @type {(blob: Blob, name: string) => void} */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
