// The page: what clicks, keys and the pointer do, and how its parts work together.

import { VIEWS, fragmentOf, readFragment } from "./address.js";
import { Cards } from "./cards.js";
import { Choice, KINDS } from "./choice.js";
import { $$, Graph, NARROW, unpack } from "./data.js";
import { Filters } from "./filters.js";
import { Finder } from "./finder.js";
import { Front } from "./front.js";
import { Keys } from "./keys.js";
import { DARK, button, el, plural, some, sure } from "./looks.js";
import { pathCard, wayWords, waysBetween } from "./path.js";
import { saveCsv, savePng, saveSvg, svgOf } from "./save.js";
import { Stage } from "./stage.js";
import { Table } from "./table.js";
import { toolbar } from "./toolbar.js";
import { Bookmarks, Trail } from "./trail.js";

const TERSE = 80; // maximum number of characters of a headline that can be the title of the page
const TOPICS = 12; // number of the largest stories from which the title of the page is chosen
const STORY = 40; // maximum number of things of a story that are shown at once
const ROOM = 16000; // area in square pixels that a thing of a story needs with its name and lines
const NEIGHBOURS = { wide: 16, narrow: 7 }; // how many neighbours are shown with a thing, on a wide screen and on a phone
const FURTHER = 0.6; // to show all neighbours of a thing, the page zooms out, but at most to this share of the current zoom

export class Page {
  /**
   * @param {Graph} graph
   */
  constructor(graph) {
    this.graph = graph;
    this.choice = new Choice(graph);
    this.begun = new Choice(graph);
    /** @type {Opened | null} */
    this.opened = null; // what the card shows: {thing} | {line: [a, b], fact} | {path: [a, b]} | {sentence, words}
    this.view = "graph";
    this.went = { from: 1, to: 0 }; // the zoom before and after the last time the page zoomed out by itself, so that it does not zoom out again
    /** @type {Line[]} */
    this.extra = []; // lines shown despite the filters: the steps of a path
    this.cards = new Cards(graph, { open: (thing) => this.open(thing) });
    this.stage = new Stage($$("graph"), graph, {
      tap: (hit) => this.tap(hit),
      over: (hit, point) => this.over(hit, point),
      settled: () => this.note(),
      put: (thing, place) => this.pin(thing, place),
      needs: (height) => document.body.style.setProperty("--needed", `${height}px`),
    });
    this.front = new Front(graph, $$("front"), {
      story: (number) => this.openStory(number),
      thing: (thing) => this.openFound(thing),
      line: (one, other) => this.openPair(one, other),
    });
    this.usual = graph.stories.length > 1 ? "stories" : "graph";
    this.filters = new Filters(graph, this.choice, this.stage, () => { this.leaveFront(); this.show(); });
    this.table = new Table(graph, $$("table"), this.cards, { thing: (thing) => this.open(thing), fact: (fact) => this.openFact(fact) });
    new Finder(graph, $$("search"), $$("hits"), {
      thing: (thing) => this.openFound(thing).then(() => this.read()),
      fact: (fact) => this.openAsked(fact).then(() => this.read()),
      article: (article) => this.openArticle(article),
      sentence: (sentence, words) => this.openSentence(sentence, words).then(() => this.read()),
    });
    this.selection = this.choice.select();
    this.noting = 0;
    this.restoring = true;
    /** @type {HTMLElement | null} */
    this.from = null; // the focused element before the card was opened
    this.trail = new Trail(() => this.restore());
    new Bookmarks(() => this.now());
    this.listen();
  }

  /** Start with the fragment of the address, or the first view. */
  async begin() {
    const [open, view] = readFragment(this.graph, this.choice, location.hash);
    this.setView(view, false);
    this.show();
    await this.stage.laid;
    if (open?.thing !== undefined) await this.open(open.thing);
    else if (open?.line) await this.openPair(...open.line);
    else if (open?.path) await this.openPath(...open.path, open.way);
    else if (open?.sentence !== undefined) await this.openSentence(open.sentence, "");
    else if (this.choice.story >= 0) await this.presentStory();
    else this.close();
  }

