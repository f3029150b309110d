// Sends queries to the endpoint. An answer is rows, yes or no, or triples.

const ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

/** A failed query; `line` is the line of the error, 0 if there is none. */
export class Problem extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.line = Number(/^line (\d+), column \d+/.exec(message)?.[1] ?? 0);
  }
}

/** @type {(query: string, signal?: AbortSignal) => Promise<Answered>} */
export async function ask(query, signal) {
  const response = await post(query, `${ROWS}, ${TRIPLES}`, signal);
  if (response.headers.get("content-type")?.startsWith(TRIPLES)) return { triples: parse(await response.text()) };
  const found = await response.json();
  if ("boolean" in found) return { yes: found.boolean };
  return { columns: found.head.vars, rows: found.results.bindings };
}

/** The rows of one of the page's own SELECT queries; no term in them is a triple (RDF 1.2). */
/** @type {(query: string) => Promise<Record<string, Atom>[]>} */
export async function rowsOf(query) {
  return /** @type {Record<string, Atom>[]} */ ((await ask(query)).rows);
}

/** The message of an error. */
/** @type {(error: unknown) => string} */
export function told(error) {
  return error instanceof Error ? error.message : String(error);
}

/** The answer to a query in the format of a media type, as the content of a file. */
/** @type {(query: string, type: string) => Promise<Blob>} */
export async function download(query, type) {
  return (await post(query, type)).blob();
}

/** @type {(query: string, accept: string, signal?: AbortSignal) => Promise<Response>} */
async function post(query, accept, signal) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  const response = await fetch("/sparql", { method: "POST", headers, body: query, signal });
  if (!response.ok) throw new Problem((await response.text()).trim());
  return response;
}

// A term of N-Triples, preceded by spaces and by the ")>>" with which a triple term, <<( s p o )>>, may end.
const TERM = /(?:\s|\)>>)*(?:(<<\()|<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([\w-]+))?)/y;
/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The triples of a text in N-Triples, each a list of three terms. */
/** @type {(text: string) => Triple[]} */
function parse(text) {
  return text.split("\n").filter(Boolean).map((line) => {
    TERM.lastIndex = 0;
    return [term(line), term(line), term(line)];
  });
}

/** The next term of a line; TERM.lastIndex keeps the position. */
/** @type {(line: string) => Term} */
function term(line) {
  const [, open, iri, blank, text, datatype, language] = TERM.exec(line) ?? [];
  if (open) return { type: "triple", value: { subject: term(line), predicate: term(line), object: term(line) } };
  if (iri !== undefined) return { type: "uri", value: plain(iri) };
  if (blank) return { type: "bnode", value: blank };
  return { type: "literal", value: plain(text), datatype, "xml:lang": language };
}

/** @type {(text: string) => string} */
function plain(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(four ?? eight, 16)),
  );
}
