// The page: what is shown (filters), finding (search), and what a click, a key or a pointer does.

const $$ = (id) => document.getElementById(id);
const data = JSON.parse($$("data").textContent);
const rank = new Map(data.nodes.map((node, index) => [node.id, index]));
const NARROW = matchMedia("(max-width: 820px)");
const first = () => ({
  limit: NARROW.matches ? Math.ceil(data.first / 2) : data.first,
  kinds: new Set(["named"]),
  families: new Set(Object.keys(data.families)),
  factualities: new Set(["asserted"]),
  article: -1, // all
  wanted: new Set(), // shown whatever the filters say: what was searched for or clicked in a card
});

let state = first();
const cards = new Cards(data, (id) => open(id));
const drawing = new Drawing(data, $$("graph"));

// -- What is shown ---------------------------------------------------------------------------

const KINDS = {
  described: "unnamed things, topics",
  happening: "happenings",
  alone: "things without relations",
  slight: "what a name already says", // "Mayor of Lowick" is a position in Lowick
};

/** Whether what stands in these articles may be shown. */
const inArticle = (articles) => state.article < 0 || articles.has(state.article);

const articlesOf = new Map();
for (const edge of data.edges) {
  const record = data.statements[edge.id] ?? data.things[edge.event];
  articlesOf.set(edge.id, new Set(record.quotes.map((quote) => data.sentences[quote.sentence].article)));
}

function admitted(id) {
  const thing = data.things[id];
  return state.kinds.has(thing.kind) && state.families.has(thing.family) && inArticle(new Set(thing.articles));
}

function factualityOf(edge) {
  return (data.statements[edge.id] ?? data.things[edge.event]).factuality;
}

/** The edges that the filters let through between `nodes`. */
function edgesAmong(nodes) {
  return data.edges.filter(
    (edge) =>
      nodes.has(edge.from) && nodes.has(edge.to) &&
      (!edge.slight || state.kinds.has("slight")) &&
      state.factualities.has(factualityOf(edge)) && inArticle(articlesOf.get(edge.id)),
  );
}

/** Nodes and edges: of what the filters let through, the most important and its relations. */
function selection() {
  const pool = data.nodes.map((node) => node.id).filter(admitted);
  const [chosen, possible] = state.kinds.has("alone") ? [pool.slice(0, state.limit), pool.length] : related(pool);
  const nodes = new Set([...chosen, ...state.wanted]);
  return { nodes, edges: edgesAmong(nodes), chosen: new Set(chosen).size, possible };
}

/** The most important of `pool` that are related to one another; and how many there are without a limit. */
function related(pool) {
  const others = new Map();
  for (const { from, to } of edgesAmong(new Set(pool))) {
    if (from === to) continue;
    for (const [one, other] of [[from, to], [to, from]]) {
      if (!others.has(one)) others.set(one, new Set());
      others.get(one).add(other);
    }
  }
  const [seen, chosen] = [new Set(), new Set()];
  for (const id of pool.filter((each) => others.has(each))) {
    seen.add(id);
    const joined = [...others.get(id)].filter((other) => seen.has(other));
    const fresh = joined.filter((other) => !chosen.has(other)).length + 1;
    if (joined.length && chosen.size + fresh <= state.limit) [id, ...joined].forEach((each) => chosen.add(each));
  }
  return [[...chosen], others.size];
}

function show() {
  const { nodes, edges, chosen, possible } = selection();
  drawing.show(nodes, edges);
  Object.assign(document.documentElement.dataset, { nodes: nodes.size, edges: edges.length }); // read by tests
  $$("limit").max = Math.max(2, possible);
  $$("limit").value = state.limit;
  const amount = chosen < possible ? `the ${chosen} most important of ${plural(possible, "thing")}` : `all ${plural(possible, "thing")}`;
  $$("limit-text").textContent = `Shown: ${possible ? amount : "nothing"}`;
  $$("limit").setAttribute("aria-valuetext", amount);
  $$("nothing").hidden = nodes.size > 0;
  $$("nothing").textContent = data.nodes.length ? "Nothing passes these filters." : "The graph is empty.";
}

