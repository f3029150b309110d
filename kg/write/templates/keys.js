// Controls the page by the keyboard.

import { $$ } from "./data.js";

export class Keys {
  /**
   * @param {Page} page
   */
  constructor(page) {
    this.page = page;
  }

  /** Moves from the open thing to its neighbour in a direction; if there is none, to any thing in that direction. */
  /** @type {(across: number, down: number) => void} */
  step(across, down) {
    const { graph, opened, stage, selection } = this.page;
    const { x, y } = graph.things;
    const from = opened?.thing ?? stage.things[0];
    if (from === undefined) return;
    if (opened?.thing === undefined) {
      this.page.open(from);
      return;
    }
    const near = selection.lines.flatMap((line) => (line.a === from ? [line.b] : line.b === from ? [line.a] : []));
    /** @type {(things: Thing[]) => Thing | null} */
    const best = (things) => {
      let least = Infinity;
      /** @type {Thing | null} */
      let found = null;
      for (const thing of things) {
        const [right, below] = [x[thing] - x[from], y[thing] - y[from]];
        const along = right * across + below * down;
        const aside = Math.abs(right * down) + Math.abs(below * across);
        if (along > 0 && along + 2 * aside < least && aside < 2.5 * along) [least, found] = [along + 2 * aside, thing];
      }
      return found;
    };
    const next = best(near) ?? best(stage.things.filter((thing) => thing !== from));
    if (next !== null) this.page.open(next);
  }

  /** @type {(event: KeyboardEvent) => void} */
  press(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    const typing = at.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (at.getAttribute("aria-expanded") === "true") at.dispatchEvent(new CustomEvent("fold")); // the first Esc only closes the list of hits; the focus stays
      else this.page.leave();
      return;
    }
    if (typing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const way = event.key.toLowerCase() === "z" ? (event.shiftKey ? "forward" : "back") : event.key.toLowerCase() === "y" ? "forward" : "";
      if (!way) return;
      event.preventDefault();
      $$(way).click();
      return;
    }
    if (event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      $$("search").select();
    }
    if (at !== $$("graph")) return;
    /** @type {Record<string, Point>} */
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    /** @type {Record<string, () => void>} */
    const others = {
      "+": () => this.page.stage.camera.zoomBy(1.3),
      "-": () => this.page.stage.camera.zoomBy(1 / 1.3),
      0: () => this.page.stage.fit(),
      Enter: () => (this.page.opened ? this.page.read() : this.step(0, 0)),
      e: () => $$("expand")?.click(),
    };
    if (event.shiftKey && arrows[event.key] && this.page.opened?.thing !== undefined) {
      event.preventDefault();
      this.page.nudge(this.page.opened.thing, arrows[event.key]);
      return;
    }
    const does = arrows[event.key] ? () => this.step(...arrows[event.key]) : others[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }
}
