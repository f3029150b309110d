// Writes the state of the page into the fragment of its address, so that a view can be sent to somebody.
// Only differences from the first view are written.

import { HAPPENINGS, KINDS } from "./choice.js";

export const VIEWS = ["stories", "graph", "table"];

/** The fragment "#..." for the current choice, the open card (see Page) and the view. `begun`: the initial choice; `usual`: the view without a fragment. */
/** @type {(graph: Graph, choice: Choice, begun: Choice, open: Opened | null, view: string, usual: string) => string} */
export function fragmentOf(graph, choice, begun, open, view, usual) {
  const found = new URLSearchParams();
  /** @type {(things: Iterable<Thing>) => string} */
  const ids = (things) => [...things].map((thing) => graph.things.id[thing]).join(" ");
  /** @type {(name: string, value: unknown, usual: unknown) => void} */
  const set = (name, value, usual) => { if (String(value) !== String(usual)) found.set(name, String(value)); };
  set("show", choice.limit, begun.limit);
  set("also", [...choice.kinds].sort(), [...begun.kinds].sort());
  set("happenings", choice.happenings, begun.happenings);
  set("without", graph.families.filter((_, at) => !choice.families.has(at)).map(({ name }) => name), "");
  set("factuality", [...choice.moods].sort().map((mood) => graph.factualities[mood]), [...begun.moods].sort().map((mood) => graph.factualities[mood]));
  set("relation", graph.relations[choice.relation] ?? "", "");
  set("article", graph.articles[choice.article]?.id ?? "", "");
  set("story", graph.articles[graph.stories[choice.story]?.articles[0]]?.id ?? "", "");
  set("witnesses", choice.witnesses, 1);
  set("dates", choice.span ?? "", "");
  set("undated", choice.undated ? "" : "no", "");
  set("about", choice.about < 0 ? "" : ids([choice.about]), "");
  set("at", [...choice.pinned].map(([thing, [x, y]]) => `${ids([thing])}@${Math.round(x)},${Math.round(y)}`).join(" "), "");
  set("with", ids(choice.wanted), "");
  set("only", ids(choice.only ?? []), "");
  if (found.size || open || view !== usual) set("view", view, "graph");
  if (open?.thing !== undefined) found.set("thing", ids([open.thing]));
  if (open?.line) found.set("line", ids(open.line));
  if (open?.path) found.set("path", ids(open.path));
  if (open?.way) found.set("way", String(open.way));
  if (open?.sentence !== undefined) found.set("sentence", String(open.sentence));
  return found.size ? `#${found}` : "";
}

/** Changes the choice to that of the fragment, and returns [open card, view]; unknown values are ignored. */
/** @type {(graph: Graph, choice: Choice, fragment: string) => [Opened | null, string]} */
export function readFragment(graph, choice, fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {(name: string) => string[]} */
  const list = (name) => (given.get(name) ?? "").split(",").filter(Boolean);
  /** @type {(name: string) => number[]} */
  const things = (name) => (given.get(name)?.split(" ") ?? []).map((id) => graph.numbers.get(id)).filter((thing) => thing !== undefined);
  /** @type {(name: string, fallback: number) => number} */
  const number = (name, fallback) => (Number(given.get(name)) >= 1 ? Number(given.get(name)) : fallback);
  choice.reset();
  choice.limit = number("show", choice.limit);
  choice.witnesses = number("witnesses", 1);
  if (given.has("also")) choice.kinds = new Set(list("also").filter((kind) => kind in KINDS));
  const happenings = given.get("happenings") ?? "";
  if (happenings in HAPPENINGS) choice.happenings = happenings;
  const without = list("without");
  graph.families.forEach(({ name }, at) => { if (without.includes(name)) choice.families.delete(at); });
  if (given.has("factuality")) choice.moods = new Set(list("factuality").map((mood) => graph.factualities.indexOf(/** @type {Mood} */ (mood))).filter((mood) => mood >= 0));
  choice.relation = graph.relations.indexOf(given.get("relation") ?? "");
  choice.article = graph.articles.findIndex(({ id }) => id === given.get("article"));
  choice.story = graph.storyOf[graph.articles.findIndex(({ id }) => id === given.get("story"))] ?? -1;
  const span = list("dates").map(Number);
  if (span.length === 2 && span.every(Number.isFinite)) choice.span = [span[0], span[1]];
  choice.undated = given.get("undated") !== "no";
  choice.wanted = new Set(things("with"));
  const [about = -1] = things("about");
  choice.about = about;
  choice.pinned = pinsIn(graph, given.get("at") ?? "");
  const only = things("only");
  choice.only = only.length ? new Set(only) : null;
  /** @type {(name: string) => { [x: string]: number[]; } | null} */
  const two = (name) => (things(name).length === 2 ? { [name]: things(name) } : null);
  const path = two("path");
  const [thing] = things("thing");
  const sentence = Number(given.get("sentence") ?? -1);
  const open = thing !== undefined ? { thing } : two("line") ?? (path && { ...path, way: Number(given.get("way") ?? 0) || 0 }) ?? (sentence >= 0 ? { sentence } : null);
  const usual = given.size || graph.stories.length < 2 ? "graph" : "stories";
  const view = given.get("view") ?? "";
  return [open, VIEWS.includes(view) ? view : usual];
}

/** The positions of things that were moved by hand, from "ID@x,y ...". */
/** @type {(graph: Graph, text: string) => Map<Thing, Point>} */
function pinsIn(graph, text) {
  /** @type {Map<Thing, Point>} */
  const found = new Map();
  for (const each of text.split(" ")) {
    const [, id, x, y] = /^(.+)@(-?\d{1,5}),(-?\d{1,5})$/.exec(each) ?? [];
    const thing = graph.numbers.get(id);
    if (thing !== undefined) found.set(thing, [Number(x), Number(y)]);
  }
  return found;
}
