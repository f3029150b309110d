// The search. It lists things by name, then facts and articles that match the words ("who died", "2015"), then
// sentences that contain them.

import { stretch } from "./cards.js";
import { row, rows } from "./data.js";
import { el, symbol } from "./looks.js";

/** Words of questions; they are not searched for. */
const ASKING = new Set("who whom whose what when where which why how did does do was were is are be been has have had a an the of in on at to by with from and or about for that this".split(" "));
const WHO = new Set(["Person", "Organization", "Group"]); // families of things that "who" asks for
const ALIKE = 80; // two sentences of an article count as the same if they begin with this many equal characters
const FOUND = { facts: 8, articles: 4, sentences: 8 }; // maximum number of hits of each kind

/** The content words of a search. */
/** @type {(text: string) => string[]} */
function keywords(text) {
  return plain(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !ASKING.has(word));
}

/** The stem of a word, at least three letters: "died" -> "die"; "married" and "marry" -> "marri". */
/** @type {(word: string) => string} */
function stem(word) {
  if (word.length < 4 || /\d/u.test(word)) return word;
  return word.replace(word.length < 5 ? /[ds]$/u : /(?:ing|ed|es|s)$/u, "").replace(/(?<=...)y$/u, "i").replace(/(?<=...)e$/u, "");
}