  show() {
    this.selection = this.choice.select();
    const { things } = this.selection;
    const drawn = new Set(this.selection.lines.map(({ key }) => key));
    const among = new Set(things); // a step of a path is drawn only if both its ends are shown: another thing may have been opened after the path
    const lines = [...this.selection.lines, ...this.extra.filter(({ key, a, b }) => !drawn.has(key) && among.has(a) && among.has(b))];
    const hints = this.graph.size > 5000 ? this.hints(things) : [];
    this.stage.show(things, lines, hints, this.choice.pinned);
    if (!this.stage.arranged && !this.stage.waiting && things.length) this.stage.fit(undefined, false);
    this.filters.fill(this.selection);
    if (this.view === "table") this.table.fill(this.selection);
    $$("nothing").hidden = things.length > 0;
    if (!things.length) this.tellNothing();
    Object.assign(document.documentElement.dataset, { nodes: things.length, edges: lines.reduce((sum, line) => sum + line.facts.length, 0), lines: lines.length }); // read by tests
  }

  /** Explains why nothing is shown, and offers changes. */
  tellNothing() {
    const ways = this.graph.size ? this.choice.reliefs() : [];
    const buttons = ways.map(([words, act, number]) => button([`Show ${words}`, el("small", {}, plural(number, "thing"))], () => { act(); this.show(); }));
    $$("nothing").replaceChildren(el("span", {}, this.graph.size ? "Nothing passes these filters together." : "The graph is empty."), ...buttons);
  }

  /** The named things that are not shown; they are drawn as faint dots. */
  /** @type {(things: Thing[]) => Thing[]} */
  hints(things) {
    const shown = new Set(things);
    const { kind } = this.graph.things;
    return Array.from(kind.keys()).filter((thing) => kind[thing] === 0 && !shown.has(thing));
  }

  // -- Opening, closing ------------------------------------------------------------------------

  /** Switches from the stories to the drawing, because something in the drawing is requested. */
  leaveFront() {
    if (this.view === "stories") this.setView("graph");
  }

  /** Opens a story by itself: the content of its articles, including doubtful facts if there is little else. */
  /** @type {(number: number) => Promise<void>} */
  async openStory(number) {
    this.choice.reset();
    Object.assign(this.choice, { story: number, limit: fitting() });
    this.showEnough(Math.min(4, this.graph.stories[number].things.length));
    await this.presentStory();
    this.read();
  }

  async presentStory() {
    this.opened = null;
    this.stage.emphasise(null);
    await this.present(await this.cards.front(this.graph.stories[this.choice.story]));
  }

  /** Restores the initial state of the page. */
  first() {
    this.choice.reset();
    this.close();
    this.setView(this.usual);
    this.show();
  }

  /** Opens a fact that was searched for: its two things, or the subject if its object is a text. */
  /** @type {(fact: Fact) => Promise<void>} */
  async openAsked(fact) {
    const { subject, object } = this.graph.facts;
    if (object[fact] < 0 || object[fact] === subject[fact]) {
      await this.openFound(subject[fact]);
      return;
    }
    this.leaveFront();
    Object.assign(this.choice, { only: new Set([subject[fact], object[fact]]), about: subject[fact] });
    this.show();
    await this.openPair(subject[fact], object[fact]);
  }

  /** Shows the content of one article. */
  /** @type {(article: number) => Promise<void>} */
  async openArticle(article) {
    this.choice.reset();
    Object.assign(this.choice, { article, limit: fitting() });
    this.showEnough(3);
    const { things, lines } = this.selection;
    this.opened = null;
    this.stage.emphasise(null);
    const facts = lines.flatMap((line) => line.facts.slice(0, 1)).slice(0, 12);
    await this.present(await this.cards.front({ headline: this.graph.articles[article].title, articles: [article], things: things.slice(0, 8), roles: [], facts, sketch: [], events: [], words: [], opening: "" }));
    this.read();
  }

  /** Shows plain facts; if there are fewer than `enough` lines then, also doubtful, reported and other facts. */
  /** @type {(enough: number) => void} */
  showEnough(enough) {
    for (const mood of this.graph.factualities.keys()) {
      if (this.choice.select().lines.length >= enough) break;
      this.choice.moods.add(mood);
    }
    this.setView("graph");
    this.show();
  }

  /** Shows only a thing and its neighbours. */
  /** @type {(thing: Thing) => Promise<void>} */
  async openFound(thing) {
    this.leaveFront();
    await this.alone(thing);
    this.say(`${this.graph.label(thing)} and ${plural(this.stage.things.length - 1, "neighbour")}`);
  }

  /** @type {(thing: Thing) => Promise<void>} */
  async alone(thing) {
    this.choice.only = new Set([thing, ...this.choice.companions(thing, NARROW.matches ? NEIGHBOURS.narrow : NEIGHBOURS.wide)]);
    this.choice.about = thing;
    this.show();
    await this.open(thing);
  }

