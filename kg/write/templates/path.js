// Finds how two things are connected: the path with the lowest cost, in which sure steps cost less.

import { AREAS, el, plural, sure } from "./looks.js";

// The costs of a step. A shared location says less about two things than a shared action, and a location of many things
// says least. A step over a statement that is not a plain fact costs more than one over a plain fact, a step to an unnamed
// thing ("a statement") much more, and a step to a speaker more than one to an agent. A step over a shared article costs
// most.
/** @type {Record<string, number>} */
const COST = { asserted: 1, doubtful: 1.4, reported: 1.6, planned: 1.7, possible: 1.8, negated: 2.5 };
const [SLIGHT, ASIDE, HAPPENING, UNNAMED, ARTICLE] = [0.4, 0.8, 2.2, 2.5, 4];
const [DULL, AREA] = [1.6, 1]; // additional cost of a relation of little interest, and of a place on the path
const WAYS = 3; // maximum number of paths that are shown

/** A function that says whether a thing is an office or profession without holder or place ("president", "The minister"), which does not connect two things that share it. */
/** @type {(graph: Graph) => (thing: Thing) => boolean} */
function roleNouns(graph) {
  /** @type {(thing: Thing) => string} */
  const word = (thing) => graph.label(thing).toLowerCase().replace(/^(?:an?|the) /u, "");
  /** @type {(thing: Thing) => boolean} */
  const isRole = (thing) => graph.family(thing).name === "Position";
  const roles = new Set(graph.things.label.flatMap((_, thing) => (isRole(thing) && (graph.things.kind[thing] || !word(thing).includes(" ")) ? [word(thing)] : [])));
  return (thing) => (isRole(thing) && graph.things.kind[thing] > 0) || (roles.has(word(thing)) && graph.things.kind[thing] < 2);
}

/** The best path, then others through other things, at most `WAYS`; empty if the two things are not connected. */
/** @type {(graph: Graph, start: Thing, goal: Thing) => Step[][]} */
export function waysBetween(graph, start, goal) {
  /** @type {Step[][]} */
  const ways = [];
  const barred = new Set();
  const bare = roleNouns(graph);
  graph.things.label.forEach((_, thing) => { if (thing !== start && thing !== goal && bare(thing)) barred.add(thing); });
  while (ways.length < WAYS) {
    const way = pathBetween(graph, start, goal, barred);
    if (!way || (ways.length && way.some(({ articles }) => articles.length))) break;
    ways.push(way);
    if (way.length < 2) break;
    way.slice(0, -1).forEach(({ to }) => barred.add(to));
  }
  return ways;
}

/** @type {(graph: Graph, way: Step[]) => string} */
export function wayWords(graph, way) {
  return `over ${way.slice(0, -1).map(({ to }) => graph.label(to)).join(", ")}`;
}

