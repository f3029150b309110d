// The drawing as a whole: background, foreground, labels; what is near enough to be in the foreground,
// what is emphasised, and what lies at a point.

const FOREGROUND = 160; // nodes that vis-network draws at most: it stays smooth with some 200
const APART = 30; // pixels between two of them
const GATHERED = [124, 58]; // pixels: room for a node and its name
const SETTLE = 110; // milliseconds after the last movement until the foreground is chosen anew

class Stage {
  /** `on` holds what to call: tap(hit), over(hit, point), settled(). A hit is {thing} or {key, fact} or null. */
  constructor(element, graph, on) {
    Object.assign(this, { element, graph, on, things: [], lines: [], byKey: new Map(), rest: [], look: colours() });
    this.home = { x: [...graph.things.x], y: [...graph.things.y] };
    this.state = { emphasis: null, open: null, apart: null };
    const layer = (name) => element.appendChild(el("canvas", { className: name, "aria-hidden": "true" }));
    this.far = new Far(layer("far"), graph);
    this.near = new Near(element.appendChild(el("div", { className: "near", "aria-hidden": "true" })), graph, graph.first);
    this.labels = new Labels(layer("labels"), graph);
    this.chosen = new Set(graph.first.things);
    this.camera = new Camera(element, {
      moved: () => this.moved(),
      tap: (point) => on.tap(this.hit(point)),
      over: (point) => on.over(point && this.hit(point), point),
    });
    new ResizeObserver(() => this.resize()).observe(element);
    DARK.addEventListener("change", () => { this.look = colours(); this.settle(); });
    this.resize();
  }

  resize() {
    if (!this.element.clientWidth || !this.element.clientHeight) return;
    const { x, y, zoom, width } = this.camera;
    this.camera.resize();
    this.near.resize();
    if (width > 1) Object.assign(this.camera, { x, y, zoom });
    this.settle();
  }

  /** Show these things (numbers, important first) and lines (see choice.js); `rest` only as a hint. */
  show(things, lines, rest) {
    Object.assign(this, { things, lines, rest, shown: new Set(things) });
    this.byKey = new Map(lines.map((line) => [line.key, line]));
    this.far.show(things, lines, rest);
    this.settle();
  }

  /** Set these things and lines (Sets of numbers and keys) off from the rest. */
  emphasise(things, lines, open = null, apart = null) {
    this.state = { emphasis: things && { things, lines: lines ?? new Set() }, open, apart };
    this.settle();
  }