  /** Opens the card of a thing; `centre`: also moves the thing into the centre of the view. */
  /** @type {(thing: Thing, centre?: boolean) => Promise<void>} */
  async open(thing, centre = !this.stage.shown.has(thing)) {
    this.reveal([thing]);
    const lines = this.selection.lines.filter((line) => line.a === thing || line.b === thing);
    const near = new Set([thing, ...lines.flatMap((line) => [line.a, line.b])]);
    this.opened = { thing };
    this.stage.emphasise(near, new Set(lines.map((line) => line.key)), thing);
    await this.present(await this.cards.thing(thing, this.actions(thing)));
    this.look([thing, ...[...near].filter((other) => other !== thing).slice(0, 40)], centre);
    this.say(`${this.graph.label(thing)}, ${this.graph.typeOf(thing)}, ${plural(lines.length, "line")} to others`);
  }

  /** @type {(thing: Thing) => Child[]} */
  actions(thing) {
    /** @type {(any: boolean) => Thing[]} */
    const hiddenOf = (any) => this.choice.neighbours(thing, any).filter((other) => !this.stage.shown.has(other));
    const hidden = hiddenOf(false).length ? hiddenOf(false) : hiddenOf(true);
    const some = hidden.slice(0, 12);
    const rest = hidden.length > some.length ? `${some.length} of ${plural(hidden.length, "hidden neighbour")}` : plural(some.length, "hidden neighbour");
    const expand = async () => {
      this.reveal(some);
      await this.open(thing);
    };
    return [
      some.length > 0 && button(`Show ${rest}`, expand, { id: "expand" }),
      button("Only this and its neighbours", () => this.alone(thing)),
      this.choice.pinned.has(thing) && button("Let it go from where it was put", () => this.letGo(thing)),
      button("How is it connected to …", () => this.askPath(thing), { id: "path-to" }),
    ];
  }

  /** Shows a second search field in the card, for the other end of a path. */
  /** @type {(thing: Thing) => void} */
  askPath(thing) {
    const input = el("input", { type: "search", id: "goal", placeholder: "Name of the other thing", autocomplete: "off", role: "combobox", "aria-label": "Connected to", "aria-controls": "goals", "aria-expanded": "false" });
    const list = el("ul", { id: "goals", className: "hits", role: "listbox", "aria-label": "Names found", hidden: true });
    $$("path-to").replaceWith(el("span", { className: "goal" }, input, list));
    new Finder(this.graph, input, list, { thing: (goal) => this.openPath(thing, goal).then(() => this.read()) }, false);
    input.focus();
  }

  /** @type {(start: Thing, goal: Thing, number?: number) => Promise<void>} */
  async openPath(start, goal, number = 0) {
    const ways = waysBetween(this.graph, start, goal);
    const steps = ways[number] ?? null;
    const passed = steps ? [start, ...steps.map(({ to }) => to)] : [start, goal];
    this.extra = (steps ?? []).map((step) => this.stepLine(step));
    const keys = this.extra.map(({ key }) => key);
    this.leaveFront();
    this.choice.only = new Set(passed);
    this.show();
    this.opened = { path: [start, goal], way: number };
    this.stage.emphasise(new Set(passed), new Set(keys));
    const others = [...ways.entries()].filter(([at]) => at !== number);
    const card = await pathCard(this.cards, this.graph, start, goal, steps);
    card.splice(3, 0, ...others.map(([at, way]) => button(`Another way: ${wayWords(this.graph, way)}`, () => this.openPath(start, goal, at), { className: "way" })));
    await this.present(card);
    this.say(steps ? `Connected in ${plural(steps.length, "step")}` : "Not connected");
  }

  /** A step of a path as a line; a fact that only mentions one of its ends becomes its label, not one of its facts. */
  /** @type {(given: Step) => Line} */
  stepLine({ from, to, facts, articles }) {
    const [a, b] = from < to ? [from, to] : [to, from];
    const { subject, object, speaker } = this.graph.facts;
    const direct = facts.filter((fact) => [subject[fact], object[fact]].includes(from) && [subject[fact], object[fact]].includes(to));
    const pair = { key: `${a}-${b}`, a, b, facts: direct, parts: [] };
    if (direct.length) return this.choice.line(pair);
    const said = facts.some((fact) => [from, to].includes(speaker[fact]));
    const label = articles.length ? "in one article" : said ? "speaks of" : facts.length ? "in one statement" : "in one happening";
    return { ...pair, happenings: [], from, to, both: !said, mood: "together", label };
  }

