// What the keyboard does.

class Keys {
  constructor(page) {
    this.page = page;
  }

  /** To the neighbour that lies most in a direction; without one, to whatever lies there. */
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
    const best = (things) => {
      let [least, found] = [Infinity, null];
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

  press(event) {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      this.page.leave();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      $$("search").select();
    }
    if (event.target !== $$("graph")) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const others = {
      "+": () => this.page.stage.camera.zoomBy(1.3),
      "-": () => this.page.stage.camera.zoomBy(1 / 1.3),
      0: () => this.page.stage.fit(),
      Enter: () => (this.page.opened ? this.page.read() : this.step(0, 0)),
      e: () => $$("expand")?.click(),
    };
    const does = arrows[event.key] ? () => this.step(...arrows[event.key]) : others[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }
}