/** Open up, switch by switch, until there is something to see. */
function begin() {
  state = first();
  const steps = [
    () => { state.factualities = new Set(data.factualities); },
    () => { state.kinds = new Set(["named", "described", "happening"]); },
    () => { state.kinds.add("alone"); },
  ];
  for (const step of steps) {
    if (selection().nodes.size) break;
    step();
  }
  fillFilters();
  show();
  drawing.begin();
}

function choice(set, value, ...content) {
  const box = el("input", { type: "checkbox", checked: set.has(value), value });
  box.addEventListener("change", () => {
    if (box.checked) set.add(value);
    else set.delete(value);
    show();
  });
  return el("label", { className: "choice" }, box, ...content);
}

function fillFilters() {
  const fill = (id, ...rows) => $$(id).replaceChildren($$(id).querySelector("legend"), ...rows);
  const named = (text, hint) => el("span", {}, text, hint && el("span", { className: "hint" }, hint));
  const count = (number) => el("small", {}, number.toLocaleString("en-GB"));
  fill("kinds", ...Object.entries(KINDS).map(([kind, words]) => {
    const number = Object.values(data.things).filter((thing) => thing.kind === kind).length;
    return choice(state.kinds, kind, named(words), kind === "alone" || kind === "slight" ? null : count(number));
  }));
  fill("families", ...Object.entries(data.families).map(([family, look]) =>
    choice(state.families, family, symbol(look), named(look.label), count(look.number))));
  fill("factualities", ...data.factualities.map((factuality) => {
    const number = Object.values(data.statements).filter((s) => "object" in s && s.factuality === factuality).length;
    return choice(state.factualities, factuality, line(factuality), named(factuality, FACTUALITIES[factuality]), count(number));
  }));
  $$("article").value = String(state.article);
}

// -- Opening, closing ------------------------------------------------------------------------

function open(id) {
  if (!drawing.shownNodes.has(id)) {
    state.wanted.add(id);
    show();
  }
  const edges = drawing.relations.filter((edge) => edge.from === id || edge.to === id);
  const near = new Set([id, ...edges.flatMap((edge) => [edge.from, edge.to])]);
  present(cards.thing(id), near, new Set(edges.map((edge) => edge.id)));
  const hidden = hiddenNeighbours(id);
  if (hidden.length) {
    const expand = () => { hidden.forEach((other) => state.wanted.add(other)); show(); open(id); };
    $$("card").querySelector("h2 + p").after(el("button", { type: "button", onclick: expand }, `Show ${plural(hidden.length, "hidden neighbour")}`));
  }
  drawing.select([id], []);
  drawing.centre(id);
}

function hiddenNeighbours(id) {
  const related = data.edges.filter((edge) => edge.id in data.statements && (edge.from === id || edge.to === id));
  const others = related.flatMap((edge) => [edge.from, edge.to]);
  return [...new Set(others)].filter((other) => !drawing.shownNodes.has(other));
}

function openLine(id) {
  const line = drawing.lines.get(id);
  const { from, to, members } = line;
  if (line.event) {
    open(line.event);
    return;
  }
  const single = members.length === 1;
  const parts = single ? cards.relation(members[0]) : cards.pair(from, to, members);
  present(parts, new Set([from, to]), new Set(members), line.pair);
  drawing.select([], single ? members : []);
}

function present(parts, nodes, edges, pair = "") {
  const shut = el("button", { type: "button", className: "close", onclick: close }, "×");
  shut.setAttribute("aria-label", "Close");
  $$("card").replaceChildren(shut, ...parts);
  drawing.keepView(() => { $$("card").hidden = false; });
  $$("card").scrollTop = 0;
  $$("tooltip").hidden = true;
  drawing.spread(pair);
  drawing.emphasise(nodes, edges);
}

function close() {
  drawing.keepView(() => { $$("card").hidden = true; });
  drawing.select([], []);
  drawing.spread("");
  drawing.emphasise(null, null);
}

// -- Finding ---------------------------------------------------------------------------------

/** Without case and accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const names = Object.entries(data.things).map(([id, thing]) => ({ id, words: [thing.label, ...thing.aliases].map(plain) }));

/** Ids of things so called: whole name, then beginning of a word, then anywhere; important ones first. */
function find(text) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const score = (word) => {
    if (word === wanted) return 0;
    return ` ${word}`.includes(` ${wanted}`) ? 1 : word.includes(wanted) ? 2 : 3;
  };
  return names
    .map(({ id, words }) => ({ id, score: Math.min(...words.map(score)) }))
    .filter((hit) => hit.score < 3)
    .sort((a, b) => a.score - b.score || rank.get(a.id) - rank.get(b.id))
    .slice(0, 12)
    .map((hit) => hit.id);
}

