// The data of the page: unpacks its records, and gives access to the graph, which is in the columns of these records.

export const NARROW = matchMedia("(max-width: 820px)"); // matches on a phone

/** An element of page.html. */
/** @type {(id: string) => Control} */
export const $$ = (id) => /** @type {Control} */ (document.getElementById(id));

const unpackedRecords = new Map();

/** The record in a script element "data-NAME": base64 of gzip of JSON. Each is unpacked once. */
/** @type {(name: string) => Promise<any>} */
export function unpack(name) {
  if (!unpackedRecords.has(name)) unpackedRecords.set(name, read($$(`data-${name}`)));
  return unpackedRecords.get(name);
}

/** @type {(element: HTMLElement) => Promise<any>} */
async function read(element) {
  const text = atob(element.textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const BLOCK = 256; // number of rows of a block; the same number is in records.py

/** Row `number` of a table in blocks ("facts", "happenings", "sentences"). */
/** @type {(name: string, number: number) => Promise<any>} */
export async function row(name, number) {
  return (await unpack(`${name}-${Math.floor(number / BLOCK)}`))[number % BLOCK];
}

/** All rows of a table. */
/** @type {(name: string) => Promise<any[]>} */
export async function rows(name) {
  const blocks = [];
  for (let at = 0; $$(`data-${name}-${at}`); at += 1) blocks.push(unpack(`${name}-${at}`));
  return (await Promise.all(blocks)).flat();
}

/** The first and the last day of an ISO 8601 date of any precision, as numbers 20260112; null if there is none. */
/** @type {(start: string, end: string) => Span | null} */
function days(start, end) {
  const first = dayOf(start || end, false);
  return first === null ? null : [first, dayOf(end || start, true) ?? first];
}

const known = new Map(); // a cache: date -> its days

/** @type {(iso: string, last: boolean) => number | null} */
function dayOf(iso, last) {
  const key = last ? `${iso}.` : iso;
  if (!known.has(key)) known.set(key, readDay(iso, last));
  return known.get(key);
}

/** @type {(iso: string, last: boolean) => number | null} */
function readDay(iso, last) {
  const [, year, rest] = /^(\d{3,4})(?:-(.*))?$/.exec(iso) ?? [];
  if (!year) return null;
  if (year.length === 3) return Number(year) * 100000 + (last ? 91231 : 101); // a decade: "202" is the 2020s
  const [, quarter] = /^Q([1-4])$/.exec(rest ?? "") ?? [];
  const [, week] = /^W(\d\d)$/.exec(rest ?? "") ?? [];
  if (quarter) return Number(year) * 10000 + Number(quarter) * 300 + (last ? 31 : -199);
  if (week) {
    const monday = new Date(Date.UTC(Number(year), 0, 4)); // 4 January is always in week 1
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) + 7 * (Number(week) - 1) + (last ? 6 : 0));
    return monday.getUTCFullYear() * 10000 + (monday.getUTCMonth() + 1) * 100 + monday.getUTCDate();
  }
  const [month = last ? "12" : "01", day = last ? "31" : "01"] = rest ? rest.split("-") : [];
  return Number(year) * 10000 + Number(month) * 100 + Number(day.slice(0, 2)) || null;
}

/** Things, facts and events by number; a thing's number is its rank, the most important is 0. */
export class Graph {
  /**
   * @param {Core} core
   */
  constructor(core) {
    this.articles = core.articles;
    this.conflicts = core.conflicts;
    this.facts = core.facts;
    this.factualities = core.factualities;
    this.families = core.families;
    this.first = core.first;
    this.interests = core.interests;
    this.known = core.known; // number of things in the whole graph, of which this page may have only a part
    this.kinds = core.kinds;
    this.parts = core.parts;
    this.relations = core.relations;
    this.roles = core.roles;
    this.stories = core.stories;
    this.things = core.things;
    this.types = core.types;
    this.untitled = core.untitled;
    this.words = core.words;
    this.size = this.things.id.length;
    /** @type {Fact[][] | null} */
    this.aboutThing = null;
    /** @type {number[][] | null} */
    this.takingsOfThing = null;
    if (NARROW.matches) this.turn();
    this.numbers = new Map(this.things.id.map((id, number) => [id, number]));
    this.factNumbers = new Map(this.facts.id.map((id, number) => [id, number]));
    const { facts, parts } = this;
    this.storyOf = this.articles.map(() => -1);
    this.stories.forEach(({ articles }, number) => articles.forEach((article) => { this.storyOf[article] = number; }));
    this.contested = new Set(this.conflicts.map(({ thing }) => thing));
    this.happeningOf = new Map(parts.event.map((thing, at) => [thing, at])); // thing -> row of parts
    this.articleDays = this.articles.map(({ day }) => days(day, day));
    this.partDays = parts.event.map((thing, at) => days(parts.start[at], parts.end[at]) ?? this.daysOfArticles(this.things.articles[thing]));
    this.factDays = facts.id.map((_, at) => this.ownDays(at) ?? this.daysOfArticles(facts.articles[at]));
  }

