// The drawing as a whole. It consists of background, foreground and labels; this module decides what is in the
// foreground and what is emphasised, and finds what is at a point.

import { arrange } from "./arrange.js";
import { Camera, MARGIN } from "./camera.js";
import { Far, isNear } from "./far.js";
import { Labels, NAME, RELATION, ROW } from "./labels.js";
import { Boxes, wrap } from "./lettering.js";
import { DARK, STILL, colours, el, plural, sure } from "./looks.js";
import { Near } from "./near.js";

const LARGEST = 30; // number of the most important things, which always have a label
const FOREGROUND = 160; // maximum number of nodes for vis-network, which is smooth with up to some 200
const APART = 30; // minimum distance between two nodes of the foreground, in pixels
const ARRANGED = 300; // maximum number of visible things that get a layout of their own; more keep their usual positions
const AT_ONCE_ARRANGED = 30; // maximum number of things that are laid out immediately; more are laid out in a worker
const NAMED = 60; // maximum number of visible things that all have labels, if the labels fit the window
const NAMED_LINES = 100; // maximum number of lines for whose labels room is planned, the most important first
const ROOMY = 2.2; // the area that legible labels need, relative to the area that they cover
const GLIDE = 360; // milliseconds of the animation from one layout to the next
const SETTLE = 110; // milliseconds after the last movement until the foreground is chosen again

