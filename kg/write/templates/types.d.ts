// The data types of the page, for the type checker (`npm run types`); browsers do not load this file.
// Things, facts, events, articles ... are numbers: indices into the columns of Records (kg/write/page/records.py).

type Thing = number;
type Fact = number;
/** A position, as left and top: in pixels of the screen or in units of the layout. */
type Point = [number, number];
/** First and last day, as numbers 20260112. */
type Span = [number, number];
type Mood = "asserted" | "doubtful" | "reported" | "planned" | "possible" | "negated" | "together";
type Look = Record<"page" | "text" | "muted" | "line" | "accent" | Mood, string>;
type Family = { name: string; label: string; colour: string; shape: string; number: number };
type Article = { id: string; title: string; publisher: string; date: string; day: string; url: string };
type Story = { headline: string; articles: number[]; things: Thing[]; roles: string[]; facts: Fact[]; sketch: Sketched[]; events: Thing[]; words: string[]; opening: string };
/** A line of the sketch of a story without news between two things; it leads to another thing or to words. */
type Sketched = { fact: Fact; one: Thing; other: Thing | null; label: string; words: string };
type Conflict = { thing: Thing; property: string; values: { label: string; independent: number; articles: number[] }[] };

interface Things {
  id: string[];
  label: string[];
  aliases: string[][];
  type: number[];
  family: number[];
  kind: number[];
  articles: number[][];
  x: number[];
  y: number[];
  radius: number[];
  cluster: number[];
}

interface Facts {
  id: string[];
  subject: Thing[];
  object: Thing[];
  relation: number[];
  factuality: number[];
  speaker: Thing[];
  place: Thing[];
  event: Thing[];
  start: string[];
  end: string[];
  articles: number[][];
  witnesses: number[];
  slight: number[];
}

/** Events with their participants. */
interface Parts {
  event: Thing[];
  factuality: number[];
  place: Thing[];
  start: string[];
  end: string[];
  role: number[][];
  thing: Thing[][];
}

interface Core {
  factualities: Mood[];
  kinds: string[];
  families: Family[];
  types: string[];
  relations: string[];
  interests: number[];
  known: number;
  words: string[];
  roles: string[];
  articles: Article[];
  things: Things;
  facts: Facts;
  parts: Parts;
  conflicts: Conflict[];
  stories: Story[];
  untitled: boolean;
  first: { things: Thing[]; limit: number; scale: number; nodes: any[]; options: object };
}

/** The details of a fact on a card: text of the object, time, confidence, quotes, doubts. */
type FactRow = [string | null, string, number, Quote[], string[]];
/** A sentence, and its words for the relation. */
type Quote = [number, string];

/** A line of the drawing: everything between two things. */
interface Line {
  key: string;
  a: Thing;
  b: Thing;
  facts: Fact[];
  happenings: number[];
  from: Thing;
  to: Thing;
  both: boolean;
  mood: Mood;
  label: string;
}

/** A participation in an event that relates two things. */
type Part = { one: Thing; other: Thing; part: number; role?: number };
type Link = { one: Thing; other: Thing; fact?: Fact; part?: number; role?: number };
type Pair = { key: string; a: Thing; b: Thing; facts: Fact[]; parts: Part[] };
type Selected = { things: Thing[]; lines: Line[]; chosen: number; possible: number };
/** A step of a path from one thing to another. */
type Step = { from: Thing; to: Thing; facts: Fact[]; happenings: number[]; articles: number[] };

type Emphasis = { things: Set<Thing>; lines: Set<string> };
type State = { emphasis: Emphasis | null; open: Thing | null; apart: string | null };
/** What is at a point of the drawing: a thing, or a line with its fact. */
type Hit = { thing: Thing; key?: undefined } | { thing?: undefined; key: string; fact: Fact | null };
/** The label of a line. */
type Title = { id: string; key: string; mood: Mood; rows: string[]; shares?: number[] };
/** A placed label of a line: the share of the line's length at which it is, and its distance from there. */
type Placed = Title & { share: number; aside: Point; spot: Point };
type Name = { thing: Thing; rows: string[]; across: number; down: number; wide: number; high: number; away: boolean };
type Course = { from: Point; to: Point; via: Point | undefined; at: Point[] };
/** The visible part of the drawing. */
type View = { x: number; y: number; zoom: number };
type Room = { width: number; height: number };

