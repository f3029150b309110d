// What somebody looked at: back and forward, the trail of the last things, bookmarks. A state of the page is its
// address, and each step is one of the browser's own; so back undoes whatever was done.

import { $$ } from "./data.js";
import { button, el } from "./looks.js";

const SHOWN = 7; // of the trail
const SLIDE = 700; // milliseconds: filters that change in quicker succession are one step

export class Trail {
  /** @param {() => void} restore shows what the address says */
  constructor(restore) {
    this.restore = restore;
    this.at = 0;
    this.top = 0; // the last step that forward leads to
    this.last = -Infinity; // when a filter was changed
    this.arrived = true; // at a state that the browser has noted already
    /** @type {Crumb[]} */
    this.crumbs = [];
    addEventListener("popstate", () => this.arrive());
    $$("back").addEventListener("click", () => history.back());
    $$("forward").addEventListener("click", () => history.forward());
    this.take(history.state);
  }

  /** Where the browser has gone by itself, or by an address that was typed. */
  arrive() {
    this.take(history.state);
    this.arrived = true;
    this.restore();
  }

  /** An address that was typed, or gone to, is a new step. */
  /** @type {(state: { at: number; crumbs: Crumb[] } | null) => void} */
  take(state) {
    if (!state && !this.crumbs.length) return;
    this.at = state ? state.at : this.at + 1;
    this.top = state ? Math.max(this.at, this.top) : this.at;
    this.crumbs = state ? state.crumbs : this.crumbs;
  }

  /** Note a state: a step of its own where something else is looked at, or some time has passed. */
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
      each.setAttribute("aria-disabled", String(off)); // stays where the focus is
    }
    const last = this.crumbs.length - 1;
    $$("trail").replaceChildren(...this.crumbs.map(({ words, fragment }, at) => el("li", {}, at === last
      ? el("span", { "aria-current": "page", title: words }, words)
      : button(words, () => go(fragment), { className: "link", title: words }))));
  }
}

/** To another state of the page, as a step of its own. */
/** @type {(fragment: string) => void} */
export function go(fragment) {
  location.hash = fragment || "#";
}

/** Bookmarks of this page, in the browser that it is read in; without leave to store, as long as the page is open. */
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
    });
  }

  /** @type {() => Bookmark[]} */
  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      return found.filter((/** @type {any} */ each) => typeof each?.words === "string" && typeof each?.fragment === "string");
    } catch {
      return []; // no leave to store, or not ours
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
    $$("bookmark-name").value = this.now().words;
    $$("bookmark-list").replaceChildren(...this.kept.map((each) => el("li", {},
      button(each.words, () => { $$("bookmarks").open = false; go(each.fragment); }, { className: "link" }),
      button("×", () => this.keep(this.kept.filter((other) => other !== each)), { className: "remove", "aria-label": `Remove ${each.words}` }))));
  }
}