  /** The first and the last day of a fact, or of its event, according to the articles; null if unknown. */
  /** @type {(fact: Fact) => Span | null} */
  ownDays(fact) {
    const { facts, parts } = this;
    const own = days(facts.start[fact], facts.end[fact]);
    const at = this.happeningOf.get(facts.event[fact]);
    return own ?? (at === undefined ? null : days(parts.start[at], parts.end[at]));
  }

  /** The day of the first of these articles, which is used for an undated fact. */
  /** @type {(articles: number[]) => Span | null} */
  daysOfArticles(articles) {
    const dated = /** @type {Span[]} */ (articles.map((article) => this.articleDays[article]).filter(Boolean));
    return dated.length ? dated.reduce((one, other) => (other[0] < one[0] ? other : one)) : null;
  }

  /** Rotates the drawing for portrait screens, and makes it smaller. */
  turn() {
    const { x, y, radius } = this.things;
    [this.things.x, this.things.y] = [y.map((value) => value * 0.8), x];
    this.things.radius = radius.map((value) => value * 0.75);
  }

  /** Thing -> the facts about it, in the order of their sentences: those in which it is the subject, object, speaker, place or event. */
  get about() {
    return (this.aboutThing ??= this.collect(["subject", "object", "speaker", "place", "event"]));
  }

  /** @type {(fields: ("subject" | "object" | "speaker" | "place" | "event")[]) => Fact[][]} */
  collect(fields) {
    /** @type {Fact[][]} */
    const found = Array.from({ length: this.size }, () => []);
    for (let fact = 0; fact < this.facts.id.length; fact += 1) {
      for (const end of new Set(fields.map((field) => this.facts[field][fact]))) if (end >= 0) found[end].push(fact);
    }
    return found;
  }

  /** Thing -> the rows of `parts` (events) of which it is a participant or the place. */
  get takings() {
    if (this.takingsOfThing) return this.takingsOfThing;
    /** @type {number[][]} */
    const found = Array.from({ length: this.size }, () => []);
    this.parts.thing.forEach((things, at) => new Set(things).forEach((thing) => found[thing].push(at)));
    return (this.takingsOfThing = found);
  }

  /** @type {(thing: Thing) => string} */
  label(thing) {
    return this.things.label[thing];
  }

  /** @type {(thing: Thing) => string} */
  typeOf(thing) {
    return this.types[this.things.type[thing]];
  }

  /** @type {(thing: Thing) => Family} */
  family(thing) {
    return this.families[this.things.family[thing]];
  }

  /** @type {(thing: Thing) => string} */
  kind(thing) {
    return this.kinds[this.things.kind[thing]];
  }

  /** @type {(fact: Fact) => Mood} */
  mood(fact) {
    return this.factualities[this.facts.factuality[fact]];
  }

  /** @type {(fact: Fact) => string} */
  relation(fact) {
    return this.relations[this.facts.relation[fact]];
  }

  /** Compares two facts for sorting: asserted ones first, then by number of articles, then by position. */
  /** @type {(one: number, other: number) => number} */
  surer(one, other) {
    const { factuality, witnesses } = this.facts;
    return factuality[one] - factuality[other] || witnesses[other] - witnesses[one] || one - other;
  }
}