  /** @type {(fact: Fact) => Promise<void>} */
  openFact(fact) {
    const { subject, object } = this.graph.facts;
    return this.openPair(subject[fact], object[fact], fact);
  }

  /** Opens the card of a line between two things, and splits the line into its relations. */
  /** @type {(one: Thing, other: Thing, fact?: Fact | null) => Promise<void>} */
  async openPair(one, other, fact = null) {
    const [a, b] = one < other ? [one, other] : [other, one];
    const key = `${a}-${b}`;
    this.reveal([a, b]);
    const line = this.stage.byKey.get(key);
    if (!line) return;
    this.opened = { line: [a, b], fact };
    this.stage.emphasise(new Set([a, b]), new Set([key]), null, key);
    await this.present(await this.cards.line(line, fact));
    this.look([a, b]);
  }

  /** @type {(sentence: number, words: string) => Promise<void>} */
  async openSentence(sentence, words) {
    this.opened = { sentence, words };
    const parts = await this.cards.sentence(sentence, words);
    const facts = (await this.cards.tellers()).get(sentence) ?? [];
    const { subject, object } = this.graph.facts;
    const things = new Set(facts.flatMap((fact) => [subject[fact], object[fact]]).filter((thing) => thing >= 0));
    const lines = this.selection.lines.filter((line) => things.has(line.a) && things.has(line.b));
    this.stage.emphasise(things.size ? things : null, new Set(lines.map((line) => line.key)));
    await this.present(parts);
  }

  /** Show these things despite the filters. */
  /** @type {(things: Thing[]) => void} */
  reveal(things) {
    this.leaveFront();
    const hidden = things.filter((thing) => !this.stage.shown.has(thing));
    if (!hidden.length) return;
    hidden.forEach((thing) => (this.choice.only ?? this.choice.wanted).add(thing));
    this.show();
  }

  /** @type {(parts: Child[]) => Promise<void>} */
  async present(parts) {
    if ($$("card").hidden) this.from = /** @type {HTMLElement | null} */ (document.activeElement);
    const shut = button("×", () => this.leave(), { className: "close", "aria-label": "Close" });
    $$("card").replaceChildren(shut, ...some(parts));
    this.showCard(true);
    $$("card").scrollTop = 0;
    $$("tooltip").hidden = true;
    document.documentElement.dataset.card = String(Number(document.documentElement.dataset.card ?? 0) + 1); // read by tests
    this.note();
  }

  /** @type {(shown: boolean) => void} */
  showCard(shown) {
    $$("card").hidden = !shown;
    document.body.classList.toggle("reading", shown);
    this.stage.resize(); // the card takes or releases space
  }

  /** Move the focus into the card, for users who do not see it open. */
  read() {
    $$("card").focus({ preventScroll: true });
  }

  /** Close the card, and restore the focus. */
  leave() {
    const here = $$("card").contains(document.activeElement) || document.activeElement === document.body;
    this.close();
    if (here) (this.from?.isConnected && this.from !== document.body && this.from.offsetParent ? this.from : $$(this.view === "stories" ? "front" : this.view)).focus({ preventScroll: true });
  }

  close() {
    this.opened = null;
    if (this.extra.length) {
      this.extra = [];
      this.show();
    }
    this.showCard(false);
    this.stage.emphasise(null);
    this.note();
  }

  /** Moves the view so that these things are in it, or at least the first of them. Without `always`, the view stays if they are in it already. */
  /** @type {(things: Thing[], always?: boolean) => void} */
  look(things, always = false) {
    const { stage } = this;
    const { camera } = stage;
    if (!camera.width || stage.gliding) return;
    if (!always && things.every((thing) => stage.sees(thing))) return;
    const own = Math.abs(camera.zoom / this.went.to - 1) < 1e-6 ? this.went.from : camera.zoom; // the zoom chosen by the user
    const target = stage.around(things, always ? undefined : own);
    if (always || target.zoom > FURTHER * own) {
      this.went = { from: always ? target.zoom : own, to: target.zoom };
      camera.go(target);
    } else if (!stage.sees(things[0])) stage.centre(things[0]);
  }

  // -- Pointer ---------------------------------------------------------------------------------

  /** @type {(hit: Hit | null) => void} */
  tap(hit) {
    if (!hit) this.close();
    else if (hit.thing !== undefined) this.open(hit.thing);
    else this.openLine(hit);
  }

