// What is shown: the state of the filters, and the most important things that pass them, with their relations.

import { NARROW } from "./data.js";
import { plural, sure } from "./looks.js";

export const KINDS = {
  described: "unnamed things, topics",
  alone: "things without relations",
  slight: "what a name already says", // "Mayor of Lowick" is a position in Lowick
  dull: "what is said in passing", // "thanked", "located in": relations of little interest
};
const DULL_BELOW = 0.25; // minimum interest of a relation that is shown from the start; the same number is in drawing.py
export const HAPPENINGS = { away: "left out", lines: "folded into lines", nodes: "as nodes" };

export class Choice {
  /**
   * @param {Graph} graph
   */
  constructor(graph) {
    this.graph = graph;
    const number = graph.first.limit;
    this.limit = NARROW.matches ? Math.ceil(number * 0.6) : number;
    /** @type {Set<string>} */
    this.kinds = new Set(); // the selected elements of KINDS
    this.happenings = "away";
    this.families = new Set(this.graph.families.keys());
    this.moods = new Set([0]); // the selected factualities; 0: asserted, without doubts
    this.relation = -1; // the selected relation; -1: all
    this.article = -1;
    this.story = -1;
    this.witnesses = 1;
    /** @type {Span | null} */
    this.span = null; // the selected days; null: all
    this.undated = true;
    /** @type {Set<Thing>} */
    this.wanted = new Set(); // things that are shown despite the filters, because users searched for them or opened them
    /** @type {Set<Thing> | null} */
    this.only = null; // if set, nothing else is shown
    this.about = -1; // the thing of which `only` contains the neighbours: all its relations pass, whatever their factuality
    /** @type {Map<Thing, Point>} */
    this.pinned = new Map(); // thing that was moved by hand -> its position in the layout of the visible things
    // Relax the filters, step by step, until something is visible.
    const steps = [
      () => { this.kinds.add("dull"); },
      () => { this.moods = new Set(this.graph.factualities.map((_, at) => at)); },
      () => { this.kinds.add("described"); this.happenings = "nodes"; },
      () => { this.kinds.add("alone"); },
    ];
    for (const step of steps) {
      if (this.graph.first.things.length || this.select().things.length) break;
      step();
    }
  }

  /** The initial state. */
  reset() {
    Object.assign(this, new Choice(this.graph));
  }

  /** @type {(thing: Thing) => boolean} */
  admitsThing(thing) {
    const { things } = this.graph;
    if (things.kind[thing] === 1 && !this.kinds.has("described")) return false;
    if (things.kind[thing] === 2 && this.happenings !== "nodes") return false;
    return this.families.has(things.family[thing]) && this.inArticles(things.articles[thing]);
  }

  /** Whether one of these articles is selected. */
  /** @type {(articles: number[]) => boolean} */
  inArticles(articles) {
    if (this.article >= 0 && !articles.includes(this.article)) return false;
    return this.story < 0 || articles.some((article) => this.graph.storyOf[article] === this.story);
  }

  /** @type {(fact: Fact) => boolean} */
  admitsFact(fact) {
    const { facts } = this.graph;
    return (
      this.moods.has(facts.factuality[fact]) &&
      (this.relation < 0 || facts.relation[fact] === this.relation) &&
      facts.witnesses[fact] >= this.witnesses &&
      this.inArticles(facts.articles[fact]) &&
      (!facts.slight[fact] || this.kinds.has("slight")) &&
      (this.relation >= 0 || this.kinds.has("dull") || this.graph.interests[facts.relation[fact]] >= DULL_BELOW) &&
      this.inSpan(this.graph.factDays[fact])
    );
  }

  /** @type {(at: number) => boolean} */
  admitsPart(at) {
    const { parts, partDays } = this.graph;
    return this.relation < 0 && this.moods.has(parts.factuality[at]) && this.inSpan(partDays[at]);
  }

  /** @type {(days: Span | null) => boolean} */
  inSpan(days) {
    if (!this.span) return true;
    return days ? days[1] >= this.span[0] && days[0] <= this.span[1] : this.undated;
  }

