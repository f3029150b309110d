// Names of things and of relations, on a canvas above the drawing. No two overlap, and none covers a
// node: what finds no place is left out until we look closer. The important ones come first.

const NAME = 13.5; // pixels
const RELATION = 12;
const ROW = 16;

class Labels {
  constructor(canvas, graph) {
    Object.assign(this, { canvas, graph, names: [], relations: [], widths: new Map(), wrapped: new Map() });
    this.context = canvas.getContext("2d");
  }

  /** Choose a place for each label. `lines` are {id, rows, mood, wanted}, the most important first. */
  place(things, lines, near, camera, state) {
    const taken = new Boxes();
    this.view = camera;
    const { x, y, radius } = this.graph.things;
    const at = new Map(things.map((thing) => [thing, camera.toScreen(x[thing], y[thing])]));
    for (const [thing, [left, top]] of at) taken.add(left, top, 2 * radius[thing] + 2, 2 * radius[thing] + 2);
    const rank = (thing) => (thing === state.open ? -2 : state.emphasis?.things.has(thing) ? -1 : 0);
    const ordered = [...things].sort((one, other) => rank(one) - rank(other) || one - other);
    this.names = ordered.flatMap((thing) => this.name(thing, at.get(thing), radius[thing], taken, thing === state.open));
    this.relations = [];
    for (const line of lines) {
      const course = near.courseOf(line.id, line.shares ?? [0.5, 0.42, 0.58, 0.34, 0.66], camera);
      if (course) this.relation(line, course, taken);
    }
  }

  name(thing, [x, y], radius, taken, always) {
    const rows = this.rows(thing);
    const width = Math.max(...rows.map((text) => this.width(text, NAME)));
    const [high, half] = [rows.length * ROW, width / 2];
    const spots = [
      [0, radius + 3 + high / 2],
      [radius + 5 + half, 0],
      [0, -radius - 3 - high / 2],
      [-radius - 5 - half, 0],
    ];
    const free = spots.filter(([across, down]) => taken.free(x + across, y + down, width, high));
    const whole = ([across, down]) => x + across > half && x + across < this.view.width - half && y + down < this.view.height - high / 2;
    const found = free.find(whole) ?? free[0] ?? (always && spots[0]);
    if (!found) return [];
    taken.add(x + found[0], y + found[1], width + 4, high + 1);
    return [{ thing, rows, across: found[0], down: found[1] }];
  }

  relation(line, course, taken) {
    const width = Math.max(...line.rows.map((text) => this.width(text, RELATION)));
    const high = line.rows.length * (ROW - 2);
    const spot = course.at.find(([x, y]) => taken.free(x, y, width, high)) ?? (line.wanted && course.at[0]);
    const length = Math.hypot(course.from[0] - course.to[0], course.from[1] - course.to[1]);
    if (!spot || (length < 40 && !line.wanted)) return;
    taken.add(spot[0], spot[1], width + 4, high);
    const share = course.at.indexOf(spot);
    this.relations.push({ ...line, share: (line.shares ?? [0.5, 0.42, 0.58, 0.34, 0.66])[share], spot });
  }

  draw(near, camera, state, look) {
    const { context } = this;
    const { x, y, radius } = this.graph.things;
    fitCanvas(this.canvas, camera);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = look.page;
    for (const { id, key, rows, mood, share } of this.relations) {
      if (state.emphasis && !state.emphasis.lines.has(key)) continue;
      const spot = near.courseOf(id, [share], camera)?.at[0];
      if (spot) this.write(rows, spot, RELATION, 400, [look[mood], look.muted]);
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

  width(text, size) {
    const key = `${size} ${text}`;
    if (!this.widths.has(key)) {
      this.context.font = `600 ${size}px ${FONT}`;
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
