// The questions that have names, as examples; what they can be asked about goes into VALUES ?name { "..." }.

const $ = (id) => document.getElementById(id);

export class Questions {
  constructor(editor, queries, run) {
    [this.editor, this.queries, this.run] = [editor, queries, run];
    $("question").append(...queries.map((query) => new Option(query.title, query.name)));
    $("question").addEventListener("change", () => this.take($("question").value));
    editor.field.addEventListener("input", () => this.describe(this.current()));
    editor.field.addEventListener("changed", () => this.describe(this.current()));
    this.describe(this.current());
  }

  take(name) {
    const query = this.queries.find((each) => each.name === name);
    if (!query) return;
    this.editor.text = query.text;
    this.describe(query);
    if (query.parameters.length) $("parameters").querySelector("input").focus();
    else this.run();
  }

  /** The question that stands in the editor: its first line is its title. */
  current() {
    const title = /^# (.*)/.exec(this.editor.text)?.[1];
    return this.queries.find((query) => query.title === title);
  }

  describe(query) {
    const same = $("about").dataset.of === (query?.name ?? "");
    if (same && !$("parameters").childElementCount) return;
    if (same) return this.refresh();
    $("about").dataset.of = query?.name ?? "";
    $("question").value = query?.name ?? "";
    $("about").textContent = (query?.description ?? "").replaceAll("`", "");
    $("about").hidden = !query;
    $("parameters").replaceChildren(...(query?.parameters ?? []).map((parameter) => this.field(parameter)));
  }

  refresh() {
    for (const input of $("parameters").querySelectorAll("input")) {
      if (input !== document.activeElement) input.value = this.value(input.name);
    }
  }

  field({ name, meaning, example }) {
    const label = document.createElement("label");
    label.textContent = `${meaning}`;
    const input = document.createElement("input");
    Object.assign(input, { name, type: "search", placeholder: `${name}, such as ${example}`, value: this.value(name), autocomplete: "off" });
    input.addEventListener("input", () => this.put(name, input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.run();
    });
    label.append(input);
    return label;
  }

  value(name) {
    const written = this.pattern(name).exec(this.editor.text)?.[2] ?? "";
    return written.replace(/\\(.)/g, "$1");
  }

  put(name, value) {
    const written = value.replace(/["\\]/g, "\\$&");
    const text = this.editor.text.replace(this.pattern(name), (_, before, _old, after) => before + written + after);
    this.editor.text = text;
  }

  pattern(name) {
    return new RegExp(`(VALUES\\s+\\?${name}\\s*\\{\\s*")((?:[^"\\\\]|\\\\.)*)("\\s*\\})`);
  }
}