  /** For each pair of related things, everything between them that passes the filters. */
  /** @type {() => Generator<Link>} */
  *links() {
    const { facts, parts } = this.graph;
    for (let fact = 0; fact < facts.id.length; fact += 1) {
      const [one, other] = [facts.subject[fact], facts.object[fact]];
      const asked = this.only !== null && (one === this.about || other === this.about);
      if (other >= 0 && one !== other && (asked || this.admitsFact(fact))) yield { one, other, fact };
    }
    if (this.happenings === "away") return;
    for (let at = 0; at < parts.event.length; at += 1) {
      if (!this.admitsPart(at)) continue;
      if (this.happenings === "nodes") {
        for (const [index, other] of parts.thing[at].entries()) yield { one: parts.event[at], other, part: at, role: parts.role[at][index] };
        continue;
      }
      const takers = [...new Set(parts.thing[at])].slice(0, 6);
      for (const [index, one] of takers.entries()) for (const other of takers.slice(index + 1)) yield { one, other, part: at };
    }
  }

  /** The most important things that pass the filters and the lines between them; `possible`: how many things pass. */
  /** @type {() => Selected} */
  select() {
    const { size } = this.graph;
    const pool = Array.from({ length: size }, (_, thing) => this.admitsThing(thing));
    /** @type {(thing: Thing) => boolean} */
    const happened = (thing) => this.graph.things.kind[thing] === 2;
    /** @type {(thing: Thing) => boolean | undefined} */
    const admitted = (thing) => pool[thing] || this.wanted.has(thing) || this.only?.has(thing);
    const pairs = new Map();
    const others = new Map();
    for (const link of this.links()) {
      const [a, b] = link.one < link.other ? [link.one, link.other] : [link.other, link.one];
      if (!admitted(a) || !admitted(b)) continue;
      const key = a * size + b;
      if (!pairs.has(key)) {
        pairs.set(key, { key: `${a}-${b}`, a, b, facts: [], parts: [] });
        if (pool[a] && pool[b] && (this.kinds.has("alone") || !(happened(a) || happened(b)))) {
          for (const [one, other] of [[a, b], [b, a]]) {
            if (!others.has(one)) others.set(one, []);
            others.get(one).push(other);
          }
        }
      }
      if (link.fact !== undefined) pairs.get(key).facts.push(link.fact);
      else pairs.get(key).parts.push(link);
    }
    const alone = this.kinds.has("alone");
    const candidates = alone
      ? [...pool.keys()].filter((thing) => pool[thing])
      : [...others.keys()].sort((one, other) => one - other);
    const chosen = this.only ?? this.mostImportant(candidates, others, alone);
    const number = chosen.size;
    if (this.happenings === "nodes" && !alone && !this.only) this.addHappenings(chosen, pool);
    const shown = new Set([...chosen, ...(this.only ? [] : this.wanted)]);
    const lines = [];
    for (const pair of pairs.values()) if (shown.has(pair.a) && shown.has(pair.b)) lines.push(this.line(pair));
    lines.sort((one, other) => one.a + one.b - other.a - other.b || one.a - other.a);
    return { things: [...shown].sort((one, other) => one - other), lines, chosen: number, possible: candidates.length };
  }

  /** A copy, with which a change can be tried. */
  copy() {
    const { kinds, moods, families, wanted } = this;
    const own = { kinds: new Set(kinds), moods: new Set(moods), families: new Set(families), wanted: new Set(wanted) };
    return /** @type {Choice} */ (Object.assign(Object.create(Choice.prototype), this, own));
  }

  /** If nothing passes the filters: the changes that would show something, as [words, action, number of things]. */
  /** @type {() => [string, () => void, number][]} */
  reliefs() {
    /** @type {(choice: Choice) => void} */
    const everyMood = (choice) => { choice.moods = new Set(this.graph.factualities.keys()); };
    /** @type {[string, (choice: Choice) => void][]} */
    const ways = [
      ["what is said in passing", (choice) => choice.kinds.add("dull")],
      ["also unnamed things and topics", (choice) => choice.kinds.add("described")],
      ["however the articles put it", everyMood],
      ["also unnamed things, however it is put", (choice) => { everyMood(choice); choice.kinds.add("described"); }],
      ["happenings too", (choice) => { everyMood(choice); choice.kinds.add("described"); choice.happenings = "nodes"; }],
      ["all types", (choice) => { choice.families = new Set(this.graph.families.keys()); }],
      ["any number of articles", (choice) => { choice.witnesses = 1; }],
      ["all days", (choice) => Object.assign(choice, { span: null, undated: true })],
      ["all relations", (choice) => { choice.relation = -1; }],
      ["all articles", (choice) => Object.assign(choice, { article: -1, story: -1 })],
    ];
    /** @type {[string, () => void, number][]} */
    const found = [];
    for (const [words, act] of ways) {
      const tried = this.copy();
      act(tried);
      const number = tried.select().things.length;
      if (number) found.push([words, () => act(this), number]);
      if (found.length === 3) break;
    }
    return found;
  }

