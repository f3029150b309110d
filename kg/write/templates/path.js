// How two things are connected: the shortest way from one to the other, over what is surest.

// A step over a claim counts more than one over a fact, one over a happening more still, and what has no
// name is a poor link ("a statement").
const COST = { asserted: 1, reported: 1.6, planned: 1.7, possible: 1.8, negated: 2.5 };

/** Steps [{from, to, facts, happenings}] from one thing to another (Dijkstra); null if there is none. */
function pathBetween(graph, start, goal) {
  const { facts, parts, about, takings } = graph;
  const cost = new Map([[start, 0]]);
  const came = new Map();
  const queue = [[0, start]];
  const done = new Set();
  while (queue.length) {
    const [, thing] = pop(queue);
    if (done.has(thing)) continue;
    if (thing === goal) break;
    done.add(thing);
    const through = (other, price) => {
      const named = other === goal || graph.things.kind[other] === 0 ? 0 : 0.8;
      const total = cost.get(thing) + price + named;
      if (total >= (cost.get(other) ?? Infinity)) return;
      cost.set(other, total);
      came.set(other, thing);
      push(queue, [total, other]);
    };
    for (const fact of about[thing]) {
      const [one, other] = [facts.subject[fact], facts.object[fact]];
      if (other < 0 || (one !== thing && other !== thing) || one === other) continue;
      through(one === thing ? other : one, COST[graph.mood(fact)] + (facts.slight[fact] ? 0.4 : 0));
    }
    for (const at of takings[thing]) {
      for (const other of parts.thing[at]) if (other !== thing) through(other, 2.2);
    }
  }
  if (!came.has(goal)) return null;
  const steps = [];
  for (let to = goal; to !== start; to = came.get(to)) {
    const from = came.get(to);
    const between = about[from].filter((fact) => {
      const ends = [facts.subject[fact], facts.object[fact]];
      return ends.includes(from) && ends.includes(to);
    });
    between.sort((one, other) => graph.surer(one, other));
    const happenings = between.length ? [] : takings[from].filter((at) => parts.thing[at].includes(to));
    steps.unshift({ from, to, facts: between, happenings });
  }
  return steps;
}

// A binary heap of [cost, thing], the cheapest first.

function push(heap, item) {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above][0] <= heap[at][0]) break;
    [heap[above], heap[at]] = [heap[at], heap[above]];
    at = above;
  }
}

function pop(heap) {
  const top = heap[0];
  const last = heap.pop();
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

/** The card of a way. */
async function pathCard(cards, graph, start, goal, steps) {
  const title = el("h2", { id: "card-title" }, "From ", cards.link(start, null), " to ", cards.link(goal, null));
  if (!steps) return [title, el("p", {}, "Nothing that the articles tell connects the two.")];
  const rows = await Promise.all(steps.map(async ({ facts, happenings }, number) => {
    const shown = await Promise.all(facts.slice(0, 3).map((fact) => cards.fact(fact, null)));
    const told = await Promise.all(happenings.slice(0, 2).map((at) => cards.item({ part: at }, null)));
    const rest = facts.length > 3 ? el("li", { className: "quiet" }, `and ${plural(facts.length - 3, "more relation")}`) : null;
    return [el("h3", {}, `${number + 1}. `, graph.label(steps[number].from), " — ", graph.label(steps[number].to)),
      el("ul", { className: "facts" }, shown, told.map(([, node]) => node), rest)];
  }));
  const names = [start, ...steps.map(({ to }) => to)].map((thing) => cards.link(thing, null));
  const chain = el("p", { className: "chain" }, names.flatMap((name, number) => (number ? [" → ", name] : [name])));
  return [title, el("p", { className: "quiet" }, plural(steps.length, "step")), chain, ...rows.flat()];
}
