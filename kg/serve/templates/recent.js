// Earlier queries, which the browser stores.

import { $ } from "./elements.js";

const PLACE = "kg-recent"; // key of the queries in the browser's storage
const MOST = 30; // maximum number of queries stored

export class Recent {
  /** @param {(query: string) => void} again */
  constructor(again) {
    $("recent").addEventListener("change", () => {
      const text = this.queries[Number($("recent").value || -1)];
      if (text !== undefined) again(text);
    });
    this.list();
  }

  /** The queries, the latest first; none if the browser does not store data. */
  /** @returns {string[]} */
  get queries() {
    try {
      return JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @type {(text: string) => void} */
  add(text) {
    const kept = [text, ...this.queries.filter((each) => each !== text)].slice(0, MOST);
    try {
      localStorage.setItem(PLACE, JSON.stringify(kept));
    } catch {
      return; // storage is full or not permitted
    }
    this.list();
  }

  list() {
    const { queries } = this;
    /** @type {(text: string) => string} */
    const title = (text) => text.replace(/\s+/g, " ").trim().slice(0, 80);
    $("recent").replaceChildren(new Option("Asked before …", ""), ...queries.map((text, index) => new Option(title(text), String(index))));
    $("recent").hidden = !queries.length;
  }
}
