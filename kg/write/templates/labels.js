// Names of things and of relations, on a canvas above the drawing. No two overlap, and none covers a
// node: what finds no place is left out until we look closer or point at it. The important ones come first.

const NAME = 13.5; // pixels
const RELATION = 12;
const ROW = 16;
const SPACE = 6; // pixels between two labels in a row
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82, 0.18]; // of a line, where its name may stand
const CLEAR = 80; // lines that names keep off at most: with more, that takes long and cannot be helped
const BUTTONS = [32, 75, 46, 132]; // pixels from the right and the bottom; width and height: the zoom

class Labels {
  constructor(canvas, graph) {
    Object.assign(this, { canvas, graph, names: [], relations: [], widths: new Map(), wrapped: new Map() });
    this.context = canvas.getContext("2d");
  }

  /** Choose a place for each label. `lines` are {id, key, rows, mood}, the most important first. */
  place(things, lines, near, camera, state) {
    const taken = new Boxes();
    this.view = camera;
    const { x, y, radius } = this.graph.things;
    const at = new Map(things.map((thing) => [thing, camera.toScreen(x[thing], y[thing])]));
    for (const [thing, [left, top]] of at) taken.add(left, top, 2 * radius[thing] + 2, 2 * radius[thing] + 2);
    taken.add(camera.width - BUTTONS[0], camera.height - BUTTONS[1], BUTTONS[2], BUTTONS[3]);
    const rank = (thing) => (thing === state.open ? -2 : state.emphasis?.things.has(thing) ? -1 : 0);
    const ordered = [...things].sort((one, other) => rank(one) - rank(other) || one - other);
    const named = (some) => some.flatMap((thing) => this.name(thing, at.get(thing), radius[thing], taken, thing === state.open));
    const faint = (thing) => state.emphasis !== null && rank(thing) === 0;
    this.names = named(ordered.filter((thing) => !faint(thing)));
    this.relations = this.alongLines(lines.filter(({ key }) => state.emphasis?.lines.has(key) ?? true), near, camera, taken);
    this.names.push(...named(ordered.filter(faint)));
  }

  /** Below the node, to the right, above or to the left; in the view as long as the node is. */
  name(thing, [x, y], radius, taken, always) {
    const rows = this.rows(thing);
    const width = Math.max(...rows.map((text) => this.width(text, NAME)));
    const [high, half] = [rows.length * ROW, width / 2];
    const seen = x >= 0 && y >= 0 && x <= this.view.width && y <= this.view.height;
    const within = (value, size, room) => (seen ? Math.max(size + 3, Math.min(room - size - 3, value)) : value);
    const [away, aside] = [radius + 3 + high / 2, Math.max(0, half - radius)];
    const spots = [
      [0, away],
      [radius + 5 + half, 0],
      [0, -away],
      [-radius - 5 - half, 0],
      ...[away, -away].flatMap((down) => [[aside, down], [-aside, down]]),
    ].map(([across, down]) => [within(x + across, half, this.view.width) - x, within(y + down, high / 2, this.view.height) - y]);
    const found = spots.find(([across, down]) => taken.free(x + across, y + down, width + SPACE, high)) ?? (always && spots[0]);
    if (!found) return [];
    taken.add(x + found[0], y + found[1], width + 4, high + 1);
    return [{ thing, rows, across: found[0], down: found[1], wide: width, high }];
  }

  /** A place on its line for each relation, where it covers no other line, if there is one. */
  alongLines(lines, near, camera, taken) {
    const courses = new Map();
    for (const { id, shares } of lines) {
      const course = near.courseOf(id, shares ?? SHARES, camera);
      if (course) courses.set(id, course);
    }
    const straight = courses.size > CLEAR ? [] : [...courses].filter(([, { via }]) => !via);
    return lines.filter(({ id }) => courses.has(id)).flatMap((line) => {
      const course = courses.get(line.id);
      const width = Math.max(...line.rows.map((text, row) => this.width(text, row ? RELATION - 1 : RELATION, 400)));
      const high = line.rows.length * (ROW - 2);
      const length = Math.hypot(course.from[0] - course.to[0], course.from[1] - course.to[1]);
      let [best, least] = [-1, Infinity];
      course.at.forEach(([x, y], at) => {
        if (least === 0 || length < 40 || !taken.free(x, y, width + SPACE, high)) return;
        const crossed = straight.filter(([id, { from, to }]) => id !== line.id && runsThrough(from, to, [x, y], [width, high - 4])).length;
        if (crossed < least) [best, least] = [at, crossed];
      });
      if (best < 0) return [];
      taken.add(...course.at[best], width + 4, high);
      return [{ ...line, share: (line.shares ?? SHARES)[best], spot: course.at[best] }];
    });
  }

