// The data types of the query page, for the type checker (`npm run types`); browsers do not load this file.

/** A term in the format of SPARQL's JSON results. */
type Term = Atom | { type: "triple"; value: { subject: Term; predicate: Term; object: Term }; datatype?: undefined };
/** A term that is not itself a triple. */
type Atom =
  | { type: "uri" | "bnode"; value: string; datatype?: undefined }
  | { type: "literal"; value: string; datatype?: string; "xml:lang"?: string };
/** The terms of a row by the names of their columns; a column without a value is missing. */
type Row = Record<string, Term>;
type Triple = [subject: Term, predicate: Term, object: Term];
/** The terms of a row in the order of the columns. */
type Cells = (Term | undefined)[];
/** The answer to a query; its type depends on the query form (ASK; SELECT; CONSTRUCT or DESCRIBE). */
type Answered =
  | { yes: boolean; columns?: undefined; rows?: undefined; triples?: undefined }
  | { yes?: undefined; columns: string[]; rows: Row[]; triples?: undefined }
  | { yes?: undefined; columns?: undefined; rows?: undefined; triples: Triple[] };

/** What /vocabulary.json contains: prefixes, namespaces with their paths, classes and relations. */
type Vocabulary = { prefixes: Record<string, string>; spaces: [space: string, path: string][]; terms: Completed[] };
/** A completion: the name that is inserted, and what it is. */
type Completed = { name: string; kind?: string; label?: string; comment?: string };
/** A piece of a query; `start` is its offset in characters. */
type Token = { kind: string; text: string; start: number };

/** What /questions.json contains: a named query, its words as a question with blanks, the pattern of its answers. */
type Question = { name: string; title: string; ask: string; answer: string; parameters: { name: string; variable: string }[]; text: string };
/** A name offered for a blank; months have no IRI. */
type Offered = { words: string; more: string; iri?: string };

/** An answer: a row in words, the heading below which it is shown, and the IRIs in the row. */
type Saying = { heading: string; words: string; iris: string[] };
/** A row about the statement or event `of` of an answer: a sentence of an article, or a thing; some columns may be missing. */
type Source = Record<string, Atom>;
/** What writes the terms of an answer in words; implemented by Answer. */
type Wording = {
  words(term: Term): string;
  short(iri: string): string;
  local(iri: string): string;
  label(iri: string): string;
  address(iri: string): string;
};

/** A node and an edge of a network; `words` is the label, `size` the radius of the node. */
type NetworkNode = { id: string; words: string; group: "thing" | "text"; links: number; size: number };
type NetworkEdge = { id: string; words: string; from: string; to: string };
/** A label of a network, placed on the screen around a point. */
type Label = { words: string; x: number; y: number; wide: number; high: number; size: number; weight: number; relation: boolean };
/** A point in vis-network. */
type Place = { x: number; y: number };
/** A network drawn by vis-network: what the query page uses of it. */
interface Drawing {
  body: { edges: Record<string, { edgeType?: { getPoint(share: number): Place } } | undefined> };
  canvasToDOM(place: Place): Place;
  fit(options: { maxZoomLevel: number }): void;
  getPositions(): Record<string, Place>;
  getScale(): number;
  getSelectedNodes(): string[];
  on(event: "afterDrawing", act: (context: CanvasRenderingContext2D) => void): void;
  on(event: "hoverNode", act: (hovered: { node: string }) => void): void;
  on(event: "blurNode" | "select", act: () => void): void;
  on(event: "doubleClick", act: (clicked: { nodes: string[] }) => void): void;
  once(event: "stabilizationIterationsDone", act: () => void): void;
  redraw(): void;
  setOptions(options: object): void;
}

/** The elements of query.html by their ids. */
interface Elements {
  answer: HTMLElement;
  asked: HTMLElement;
  bar: HTMLElement;
  colours: HTMLElement;
  completions: HTMLElement;
  curl: HTMLButtonElement;
  downloads: HTMLElement;
  edit: HTMLButtonElement;
  find: HTMLInputElement;
  finding: HTMLElement;
  link: HTMLButtonElement;
  matches: HTMLElement;
  more: HTMLButtonElement;
  network: HTMLElement;
  problem: HTMLElement;
  progress: HTMLElement;
  recent: HTMLSelectElement;
  run: HTMLButtonElement;
  sentences: HTMLElement;
  state: HTMLElement;
  stop: HTMLButtonElement;
  table: HTMLElement;
  text: HTMLTextAreaElement;
  views: HTMLElement;
  write: HTMLButtonElement;
  writing: HTMLElement;
}