/** Steps [{from, to, facts, happenings, articles}] from one thing to another (Dijkstra), avoiding barred things; null if there is none. */
/** @type {(graph: Graph, start: Thing, goal: Thing, barred?: Set<Thing>) => Step[] | null} */
function pathBetween(graph, start, goal, barred = new Set()) {
  const { facts, parts, about, takings, size } = graph;
  /** @type {Thing[][]} */
  const inArticle = graph.articles.map(() => []);
  graph.things.articles.forEach((articles, thing) => articles.forEach((article) => inArticle[article].push(thing)));
  const [cost, came, done] = [new Map([[start, 0]]), new Map(), new Set()];
  /** @type {Priced[]} */
  const queue = [[0, start]];
  while (queue.length) {
    const [, node] = pop(queue); // the number of a thing; from `size` on, that of an article
    if (done.has(node)) continue;
    if (node === goal) break;
    done.add(node);
    /** @type {(other: number, price: number) => void} */
    const through = (other, price) => {
      const passing = other < size && other !== goal;
      const poor = (passing && graph.things.kind[other] ? UNNAMED : 0) + (passing && AREAS.has(graph.family(other).name) ? AREA : 0);
      const total = sure(cost.get(node)) + price + poor;
      if (done.has(other) || barred.has(other) || total >= (cost.get(other) ?? Infinity)) return;
      cost.set(other, total);
      came.set(other, node);
      push(queue, [total, other]);
    };
    if (node >= size) {
      for (const thing of inArticle[node - size]) through(thing, ARTICLE);
      continue;
    }
    for (const fact of about[node]) {
      const ends = [facts.subject[fact], facts.object[fact]];
      const price = COST[graph.mood(fact)] + (facts.slight[fact] ? SLIGHT : 0) + DULL * (1 - graph.interests[facts.relation[fact]]);
      for (const other of [...ends, facts.speaker[fact], facts.place[fact]]) {
        if (other >= 0 && other !== node) through(other, price + (ends.includes(node) && ends.includes(other) ? 0 : ASIDE));
      }
    }
    for (const at of takings[node]) for (const other of parts.thing[at]) if (other !== node) through(other, HAPPENING);
    for (const article of graph.things.articles[node]) through(size + article, ARTICLE);
  }
  if (!came.has(goal)) return null;
  const nodes = [goal];
  while (nodes[0] !== start) nodes.unshift(came.get(nodes[0]));
  const things = nodes.filter((node) => node < size);
  return things.slice(1).map((to, at) => {
    const from = things[at];
    const article = nodes[nodes.indexOf(to) - 1];
    if (article >= size) return { from, to, facts: [], happenings: [], articles: [article - size] };
    /** @type {(fact: Fact) => boolean} */
    const holds = (fact) => [facts.subject[fact], facts.object[fact], facts.speaker[fact], facts.place[fact]].includes(to);
    const between = about[from].filter((fact) => holds(fact) && facts.event[fact] !== from);
    /** @type {(fact: Fact) => number} */
    const weight = (fact) => graph.interests[facts.relation[fact]];
    between.sort((one, other) => facts.factuality[one] - facts.factuality[other] || weight(other) - weight(one) || graph.surer(one, other));
    const happenings = between.length ? [] : takings[from].filter((row_) => parts.thing[row_].includes(to) || parts.event[row_] === to);
    return { from, to, facts: between, happenings, articles: [] };
  });
}

// A binary heap of [cost, thing], the cheapest first.

/** @type {(heap: Priced[], item: Priced) => void} */
function push(heap, item) {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above][0] <= heap[at][0]) break;
    [heap[above], heap[at]] = [heap[at], heap[above]];
    at = above;
  }
}

/** @type {(heap: Priced[]) => Priced} */
function pop(heap) {
  const top = heap[0];
  const last = sure(heap.pop());
  if (!heap.length) return top;
  heap[0] = last;
  for (let at = 0; ;) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let least = at;
    if (left < heap.length && heap[left][0] < heap[least][0]) least = left;
    if (right < heap.length && heap[right][0] < heap[least][0]) least = right;
    if (least === at) return top;
    [heap[least], heap[at]] = [heap[at], heap[least]];
    at = least;
  }
}

/** The card of a path. */
/** @type {(cards: Cards, graph: Graph, start: Thing, goal: Thing, steps: Step[] | null) => Promise<Child[]>} */
export async function pathCard(cards, graph, start, goal, steps) {
  const title = el("h2", { id: "card-title" }, "From ", cards.link(start, null), " to ", cards.link(goal, null));
  if (!steps) return [title, el("p", {}, "Nothing that the articles tell connects the two.")];
  const rows = await Promise.all(steps.map(async ({ facts, happenings, articles }, number) => {
    const shown = await Promise.all(facts.slice(0, 3).map((fact) => cards.fact(fact, null)));
    const told = await Promise.all(happenings.slice(0, 2).map((at) => cards.item({ part: at }, null)));
    const rest = facts.length > 3 ? el("li", { className: "quiet" }, `and ${plural(facts.length - 3, "more relation")}`) : null;
    return [el("h3", {}, `${number + 1}. `, graph.label(steps[number].from), " — ", graph.label(steps[number].to)),
      el("ul", { className: "facts" }, shown, told.map(([, node]) => node), articles.map((article) => el("li", {}, "Both are named in ", cards.source(article))), rest)];
  }));
  const names = [start, ...steps.map(({ to }) => to)].map((thing) => cards.link(thing, null));
  const chain = el("p", { className: "chain" }, names.flatMap((name, number) => (number ? [" → ", name] : [name])));
  return [title, el("p", { className: "quiet" }, plural(steps.length, "step")), chain, ...rows.flat()];
}