/** The input of `arrange`: `nodes` are [width, above, below], `links` [one, other, width, height of the label], `fixed` [node, x, y]. */
type Problem = { nodes: number[][]; links: number[][]; fixed?: number[][]; width: number; height: number };

/** The content of the card. */
type Opened = {
  thing?: Thing;
  line?: [Thing, Thing];
  fact?: Fact | null;
  path?: [Thing, Thing];
  way?: number;
  sentence?: number;
  words?: string;
};

/** Information about a thing: a fact, or an event in which it took part. */
type Item = { fact?: Fact; part?: number; folded: Fact[]; days: Span | null; topic: string; plain: boolean };
/** A search result: a thing, a fact (with the words of its object), an article, a sentence. */
type FoundFact = { fact: Fact; said: string | null };
type FoundSentence = { sentence: number; article: number; text: string };
type Found = { thing: Thing } | FoundFact | { found: number } | FoundSentence;

/** A child of an element; empty or missing ones are omitted. */
type Child = Node | string | null | undefined | false | Child[];
/** An element of page.html, which may be a field of its form. */
type Control = HTMLElement & {
  value: string;
  placeholder: string;
  max: string;
  checked: boolean;
  open: boolean;
  select(): void;
};

/** vis-network, which the page contains. */
declare const vis: any;
declare var graphPage: import("./page.js").Page;
type Edges = [left: number, top: number, right: number, bottom: number];
/** A cluster of things, on a tinted ground. */
type Island = { tint: string; things: Thing[]; lines: [Thing, Thing][] };
/** A switch of a filter: the set that contains its value if it is on, the value, name, mark, words, hint, number. */
type Switch = [Set<any>, unknown, string, Node | null, string, string, number | null];
/** The actions for the chosen hits of a search. */
type Picks = {
  thing: (thing: Thing) => void;
  fact: (fact: Fact) => void;
  article: (article: number) => void;
  sentence: (sentence: number, words: string) => void;
};
/** A line of a story. */
type Told = { fact: Fact; one: Thing; other: Thing | string; label: string };
/** The label of a thing in a story: rows of its name and role, and their extent: [width, above, below]. */
type Face = { rows: string[]; role: string[]; box: number[] };
/** A thing, or an article, and the cost of the path to it. */
type Priced = [cost: number, node: number];
type TableRow = [string, string, string, string, Mood, string, number, Fact];
/** A bar of the histogram of dates. */
type Bar = { first: number; last: number; label: string; number: number };

// The classes of the modules.
type Brush = import("./brush.js").Brush;
type Camera = import("./camera.js").Camera;
type Cards = import("./cards.js").Cards;
type Choice = import("./choice.js").Choice;
type Graph = import("./data.js").Graph;
type Far = import("./far.js").Far;
type Filters = import("./filters.js").Filters;
type Finder = import("./finder.js").Finder;
type Front = import("./front.js").Front;
type Keys = import("./keys.js").Keys;
type Labels = import("./labels.js").Labels;
type Boxes = import("./lettering.js").Boxes;
type Near = import("./near.js").Near;
type Page = import("./page.js").Page;
type Stage = import("./stage.js").Stage;
type Table = import("./table.js").Table;
/** A state of the page: its address, its name, and the key that distinguishes it from the previous one. */
type Crumb = { fragment: string; words: string; key: string };
type Bookmark = { words: string; fragment: string };
/** Something that is dragged: it follows the pointer until released. */
type Grip = { move: (point: Point) => void; drop: () => void };
