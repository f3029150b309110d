// Navigation: back and forward, the trail of the things that were opened last, bookmarks. The address of the page
// contains its state, and each step is in the browser's history, so that back undoes any action.

import { $$ } from "./data.js";
import { button, el } from "./looks.js";

const SHOWN = 7; // maximum number of things in the trail
const SLIDE = 700; // maximum number of milliseconds between two changes of filters that count as one step

export class Trail {
  /** @param {() => void} restore shows what the address says */
  constructor(restore) {
    this.restore = restore;
    this.at = 0;
    this.top = 0; // the last step that "forward" can reach
    this.last = -Infinity; // the time of the last filter change
    this.arrived = true; // whether the current state is already in the browser's history
    /** @type {Crumb[]} */
    this.crumbs = [];
    addEventListener("popstate", () => this.arrive());
    $$("back").addEventListener("click", () => history.back());
    $$("forward").addEventListener("click", () => history.forward());
    this.take(history.state);
  }

  /** Handles navigation by the browser or by a typed address. */
  arrive() {
    this.take(history.state);
    this.arrived = true;
    this.restore();
  }

  /** Takes over the state of a step in the browser's history. An address that was typed or linked has none and is a new step. */
  /** @type {(state: { at: number; crumbs: Crumb[] } | null) => void} */
  take(state) {
    if (!state && !this.crumbs.length) return;
    this.at = state ? state.at : this.at + 1;
    this.top = state ? Math.max(this.at, this.top) : this.at;
    this.crumbs = state ? state.crumbs : this.crumbs;
  }

  /** Records a state: as a new step if something else is viewed than before, or if some time has passed. */
  /** @type {(crumb: Crumb) => void} */
  note(crumb) {
    const before = this.crumbs.at(-1);
    const address = crumb.fragment || "#";
    if (!this.arrived && before?.fragment === crumb.fragment && before.words === crumb.words) return;
    const goesOn = before?.key === crumb.key && performance.now() - this.last < SLIDE;
    const known = this.arrived || before?.fragment === crumb.fragment || goesOn;
    const filtered = before?.key === crumb.key && !this.arrived;
    this.arrived = false;
    this.last = filtered ? performance.now() : -Infinity;
    this.crumbs = [...this.crumbs.filter(({ key }) => key !== crumb.key), crumb].slice(-SHOWN);
    if (known) history.replaceState({ at: this.at, crumbs: this.crumbs }, "", address);
    else {
      this.at += 1;
      this.top = this.at;
      history.pushState({ at: this.at, crumbs: this.crumbs }, "", address);
    }
    this.draw();
  }

  draw() {
    const [back, forward] = [$$("back"), $$("forward")];
    for (const [each, off] of /** @type {[HTMLElement, boolean][]} */ ([[back, this.at <= 0], [forward, this.at >= this.top]])) {
      each.setAttribute("aria-disabled", String(off)); // keeps the focus, unlike `disabled`
    }
    const last = this.crumbs.length - 1;
    $$("trail").replaceChildren(...this.crumbs.map(({ words, fragment }, at) => el("li", {}, at === last
      ? el("span", { "aria-current": "page", title: words }, words)
      : button(words, () => go(fragment), { className: "link", title: words }))));
  }
}

/** Go to another state of the page, as a new step. */
/** @type {(fragment: string) => void} */
export function go(fragment) {
  location.hash = fragment || "#";
}

/** The bookmarks of this page. The browser stores them; if it does not permit this, they last until the page is closed. */
export class Bookmarks {
  /** @param {() => Crumb} now what is looked at */
  constructor(now) {
    this.now = now;
    this.name = `kg bookmarks ${location.pathname}`;
    /** @type {Bookmark[]} */
    this.kept = this.read();
    $$("bookmarks").addEventListener("toggle", () => { if ($$("bookmarks").open) this.draw(); });
    $$("bookmark-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.add($$("bookmark-name").value.trim() || this.now().words);
      $$("bookmark-name").value = "";
    });
  }

  /** @type {() => Bookmark[]} */
  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      return found.filter((/** @type {any} */ each) => typeof each?.words === "string" && typeof each?.fragment === "string");
    } catch {
      return []; // no storage permission, or foreign data
    }
  }

  /** @type {(words: string) => void} */
  add(words) {
    const { fragment } = this.now();
    this.keep([...this.kept.filter((each) => each.fragment !== fragment), { words, fragment }]);
  }

  /** @type {(kept: Bookmark[]) => void} */
  keep(kept) {
    this.kept = kept;
    let stored = true;
    try {
      localStorage.setItem(this.name, JSON.stringify(kept));
    } catch {
      stored = false;
    }
    $$("bookmark-hint").hidden = stored;
    this.draw();
  }

  draw() {
    $$("bookmark-name").placeholder = this.now().words; // not the value, because the user may type a name before the event "toggle" arrives
    $$("bookmark-list").replaceChildren(...this.kept.map((each) => el("li", {},
      button(each.words, () => { $$("bookmarks").open = false; go(each.fragment); }, { className: "link" }),
      button("×", () => this.keep(this.kept.filter((other) => other !== each)), { className: "remove", "aria-label": `Remove ${each.words}` }))));
  }
}
