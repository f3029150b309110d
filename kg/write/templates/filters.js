// The panel of filters: it shows what a Choice lets through, and changes it.

class Filters {
  /** `changed()` is called after every change. */
  constructor(graph, choice, changed) {
    Object.assign(this, { graph, choice, changed });
    const { facts } = graph;
    this.familyCounts = graph.families.map(({ number }) => number);
    this.moodCounts = graph.factualities.map((_, mood) => facts.factuality.filter((each, at) => each === mood && facts.object[at] >= 0).length);
    const dated = graph.factDays.filter(Boolean);
    $$("dates").hidden = new Set(dated.map(([first]) => first)).size < 2;
    if (!$$("dates").hidden) this.brush = new Brush($$("brush"), dated, (span) => this.change({ span }));
    this.fillLists();
    const number = (id) => Number($$(id).value);
    $$("limit").addEventListener("input", () => this.change({ limit: this.fromSlider(number("limit")), only: null }));
    $$("article").addEventListener("change", () => this.change({ article: number("article") }, true));
    $$("relation").addEventListener("change", () => this.change({ relation: number("relation") }, true));
    $$("happenings").addEventListener("change", () => this.change({ happenings: $$("happenings").value }));
    $$("witnesses").addEventListener("input", () => this.change({ witnesses: number("witnesses") }));
    $$("undated").addEventListener("change", () => this.change({ undated: $$("undated").checked }));
    $$("filter-form").addEventListener("submit", (event) => event.preventDefault());
  }

  change(values, moved = false) {
    Object.assign(this.choice, values);
    this.changed(moved);
  }

  /** The slider has a hundred steps, finer where there is little: 20, 22, 24, ... 18,000, 20,000. */
  fromSlider(step) {
    return step >= 100 ? this.graph.size : Math.max(2, Math.round(2 * (this.possible / 2) ** (step / 100)));
  }

  toSlider(limit) {
    return this.possible <= 2 ? 100 : Math.round((100 * Math.log(limit / 2)) / Math.log(this.possible / 2));
  }

  fillLists() {
    const { graph } = this;
    const counts = graph.relations.map(() => 0);
    graph.facts.relation.forEach((relation, fact) => { if (graph.facts.object[fact] >= 0) counts[relation] += 1; });
    const ordered = counts.map((number, relation) => [number, relation]).filter(([number]) => number).sort((one, other) => other[0] - one[0]);
    const option = (value, ...words) => el("option", { value: String(value) }, ...words);
    $$("relation").replaceChildren(option(-1, "all relations"), ...ordered.map(([number, relation]) => option(relation, `${graph.relations[relation]} (${number})`)));
    $$("article").replaceChildren(option(-1, "all articles"), ...graph.articles.map(({ title }, at) => option(at, title)));
    $$("happenings").replaceChildren(...Object.entries(HAPPENINGS).map(([value, words]) => option(value, words)));
    const most = graph.facts.witnesses.reduce((one, other) => Math.max(one, other), 1);
    $$("witnesses").max = most;
    $$("witnesses").closest("label").hidden = most < 2;
  }

  /** Show the state of the choice; `selection` is what it gives. */
  fill({ chosen, possible }) {
    const { graph, choice } = this;
    this.possible = Math.max(2, possible);
    $$("limit").value = this.toSlider(Math.min(choice.limit, this.possible));
    const amount = chosen < possible ? `the ${chosen.toLocaleString("en-GB")} that matter most of ${plural(possible, "thing")}` : `all ${plural(possible, "thing")}`;
    $$("limit-text").textContent = choice.only ? `Shown: ${plural(choice.only.size, "thing")} picked out` : `Shown: ${possible ? amount : "nothing"}`;
    $$("limit").setAttribute("aria-valuetext", amount);
    for (const name of ["article", "relation", "happenings", "witnesses"]) $$(name).value = String(choice[name]);
    $$("witnesses-text").textContent = choice.witnesses > 1 ? `at least ${choice.witnesses} independent articles` : "any number of articles";
    $$("undated").checked = choice.undated;
    this.brush?.set(choice.span);
    const described = graph.things.kind.filter((kind) => kind === 1).length;
    this.choices("kinds", Object.entries(KINDS).map(([kind, words]) => [choice.kinds, kind, kind, null, words, "", kind === "described" ? described : null]));
    this.choices("families", graph.families.map((look, at) => [choice.families, at, look.name, symbol(look), look.label, "", look.number]));
    graph.families.forEach((_, at) => {
      const row = $$("families").children[at + 1];
      row.classList.toggle("off", !this.shows(at));
      row.title = this.shows(at) ? "" : "Left out for now: see “Happenings” and “Also show” below";
    });
    this.choices("factualities", graph.factualities.map((mood, at) => [choice.moods, at, mood, stroke(mood), mood, FACTUALITIES[mood], this.moodCounts[at]]));
  }

  /** Whether the other filters let anything of a family through. */
  shows(family) {
    const { kind, family: families } = this.graph.things;
    const { kinds, happenings } = this.choice;
    const let_ = [true, kinds.has("described"), happenings === "nodes"];
    return families.some((each, thing) => each === family && let_[kind[thing]]);
  }

  /** Rows of switches. They are made once, so that the focus stays where it is. */
  choices(id, rows) {
    const field = $$(id);
    if (field.childElementCount === rows.length + 1) {
      rows.forEach(([set, value], index) => {
        const box = field.children[index + 1].querySelector("input");
        [box.checked, box.onchange] = [set.has(value), () => this.toggle(set, value, box.checked)];
      });
      return;
    }
    field.replaceChildren(field.querySelector("legend"), ...rows.map(([set, value, name, mark, words, hint, number]) => {
      const box = el("input", { type: "checkbox", checked: set.has(value), value: name, onchange: () => this.toggle(set, value, box.checked) });
      const text = el("span", {}, words, hint && el("span", { className: "hint" }, hint));
      return el("label", { className: "choice" }, box, mark, text, number === null ? null : el("small", {}, number.toLocaleString("en-GB")));
    }));
  }

  toggle(set, value, on) {
    if (on) set.add(value);
    else set.delete(value);
    this.changed(false);
  }
}
