// The questions as forms: a sentence with blanks. The text in a blank goes into VALUES ?name { ... } of its query.

import { Names } from "./names.js";
import { when } from "./sentences.js";

const THING = /^d:(.+)$/; // in the address, a thing that was chosen, not only typed

export class Forms {
  /** `asked` gets the query, its text with all values, the question in words, and its form in the address. */
  constructor(queries, names, asked) {
    [this.queries, this.names, this.asked] = [new Map(queries.map((query) => [query.name, query])), names, asked];
    for (const form of document.querySelectorAll("#questions form")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask(form);
      });
      for (const field of form.querySelectorAll("input[data-kind]")) {
        new Names(field, names, () => form.checkValidity() && this.ask(form));
      }
    }
  }

  form(name) {
    return document.querySelector(`#questions form[data-name="${CSS.escape(name)}"]`);
  }

  ask(form) {
    const query = this.queries.get(form.dataset.name);
    if (!query) return;
    const fields = query.parameters.map(({ name }) => form.elements.namedItem(name));
    const address = new URLSearchParams({ question: query.name });
    for (const { name, value, dataset } of fields) {
      if (value.trim()) address.set(name, dataset.iri ? `d:${this.names.local(dataset.iri)}` : value.trim());
    }
    const words = query.ask.replace(/\{(\w+)\}/g, (_, name) => {
      const { value, placeholder } = form.elements.namedItem(name);
      return when(value.trim()) || placeholder;
    });
    this.asked(query, fields.reduce(filled, query.text), words, address.toString());
  }

  /** Ask the question in an address; false if there is none. */
  async again(address) {
    const form = address.get("question") && this.form(address.get("question"));
    if (!form) return false;
    for (const field of form.querySelectorAll("input")) {
      const given = address.get(field.name) ?? "";
      const [, local] = THING.exec(given) ?? [];
      field.value = local ? await this.names.label(local) : given;
      if (local) field.dataset.iri = this.names.iri(local);
      else delete field.dataset.iri;
    }
    this.ask(form);
    return true;
  }

  /** The question from which a query was made: its first line is its title. */
  of(text) {
    const title = /^# (.*)/.exec(text)?.[1];
    return [...this.queries.values()].find((query) => query.title === title);
  }
}

/** The query with the value of a field substituted. */
function filled(text, { name, value, dataset }) {
  const term = dataset.iri ? `<${dataset.iri}>` : `"${value.normalize().trim().replace(/["\\]/g, "\\$&")}"`;
  return text.replace(new RegExp(`(VALUES\\s+\\?${name}\\s*\\{)[^}]*(\\})`, "g"), (_, before, after) => `${before} ${term} ${after}`);
}