  /** Adds events in which at least two of the chosen things take part, and the places of these events; at most as many as are chosen. */
  /** @type {(chosen: Set<Thing>, pool: boolean[]) => void} */
  addHappenings(chosen, pool) {
    const { parts } = this.graph;
    const most = 2 * Math.max(chosen.size, 10);
    for (let at = 0; at < parts.event.length && chosen.size < most; at += 1) {
      const known = new Set(parts.thing[at]);
      if (!pool[parts.event[at]] || !this.admitsPart(at) || [...known].filter((thing) => chosen.has(thing)).length < 2) continue;
      chosen.add(parts.event[at]);
      if (parts.place[at] >= 0 && pool[parts.place[at]]) chosen.add(parts.place[at]);
    }
  }

  /** The most important candidates, as many as the limit allows, each related to another of them. */
  /** @type {(candidates: Thing[], others: Map<Thing, Thing[]>, alone: boolean) => Set<Thing>} */
  mostImportant(candidates, others, alone) {
    if (alone || candidates.length <= this.limit) return new Set(candidates.slice(0, this.limit));
    const chosen = new Set();
    for (const thing of candidates) {
      if (chosen.size >= this.limit) break;
      const joined = sure(others.get(thing)).filter((other) => other < thing);
      const fresh = joined.filter((other) => !chosen.has(other)).length + 1;
      if (joined.length && chosen.size + fresh <= this.limit) [thing, ...joined].forEach((each) => chosen.add(each));
    }
    return chosen;
  }

  /** The line between two things; its name, factuality and direction are those of its most reliable fact. */
  /** @type {(given: Pair) => Line} */
  line({ key, a, b, facts, parts }) {
    const { graph } = this;
    if (!facts.length) {
      const [{ one, other, part, role }] = parts;
      const names = parts.map((each) => (each.role === undefined ? graph.label(graph.parts.event[each.part]) : graph.roles[each.role]));
      const mood = graph.factualities[graph.parts.factuality[part]];
      const label = role === undefined && names.length > 1 ? plural(names.length, "happening") : [...new Set(names)].join(", ");
      return { key, a, b, facts, happenings: [...new Set(parts.map((each) => each.part))], from: one, to: other, both: role === undefined, mood, label };
    }
    facts.sort((one, other) => graph.surer(one, other));
    const [lead] = facts;
    const from = graph.facts.subject[lead];
    const both = facts.some((fact) => graph.facts.subject[fact] !== from);
    const happenings = [...new Set(parts.map((each) => each.part))];
    return { key, a, b, facts, happenings, from, to: graph.facts.object[lead], both, mood: graph.mood(lead), label: graph.relation(lead) };
  }

  /** What to show beside a thing, at most `most` things: named things in facts that pass the filters, then those in any fact, then unnamed things; in each group, the most important first. */
  /** @type {(thing: Thing, most: number) => Thing[]} */
  companions(thing, most) {
    const { facts, about, interests, things } = this.graph;
    const best = new Map();
    for (const fact of about[thing]) {
      const other = facts.subject[fact] === thing ? facts.object[fact] : facts.object[fact] === thing ? facts.subject[fact] : -1;
      if (other < 0 || other === thing) continue;
      const weight = interests[facts.relation[fact]] + (facts.factuality[fact] === 0 ? 1 : 0) + (things.kind[other] === 0 ? 2 : 0) - (facts.slight[fact] ? 1 : 0);
      best.set(other, Math.max(weight, best.get(other) ?? 0));
    }
    const ordered = [...best].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([other]) => other);
    const named = ordered.filter((other) => things.kind[other] === 0);
    return (named.length >= 4 ? named : ordered.slice(0, Math.max(6, named.length))).slice(0, most);
  }

  /** Things that facts relate to this one, the most important first. Only facts that pass the filters count, unless `any`. */
  /** @type {(thing: Thing, any?: boolean) => Thing[]} */
  neighbours(thing, any = false) {
    const { facts, about } = this.graph;
    const found = new Set();
    for (const fact of about[thing]) {
      if (facts.object[fact] < 0 || !(any || this.admitsFact(fact))) continue;
      if (facts.subject[fact] === thing) found.add(facts.object[fact]);
      if (facts.object[fact] === thing) found.add(facts.subject[fact]);
    }
    found.delete(thing);
    return [...found].sort((one, other) => one - other);
  }
}