  /** @type {(given: { key: string; fact: Fact | null }) => void} */
  openLine({ key, fact }) {
    const line = this.stage.byKey.get(key);
    if (!line) return;
    if (!line.facts.length && line.happenings.length === 1) this.open(this.graph.parts.event[line.happenings[0]]);
    else this.openPair(line.a, line.b, fact);
  }

  /** @type {(hit: Hit | null, point: Point | null) => void} */
  over(hit, point) {
    const box = $$("tooltip");
    $$("graph").style.cursor = hit ? "pointer" : "";
    const words = hit ? this.tip(hit) : [];
    box.hidden = !words.length || !point;
    if (box.hidden || !point) return;
    box.replaceChildren(...words);
    const { width, height } = this.stage.camera;
    box.style.left = `${Math.max(0, Math.min(point[0] + 14, width - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(0, Math.min(point[1] + 14, height - box.offsetHeight - 4))}px`;
  }

  /** @type {(hit: Hit) => HTMLElement[]} */
  tip(hit) {
    if (hit.thing !== undefined) return this.cards.thingTip(hit.thing);
    const line = this.stage.byKey.get(hit.key);
    return line ? this.cards.lineTip(line, hit.fact) : [];
  }

  // -- The rest --------------------------------------------------------------------------------

  listen() {
    /** @type {(id: string, what: () => void) => void} */
    const on = (id, what) => $$(id).addEventListener("click", what);
    on("skip", () => $$(this.view === "stories" ? "front" : this.view).focus());
    on("closer", () => this.stage.camera.zoomBy(1.4));
    on("further", () => this.stage.camera.zoomBy(1 / 1.4));
    on("fit", () => this.stage.fit());
    on("reset", () => this.first());
    on("all", () => {
      this.leaveFront();
      Object.assign(this.choice, { limit: this.graph.size, kinds: new Set(Object.keys(KINDS)), happenings: "nodes", only: null, story: -1 });
      this.choice.moods = new Set(this.graph.factualities.keys());
      this.show();
    });
    $$("as-stories").hidden = this.usual !== "stories";
    on("as-stories", () => this.setView("stories"));
    on("as-graph", () => this.setView("graph"));
    on("as-table", () => this.setView("table"));
    on("save-png", () => savePng(this.stage));
    on("save-svg", () => saveSvg(this.stage));
    on("save-csv", () => saveCsv(this.graph, this.selection.lines));
    on("print", () => window.print());
    addEventListener("beforeprint", () => this.onPaper(true));
    addEventListener("afterprint", () => this.onPaper(false));
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[role=toolbar]"))) toolbar(each);
    const keys = new Keys(this);
    document.addEventListener("keydown", (event) => keys.press(event));
    document.addEventListener("click", (event) => this.shut(event.composedPath()));
    DARK.addEventListener("change", () => { $$("families").replaceChildren(); this.filters.fill(this.selection); });
  }

  /** Prepares the page for printing (colours for paper, the drawing as SVG, which is sharp at any size), or undoes this. */
  /** @type {(paper: boolean) => void} */
  onPaper(paper) {
    document.documentElement.classList.toggle("paper", paper);
    document.querySelector(".sheet")?.remove();
    this.stage.repaint();
    if (this.view === "stories") this.front.drawAll();
    if (!paper || this.view !== "graph" || !this.stage.things.length) return;
    const sheet = svgOf(this.stage);
    sheet.setAttribute("class", "sheet");
    $$("picture").append(sheet);
  }

  /** @type {(view: string, fill?: boolean) => void} */
  setView(view, fill = true) {
    this.view = view;
    for (const each of VIEWS) $$(`as-${each}`).setAttribute("aria-pressed", String(view === each));
    $$("picture").hidden = view !== "graph";
    $$("table").hidden = view !== "table";
    $$("front").hidden = view !== "stories";
    this.stage.resize();
    for (const each of ["save-png", "save-svg"]) Object.assign($$(each), { disabled: view === "stories", title: view === "stories" ? "Of the graph: choose Graph first" : "" });
    this.tellBar();
    this.filters.tell(view);
    if (view === "stories") this.front.draw();
    if (view === "table") this.table.fill(fill ? this.selection : this.choice.select());
    this.note();
  }

  /** The trail is shown except on the front page. */
  tellBar() {
    $$("bar").hidden = this.view === "stories" && this.trail.top === 0;
  }