export class Stage {
  /** `on` has the callbacks: tap(hit), over(hit, point), settled(), put(thing, place), needs(height). A hit is {thing} or {key, fact} or null. */
  /**
   * @param {HTMLElement} element
   * @param {Graph} graph
   * @param {{ tap: (hit: Hit | null) => void; over: (hit: Hit | null, point: Point | null) => void; settled: () => void; put: (thing: Thing, place: Point) => void; needs: (height: number) => void }} on
   */
  constructor(element, graph, on) {
    this.element = element;
    this.graph = graph;
    this.on = on;
    /** @type {Thing[]} */
    this.things = [];
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Thing[]} */
    this.rest = [];
    /** @type {Map<Thing, Point>} */
    this.pinned = new Map();
    /** @type {Map<string, Line>} */
    this.byKey = new Map();
    /** @type {Set<Thing>} */
    this.shown = new Set();
    /** @type {Set<Thing> | null} */
    this.seen = null; // the things of the previous layout, which move from their positions there; null if there is none
    this.look = colours();
    this.arranged = false; // whether the visible things have their own layout
    this.arrangedFor = "";
    this.gliding = false;
    this.stale = false;
    this.waiting = false; // whether things are to be shown as soon as the element, which is hidden, becomes visible
    this.moving = false;
    this.turn = 0; // number of the latest layout; the result of an earlier one is ignored
    /** @type {Promise<void>} */
    this.laid = Promise.resolve();
    this.drawnAt = { x: 0, y: 0, zoom: 1 };
    this.timer = 0;
    this.frame = 0;
    this.glide = 0;
    this.home = { x: [...graph.things.x], y: [...graph.things.y] };
    /** @type {State} */
    this.state = { emphasis: null, open: null, apart: null };
    /** @type {(name: string) => HTMLCanvasElement} */
    const layer = (name) => /** @type {HTMLCanvasElement} */ (element.appendChild(el("canvas", { className: name, "aria-hidden": "true" })));
    this.far = new Far(layer("far"), graph);
    this.near = new Near(element.appendChild(el("div", { className: "near", "aria-hidden": "true" })), graph, graph.first);
    this.labels = new Labels(layer("labels"), graph);
    /** @type {Set<Thing>} */
    this.chosen = new Set(graph.first.things);
    this.camera = new Camera(element, {
      moved: () => this.moved(),
      tap: (point) => on.tap(this.hit(point)),
      over: (point) => on.over(point && this.hit(point), point),
      grab: (point, touch) => this.grab(point, touch),
    });
    new ResizeObserver(() => this.resize()).observe(element);
    DARK.addEventListener("change", () => this.repaint());
    this.resize();
  }

  /** Draws everything in the current colours. */
  repaint() {
    this.look = colours();
    this.settle();
  }

  resize() {
    if (!this.element.clientWidth || !this.element.clientHeight) return;
    if (this.waiting) {
      this.camera.resize();
      this.near.resize();
      this.show(this.things, this.lines, this.rest, this.pinned);
      if (!this.arranged && this.things.length) this.fit(undefined, false);
      return;
    }
    const { x, y, zoom, width, height } = this.camera;
    const whole = () => this.arranged && this.things.every((thing) => this.sees(thing));
    const wasWhole = whole();
    this.camera.resize();
    if (this.camera.width === width && this.camera.height === height && !this.near.blank && !this.stale) return;
    this.near.resize();
    if (width > 1) Object.assign(this.camera, { x, y, zoom });
    this.settle();
    const before = this.arrangedFor;
    this.layOut();
    if (this.arrangedFor === before && wasWhole && !whole()) this.fit(undefined, false); // the size changed too little for a new layout; with a new layout, the view is fitted at the end of the animation
  }

  /** Shows these things (the most important first) and lines (see choice.js). `rest`: things that are drawn as faint dots; `pinned`: things that keep their positions. */
  /** @type {(things: Thing[], lines: Line[], rest: Thing[], pinned: Map<Thing, Point>) => void} */
  show(things, lines, rest, pinned) {
    this.pinned = pinned;
    [this.things, this.lines, this.rest, this.shown] = [things, lines, rest, new Set(things)];
    this.byKey = new Map(lines.map((line) => [line.key, line]));
    this.waiting = !this.element.clientWidth;
    if (this.waiting) return;
    this.layOut();
    if (!this.arranged && things.length) {
      this.bound();
      this.camera.limits = [1e-3, 4];
      this.camera.limits[0] = 0.4 * this.around(things).zoom; // zooming out further shows nothing more
    }
    this.far.show(things, lines, this.arranged ? [] : rest, !this.arranged);
    this.settle();
  }

  // -- Positions of visible things -------------------------------------------------------------

  /** Lay out the visible things in the available space, unless they are too many or well placed already. */
  layOut() {
    if (this.camera.width < 2 || !this.things.length) return;
    if (this.things.length > ARRANGED) {
      this.goHome();
      return;
    }
    if (this.wanted() === this.arrangedFor) return;
    const first = this.arrangedFor === "";
    this.arranged = true;
    const turn = (this.turn += 1);
    const problem = this.grown(this.problem());
    this.arrangedFor = this.wanted();
    if (this.things.length <= AT_ONCE_ARRANGED) this.place(arrange(problem), first);
    else this.laid = inWorker(problem).then((spots) => { if (turn === this.turn) this.place(spots, first); });
  }

  /** Everything on which a layout depends, as text, so that two layouts can be compared. */
  /** @type {() => string} */
  wanted() {
    const { width, height } = this.camera;
    return `${Math.round(width / 40)} ${Math.round(height / 40)} ${this.things} ${this.lines.map(({ key }) => key)} ${[...this.pinned]}`;
  }

  /** The input of `arrange`: the space that nodes, their labels and the labels of lines take. */
  /** @type {() => Problem} */
  problem() {
    const number = new Map(this.things.map((thing, at) => [thing, at]));
    const nodes = this.things.map((thing) => {
      const [, , half, above, below] = this.extent(thing, true);
      return [2 * half, above, below];
    });
    const links = this.lines.map((line, at) => {
      const titles = at < NAMED_LINES ? this.titles(line) : [];
      const wide = Math.max(0, ...titles.flatMap(({ rows }) => rows.map((row) => this.labels.width(row, RELATION, 400))));
      return [sure(number.get(line.a)), sure(number.get(line.b)), wide, titles.length ? titles[0].rows.length * (ROW - 2) : 0];
    });
    const fixed = this.things.flatMap((thing, at) => {
      const place = this.pinned.get(thing);
      return place ? [[at, ...place]] : [];
    });
    return { nodes, links, fixed, width: this.camera.width - 24, height: this.camera.height - 24 };
  }

  /** The input of `arrange` with more room, if necessary: on a phone, the drawing can be higher than the screen. */
  /** @type {(problem: Problem) => Problem} */
  grown(problem) {
    const { nodes, links, width } = problem;
    const covered = nodes.reduce((sum, [wide, above, below]) => sum + (wide + 8) * (above + below + 8), 0)
      + links.reduce((sum, [, , wide, high]) => sum + (wide + 8) * (high + 6), 0);
    this.on.needs(nodes.length > NAMED ? 0 : Math.ceil((ROOMY * covered) / width / 40) * 40);
    if (this.element.clientHeight === this.camera.height) return problem;
    this.camera.resize();
    this.near.resize();
    return { ...problem, height: this.camera.height - 24 };
  }

  /** Moves the visible things to their new positions, animated; things that appear start at a neighbour. */
  /** @type {(spots: Point[], first: boolean) => void} */
  place(spots, first) {
    const { x, y } = this.graph.things;
    const { camera } = this;
    const before = new Map(this.things.filter((thing) => this.seen?.has(thing)).map((thing) => [thing, camera.toScreen(x[thing], y[thing])]));
    const goals = new Map(this.things.map((thing, at) => [thing, spots[at]]));
    for (const [thing, [left, top]] of goals) [x[thing], y[thing]] = [left, top];
    this.bound();
    camera.limits = [1e-3, 6];
    Object.assign(camera, this.around(this.things));
    camera.limits = [0.5 * camera.zoom, this.things.length > NAMED ? 6 : 2.5]; // the layout fits the window at the current zoom
    this.seen = new Set(this.things);
    this.halt();
    camera.stop();
    if (first || STILL.matches || !before.size) {
      this.settle();
      return;
    }
    /** @type {(thing: Thing) => Point} */
    const near = (thing) => {
      const line = this.lines.find(({ a, b }) => (a === thing && before.has(b)) || (b === thing && before.has(a)));
      return line ? sure(before.get(line.a === thing ? line.b : line.a)) : camera.toScreen(...sure(goals.get(thing)));
    };
    const starts = new Map(this.things.map((thing) => [thing, camera.toPlace(...(before.get(thing) ?? near(thing)))]));
    const began = performance.now();
    this.gliding = true;
    /** @type {(now: number) => void} */
    const step = (now) => {
      const done = Math.max(0, Math.min(1, (now - began) / GLIDE));
      const share = done * done * (3 - 2 * done);
      for (const [thing, [left, top]] of goals) {
        const [fromX, fromY] = sure(starts.get(thing));
        [x[thing], y[thing]] = [fromX + (left - fromX) * share, fromY + (top - fromY) * share];
      }
      if (done < 1) {
        this.draw();
        this.glide = requestAnimationFrame(step);
      } else {
        this.gliding = false;
        this.settle();
      }
    };
    this.settle();
    step(began);
  }

  /** Sets the camera's bounds, so that the middle of the view stays among the things that are shown. */
  bound() {
    const { x, y } = this.graph.things;
    /** @type {Edges} */
    const bounds = [Infinity, Infinity, -Infinity, -Infinity];
    for (const thing of this.things) {
      bounds[0] = Math.min(bounds[0], x[thing]);
      bounds[1] = Math.min(bounds[1], y[thing]);
      bounds[2] = Math.max(bounds[2], x[thing]);
      bounds[3] = Math.max(bounds[3], y[thing]);
    }
    this.camera.bounds = bounds;
  }

  /** What the pointer can drag at a point: a node, if the visible things have a layout of their own; a finger can drag only the open thing. */
  /** @type {(point: Point, touch: boolean) => Grip | null} */
  grab(point, touch) {
    const thing = this.near.thingAt(point);
    if (thing === undefined || !this.arranged || this.gliding || (touch && this.state.open !== thing)) return null;
    const { x, y } = this.graph.things;
    return {
      move: (now) => {
        [x[thing], y[thing]] = this.camera.toPlace(...now);
        this.draw();
      },
      drop: () => this.on.put(thing, [x[thing], y[thing]]),
    };
  }

  halt() {
    cancelAnimationFrame(this.glide);
    this.gliding = false;
  }

  /** Moves all things to their positions in the layout of the whole graph. */
  goHome() {
    this.turn += 1;
    this.arrangedFor = "home";
    if (!this.arranged) return;
    this.arranged = false;
    this.halt();
    Object.assign(this.graph.things, { x: [...this.home.x], y: [...this.home.y] });
    this.seen = null;
  }

  /** Emphasise these things and lines (Sets of numbers and keys). */
  /** @type {(things: Set<Thing> | null, lines?: Set<string> | null, open?: Thing | null, apart?: string | null) => void} */
  emphasise(things, lines = null, open = null, apart = null) {
    this.state = { emphasis: things && { things, lines: lines ?? new Set() }, open, apart };
    this.settle();
  }

  moved() {
    this.moving = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLE);
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; if (this.moving) this.drawMoving(); });
  }

  /** Choose the foreground and its labels for the current view. */
  settle() {
    clearTimeout(this.timer);
    this.moving = false;
    this.stale = !this.element.clientWidth; // hidden: redraw when it becomes visible
    if (this.camera.width < 2 || this.stale) return;
    this.chosen = this.foreground();
    const things = [...this.chosen];
    const lines = this.lines.filter((line) => this.chosen.has(line.a) && this.chosen.has(line.b)).slice(0, 2 * FOREGROUND);
    this.near.show(things, lines, this.camera, this.state, this.look);
    this.near.place(this.camera); // the labels need the new courses of the lines
    this.labels.every = this.arranged && this.things.length <= NAMED;
    this.labels.place(things, lines.flatMap((line) => this.titles(line)), this.near, this.camera, this.state);
    this.labels.pinned = this.arranged ? this.pinned : new Map();
    this.labels.opaque = this.arranged;
    this.near.keepOff(this.labels.names);
    this.draw();
    this.on.settled?.();
  }

  /** Things in view that do not overlap, the most important first. */
  /** @type {() => Set<Thing>} */
  foreground() {
    const { x, y, radius } = this.graph.things;
    const { camera, state } = this;
    const [taken, chosen] = [new Boxes(), new Set()];
    const largest = new Set(this.arranged ? [] : this.things.slice(0, LARGEST));
    /** @type {(thing: Thing, anyway: boolean) => void} */
    const admit = (thing, anyway) => {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      if (!isNear(left, top, camera, 0)) return;
      const size = largest.has(thing) ? radius[thing] : Math.max(APART, 2 * radius[thing]);
      if (!anyway && !taken.free(left, top, size, size)) return;
      taken.add(left, top, size, size);
      chosen.add(thing);
    };
    if (state.open !== null && this.shown?.has(state.open)) admit(state.open, true);
    const emphasised = state.emphasis ? [...state.emphasis.things].filter((thing) => this.shown?.has(thing)) : [];
    emphasised.sort((one, other) => one - other).slice(0, 60).forEach((thing) => admit(thing, emphasised.length < 12));
    for (const thing of largest) if (!chosen.has(thing)) admit(thing, false);
    for (const { thing, across, down, wide, high } of this.labels.reserve([...chosen].filter((thing) => largest.has(thing)), camera)) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      taken.add(left + across, top + down, wide + 4, high + 1);
    }
    const named = this.graph.things.kind;
    for (const unnamed of this.arranged ? [false] : [false, true]) { // in a large graph, named things first
      for (const thing of this.things) {
        if (chosen.size >= FOREGROUND) break;
        if (!chosen.has(thing) && (this.arranged || unnamed === (named[thing] !== 0))) admit(thing, false);
      }
    }
    return chosen;
  }

  /** The label of a line: the name of its relation; if it has several, the name of the most reliable one and the number of all. */
  /** @type {(line: Line) => Title[]} */
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

  /** During a movement, shifts the drawing; only nodes and labels that come into view are drawn anew. */
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

  /** @type {(layer: HTMLElement, transform: string) => void} */
  shift(layer, transform) {
    if (layer.style.transform !== transform) layer.style.transform = transform;
  }

  /** @type {(point: Point) => Hit | null} */
  hit(point) {
    const thing = this.near.thingAt(point) ?? null;
    if (thing !== null) return { thing };
    const dot = this.things.length > this.chosen.size ? this.far.hit(this.camera, point) : null;
    if (dot !== null) return { thing: dot };
    return this.near.lineAt(point);
  }

  // -- The view --------------------------------------------------------------------------------

  /** The area of a node, for Camera.around. */
  /** @type {(thing: Thing, exactly?: boolean) => [x: number, y: number, half: number, above: number, below: number]} */
  extent(thing, exactly = thing <= 500) {
    const { x, y, radius } = this.graph.things;
    if (!exactly) return [x[thing], y[thing], 40, 20, 40]; // a rough size: measuring thousands of labels takes too long
    const rows = this.labels.rows(thing);
    const half = Math.max(radius[thing], ...rows.map((text) => this.labels.width(text, NAME) / 2));
    return [x[thing], y[thing], half, radius[thing] + 4, radius[thing] + 6 + rows.length * ROW];
  }

  /** @type {(things?: Thing[], gently?: boolean) => void} */
  fit(things = this.things, gently = true) {
    this.camera.go(this.around(things), gently);
  }

  /** @type {(things: Thing[], most?: number) => View} */
  around(things, most = 1.2) {
    return this.camera.around(things.map((thing) => this.extent(thing)), most);
  }

  /** Whether a thing and its label are in view. */
  /** @type {(thing: Thing) => boolean} */
  sees(thing) {
    const [x, y, half, above, below] = this.extent(thing);
    const [left, top] = this.camera.toScreen(x, y);
    return left > half && top > above && left < this.camera.width - half && top < this.camera.height - below;
  }

  /** Bring a thing into the centre of the view, zoomed in enough to distinguish it from its neighbours. */
  /** @type {(thing: Thing) => void} */
  centre(thing) {
    const { x, y } = this.graph.things;
    this.camera.go({ x: x[thing], y: y[thing], zoom: Math.max(this.camera.zoom, this.arranged ? 1 : 0.6 / this.graph.first.scale) });
  }
}


/** `arrange` in a worker, if the browser permits it. */
/** @type {(problem: Problem) => Promise<Point[]>} */
function inWorker(problem) {
  return new Promise((done) => {
    const here = () => done(arrange(problem));
    try {
      const text = `${arrange}\nonmessage = ({ data }) => postMessage(arrange(data));`;
      const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      const worker = new Worker(address);
      const end = () => { worker.terminate(); URL.revokeObjectURL(address); };
      worker.onmessage = ({ data }) => { end(); done(data); };
      worker.onerror = () => { end(); here(); };
      worker.postMessage(problem);
    } catch {
      here();
    }
  });
}
