// Earlier queries, stored by the browser.

const $ = (id) => document.getElementById(id);
const [PLACE, MOST] = ["kg-recent", 30];

export class Recent {
  constructor(again) {
    $("recent").addEventListener("change", () => {
      const text = this.queries[$("recent").value];
      if (text !== undefined) again(text);
    });
    this.list();
  }

  /** The latest first; none if the browser stores nothing. */
  get queries() {
    try {
      return JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    } catch {
      return [];
    }
  }

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
    const title = (text) => text.replace(/\s+/g, " ").trim().slice(0, 80);
    $("recent").replaceChildren(new Option("Asked before …", ""), ...queries.map((text, index) => new Option(title(text), index)));
    $("recent").hidden = !queries.length;
  }
}