/** @type {(text: string) => string[]} */
const wordsOf = (text) => text.split(/[^\p{L}\p{N}'’]+/u); // an apostrophe is part of a word: "won't"

/** Whether a search asks for a person or an organisation: "who won". */
/** @type {(text: string) => boolean} */
const asksWho = (text) => /^\s*(?:who|whom|whose)\b/iu.test(text);

/** @type {(text: string, word: string) => boolean} */
const beginsIn = (text, word) => ` ${text}`.includes(` ${word}`);

/** The text in lower case, without accents. */
/** @type {(text: string) => string} */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Finder {
  /** `pick`: the functions called with the chosen thing, fact, article or sentence; without `sentences`, only names are searched. */
  /**
   * @param {Graph} graph
   * @param {Control} input
   * @param {HTMLElement} list
   * @param {Pick<Picks, "thing"> & Partial<Picks>} pick
   * @param {boolean} sentences
   */
  constructor(graph, input, list, pick, sentences = true) {
    this.graph = graph;
    this.input = input;
    this.list = list;
    this.pick = pick;
    this.sentences = sentences;
    /** @type {Found[]} */
    this.hits = [];
    this.chosen = 0;
    this.turn = 0; // number of the latest search; results of an earlier one are not shown
    /** @type {string[] | null} */
    this.plainSentences = null;
    /** @type {string[][] | null} */
    this.searchable = null; // the names of each thing, as they are compared; null until first needed
    /** @type {Set<string>[] | null} */
    this.stems = null; // the stems of the words of each relation; null until first needed
    /** @type {string[] | null} */
    this.plainLabels = null;
    input.addEventListener("input", () => this.fill());
    input.addEventListener("focus", () => this.fill());
    input.addEventListener("blur", () => this.show(false));
    input.addEventListener("fold", () => this.show(false));
    input.addEventListener("keydown", (event) => this.key(event));
  }

  /** The things with a matching name: first those whose whole name matches, then those with a match at the beginning of a word, then the others; in each group, the most important first. */
  /** @type {(text: string) => Thing[]} */
  names(text) {
    this.searchable ??= this.graph.things.label.map((label, thing) => [label, ...this.graph.things.aliases[thing]].map(plain));
    const wanted = plain(text.trim());
    if (!wanted) return [];
    /** @type {Thing[][]} */
    const found = [[], [], []];
    this.searchable.forEach((words, thing) => {
      let best = 3;
      for (const word of words) {
        const at = word.indexOf(wanted);
        if (at < 0) continue;
        best = Math.min(best, word === wanted ? 0 : at === 0 || ` ${word}`.includes(` ${wanted}`) ? 1 : 2);
      }
      if (best < 3) found[best].push(thing);
    });
    return found.flat().slice(0, this.sentences ? 8 : 12);
  }

  async fill() {
    const text = this.input.value;
    const turn = (this.turn += 1);
    this.hits = this.names(text).map((thing) => ({ thing }));
    this.chosen = 0;
    this.render(text);
    if (!this.sentences || text.trim().length < 3) return;
    const all = await Promise.all(this.inFacts(text).map(async (hit) => ({ ...hit, said: (await row("facts", hit.fact))[0] })));
    const told = new Set(); // each text is listed once: "was arrested in Lowick" may be a fact of the place and of the clause
    const facts = all.filter((hit) => {
      const words = this.factWords(hit)[0].textContent.replace(/[“”]/gu, "");
      return !told.has(words) && told.add(words);
    });
    const found = [...facts, ...this.inArticles(text), ...(await this.inSentences(text))];
    if (turn !== this.turn || document.activeElement !== this.input) return; // the user typed on, or left the field
    this.hits = [...this.hits, ...found];
    this.render(text);
  }

  /** Facts that match by relation or year, and contain the other words; the most interesting first, then the most reliable. */
  /** @type {(text: string) => { fact: Fact }[]} */
  inFacts(text) {
    const { graph } = this;
    const { facts } = graph;
    const wanted = keywords(text);
    const asked = this.asked(wanted);
    /** @type {(word: string) => boolean} */
    const isYear = (word) => /^[12]\d{3}$/u.test(word);
    if (!wanted.some((word, at) => isYear(word) || asked[at].includes(true))) return [];
    const labels = (this.plainLabels ??= graph.things.label.map(plain));
    const verbs = new Set(wanted.filter((_, at) => asked[at].includes(true)));
    /** @type {(thing: Thing, word: string) => boolean} */
    const holds = (thing, word) => thing >= 0 && (verbs.has(word) ? wordsOf(labels[thing]).includes(word) : beginsIn(labels[thing], word));
    /** @type {(fact: Fact, word: string) => boolean} */
    const within = (fact, word) => facts.start[fact].startsWith(word) || facts.end[fact].startsWith(word) || Math.floor((graph.ownDays(fact)?.[0] ?? 0) / 10000) === Number(word);
    /** @type {(fact: Fact, word: string, at: number) => boolean} */
    const fits = (fact, word, at) => asked[at][facts.relation[fact]] || (isYear(word) && within(fact, word)) || holds(facts.subject[fact], word) || holds(facts.object[fact], word);
    const all = facts.id.map((_, fact) => fact);
    let found = all.filter((fact) => wanted.every((word, at) => fits(fact, word, at)));
    if (!found.length && asksWho(text)) found = all.filter((fact) => wanted.every((word, at) => !verbs.has(word) || fits(fact, word, at))); // for "who won a prize", those who won, even if no fact names a prize
    const who = asksWho(text);
    /** @type {(fact: Fact) => boolean} */
    const isWho = (fact) => WHO.has(graph.family(facts.subject[fact]).name) && graph.things.kind[facts.subject[fact]] === 0;
    /** @type {(fact: Fact) => number} */
    const interest = (fact) => (asked.some((relations) => relations[facts.relation[fact]]) ? 1 : graph.interests[facts.relation[fact]]); // facts of a relation that the search names come first
    /** @type {(fact: Fact) => number} */
    const weight = (fact) => interest(fact) + (who && isWho(fact) ? 0.5 : 0) - 0.3 * Math.min(2, facts.factuality[fact]) - (facts.object[fact] < 0 ? 0.2 : 0) - (graph.things.kind[facts.subject[fact]] ? 0.4 : 0);
    found.sort((one, other) => weight(other) - weight(one) || graph.surer(one, other));
    const told = new Set(); // texts that are listed already
    const once = found.filter((fact) => {
      const same = `${facts.subject[fact]} ${facts.relation[fact]} ${facts.object[fact]}`;
      return !told.has(same) && told.add(same);
    });
    return once.slice(0, FOUND.facts).map((fact) => ({ fact }));
  }

  /** For each word and each relation, whether the word expresses the relation: "won" expresses the relations "won" and "defeated" (won against). */
  /** @type {(wanted: string[]) => boolean[][]} */
  asked(wanted) {
    const { graph } = this;
    const stems = (this.stems ??= graph.relations.map((label, at) => new Set([...keywords(label), ...keywords(graph.words[at])].map(stem))));
    return wanted.map((word) => stems.map((each) => each.has(stem(word))));
  }

  /** Articles with all the words in their titles, or their date. */
  /** @type {(text: string) => Found[]} */
  inArticles(text) {
    const wanted = keywords(text);
    if (!wanted.length) return [];
    /** @type {Found[]} */
    const found = [];
    this.graph.articles.forEach(({ title, publisher, date }, article) => {
      const words = plain(`${title} ${publisher} ${date}`);
      if (found.length < FOUND.articles && wanted.every((word) => beginsIn(words, word))) found.push({ found: article });
    });
    return found;
  }

  /** Sentences with exactly these words; if there are none, with all content words. */
  /** @type {(text: string) => Promise<Found[]>} */
  async inSentences(text) {
    const all = await rows("sentences");
    const sentences = (this.plainSentences ??= all.map(([, sentence]) => plain(sentence)));
    const wanted = plain(text.trim());
    /** @type {(holds: (sentence: string) => boolean) => Found[]} */
    const search = (holds) => {
      /** @type {Found[]} */
      const found = [];
      const told = new Set(); // beginnings of listed sentences: a quotation and the sentence around it are listed once
      for (let at = 0; at < all.length && found.length < FOUND.sentences; at += 1) {
        const [article, text] = all[at];
        const same = `${article} ${text.slice(0, ALIKE)}`;
        if (!holds(sentences[at]) || told.has(same)) continue;
        told.add(same);
        found.push({ sentence: at, article, text });
      }
      return found;
    };
    const exact = search((sentence) => sentence.includes(wanted));
    const words = keywords(text);
    const asked = this.asked(words);
    const verbs = new Set(words.filter((_, at) => asked[at].includes(true)).map(stem)); // these have to match whole words: "won" does not match "wonderful"
    const alone = verbs.size > 0 && (asksWho(text) || words.length === 1);
    const found = exact.filter((hit) => !alone || ("sentence" in hit && wordsOf(sentences[hit.sentence]).some((word) => verbs.has(stem(word)))));
    /** @type {(sentence: string, word: string) => boolean} */
    const holds = (sentence, word) => (verbs.has(stem(word)) ? wordsOf(sentence).some((each) => stem(each) === stem(word)) : beginsIn(sentence, word));
    return found.length || !words.length ? found : search((sentence) => words.every((word) => holds(sentence, word)));
  }

  /** @type {(text: string) => void} */
  render(text) {
    let heading = "";
    const rows = this.hits.flatMap((hit, index) => {
      const options = { role: "option", id: `${this.list.id}-${index}`, onmousedown: (/** @type {MouseEvent} */ event) => { event.preventDefault(); this.take(index); } };
      const group = "thing" in hit ? "" : "fact" in hit ? "Facts" : "found" in hit ? "Articles" : "In sentences";
      const title = group === heading ? [] : [el("li", { className: "group", role: "presentation" }, group)];
      heading = group;
      if ("fact" in hit) return [...title, el("li", options, ...this.factWords(hit))];
      if (!("thing" in hit)) {
        const { title: name, publisher, date } = this.graph.articles["found" in hit ? hit.found : hit.article];
        if ("found" in hit) return [...title, el("li", options, el("span", {}, name), el("small", {}, [publisher, date].filter(Boolean).join(" · ")))];
        return [...title, el("li", options, ...around(hit.text, text.trim()), el("small", {}, [name, date].filter(Boolean).join(" · ")))];
      }
      const small = [this.graph.typeOf(hit.thing), this.otherName(hit.thing, text)].filter(Boolean).join(" · ");
      return [...title, el("li", options, symbol(this.graph.family(hit.thing)), el("span", {}, this.graph.label(hit.thing)), el("small", {}, small))];
    });
    const none = text.trim() ? [el("li", { className: "group", role: "option", "aria-disabled": "true", "aria-selected": "false" }, this.sentences ? "Nothing found" : "No such name")] : [];
    this.list.replaceChildren(...(rows.length ? rows : none));
    this.show(this.list.childElementCount > 0);
    this.mark();
  }

  /** @type {(given: FoundFact) => HTMLElement[]} */
  factWords({ fact, said }) {
    const { graph } = this;
    const { subject, object, start, end } = graph.facts;
    const target = object[fact] < 0 ? `“${said}”` : graph.label(object[fact]);
    const small = [graph.mood(fact) === "asserted" ? "" : graph.mood(fact), stretch(start[fact], end[fact])].filter(Boolean).join(" · ");
    return [el("span", {}, `${graph.label(subject[fact])} `, el("strong", {}, graph.relation(fact)), ` ${target}`), el("small", {}, small)];
  }

  /** The alias of a thing that matched, "" if its name matches. */
  /** @type {(thing: Thing, text: string) => string} */
  otherName(thing, text) {
    /** @type {(name: string) => boolean} */
    const holds = (name) => plain(name).includes(plain(text.trim()));
    const found = holds(this.graph.label(thing)) ? undefined : this.graph.things.aliases[thing].find(holds);
    return found === undefined ? "" : `also “${found}”`;
  }

  /** @type {(yes: boolean) => void} */
  show(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.input.removeAttribute("aria-activedescendant");
  }

  mark() {
    const options = [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")];
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.chosen)));
    if (!options.length) return;
    this.input.setAttribute("aria-activedescendant", options[this.chosen].id);
    options[this.chosen].scrollIntoView({ block: "nearest" });
  }

  /** @type {(event: KeyboardEvent) => void} */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.hits.length) % this.hits.length;
      this.mark();
    }
    if (event.key === "Enter" && this.hits.length) {
      event.preventDefault();
      this.take(this.chosen);
    }
  }

  /** @type {(index: number) => void} */
  take(index) {
    const hit = this.hits[index];
    const words = this.input.value.trim();
    this.show(false);
    this.input.blur();
    if ("thing" in hit) this.pick.thing(hit.thing);
    else if ("fact" in hit) this.pick.fact?.(hit.fact);
    else if ("found" in hit) this.pick.article?.(hit.found);
    else this.pick.sentence?.(hit.sentence, words);
  }
}

/** An excerpt of a text around some words, which are marked. */
/** @type {(text: string, words: string) => HTMLElement[]} */
function around(text, words) {
  const wanted = plain(words);
  const at = plain(text).indexOf(wanted);
  if (at < 0 || plain(text).length !== text.length) return [el("span", {}, text.slice(0, 120))];
  const after = at + wanted.length;
  const [start, end] = [Math.max(0, at - 50), Math.min(text.length, after + 50)];
  return [el("span", {}, start ? "…" : "", text.slice(start, at), el("mark", {}, text.slice(at, after)), text.slice(after, end), end < text.length ? "…" : "")];
}
