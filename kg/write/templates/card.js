// Records as DOM: the card of a thing or a relation, the tooltip, the swatches of the legend.
// Every text is set as text (append of a string makes a text node); nothing here parses HTML.

const FACTUALITIES = {
  asserted: "the article itself says so",
  reported: "somebody in it says so",
  planned: "intended or scheduled",
  possible: "may or could be",
  negated: "said not to be so",
};

/** An element with properties and children; strings become text, what is empty or missing is left out. */
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children.filter(Boolean));
  return element;
}

function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

/** Where `words` stand in `text` as whole words ("is", but not in "list"); -1 where they do not. */
function wordsAt(text, words) {
  const literally = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}_])${literally}(?![\\p{L}\\p{N}_])`, "u"));
}

class Cards {
  /** `go(id)` is called when somebody clicks the name of a thing. */
  constructor(data, go) {
    this.data = data;
    this.go = go;
    this.about = new Map(Object.keys(data.things).map((id) => [id, []]));
    for (const [id, statement] of Object.entries(data.statements)) {
      const ends = [statement.subject, statement.object, statement.event, statement.speaker];
      for (const end of new Set(ends)) this.about.get(end)?.push(id);
    }
  }

  /** Type, other names, articles, and all facts, in reading order, with their sentences. */
  thing(id) {
    const thing = this.data.things[id];
    const begin = (fact) => this.data.statements[fact].quotes[0].sentence;
    const facts = this.about.get(id).sort((one, other) => begin(one) - begin(other));
    const parts = [
      el("h2", {}, thing.label),
      el("p", { className: "quiet" }, thing.type, thing.kind === "described" ? ", known by a description" : ""),
    ];
    if (thing.aliases.length) parts.push(el("p", {}, el("span", { className: "quiet" }, "Also: "), thing.aliases.join(" · ")));
    if (thing.kind === "happening") parts.push(...this.happening(thing));
    for (const factuality of this.data.factualities) {
      const told = facts.filter((fact) => this.data.statements[fact].factuality === factuality);
      if (told.length) parts.push(...this.group(factuality, told, id));
    }
    parts.push(this.articles(thing.articles));
    return parts;
  }

  /** Everything between two things, the surest first. */
  pair(one, other, ids) {
    const parts = [
      el("h2", {}, this.link(one, null), " and ", this.link(other, null)),
      el("p", { className: "quiet" }, plural(ids.length, "relation")),
    ];
    for (const factuality of this.data.factualities) {
      const told = ids.filter((id) => this.data.statements[id].factuality === factuality);
      if (told.length) parts.push(...this.group(factuality, told, null));
    }
    return parts;
  }

  /** One relation with all its sentences. */
  relation(id) {
    return [el("h2", {}, "Relation"), el("ul", { className: "facts" }, this.fact(id, null))];
  }

  happening(thing) {
    const rows = thing.participants.map(([role, other]) => el("li", {}, `${role}: `, this.link(other, null)));
    if (thing.time) rows.push(el("li", {}, `when: ${thing.time}`));
    if (thing.place) rows.push(el("li", {}, "where: ", this.link(thing.place, null)));
    if (thing.factuality !== "asserted") rows.unshift(el("li", { className: thing.factuality }, thing.factuality));
    return [el("ul", { className: "plain" }, ...rows), this.more(thing.quotes, "sentence")];
  }

  group(factuality, facts, current) {
    const heading = el("h3", {}, line(factuality), factuality, el("small", { className: "quiet" }, FACTUALITIES[factuality]));
    return [heading, el("ul", { className: "facts" }, ...facts.map((fact) => this.fact(fact, current)))];
  }

  fact(id, current) {
    const statement = this.data.statements[id];
    const object = "text" in statement ? `“${statement.text}”` : this.link(statement.object, current);
    const claim = el("p", { className: "claim" }, this.link(statement.subject, current), " ", el("strong", { className: statement.factuality }, statement.label), " ", object);
    const meta = el("p", { className: "quiet" }, statement.factuality);
    if (statement.speaker) meta.append(" · according to ", this.link(statement.speaker, current));
    if (statement.time) meta.append(` · ${statement.time}`);
    if (statement.place) meta.append(" · in ", this.link(statement.place, current));
    if (statement.event && statement.event !== current) meta.append(" · ", this.link(statement.event, current, "happening"));
    meta.append(` · confidence ${statement.confidence.toFixed(2)}`);
    const shown = statement.quotes.slice(0, 2).map((quote) => this.quote(quote));
    return el("li", {}, claim, meta, ...shown, this.more(statement.quotes.slice(2), "more sentence"));
  }

  quote({ sentence, surface }) {
    const { text, article } = this.data.sentences[sentence];
    const at = surface ? wordsAt(text, surface) : -1;
    const words = at < 0 ? [text] : [text.slice(0, at), el("mark", {}, surface), text.slice(at + surface.length)];
    return el("blockquote", {}, ...words, el("footer", {}, ...this.source(article)));
  }

  /** Sentences behind a click. */
  more(quotes, what) {
    if (!quotes.length) return null;
    return el("details", {}, el("summary", {}, plural(quotes.length, what)), ...quotes.map((quote) => this.quote(quote)));
  }

  articles(indexes) {
    const rows = indexes.map((index) => el("li", {}, ...this.source(index)));
    return el("details", {}, el("summary", {}, plural(rows.length, "article")), el("ul", { className: "plain" }, ...rows));
  }

  /** Title (a link where the article has an address), publisher, date, file. */
  source(index) {
    const article = this.data.articles[index];
    const title = article.url
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.title)
      : article.title;
    const rest = [article.publisher, article.date || "no date", article.id === article.title ? "" : article.id];
    return [title, ` · ${rest.filter(Boolean).join(" · ")}`];
  }

  /** The name of a thing, to click; plain for the thing whose card this is. */
  link(id, current, label = this.data.things[id].label) {
    if (id === current) return label;
    return el("button", { type: "button", className: "link", onclick: () => this.go(id) }, label);
  }

  thingTip(id) {
    const thing = this.data.things[id];
    const size = `${plural(thing.statements, "statement")} in ${plural(thing.articles.length, "article")}`;
    return [el("p", {}, thing.label), el("p", {}, `${thing.type} · ${size}`)];
  }

  pairTip(one, other, ids) {
    const told = ids.map((id) => this.data.statements[id]);
    const labels = [...new Set(told.map((statement) => statement.label))];
    const counts = this.data.factualities
      .map((factuality) => [told.filter((statement) => statement.factuality === factuality).length, factuality])
      .filter(([number]) => number);
    return [
      el("p", {}, `${this.data.things[one].label} and ${this.data.things[other].label}`),
      el("p", {}, `${plural(ids.length, "relation")}: ${counts.map((count) => count.join(" ")).join(", ")}`),
      el("p", {}, labels.slice(0, 8).join(", ") + (labels.length > 8 ? ", …" : "")),
    ];
  }

  relationTip(id) {
    const statement = this.data.statements[id];
    const name = (end) => this.data.things[end].label;
    const details = [statement.factuality, statement.speaker && `according to ${name(statement.speaker)}`, statement.time];
    const { text } = this.data.sentences[statement.quotes[0].sentence];
    return [
      el("p", {}, `${name(statement.subject)} ${statement.label} ${name(statement.object)}`),
      el("p", {}, details.filter(Boolean).join(" · ")),
      el("p", {}, text.length > 180 ? `${text.slice(0, 180)}…` : text),
    ];
  }
}

// -- Swatches --------------------------------------------------------------------------------

const POINTS = {
  square: "3,3 15,3 15,15 3,15",
  diamond: "9,1 17,9 9,17 1,9",
  triangle: "9,2 17,16 1,16",
  triangleDown: "1,2 17,2 9,16",
  hexagon: "5,2 13,2 17,9 13,16 5,16 1,9",
  star: "9,1 11.3,6.2 17,6.8 12.7,10.6 14,16.3 9,13.3 4,16.3 5.3,10.6 1,6.8 6.7,6.2",
};

function svg(width, tag, attributes) {
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const [root, shape] = [make("svg"), make(tag)];
  const set = (element, values) => Object.entries(values).forEach((pair) => element.setAttribute(...pair));
  set(root, { width, height: 18, viewBox: `0 0 ${width} 18`, "aria-hidden": "true" });
  set(shape, attributes);
  root.append(shape);
  return root;
}

function symbol({ shape, colour }) {
  const fill = tone(colour);
  if (shape in POINTS) return svg(18, "polygon", { points: POINTS[shape], fill });
  return svg(18, "circle", { cx: 9, cy: 9, r: 7.5, fill });
}

function line(factuality) {
  const dashes = (DASHES[factuality] || []).join(" ");
  const ends = { x1: 0, y1: 9, x2: 32, y2: 9, stroke: `var(--${factuality})`, "stroke-width": 2.5 };
  return svg(32, "line", { ...ends, "stroke-dasharray": dashes });
}
