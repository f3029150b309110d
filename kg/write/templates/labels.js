// Labels of things and of relations, on a canvas above the drawing. No two overlap, and none covers a node: the
// most important ones are placed first, and a label without room appears when users zoom in or hover.

import { fitCanvas } from "./far.js";
import { Boxes, FONT, Letters, alongLine, awayFromNode, besideNode, pen, runsThrough, wrap } from "./lettering.js";
import { fade, sure } from "./looks.js";

export const NAME = 13.5; // font size of a name, in pixels
export const RELATION = 12; // font size of a relation, in pixels
export const ROW = 16; // height of a row of text, in pixels
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82, 0.18]; // where on a line its label may be, as shares of the line's length
const FINE = Array.from({ length: 41 }, (_, at) => 0.5 + (at % 2 ? 1 : -1) * Math.ceil(at / 2) * 0.02); // the same in small steps, from the middle outwards
const CLEAR = 80; // names avoid lines if there are at most this many; avoiding more is slow and hardly possible
const BUTTONS = [32, 75, 46, 132]; // the zoom buttons in pixels: distance from the right and the bottom, width, height

export class Labels {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Graph} graph
   */
  constructor(canvas, graph) {
    this.canvas = canvas;
    this.graph = graph;
    /** @type {Name[]} */
    this.names = [];
    /** @type {Placed[]} */
    this.relations = [];
    /** @type {Map<Thing, string[]>} */
    this.wrapped = new Map();
    /** @type {Map<Thing, Point>} */
    this.pinned = new Map();
    /** @type {Map<Thing, Name>} */
    this.reserved = new Map(); // names of the most important things, placed before anything else
    this.every = false; // whether so few things are visible that every line has a label
    this.opaque = true; // whether no tinted ground shines through
    /** @type {Course[]} */
    this.straight = []; // the lines that names avoid; empty if there are many lines
    /** @type {Room} */
    this.view = { width: 1, height: 1 };
    this.context = pen(canvas);
    this.letters = new Letters(this.context);
  }

  /** Choose a place for each label. `lines` are {id, key, rows, mood}, the most important first. */
  /** @type {(things: Thing[], lines: Title[], near: Near, camera: Camera, state: State) => void} */
  place(things, lines, near, camera, state) {
    const taken = new Boxes();
    this.view = camera;
    const { x, y, radius } = this.graph.things;
    const at = new Map(things.map((thing) => [thing, camera.toScreen(x[thing], y[thing])]));
    for (const [thing, [left, top]] of at) taken.add(left, top, 2 * radius[thing] + 2, 2 * radius[thing] + 2);
    this.occupy(taken);
    this.straight = lines.length > CLEAR ? [] : lines.flatMap(({ id }) => near.courseOf(id, [], camera) ?? []).filter(({ via }) => !via);
    /** @type {(thing: Thing) => number} */
    const rank = (thing) => (thing === state.open ? -2 : state.emphasis?.things.has(thing) ? -1 : 0);
    const ordered = [...things].sort((one, other) => rank(one) - rank(other) || one - other);
    /** @type {(some: Thing[]) => Name[]} */
    const named = (some) => some.flatMap((thing) => this.name(thing, sure(at.get(thing)), radius[thing], taken, thing === state.open, this.every));
    /** @type {(thing: Thing) => boolean} */
    const faint = (thing) => state.emphasis !== null && rank(thing) === 0;
    this.names = named(ordered.filter((thing) => !faint(thing)));
    this.relations = this.alongLines(lines.filter(({ key }) => state.emphasis?.lines.has(key) ?? true), near, camera, taken);
    this.names.push(...named(ordered.filter(faint)));
    if (this.every && state.emphasis) this.relations.push(...this.alongLines(lines.filter(({ key }) => !state.emphasis?.lines.has(key)), near, camera, taken));
  }

  /** Places the names of the most important things, if necessary away from the thing, with a line to it. */
  /** @type {(things: Thing[], camera: Camera) => Name[]} */
  reserve(things, camera) {
    const taken = new Boxes();
    this.view = camera;
    this.reserved.clear();
    this.straight = [];
    const { x, y, radius } = this.graph.things;
    const at = new Map(things.map((thing) => [thing, camera.toScreen(x[thing], y[thing])]));
    for (const [thing, [left, top]] of at) taken.add(left, top, 2 * radius[thing] + 2, 2 * radius[thing] + 2);
    this.occupy(taken);
    const names = things.flatMap((thing) => this.name(thing, sure(at.get(thing)), radius[thing], taken, false, true));
    this.reserved = new Map(names.map((name) => [name.thing, name]));
    return names;
  }

  /** Marks the area of the zoom buttons as occupied. */
  /** @type {(taken: Boxes) => void} */
  occupy(taken) {
    taken.add(this.view.width - BUTTONS[0], this.view.height - BUTTONS[1], BUTTONS[2], BUTTONS[3]);
  }

  /** @type {(thing: Thing, at: Point, radius: number, taken: Boxes, always: boolean, away?: boolean) => Name[]} */
  name(thing, [x, y], radius, taken, always, away = false) {
    const rows = this.rows(thing);
    const wide = Math.max(...rows.map((text) => this.width(text, NAME)));
    const high = rows.length * ROW;
    const kept = this.reserved.get(thing);
    if (kept) {
      taken.add(x + kept.across, y + kept.down, wide + 4, high + 1);
      return [kept];
    }
    /** @type {(at: Point) => number} */
    const crossed = (at) => this.straight.filter(({ from, to }) => runsThrough(from, to, at, [wide, high])).length;
    const beside = besideNode(taken, [x, y], radius, [wide, high], this.view, always, crossed);
    const found = beside ?? (away ? awayFromNode(taken, [x, y], radius, [wide, high], this.view) : null);
    return found ? [{ thing, rows, across: found[0] - x, down: found[1] - y, wide, high, away: !beside }] : [];
  }

  /** Places the label of each relation on its line, if possible where it covers no other line. */
  /** @type {(lines: Title[], near: Near, camera: Camera, taken: Boxes) => Placed[]} */
  alongLines(lines, near, camera, taken) {
    /** @type {Map<string, Course>} */
    const courses = new Map();
    for (const { id, shares } of lines) {
      const course = near.courseOf(id, shares ?? SHARES, camera);
      if (course) courses.set(id, course);
    }
    /** @type {(line: Title) => number} */
    const long = ({ id }) => {
      const { from, to } = sure(courses.get(id));
      return Math.hypot(from[0] - to[0], from[1] - to[1]);
    };
    const straight = courses.size > CLEAR ? [] : [...courses].filter(([, { via }]) => !via);
    const drawn = lines.filter(({ id }) => courses.has(id));
    if (this.every) drawn.sort((one, other) => long(one) - long(other)); // short lines first: they have the fewest positions
    return drawn.flatMap((line) => {
      const course = sure(courses.get(line.id));
      if (long(line) < 40 && !this.every) return [];
      const shares = line.shares ?? SHARES;
      const size = this.sizeOf(line.rows);
      const best = alongLine(taken, course.at, size, (at) =>
        straight.filter(([id, { from, to }]) => id !== line.id && runsThrough(from, to, at, [size[0], size[1] - 4])).length);
      if (best >= 0) return [{ ...line, share: shares[best], aside: /** @type {Point} */ ([0, 0]), spot: course.at[best] }];
      return this.every ? this.besideLine(line, course, near, camera, taken) : [];
    });
  }

  /** A position for a label that has no room at the usual positions on its line: at one between these, in a single row, or beside the line. */
  /** @type {(line: Title, course: Course, near: Near, camera: Camera, taken: Boxes) => Placed[]} */
  besideLine(line, { from, to }, near, camera, taken) {
    const points = near.courseOf(line.id, FINE, camera)?.at ?? [];
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
    const [across, down] = [(from[1] - to[1]) / long, (to[0] - from[0]) / long]; // at right angles to the line
    for (const rows of line.rows.length > 1 ? [line.rows, line.rows.slice(0, 1)] : [line.rows]) {
      const size = this.sizeOf(rows);
      const away = Math.abs(across) * (size[0] / 2 + 4) + Math.abs(down) * (size[1] / 2 + 2);
      for (const side of [0, 1, -1, 2, -2, 3, -3]) {
        /** @type {Point} */
        const aside = [side * across * away, side * down * away];
        const spots = points.map(([x, y]) => /** @type {Point} */ ([x + aside[0], y + aside[1]]));
        const best = alongLine(taken, spots, size);
        if (best >= 0) return [{ ...line, rows, share: FINE[best], aside, spot: spots[best] }];
      }
    }
    return [];
  }

  /** @type {(rows: string[]) => Point} */
  sizeOf(rows) {
    return [Math.max(...rows.map((text, row) => this.width(text, row ? RELATION - 1 : RELATION, 400))), rows.length * (ROW - 2)];
  }

  /** @type {(near: Near, camera: Camera, state: State, look: Look) => void} */
  draw(near, camera, state, look) {
    const { x, y, radius } = this.graph.things;
    const relation = { size: RELATION, weight: 400, step: ROW - 2, halo: look.page };
    fitCanvas(this.canvas, camera);
    for (const { id, key, rows, mood, share, aside } of this.relations) {
      const on = near.courseOf(id, [share], camera)?.at[0];
      if (!on) continue;
      /** @type {Point} */
      const spot = [on[0] + aside[0], on[1] + aside[1]];
      this.clear(rows, spot, look, this.opaque ? 1 : 0.85);
      const shade = state.emphasis && !state.emphasis.lines.has(key) ? 0.6 : 0;
      this.letters.write(rows, spot, { ...relation, colours: [look[mood], look.muted].map((colour) => fade(colour, look.page, shade)) });
    }
    for (const name of this.names) if (name.away) this.lead(name, camera.toScreen(x[name.thing], y[name.thing]), look);
    for (const { thing, rows, across, down } of this.names) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      const faint = state.emphasis && !state.emphasis.things.has(thing);
      const named = this.graph.things.kind[thing] === 0;
      const colour = faint ? fade(look.text, look.page, 0.7) : named ? look.text : look.muted;
      this.letters.write(rows, [left + across, top + down], { size: NAME, weight: named ? 600 : 400, step: ROW, halo: look.page, colours: [colour] });
      if (this.graph.contested.has(thing) && !faint) this.badge(left + radius[thing] * 0.8, top - radius[thing] * 0.8, look);
    }
    for (const thing of this.pinned.keys()) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      this.pin(left - radius[thing] * 0.8, top - radius[thing] * 0.8, look);
    }
  }

  /** Draws a thin line from a thing to its name, if the name stands away from it. */
  /** @type {(name: Name, at: Point, look: Look) => void} */
  lead({ thing, across, down, wide, high }, [x, y], look) {
    const { context } = this;
    const long = Math.hypot(across, down) || 1;
    const from = this.graph.things.radius[thing] / long;
    const to = 1 - Math.min(across ? wide / 2 / Math.abs(across) : 1, down ? high / 2 / Math.abs(down) : 1);
    context.beginPath();
    context.moveTo(x + across * from, y + down * from);
    context.lineTo(x + across * to, y + down * to);
    [context.strokeStyle, context.lineWidth] = [look.text, 1];
    context.stroke();
  }

  /** Erases the line under its label, also between the words. */
  /** @type {(rows: string[], at: Point, look: Look, alpha: number) => void} */
  clear(rows, [x, y], look, alpha) {
    const wide = Math.max(...rows.map((text, row) => this.width(text, row ? RELATION - 1 : RELATION, 400)));
    const high = rows.length * (ROW - 2);
    this.context.fillStyle = look.page;
    this.context.globalAlpha = alpha;
    this.context.fillRect(x - wide / 2, y - high / 2 + 1, wide, high - 2);
    this.context.globalAlpha = 1;
  }

  /** The mark of a thing about which the articles disagree. */
  /** @type {(x: number, y: number, look: Look) => void} */
  badge(x, y, look) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fillStyle = look.possible;
    context.fill();
    context.font = `700 12px ${FONT}`;
    context.fillStyle = look.page;
    context.fillText("≠", x, y + 0.5);
  }

  /** The mark of a thing that was moved by hand. */
  /** @type {(x: number, y: number, look: Look) => void} */
  pin(x, y, look) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.moveTo(x, y);
    context.lineTo(x + 5, y + 7);
    [context.fillStyle, context.strokeStyle, context.lineWidth] = [look.accent, look.page, 1.5];
    context.stroke();
    context.fill();
    context.beginPath();
    context.arc(x, y, 1.8, 0, 2 * Math.PI);
    context.fillStyle = look.page;
    context.fill();
  }

  /** The label in up to three rows of some twenty characters; the card has the full text. */
  /** @type {(thing: Thing) => string[]} */
  rows(thing) {
    let rows = this.wrapped.get(thing);
    if (!rows) this.wrapped.set(thing, (rows = wrap(this.graph.label(thing), 20, 2)));
    return rows;
  }

  /** @type {(text: string, size: number, weight?: number) => number} */
  width(text, size, weight = 600) {
    return this.letters.width(text, size, weight);
  }
}
