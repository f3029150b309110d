// The questions as forms: a sentence with blanks. The text in a blank goes into VALUES ?name { ... } of its query.

import { Names } from "./names.js";
import { when } from "./sentences.js";

const THING = /^d:(.+)$/; // in the address, a thing that was chosen, not only typed

export class Forms {
  /**
   * `asked` gets the query, its text with all values, the question in words, and its form in the address.
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
    const address = new URLSearchParams({ question: query.name });
    for (const { name, value, dataset } of fields) {
      if (value.trim()) address.set(name, dataset.iri ? `d:${this.names.local(dataset.iri)}` : value.trim());
    }
    const words = query.ask.replace(/\{(\w+)\}/g, (_, name) => {
      const { value, placeholder } = field(name);
      return when(value.trim()) || placeholder;
    });
    this.asked(query, fields.reduce(filled, query.text), words, address.toString());
  }

  /** Ask the question in an address; false if there is none. */
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

  /** The question from which a query was made: its first line is its title. */
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

/** The query with the value of a field substituted. */
/** @type {(text: string, field: HTMLInputElement) => string} */
function filled(text, { name, value, dataset }) {
  const term = dataset.iri ? `<${dataset.iri}>` : `"${value.normalize().trim().replace(/["\\]/g, "\\$&")}"`;
  return text.replace(new RegExp(`(VALUES\\s+\\?${name}\\s*\\{)[^}]*(\\})`, "g"), (_, before, after) => `${before} ${term} ${after}`);
}