  draw(near, camera, state, look) {
    const { context } = this;
    const { x, y, radius } = this.graph.things;
    fitCanvas(this.canvas, camera);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = look.page;
    for (const { id, rows, mood, share } of this.relations) {
      const spot = near.courseOf(id, [share], camera)?.at[0];
      if (!spot) continue;
      this.clear(rows, spot, look);
      this.write(rows, spot, RELATION, 400, [look[mood], look.muted]);
    }
    for (const { thing, rows, across, down } of this.names) {
      const [left, top] = camera.toScreen(x[thing], y[thing]);
      const faint = state.emphasis && !state.emphasis.things.has(thing);
      const named = this.graph.things.kind[thing] === 0;
      const colour = faint ? mix(look.text, look.page, 0.7) : named ? look.text : look.muted;
      this.write(rows, [left + across, top + down], NAME, named ? 600 : 400, [colour]);
      if (this.graph.contested.has(thing) && !faint) this.badge(left + radius[thing] * 0.8, top - radius[thing] * 0.8, look);
    }
  }

  /** Break the line where its name stands, between its words too. */
  clear(rows, [x, y], look) {
    const wide = Math.max(...rows.map((text, row) => this.width(text, row ? RELATION - 1 : RELATION, 400)));
    const high = rows.length * (ROW - 2);
    this.context.fillStyle = look.page;
    this.context.globalAlpha = 0.85;
    this.context.fillRect(x - wide / 2, y - high / 2 + 1, wide, high - 2);
    this.context.globalAlpha = 1;
  }

  /** The mark of a thing about which the articles disagree. */
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

  write(rows, [x, y], size, weight, shades) {
    const { context } = this;
    const step = size === NAME ? ROW : ROW - 2;
    rows.forEach((text, number) => {
      const top = y + (number - (rows.length - 1) / 2) * step;
      context.font = `${weight} ${number && shades.length > 1 ? size - 1 : size}px ${FONT}`;
      context.lineWidth = 4;
      context.strokeText(text, x, top);
      context.fillStyle = shades[Math.min(number, shades.length - 1)];
      context.fillText(text, x, top);
    });
  }

  /** The label in rows of some twenty characters, three at most; the card has the whole. */
  rows(thing) {
    if (!this.wrapped.has(thing)) this.wrapped.set(thing, wrap(this.graph.label(thing), 20, 2));
    return this.wrapped.get(thing);
  }

  width(text, size, weight = 600) {
    const key = `${size} ${weight} ${text}`;
    if (!this.widths.has(key)) {
      this.context.font = `${weight} ${size}px ${FONT}`;
      this.widths.set(key, this.context.measureText(text).width);
    }
    return this.widths.get(key);
  }
}

function wrap(text, width, most) {
  const rows = [];
  for (const word of text.split(/\s+/u)) {
    const last = rows.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  const kept = rows.slice(0, most).map((line) => (line.length > width + 6 ? `${line.slice(0, width + 4)}…` : line));
  if (rows.length > most) kept[most - 1] = `${kept[most - 1].replace(/…$/u, "")}…`;
  return kept;
}

/** Whether a straight line runs through a box around a point (Liang and Barsky, 1984). */
function runsThrough(from, to, at, size) {
  let [low, high] = [0, 1];
  for (const axis of [0, 1]) {
    const step = to[axis] - from[axis] || 1e-9;
    const ends = [-1, 1].map((side) => (at[axis] + (side * size[axis]) / 2 - from[axis]) / step);
    [low, high] = [Math.max(low, Math.min(...ends)), Math.min(high, Math.max(...ends))];
  }
  return low < high;
}

/** Boxes on the screen, found by the squares that they cover. */
class Boxes {
  constructor() {
    this.squares = new Map();
  }

  *near(x, y, width, height) {
    for (let across = Math.floor((x - width / 2) / 64); across <= (x + width / 2) / 64; across += 1) {
      for (let down = Math.floor((y - height / 2) / 64); down <= (y + height / 2) / 64; down += 1) yield across * 4096 + down;
    }
  }

  add(x, y, width, height) {
    for (const key of this.near(x, y, width, height)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push([x, y, width, height]);
    }
  }

  free(x, y, width, height) {
    for (const key of this.near(x, y, width, height)) {
      for (const [left, top, wide, high] of this.squares.get(key) ?? []) {
        if (Math.abs(left - x) * 2 < wide + width && Math.abs(top - y) * 2 < high + height) return false;
      }
    }
    return true;
  }
}