  moved() {
    this.moving = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLE);
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; if (this.moving) this.drawMoving(); });
  }

  /** Choose the foreground and its labels for where we look now. */
  settle() {
    clearTimeout(this.timer);
    this.moving = false;
    if (this.camera.width < 2) return;
    this.chosen = this.foreground();
    const things = [...this.chosen];
    const lines = this.lines.filter((line) => this.chosen.has(line.a) && this.chosen.has(line.b)).slice(0, 2 * FOREGROUND);
    this.near.show(things, lines, this.camera, this.state, this.look);
    this.near.network.redraw(); // so that the lines know their course
    this.labels.place(things, lines.flatMap((line) => this.titles(line)), this.near, this.camera, this.state);
    this.draw();
    this.on.settled?.();
  }

  /** Things in view, the most important first, as far as they do not stand on one another. */
  foreground() {
    const { x, y, radius } = this.graph.things;
    const { camera, state } = this;
    const [taken, chosen] = [new Boxes(), new Set()];
    const admit = (thing, anyway) => {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      if (!isNear(left, top, camera, 0)) return;
      const size = Math.max(APART, 2 * radius[thing]);
      if (!anyway && !taken.free(left, top, size, size)) return;
      taken.add(left, top, size, size);
      chosen.add(thing);
    };
    if (state.open !== null && this.shown?.has(state.open)) admit(state.open, true);
    const emphasised = state.emphasis ? [...state.emphasis.things].filter((thing) => this.shown?.has(thing)) : [];
    emphasised.sort((one, other) => one - other).slice(0, 60).forEach((thing) => admit(thing, emphasised.length < 12));
    for (const thing of this.things) {
      if (chosen.size >= FOREGROUND) break;
      if (!chosen.has(thing)) admit(thing, false);
    }
    return chosen;
  }

  /** What stands at a line: the name of its relation; that of the surest and how many more there are. */
  titles(line) {
    const wanted = this.state.emphasis !== null && this.state.emphasis.lines.has(line.key) && this.state.emphasis.lines.size < 12;
    if (this.state.apart === line.key && line.facts.length > 1) {
      return line.facts.map((fact, number) => ({
        id: `${line.key} ${fact}`, key: line.key, mood: this.graph.mood(fact), wanted: line.facts.length < 12,
        rows: [this.graph.relation(fact)], shares: number % 2 ? [0.42, 0.34, 0.58, 0.66, 0.5] : [0.58, 0.66, 0.42, 0.34, 0.5],
      }));
    }
    const more = line.facts.length > 1 ? [plural(line.facts.length, "relation")] : [];
    return [{ id: line.key, key: line.key, mood: line.mood, wanted, rows: [...wrap(line.label, 26, 1), ...more] }];
  }

  draw() {
    const { camera, state, look } = this;
    this.drawnAt = { x: camera.x, y: camera.y, zoom: camera.zoom };
    this.far.draw(camera, this.chosen, state.emphasis !== null, look);
    this.shift(this.far.canvas, "");
    this.drawNear();
  }

  drawNear() {
    const { camera, state, look } = this;
    this.near.place(camera);
    this.labels.draw(this.near, camera, state, look);
    this.shift(this.near.element, "");
    this.shift(this.labels.canvas, "");
  }

  /** While we move: shift what is drawn; only nodes and labels that come closer are drawn anew. */
  drawMoving() {
    const { camera, drawnAt } = this;
    const [across, down] = [(drawnAt.x - camera.x) * camera.zoom, (drawnAt.y - camera.y) * camera.zoom];
    const grown = camera.zoom / drawnAt.zoom;
    if (Math.max(Math.abs(across), Math.abs(down)) > MARGIN || grown < 0.7 || grown > 2) {
      this.settle();
      return;
    }
    const shift = `translate(${across}px, ${down}px) scale(${grown})`;
    this.shift(this.far.canvas, shift);
    if (Math.abs(grown - 1) > 1e-6) {
      this.drawNear();
      return;
    }
    this.shift(this.near.element, shift);
    this.shift(this.labels.canvas, shift);
  }

  shift(layer, transform) {
    if (layer.style.transform !== transform) layer.style.transform = transform;
  }

  hit(point) {
    const thing = this.near.thingAt(point) ?? null;
    if (thing !== null) return { thing };
    const dot = this.things.length > this.chosen.size ? this.far.hit(this.camera, point) : null;
    if (dot !== null) return { thing: dot };
    return this.near.lineAt(point);
  }

  // -- Where we look ---------------------------------------------------------------------------

  /** What a node covers, for Camera.around. */
  extent(thing) {
    const { x, y, radius } = this.graph.things;
    if (thing > 500) return [x[thing], y[thing], 40, 20, 40]; // measuring thousands takes too long
    const rows = this.labels.rows(thing);
    const half = Math.max(radius[thing], ...rows.map((text) => this.labels.width(text, NAME) / 2));
    return [x[thing], y[thing], half, radius[thing] + 4, radius[thing] + 6 + rows.length * ROW];
  }

  fit(things = this.things, gently = true) {
    this.camera.go(this.camera.around(things.map((thing) => this.extent(thing)), 1.2), gently);
  }

  /** Put back what was gathered. */
  restore() {
    Object.assign(this.graph.things, { x: [...this.home.x], y: [...this.home.y] });
  }

  /** Move things that are not shown yet to free places around one that is, as close as their names allow. */
  gather(thing, others) {
    const { x, y } = this.graph.things;
    const { zoom } = this.camera;
    const taken = new Boxes();
    for (const each of this.things) taken.add(x[each] * zoom, y[each] * zoom, ...GATHERED);
    let turn = 0;
    for (const other of others) {
      for (let far = 110; ; turn += 1) {
        const angle = turn * 2.4; // the golden angle: even, whatever the number
        const [left, top] = [x[thing] * zoom + far * 1.25 * Math.cos(angle), y[thing] * zoom + far * Math.sin(angle)];
        if (taken.free(left, top, ...GATHERED)) {
          taken.add(left, top, ...GATHERED);
          [x[other], y[other]] = [left / zoom, top / zoom];
          break;
        }
        far += 4;
      }
    }
  }

  /** Bring a thing into the middle of what is in view, and close enough to be told from its neighbours. */
  centre(thing) {
    const { x, y } = this.graph.things;
    this.camera.go({ x: x[thing], y: y[thing], zoom: Math.max(this.camera.zoom, 0.6 / this.graph.first.scale) });
  }
}
