// Makes DOM elements from records: the cards of a thing, a line, a story and a sentence, and tooltips.

import { row, rows } from "./data.js";
import { AREAS, FACTUALITIES, button, el, plural, stroke, sure, symbol } from "./looks.js";

const PAGE = 30; // number of facts that a card shows at a time
const AT_FIRST = 8; // number of facts above the button "more": about a screen
const CHIPS = 8; // maximum number of topics that have a button on a card; the others are in a menu
const STANDING = 0.3; // minimum interest of a relation that tells of events; those of less interest only describe

/** The index of `words` in `text`, as whole words ("is" does not occur in "list"); -1 if they do not occur. */
/** @type {(text: string, words: string) => number} */
function wordsAt(text, words) {
  const literally = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}_])${literally}(?![\\p{L}\\p{N}_])`, "u"));
}

export class Cards {
  /** `act`: the functions that clicks on a card call. */
  /**
   * @param {Graph} graph
   * @param {{ open: (thing: Thing) => void }} act
   */
  constructor(graph, act) {
    this.graph = graph;
    this.act = act;
    /** @type {Map<Thing, Item[]>} */
    this.known = new Map();
    /** @type {Promise<Map<number, Fact[]>> | null} */
    this.factsOf = null;
  }

  // -- A thing ---------------------------------------------------------------------------------

  /** The card of a thing: its type, other names, conflicts, and the facts about it in the order of time, with sentences; `relation`: only facts of this topic. */
  /** @type {(thing: Thing, actions: Child[], relation?: string | null) => Promise<Child[]>} */
  async thing(thing, actions, relation = null) {
    const { graph } = this;
    const { aliases, articles } = graph.things;
    const items = this.items(thing);
    const described = graph.kind(thing) === "described" ? ", known by a description" : "";
    return [
      el("h2", { id: "card-title" }, symbol(graph.family(thing)), graph.label(thing)),
      el("p", { className: "quiet" }, `${graph.typeOf(thing)}${described} · ${this.size(thing)}`),
      ...this.summary(thing, items),
      aliases[thing].length > 0 && el("p", { className: "aliases" }, el("span", { className: "quiet" }, "Also: "), aliases[thing].join(" · ")),
      el("p", { className: "actions" }, ...actions),
      ...this.conflicts(thing),
      ...(graph.happeningOf.has(thing) ? await this.happening(thing) : []),
      ...(await this.story(thing, items, relation)),
      this.articles(articles[thing]),
    ];
  }

  /** The amount of information about a thing, in the same words everywhere. */
  /** @type {(thing: Thing) => string} */
  size(thing) {
    const { articles } = this.graph.things;
    return [plural(this.items(thing).length, "statement"), plural(articles[thing].length, "article")].join(" in ");
  }

  /** Two lines about a thing: what it is, and the people and places with which articles mention it most. */
  /** @type {(thing: Thing, items: Item[]) => Child[]} */
  summary(thing, items) {
    const { graph } = this;
    const { facts, parts } = graph;
    const [is, others, places] = [new Map(), new Map(), new Map()];
    /** @type {(counts: Map<number, number>, key: number) => Map<number, number>} */
    const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const { fact, part } of items) {
      const takers = fact === undefined ? parts.thing[sure(part)] : [facts.subject[fact], facts.object[fact]];
      const place = fact === undefined ? parts.place[sure(part)] : facts.place[fact];
      if (place >= 0 && place !== thing) count(places, place);
      for (const other of new Set(takers)) {
        if (other < 0 || other === thing || other === place || graph.things.kind[other] !== 0) continue;
        const { name } = graph.family(other);
        if (AREAS.has(name)) count(places, other);
        else if (name === "Person" || name === "Organization") count(others, other);
      }
      const interest = fact === undefined ? 1 : graph.interests[facts.relation[fact]];
      if (fact !== undefined && facts.subject[fact] === thing && facts.object[fact] >= 0 && facts.factuality[fact] === 0 && interest === STANDING) count(is, fact);
    }
    /** @type {(counts: Map<number, number>, most: number) => (string | HTMLElement)[]} */
    const named = (counts, most) => [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, most).map(([other]) => this.link(other, thing));
    /** @type {(links: (string | HTMLElement)[]) => (string | HTMLElement)[]} */
    const list = (links) => links.flatMap((link, at) => (at ? [", ", link] : [link]));
    const roles = [...is.keys()].sort((one, other) => graph.surer(one, other)).slice(0, 3).map((fact) => {
      const target = this.link(facts.object[fact], thing);
      return graph.family(facts.object[fact]).name === "Position" ? [target] : [`${graph.relation(fact)} `, target];
    });
    const [people, where] = [named(others, 3), named(places, 2)];
    const second = [...(people.length ? ["mostly with ", ...list(people)] : []), ...(where.length ? [people.length ? "; " : "", "in or about ", ...list(where)] : [])];
    return [
      roles.length > 0 && el("p", { className: "sum" }, roles.flatMap((words, at) => (at ? [" · ", ...words] : words))),
      second.length > 0 && el("p", { className: "sum" }, second),
    ];
  }

  /** The facts about a thing without repetitions: plain facts in the order of time, then the others. */
  /** @type {(thing: Thing) => Item[]} */
  items(thing) {
    let items = this.known.get(thing);
    if (!items) this.known.set(thing, (items = this.collect(thing)));
    return items;
  }

  /** @type {(thing: Thing) => Item[]} */
  collect(thing) {
    const { facts, about, takings, parts, partDays, factDays } = this.graph;
    const told = new Map(); // what equal facts have in common -> the most reliable of them, and the others
    for (const fact of [...about[thing]].sort((one, other) => this.graph.surer(one, other))) {
      const same = facts.object[fact] < 0 ? `${fact}` : `${facts.subject[fact]} ${facts.relation[fact]} ${facts.object[fact]} ${facts.factuality[fact] === 5}`;
      if (told.has(same)) told.get(same).folded.push(fact);
      else told.set(same, { fact, folded: [], days: factDays[fact], topic: this.topic(thing, fact), plain: facts.factuality[fact] === 0 });
    }
    const found = [...told.values()];
    const covered = new Set(about[thing].map((fact) => facts.event[fact]));
    for (const at of takings[thing]) {
      const event = parts.event[at];
      if (covered.has(event) || event === thing) continue;
      const topic = parts.place[at] === thing ? "happened here" : "took part in";
      found.push({ part: at, folded: [], days: partDays[at], topic, plain: false });
    }
    /** @type {(item: Item) => number} */
    const first = (item) => item.days?.[0] ?? Infinity;
    return found.sort((one, other) => other.plain - one.plain || first(one) - first(other) || (one.fact ?? Infinity) - (other.fact ?? Infinity));
  }

  /** The words by which the facts about a thing are grouped: their relation, "happened here" or "as the source". */
  /** @type {(thing: Thing, fact: Fact) => string} */
  topic(thing, fact) {
    const { facts } = this.graph;
    if (facts.subject[fact] === thing) return this.graph.relation(fact);
    if (facts.object[fact] === thing) {
      const mutual = this.graph.about[thing].some((each) => facts.relation[each] === facts.relation[fact] && facts.subject[each] === thing);
      return mutual ? this.graph.relation(fact) : `${this.graph.relation(fact)} (by others)`;
    }
    if (facts.event[fact] === thing) return this.graph.relation(fact);
    return facts.place[fact] === thing ? "happened here" : "as the source";
  }

  /** @type {(thing: Thing, items: Item[], relation: string | null) => Promise<Child[]>} */
  async story(thing, items, relation) {
    const counts = new Map();
    for (const { topic } of items) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    const interest = new Map(items.map(({ fact, topic }) => [topic, topic === "happened here" ? 1 : fact === undefined ? 0.4 : this.graph.interests[this.graph.facts.relation[fact]]]));
    /** @type {(p0: [string, number]) => number} */
    const weight = ([topic, number]) => sure(interest.get(topic)) * Math.sqrt(number);
    const topics = [...counts].sort((one, other) => weight(other) - weight(one) || other[1] - one[1]);
    const list = el("ol", { className: "story" });
    const more = el("p", {});
    let current = relation !== null && counts.has(relation) ? relation : null;
    /** @type {(from: number) => Promise<void>} */
    const fill = async (from) => {
      const wanted = items.filter(({ topic }) => current === null || topic === current);
      const some = wanted.slice(from, from + (from ? PAGE : AT_FIRST));
      const rows = await Promise.all(some.map((item) => this.item(item, thing)));
      if (!from) list.replaceChildren();
      let heading = list.lastElementChild?.dataset.when;
      const rest = wanted.findIndex(({ plain: sure }) => !sure);
      for (const [at, [when, node]] of rows.entries()) {
        if (from + at === rest && rest > 0) {
          list.append(el("li", { className: "rest" }, "Less plain: doubtful, reported, planned, denied"));
          heading = "";
        }
        if (when !== heading) list.append(el("li", { className: "date" }, when));
        node.dataset.when = heading = when;
        list.append(node);
      }
      const left = wanted.length - from - rows.length;
      more.replaceChildren(...(left > 0 ? [button(`Show ${Math.min(left, PAGE)} more of ${left}`, () => fill(from + rows.length))] : []));
    };
    const chips = el("div", { className: "chips", role: "group", "aria-label": "Which statements" });
    /** @type {(topic: string | null, words: string, number: number) => HTMLElement} */
    const chip = (topic, words, number) => {
      const made = button([words, el("small", {}, String(number))], () => {
        current = topic;
        for (const each of chips.children) each.setAttribute("aria-pressed", String(each === made));
        fill(0);
      }, { className: "chip", "aria-pressed": String(topic === current) });
      return made;
    };
    chips.append(chip(null, "all", items.length), ...topics.slice(0, CHIPS).map(([topic, number]) => chip(topic, topic, number)));
    if (topics.length > CHIPS) {
      const select = el("select", { "aria-label": "More kinds of statements" }, el("option", { value: "" }, `${topics.length - CHIPS} more…`));
      select.append(...topics.slice(CHIPS).map(([topic, number]) => el("option", { value: topic }, `${topic} (${number})`)));
      select.addEventListener("change", () => {
        current = select.value || null;
        for (const each of chips.children) each.setAttribute("aria-pressed", "false");
        fill(0);
      });
      chips.append(select);
    }
    await fill(0);
    return items.length ? [el("h3", {}, "What the articles tell"), topics.length > 1 && chips, list, more] : [];
  }

  /** The heading with the date, and the row of a fact or event on the card of a thing. */
  /** @type {(given: { fact?: Fact; part?: number; folded?: Fact[] }, current: Thing | null) => Promise<[string, HTMLElement]>} */
  async item({ fact, part, folded = [] }, current) {
    if (fact !== undefined) {
      const [, when] = await row("facts", fact);
      const node = await this.fact(fact, current);
      if (folded.length) node.append(await this.again(folded));
      return [when.replace(/ \(“.*/u, "") || this.eventDay(fact) || this.articleDay(this.graph.facts.articles[fact]), node];
    }
    const at = sure(part);
    /** @type {[string, Quote[]]} */
    const [when, quotes] = await row("happenings", at);
    const claim = el("p", { className: "claim" }, this.link(this.graph.parts.event[at], current));
    const shown = await Promise.all(quotes.slice(0, 1).map((quote) => this.quote(quote)));
    return [when.replace(/ \(“.*/u, "") || this.articleDay(this.graph.things.articles[this.graph.parts.event[at]]), el("li", {}, claim, ...shown)];
  }

  /** Further statements of the same fact, shown on a click. */
  /** @type {(facts: Fact[]) => Promise<HTMLElement>} */
  async again(facts) {
    const found = el("details", {}, el("summary", {}, `told ${plural(facts.length, "more time")}`));
    found.addEventListener("toggle", async () => {
      if (found.open && !found.querySelector("ul")) found.append(el("ul", { className: "facts" }, await Promise.all(facts.map((fact) => this.fact(fact, null)))));
    });
    return found;
  }

  /** The date of the first of these articles, which is used for an undated fact. */
  /** @type {(articles: number[]) => string} */
  articleDay(articles) {
    const [day] = this.graph.daysOfArticles(articles) ?? [];
    const article = articles.find((each) => this.graph.articleDays[each]?.[0] === day);
    return day === undefined || article === undefined ? "No date" : `${this.graph.articles[article].date}, by its article`;
  }

  /** @type {(fact: Fact) => string} */
  eventDay(fact) {
    const at = this.graph.happeningOf.get(this.graph.facts.event[fact]);
    return at === undefined ? "" : stretch(this.graph.parts.start[at], this.graph.parts.end[at]);
  }

  /** @type {(thing: Thing) => Promise<Child[]>} */
  async happening(thing) {
    const { graph } = this;
    const at = sure(graph.happeningOf.get(thing));
    const [when, quotes] = await row("happenings", at);
    const mood = graph.factualities[graph.parts.factuality[at]];
    const rows = graph.parts.role[at].map((role, index) => el("li", {}, `${graph.roles[role]}: `, this.link(graph.parts.thing[at][index], thing)));
    if (when) rows.push(el("li", {}, `when: ${when}`));
    if (mood !== "asserted") rows.unshift(el("li", { className: mood }, mood));
    return [el("ul", { className: "plain" }, rows), await this.more(quotes, "sentence")];
  }

  /** The conflicts about a thing: properties that can have only one value, for which articles give several. */
  /** @type {(thing: Thing) => HTMLElement[]} */
  conflicts(thing) {
    return this.graph.conflicts.filter((conflict) => conflict.thing === thing).map((conflict) =>
      el("section", { className: "conflict" },
        el("h3", {}, `The articles disagree: ${conflict.property}`),
        el("ul", { className: "plain" }, conflict.values.map((value) =>
          el("li", {}, el("strong", {}, value.label), ` · ${plural(value.independent, "independent article")}`, ...value.articles.flatMap((article) => [el("br"), ...this.source(article)]))))));
  }

  // -- A story ---------------------------------------------------------------------------------

  /** The card of a story: its articles, people and events. */
  /** @type {(given: Story) => Promise<Child[]>} */
  async front({ headline, articles, things, roles, facts, sketch, events }) {
    const { graph } = this;
    const people = things.map((thing, at) => el("li", {}, symbol(graph.family(thing)), el("span", {}, this.link(thing, null), roles[at] && el("small", {}, roles[at]))));
    const told = await Promise.all([...new Set([...facts, ...sketch.map(({ fact }) => fact)])].map((fact) => this.fact(fact, null)));
    const happened = await Promise.all(events.map((event) => this.item({ part: graph.happeningOf.get(event) }, null)));
    return [
      el("h2", { id: "card-title" }, headline),
      el("ul", { className: "plain" }, articles.map((article) => el("li", { className: "quiet" }, this.source(article)))),
      people.length > 0 && el("h3", {}, "Who and where"),
      el("ul", { className: "faces" }, people),
      told.length + happened.length > 0 && el("h3", {}, "What happened"),
      el("ul", { className: "facts" }, told, happened.map(([, node]) => node)),
    ];
  }

  // -- A line, a sentence ----------------------------------------------------------------------

  /** The card of a line: all relations of two things, the most reliable first, with every sentence, by article; `only`: one of these relations. */
  /** @type {(given: Line, only?: Fact | null) => Promise<Child[]>} */
  async line({ a, b, facts, happenings }, only = null) {
    const { graph } = this;
    const told = only === null ? facts : [only];
    const parts = [
      el("h2", { id: "card-title" }, this.link(a, null), " and ", this.link(b, null)),
      el("p", { className: "quiet" }, plural(this.relations({ facts, happenings }, only), "relation")),
    ];
    for (const factuality of graph.factualities) {
      const group = told.filter((fact) => graph.mood(fact) === factuality);
      if (!group.length) continue;
      const rows = await Promise.all(group.map((fact) => this.fact(fact, null, Infinity)));
      parts.push(el("h3", {}, stroke(factuality), factuality, el("small", { className: "quiet" }, FACTUALITIES[factuality])));
      parts.push(el("ul", { className: "facts" }, rows));
    }
    if (only === null && happenings.length) {
      const rows = await Promise.all(happenings.slice(0, PAGE).map((at) => this.item({ part: at }, null)));
      parts.push(el("h3", {}, "Together in"), el("ul", { className: "facts" }, rows.map(([when, node]) => {
        node.prepend(el("p", { className: "quiet" }, when));
        return node;
      })));
    }
    return parts;
  }

  /** Sentence -> the facts in it. */
  /** @type {() => Promise<Map<number, Fact[]>>} */
  tellers() {
    return (this.factsOf ??= rows("facts").then((details) => {
      /** @type {Map<number, Fact[]>} */
      const found = new Map();
      details.forEach((/** @type {FactRow} */ [, , , quotes], fact) => quotes.forEach(([sentence]) => {
        found.set(sentence, [...(found.get(sentence) ?? []), fact]);
      }));
      return found;
    }));
  }

  /** The number of relations of a line: its facts, and its events without a fact. */
  /** @type {(line: Pick<Line, "facts" | "happenings">, only: Fact | null) => number} */
  relations({ facts, happenings }, only) {
    if (only !== null) return 1;
    const { event } = this.graph.facts;
    const told = new Set(facts.map((fact) => event[fact]));
    return Math.max(1, facts.length + happenings.filter((at) => !told.has(this.graph.parts.event[at])).length);
  }

  /** The card of a sentence: the sentence, and all facts that come from it. */
  /** @type {(number: number, words: string) => Promise<Child[]>} */
  async sentence(number, words) {
    const facts = (await this.tellers()).get(number) ?? [];
    const read = await Promise.all(facts.map((fact) => this.fact(fact, null, 0)));
    return [
      el("h2", { id: "card-title" }, "A sentence"),
      await this.quote([number, words]),
      el("h3", {}, facts.length ? "What it says" : "Nothing else was read from it"),
      el("ul", { className: "facts" }, read),
    ];
  }

  // -- Parts of cards --------------------------------------------------------------------------

  /** A fact with its first sentences; its other sentences are shown on a click. */
  /** @type {(fact: Fact, current: Thing | null, sentences?: number) => Promise<HTMLElement>} */
  async fact(fact, current, sentences = 1) {
    const { graph } = this;
    const { subject, object, speaker, place, event, witnesses } = graph.facts;
    /** @type {FactRow} */
    const [text, when, confidence, quotes, doubts] = await row("facts", fact);
    const mood = graph.mood(fact);
    const target = object[fact] < 0 ? `“${text}”` : this.link(object[fact], current);
    const claim = el("p", { className: "claim" }, this.link(subject[fact], current), " ", el("strong", {}, graph.relation(fact)), " ", target);
    const meta = el("p", { className: "quiet" }, el("span", { className: `mood ${mood}` }, mood));
    if (speaker[fact] >= 0) meta.append(" · according to ", this.link(speaker[fact], current));
    if (when) meta.append(` · ${when}`);
    if (place[fact] >= 0) meta.append(" · in ", this.link(place[fact], current));
    if (event[fact] >= 0 && event[fact] !== current) meta.append(" · ", this.link(event[fact], current, "happening"));
    meta.append(` · ${plural(witnesses[fact], "independent article")}, confidence ${confidence.toFixed(2)}`);
    const reasons = doubts.filter((doubt) => doubt !== "not asserted"); // shown as the factuality already
    if (reasons.length) meta.append(` · no plain fact: ${reasons.join(", ")}`);
    const shown = await Promise.all(quotes.slice(0, sentences).map((quote) => this.quote(quote)));
    const rest = sentences > 0 ? await this.more(quotes.slice(sentences), "more sentence") : null;
    return el("li", { className: "fact" }, claim, meta, shown, rest);
  }

  /** @type {(p0: Quote) => Promise<HTMLElement>} */
  async quote([number, surface]) {
    const [article, text] = await row("sentences", number);
    const at = surface ? wordsAt(text, surface) : -1;
    const words = at < 0 ? [text] : [text.slice(0, at), el("mark", {}, text.slice(at, at + surface.length)), text.slice(at + surface.length)];
    return el("blockquote", {}, words, el("footer", {}, this.source(article)));
  }

  /** Sentences that are unpacked and shown on a click. */
  /** @type {(quotes: Quote[], what: string) => Promise<HTMLElement | null>} */
  async more(quotes, what) {
    if (!quotes.length) return null;
    const found = el("details", {}, el("summary", {}, plural(quotes.length, what)));
    found.addEventListener("toggle", async () => {
      if (found.open && !found.querySelector("blockquote")) found.append(...(await Promise.all(quotes.map((quote) => this.quote(quote)))));
    });
    return found;
  }

  /** @type {(numbers: number[]) => HTMLElement} */
  articles(numbers) {
    const list = numbers.map((number) => el("li", {}, this.source(number)));
    return el("details", {}, el("summary", {}, plural(list.length, "article")), el("ul", { className: "plain" }, list));
  }

  /** Title (a link if the article has a URL), publisher, date, file. */
  /** @type {(number: number) => Child[]} */
  source(number) {
    const article = this.graph.articles[number];
    const title = article.url
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.title)
      : article.title;
    const rest = [article.publisher, article.date || "no date", article.id === article.title ? "" : article.id];
    return [title, ` · ${rest.filter(Boolean).join(" · ")}`];
  }

  /** The name of a thing as a link; plain text for the thing of this card. */
  /** @type {(thing: Thing, current: Thing | null, label?: string) => string | HTMLElement} */
  link(thing, current, label = this.graph.label(thing)) {
    if (thing === current) return label;
    return button(label, () => this.act.open(thing), { className: "link" });
  }

  // -- Tooltips --------------------------------------------------------------------------------

  /** @type {(thing: Thing) => HTMLElement[]} */
  thingTip(thing) {
    const contested = this.graph.contested.has(thing) ? [el("p", {}, "≠ the articles disagree about it")] : [];
    return [el("p", {}, this.graph.label(thing)), el("p", {}, `${this.graph.typeOf(thing)} · ${this.size(thing)}`), ...contested];
  }

  /** @type {(given: Line, only: Fact | null) => HTMLElement[]} */
  lineTip({ a, b, facts, happenings, label }, only) {
    const { graph } = this;
    /** @type {(thing: Thing) => string} */
    const name = (thing) => graph.label(thing);
    const told = only === null ? facts : [only];
    if (!told.length) return [el("p", {}, `${name(a)} and ${name(b)}`), el("p", {}, label)];
    if (told.length === 1 && this.relations({ facts, happenings }, only) === 1) {
      const [fact] = told;
      const speaker = graph.facts.speaker[fact];
      const source = speaker < 0 ? "" : ` · according to ${name(speaker)}`;
      return [
        el("p", {}, `${name(graph.facts.subject[fact])} ${graph.relation(fact)} ${name(graph.facts.object[fact])}`),
        el("p", {}, `${graph.mood(fact)}${source} · ${plural(graph.facts.witnesses[fact], "article")}`),
      ];
    }
    const counts = graph.factualities
      .map((mood) => [told.filter((fact) => graph.mood(fact) === mood).length, mood])
      .filter(([number]) => number);
    const labels = [...new Set(told.map((fact) => graph.relation(fact)))];
    return [
      el("p", {}, `${name(a)} and ${name(b)}`),
      el("p", {}, `${plural(this.relations({ facts, happenings }, only), "relation")}: ${counts.map((count) => count.join(" ")).join(", ")}`),
      el("p", {}, labels.slice(0, 8).join(", ") + (labels.length > 8 ? ", …" : "")),
    ];
  }
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "2026-01-12" -> "12 January 2026"; other values are unchanged. */
/** @type {(iso: string) => string} */
export function readable(iso) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(iso) ?? [];
  return year ? [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ") : iso;
}

/** A period in words ("12 January 2026", "from 2019", "up to 22 February 2026"); an open end is "". */
/** @type {(start: string, end: string) => string} */
export function stretch(start, end) {
  if (start && end) return start === end ? readable(start) : `${readable(start)} – ${readable(end)}`;
  return start ? `from ${readable(start)}` : end ? `up to ${readable(end)}` : "";
}
