// The drawing as a whole: background, foreground, labels; what is near enough to be in the foreground,
// what is emphasised, and what lies at a point.

const FOREGROUND = 160; // nodes that vis-network draws at most: it stays smooth with some 200
const APART = 30; // pixels between two of them
const SPOKE = 150; // pixels from a thing to what is gathered around it: room for a name and a relation
const TITLE = [96, 20]; // pixels: room for the name of a relation
const TURNS = 24; // directions that are tried
const ROUND = [40, 40]; // pixels around a node that lines to others keep off
const RINGS = [1, 0.55, 0.78]; // of the room there is: three rings in turn
const SETTLE = 110; // milliseconds after the last movement until the foreground is chosen anew

class Stage {
  /** `on` holds what to call: tap(hit), over(hit, point), settled(). A hit is {thing} or {key, fact} or null. */
  constructor(element, graph, on) {
    Object.assign(this, { element, graph, on, things: [], lines: [], byKey: new Map(), rest: [], look: colours() });
    this.gathered = new Set(); // what stands elsewhere
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
    const { x, y, zoom, width, height } = this.camera;
    this.camera.resize();
    if (this.camera.width === width && this.camera.height === height) return;
    this.near.resize();
    if (width > 1) Object.assign(this.camera, { x, y, zoom });
    this.settle();
  }

  /** Show these things (numbers, important first) and lines (see choice.js); `rest` only as a hint. */
  show(things, lines, rest) {
    Object.assign(this, { things, lines, rest, shown: new Set(things) });
    this.byKey = new Map(lines.map((line) => [line.key, line]));
    this.far.show(things, lines, rest, this.gathered);
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
    if (this.state.apart === line.key && line.facts.length > 1) {
      return line.facts.map((fact, number) => ({
        id: `${line.key} ${fact}`, key: line.key, mood: this.graph.mood(fact),
        rows: [this.graph.relation(fact)], shares: number % 2 ? [0.42, 0.34, 0.58, 0.66, 0.5, 0.26, 0.74] : [0.58, 0.66, 0.42, 0.34, 0.5, 0.74, 0.26],
      }));
    }
    const more = line.facts.length > 1 ? [plural(line.facts.length, "relation")] : [];
    return [{ id: line.key, key: line.key, mood: line.mood, rows: [...wrap(line.label, 26, 1), ...more] }];
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
  extent(thing, exactly = thing <= 500) {
    const { x, y, radius } = this.graph.things;
    if (!exactly) return [x[thing], y[thing], 40, 20, 40]; // measuring thousands takes too long
    const rows = this.labels.rows(thing);
    const half = Math.max(radius[thing], ...rows.map((text) => this.labels.width(text, NAME) / 2));
    return [x[thing], y[thing], half, radius[thing] + 4, radius[thing] + 6 + rows.length * ROW];
  }

  fit(things = this.things, gently = true) {
    this.camera.go(this.around(things), gently);
  }

  around(things, most = 1.2) {
    return this.camera.around(things.map((thing) => this.extent(thing)), most);
  }

  /** Whether a thing and the name below it are in view. */
  sees(thing) {
    const [x, y, half, above, below] = this.extent(thing);
    const [left, top] = this.camera.toScreen(x, y);
    return left > half && top > above && left < this.camera.width - half && top < this.camera.height - below;
  }

  /** Put back what was gathered. */
  restore() {
    Object.assign(this.graph.things, { x: [...this.home.x], y: [...this.home.y] });
    this.gathered.clear();
  }

  /** Move things to free places around one that is shown, as close as their names and relations allow. */
  gather(thing, others) {
    const { zoom, width, height } = this.camera;
    const wide = Math.max(0.8, Math.min(1.25, Math.sqrt(width / height)));
    const at = (each) => [this.graph.things.x[each] * zoom, this.graph.things.y[each] * zoom];
    const [left, top] = at(thing);
    const taken = new Boxes();
    const room = (each, spot) => {
      const [, , half, above, below] = this.extent(each, true);
      return [spot[0], spot[1] + (below - above) / 2, 2 * half + 12, above + below + 8];
    };
    const title = (spot) => [(spot[0] + left) / 2, (spot[1] + top) / 2, ...TITLE];
    const linked = this.lines.flatMap(({ a, b }) => (a === thing ? [b] : b === thing ? [a] : []));
    for (const each of this.things) taken.add(...room(each, at(each)));
    for (const each of linked) taken.add(...title(at(each)));
    const ends = linked.map(at); // of lines that must not run through what comes, nor its line through them
    const clear = (spot) => !ends.some((end) => runsThrough([left, top], spot, end, ROUND) || runsThrough([left, top], end, spot, ROUND));
    others.forEach((other, number) => {
      for (let step = 0; ; step += 1) {
        const angle = 2.4 * number + (step * 2 * Math.PI) / TURNS; // the golden angle: even, whatever the number
        const far = SPOKE + 16 * Math.floor(step / TURNS);
        const spot = [left + far * wide * Math.cos(angle), top + (far / wide) * Math.sin(angle)];
        const needed = [room(other, spot), title(spot)];
        if (!needed.every((each) => taken.free(...each)) || (far < 2 * SPOKE && !clear(spot))) continue;
        needed.forEach((each) => taken.add(...each));
        ends.push(spot);
        this.move(other, spot.map((place) => place / zoom));
        return;
      }
    });
  }

  /** Put things around one that is to stand alone with them, as many as find room: in turn near and far, so that their names do. */
  surround(thing, others) {
    const { x, y } = this.graph.things;
    const { zoom, width, height } = this.camera;
    const some = others.slice(0, Math.max(6, Math.floor((width * height) / 18000)));
    const levels = some.length > 8 ? RINGS : [0.8];
    some.forEach((other, number) => {
      const angle = (number * 2 * Math.PI) / some.length;
      const far = levels[number % levels.length] / 2 / zoom;
      this.move(other, [x[thing] + far * (width - 150) * Math.cos(angle), y[thing] + far * (height - 90) * Math.sin(angle)]);
    });
    return some;
  }

  move(thing, [x, y]) {
    [this.graph.things.x[thing], this.graph.things.y[thing]] = [x, y];
    this.gathered.add(thing);
  }

  /** Bring a thing into the middle of what is in view, and close enough to be told from its neighbours. */
  centre(thing) {
    const { x, y } = this.graph.things;
    this.camera.go({ x: x[thing], y: y[thing], zoom: Math.max(this.camera.zoom, 0.6 / this.graph.first.scale) });
  }
}
