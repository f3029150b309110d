// Finding: names as they are typed, then sentences that hold the words.

/** Without case and accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class Finder {
  /** `pick` holds thing(number) and sentence(number, words); of `sentences` is false, names are all. */
  constructor(graph, input, list, pick, sentences = true) {
    Object.assign(this, { graph, input, list, pick, sentences, hits: [], chosen: 0, turn: 0 });
    input.addEventListener("input", () => this.fill());
    input.addEventListener("focus", () => this.fill());
    input.addEventListener("blur", () => this.show(false));
    input.addEventListener("keydown", (event) => this.key(event));
  }

  /** Numbers of things so called: whole name, then beginning of a word, then anywhere; important ones first. */
  names(text) {
    this.graph.searchable ??= this.graph.things.label.map((label, thing) => [label, ...this.graph.things.aliases[thing]].map(plain));
    const wanted = plain(text.trim());
    if (!wanted) return [];
    const found = [[], [], []];
    this.graph.searchable.forEach((words, thing) => {
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
    const found = await this.inSentences(text);
    if (turn !== this.turn || document.activeElement !== this.input) return; // somebody typed on, or left
    this.hits = [...this.hits, ...found];
    this.render(text);
  }

  async inSentences(text) {
    const all = await rows("sentences");
    this.plainSentences ??= all.map(([, sentence]) => plain(sentence));
    const wanted = plain(text.trim());
    const found = [];
    for (let at = 0; at < all.length && found.length < 8; at += 1) {
      if (this.plainSentences[at].includes(wanted)) found.push({ sentence: at, article: all[at][0], text: all[at][1] });
    }
    return found;
  }

  render(text) {
    let heading = "";
    const rows = this.hits.flatMap((hit, index) => {
      const options = { role: "option", id: `${this.list.id}-${index}`, onmousedown: (event) => { event.preventDefault(); this.take(index); } };
      const group = hit.thing === undefined ? "In sentences" : "";
      const title = group === heading ? [] : [el("li", { className: "group", role: "presentation" }, group)];
      heading = group;
      if (hit.thing === undefined) {
        const { title: name, date } = this.graph.articles[hit.article];
        return [...title, el("li", options, ...around(hit.text, text.trim()), el("small", {}, [name, date].filter(Boolean).join(" · ")))];
      }
      const small = [this.graph.typeOf(hit.thing), this.otherName(hit.thing, text)].filter(Boolean).join(" · ");
      return [...title, el("li", options, symbol(this.graph.family(hit.thing)), el("span", {}, this.graph.label(hit.thing)), el("small", {}, small))];
    });
    const none = text.trim() ? [el("li", { className: "group", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No such name")] : [];
    this.list.replaceChildren(...(rows.length ? rows : none));
    this.show(this.list.childElementCount > 0);
    this.mark();
  }

  /** The other name that was found, if the name itself was not. */
  otherName(thing, text) {
    const holds = (name) => plain(name).includes(plain(text.trim()));
    const found = holds(this.graph.label(thing)) ? undefined : this.graph.things.aliases[thing].find(holds);
    return found === undefined ? "" : `also “${found}”`;
  }

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

  take(index) {
    const hit = this.hits[index];
    const words = this.input.value.trim();
    this.show(false);
    this.input.blur();
    if (hit.thing === undefined) this.pick.sentence(hit.sentence, words);
    else this.pick.thing(hit.thing);
  }
}

/** A text around some words, which are marked. */
function around(text, words) {
  const at = plain(text).indexOf(plain(words));
  if (at < 0 || plain(text).length !== text.length) return [el("span", {}, text.slice(0, 120))];
  const [start, end] = [Math.max(0, at - 50), Math.min(text.length, at + words.length + 50)];
  return [el("span", {}, start ? "…" : "", text.slice(start, at), el("mark", {}, text.slice(at, at + words.length)), text.slice(at + words.length, end), end < text.length ? "…" : "")];
}
