// The questions as forms: sentences with blanks. The text in a blank is put into VALUES ?name { ... } of the named query.

import { Names } from "./names.js";
import { when } from "./sentences.js";

const THING = /^d:(.+)$/; // a value in the address that stands for a thing chosen from the list; typed text does not begin with "d:"

export class Forms {
  /**
   * `asked` is called with the named query, its text with all values filled in, the question in words, and the question as it is in the address.
   * @param {Question[]} queries
   * @param {import("./names.js").Called} names
   * @param {(query: Question, text: string, words: string, address: string) => void} asked
   */
  constructor(queries, names, asked) {
    this.queries = new Map(queries.map((query) => [query.name, query]));
    this.names = names;
    this.asked = asked;
    for (const form of forms("form")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask(form);
      });
      for (const field of inputs(form, "[data-kind]")) {
        new Names(field, names, () => form.checkValidity() && this.ask(form));
      }
    }
  }

  /** @type {(name: string) => HTMLFormElement | undefined} */
  form(name) {
    return forms(`form[data-name="${CSS.escape(name)}"]`)[0];
  }

  /** @type {(form: HTMLFormElement) => void} */
  ask(form) {
    const query = this.queries.get(form.dataset.name ?? "");
    if (!query) return;
    /** @type {(name: string) => HTMLInputElement} */
    const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    const fields = query.parameters.map(({ name }) => field(name));
    const text = query.parameters.reduce((text, { name, variable }) => filled(text, field(name), variable), query.text);
    const address = new URLSearchParams({ question: query.name });
    for (const { name, value, dataset } of fields) {
      if (value.trim()) address.set(name, dataset.iri ? `d:${this.names.local(dataset.iri)}` : value.trim());
    }
    const words = query.ask.replace(/\{(\w+)\}/g, (_, name) => {
      const { value, placeholder } = field(name);
      return when(value.trim()) || placeholder;
    });
    this.asked(query, text, words, address.toString());
  }

  /** Asks the question in an address; returns false if there is none. */
  /** @type {(address: URLSearchParams) => Promise<boolean>} */
  async again(address) {
    const form = this.form(address.get("question") ?? "");
    if (!form) return false;
    for (const field of inputs(form)) {
      const given = address.get(field.name) ?? "";
      const [, local] = THING.exec(given) ?? [];
      field.value = local ? await this.names.label(local) : given;
      if (local) field.dataset.iri = this.names.iri(local);
      else delete field.dataset.iri;
    }
    this.ask(form);
    return true;
  }

  /** The question from which the text of a query was made; its first line is the question's title. */
  /** @type {(text: string) => Question | undefined} */
  of(text) {
    const title = /^# (.*)/.exec(text)?.[1];
    return [...this.queries.values()].find((query) => query.title === title);
  }
}

/** @type {(selector: string) => HTMLFormElement[]} */
const forms = (selector) => [.../** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(`#questions ${selector}`))];

/** @type {(form: HTMLFormElement, selector?: string) => HTMLInputElement[]} */
const inputs = (form, selector = "") => [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`input${selector}`))];

/**
 * The text of a query with the value of a field filled in. A chosen thing is also bound to `variable`, if there is one, so that the store looks at
 * this thing only.
 */
/** @type {(text: string, field: HTMLInputElement, variable: string) => string} */
function filled(text, { name, value, dataset }, variable) {
  const term = dataset.iri ? `<${dataset.iri}>` : `"${value.normalize().trim().replace(/["\\]/g, "\\$&")}"`;
  const block = new RegExp(`(VALUES\\s+)\\?${name}(\\s*\\{)[^}]*(\\})`, "g");
  const both = Boolean(dataset.iri && variable);
  return text.replace(block, (_, before, open, close) =>
    both ? `${before}(?${name} ?${variable})${open} (${term} ${term}) ${close}` : `${before}?${name}${open} ${term} ${close}`,
  );
}