let hits = [];
let chosen = 0;

function listHits() {
  hits = find($$("search").value);
  chosen = 0;
  const rows = hits.map((id, index) => {
    const row = el("li", { id: `hit-${index}` }, data.things[id].label, el("small", {}, data.things[id].type));
    row.setAttribute("role", "option");
    row.addEventListener("mousedown", (event) => { event.preventDefault(); jump(index); });
    return row;
  });
  const none = $$("search").value.trim() ? [el("li", {}, "No such name")] : [];
  $$("hits").replaceChildren(...(rows.length ? rows : none));
  openHits($$("hits").childElementCount > 0);
  markHit();
}

function openHits(yes) {
  $$("hits").hidden = !yes;
  $$("search").setAttribute("aria-expanded", String(yes));
}

function markHit() {
  [...$$("hits").children].forEach((row, index) => row.setAttribute("aria-selected", String(hits.length > 0 && index === chosen)));
  $$("search").setAttribute("aria-activedescendant", hits.length ? `hit-${chosen}` : "");
  if (hits.length) $$("hits").children[chosen].scrollIntoView({ block: "nearest" });
}

function jump(index) {
  openHits(false);
  $$("search").blur();
  open(hits[index]);
  $$("card").focus({ preventScroll: true });
}

// -- Pointer and keys ------------------------------------------------------------------------

function tip(parts, { x, y }) {
  const box = $$("tooltip");
  box.replaceChildren(...parts);
  box.hidden = false;
  const { clientWidth, clientHeight } = $$("graph");
  box.style.left = `${Math.max(0, Math.min(x + 14, clientWidth - box.offsetWidth - 4))}px`;
  box.style.top = `${Math.max(0, Math.min(y + 14, clientHeight - box.offsetHeight - 4))}px`;
}

function listen() {
  const { network } = drawing;
  const untip = () => { $$("tooltip").hidden = true; };
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) open(nodes[0]);
    else if (edges.length) openLine(edges[0]);
    else close();
  });
  network.on("hoverNode", ({ node, pointer }) => tip(cards.thingTip(node), pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => {
    const { from, to, members, event } = drawing.lines.get(edge);
    if (!event) tip(members.length > 1 ? cards.pairTip(from, to, members) : cards.relationTip(members[0]), pointer.DOM);
  });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, untip);

  $$("closer").addEventListener("click", () => drawing.zoom(1.3));
  $$("further").addEventListener("click", () => drawing.zoom(1 / 1.3));
  $$("fit").addEventListener("click", () => drawing.fit());
  $$("reset").addEventListener("click", () => { close(); begin(); });
  $$("all").addEventListener("click", () => {
    state.limit = data.nodes.length;
    state.kinds = new Set(["named", ...Object.keys(KINDS)]);
    state.factualities = new Set(data.factualities);
    fillFilters();
    show();
    drawing.fit();
  });
  $$("limit").addEventListener("input", () => { state.limit = Number($$("limit").value); show(); });
  $$("article").addEventListener("change", () => { state.article = Number($$("article").value); show(); drawing.fit(); });

  const search = $$("search");
  search.addEventListener("input", listHits);
  search.addEventListener("focus", listHits);
  search.addEventListener("blur", () => openHits(false));
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      chosen = (chosen + step + hits.length) % hits.length;
      markHit();
    }
    if (event.key === "Enter" && hits.length) jump(chosen);
  });
  DARK.addEventListener("change", () => { drawing.paint(); fillFilters(); });
  document.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.select();
    }
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      close();
    }
  });
}

$$("summary").textContent = [
  plural(data.articles.length, "article"),
  plural(data.nodes.length, "thing"),
  plural(Object.keys(data.statements).length, "statement"),
].join(" · ");
$$("article").replaceChildren(
  el("option", { value: "-1" }, "all articles"),
  ...data.articles.map((article, index) => el("option", { value: String(index) }, article.title)),
);
if (NARROW.matches) $$("filters").open = false;
listen();
begin();
document.documentElement.dataset.ready = "yes";