  /** Record the state, once the current action is complete. */
  note() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => { if (!this.restoring) this.trail.note(this.now()); });
  }

  /** A name for the current view. */
  /** @type {() => Crumb} */
  now() {
    const { graph, choice, opened } = this;
    const fragment = fragmentOf(graph, choice, this.begun, opened, this.view, this.usual);
    const words = this.words(fragment);
    return { fragment, words, key: opened || fragment === "" ? `${words} ${fragment === ""}` : `${this.view} ${words}` };
  }

  /** @type {(fragment: string) => string} */
  words(fragment) {
    const { graph, choice, opened } = this;
    const name = (/** @type {Thing} */ thing) => graph.label(thing);
    if (opened?.thing !== undefined) return name(opened.thing);
    if (opened?.line) return opened.line.map(name).join(" and ");
    if (opened?.path) return opened.path.map(name).join(" → ");
    if (opened?.sentence !== undefined) return "A sentence";
    if (this.view === "stories") return "All stories";
    if (graph.stories[choice.story]) return graph.stories[choice.story].headline;
    if (graph.articles[choice.article]) return graph.articles[choice.article].title;
    if (graph.relations[choice.relation]) return `Graph: ${graph.relations[choice.relation]}`;
    if (this.view === "table") return "Table";
    return fragment === "" ? "First view" : "Graph";
  }

  /** Brings the page into the state that is in its address. */
  async restore() {
    this.restoring = true;
    this.extra = [];
    await this.begin();
    this.restoring = false;
    this.trail.draw();
    this.note();
  }

  /** Menus close on a click elsewhere, the menu of files also on a click in it. */
  /** @type {(clicked: EventTarget[]) => void} */
  shut(clicked) {
    for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".drop"))) {
      const stays = clicked.includes(menu) && (menu.id !== "save" || clicked.includes(sure(menu.firstElementChild)));
      if (!stays) menu.open = false;
    }
  }

  // -- Moving things by hand -------------------------------------------------------------------

  /** @type {(thing: Thing, place: Point) => void} */
  pin(thing, place) {
    this.choice.pinned.set(thing, /** @type {Point} */ (place.map(Math.round)));
    this.show();
    if (this.opened?.thing === thing) this.open(thing, false);
    else this.note();
    this.say(`${this.graph.label(thing)} stays where it was put`);
  }

  /** @type {(thing: Thing) => void} */
  letGo(thing) {
    this.choice.pinned.delete(thing);
    this.show();
    this.open(thing, false);
  }

  /** Move a thing a little, with the keyboard. */
  /** @type {(thing: Thing, direction: Point) => void} */
  nudge(thing, [across, down]) {
    const { x, y } = this.graph.things;
    if (this.stage.arranged) this.pin(thing, [x[thing] + 24 * across, y[thing] + 24 * down]);
  }

  /** Lets screen readers say some words. */
  /** @type {(words: string) => void} */
  say(words) {
    $$("said").textContent = words;
  }
}

/** How many things of a story fit beside its card, which the narrow page has below the drawing. */
/** @type {() => number} */
function fitting() {
  if (NARROW.matches) return STORY;
  const card = Math.max(320, Math.min(448, 0.3 * innerWidth));
  return Math.max(12, Math.min(STORY, Math.floor(((innerWidth - 280 - card) * (innerHeight - 160)) / ROOM)));
}

/** The title of the page: the headline of the largest story with a short one, and the number of other stories. */
/** @type {(given: Graph) => string} */
function titleOf({ stories }) {
  if (!stories.length) return document.title;
  const { headline } = stories.slice(0, TOPICS).find((story) => story.headline.length <= TERSE) ?? stories[0];
  return stories.length === 1 ? headline : `${headline} – and ${plural(stories.length - 1, "more story", "more stories")}`;
}

async function main() {
  const graph = new Graph(await unpack("core"));
  $$("summary").textContent = [
    plural(graph.articles.length, "article"),
    ...(graph.stories.length > 1 ? [plural(graph.stories.length, "story", "stories")] : []),
    plural(graph.things.kind.filter((kind) => kind === 0).length, "name"),
    plural(graph.facts.id.length, "statement"),
    ...(graph.known > graph.size ? [`${graph.size.toLocaleString("en")} of ${graph.known.toLocaleString("en")} things`] : []),
  ].join(" · ");
  if (graph.untitled) $$("title").textContent = document.title = titleOf(graph);
  if (NARROW.matches) $$("filters").open = false;
  $$("picture").hidden = graph.stories.length > 1 && location.hash.length < 2; // the graph is drawn when it is first seen
  globalThis.graphPage = new Page(graph); // for the console, and for tests
  await globalThis.graphPage.restore();
  document.documentElement.dataset.ready = "yes";
}

main();
