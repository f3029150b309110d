// The placement and drawing of labels of things and relations, shared by all pages.
// Everything is in pixels of the screen. No two labels overlap: the important ones are placed first.

export const FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
const FURTHEST = 200; // maximum distance from a node to its name, in pixels
const SPACE = 6; // pixels between two names in a row

/** The drawing context of a canvas. */
/** @type {(canvas: HTMLCanvasElement) => CanvasRenderingContext2D} */
export function pen(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** Text on a canvas. */
export class Letters {
  /** @param {CanvasRenderingContext2D} context */
  constructor(context) {
    this.context = context;
    /** @type {Map<string, number>} */
    this.widths = new Map();
  }

  /** @type {(text: string, size: number, weight?: number) => number} */
  width(text, size, weight = 600) {
    const key = `${size} ${weight} ${text}`;
    let found = this.widths.get(key);
    if (found === undefined) {
      this.context.font = `${weight} ${size}px ${FONT}`;
      this.widths.set(key, (found = this.context.measureText(text).width));
    }
    return found;
  }

  /** Rows around a point, with a halo that separates them from lines; later rows in the last of the colours, a little smaller. */
  /** @type {(rows: string[], at: Point, look: { size: number; weight: number; step: number; halo: string; colours: string[] }) => void} */
  write(rows, [x, y], { size, weight, step, halo, colours }) {
    const { context } = this;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = halo;
    rows.forEach((text, number) => {
      const top = y + (number - (rows.length - 1) / 2) * step;
      context.font = `${weight} ${number && colours.length > 1 ? size - 1 : size}px ${FONT}`;
      context.strokeText(text, x, top);
      context.fillStyle = colours[Math.min(number, colours.length - 1)];
      context.fillText(text, x, top);
    });
  }
}

/** A position with room for a name: below its node, to the right, above or to the left, where `crossed` is minimal. If the node is in view, the name is, too. `always`: if there is no room anywhere, below the node. */
/** @type {(taken: Boxes, at: Point, radius: number, size: Point, view: Room, always: boolean, crossed?: (at: Point) => number) => Point | null} */
export function besideNode(taken, [x, y], radius, [wide, high], view, always, crossed = () => 0) {
  const half = wide / 2;
  const seen = x >= 0 && y >= 0 && x <= view.width && y <= view.height;
  /** @type {(value: number, size: number, room: number) => number} */
  const within = (value, size, room) => (seen ? Math.max(size + 3, Math.min(room - size - 3, value)) : value);
  const [away, aside] = [radius + 3 + high / 2, Math.max(0, half - radius)];
  const spots = [
    [0, away],
    [radius + 5 + half, 0],
    [0, -away],
    [-radius - 5 - half, 0],
    ...[away, -away].flatMap((down) => [[aside, down], [-aside, down]]),
  ].map(([across, down]) => /** @type {Point} */ ([within(x + across, half, view.width), within(y + down, high / 2, view.height)]));
  /** @type {(spot: Point) => boolean} */
  const free = ([left, top]) => taken.free(left, top, wide + SPACE, high);
  const best = free(spots[0]) ? spots[0] : spots.filter(free).map((spot) => ({ spot, cost: crossed(spot) })).sort((one, other) => one.cost - other.cost)[0]?.spot;
  const found = best ?? (always ? spots[0] : null);
  if (found) taken.add(...found, wide + 4, high + 1);
  return found;
}

/** The position in view nearest to a node, but not at the node, where its name has room; the caller draws a line to it. */
/** @type {(taken: Boxes, at: Point, radius: number, size: Point, view: Room) => Point | null} */
export function awayFromNode(taken, [x, y], radius, [wide, high], view) {
  if (x < 0 || y < 0 || x > view.width || y > view.height) return null;
  for (let away = 16; away < FURTHEST; away += 14) {
    for (let turn = 0; turn < 16; turn += 1) {
      const [across, down] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
      /** @type {Point} */
      const at = [x + across * (radius + away + wide / 2), y + down * (radius + away + high / 2)];
      const within = Math.abs(at[0] - view.width / 2) < (view.width - wide) / 2 - 3 && Math.abs(at[1] - view.height / 2) < (view.height - high) / 2 - 3;
      if (!within || !taken.free(...at, wide + SPACE, high)) continue;
      taken.add(...at, wide + 4, high + 1);
      return at;
    }
  }
  return null;
}

/** Of the points of a line at which its label has room, the index of the one where `crossed` is minimal; -1 if there is no room. */
/** @type {(taken: Boxes, points: Point[], size: Point, crossed?: (at: Point) => number) => number} */
export function alongLine(taken, points, [wide, high], crossed = () => 0) {
  let [best, least] = [-1, Infinity];
  for (const [at, [x, y]] of points.entries()) {
    if (least === 0) break;
    if (!taken.free(x, y, wide + SPACE, high)) continue;
    const number = crossed([x, y]);
    if (number < least) [best, least] = [at, number];
  }
  if (best >= 0) taken.add(...points[best], wide + 4, high);
  return best;
}

/** @type {(text: string, width: number, most: number) => string[]} */
export function wrap(text, width, most) {
  /** @type {string[]} */
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
/** @type {(from: Point, to: Point, at: Point, size: Point) => boolean} */
export function runsThrough(from, to, at, size) {
  let [low, high] = [0, 1];
  for (const axis of [0, 1]) {
    const step = to[axis] - from[axis] || 1e-9;
    const ends = [-1, 1].map((side) => (at[axis] + (side * size[axis]) / 2 - from[axis]) / step);
    [low, high] = [Math.max(low, Math.min(...ends)), Math.min(high, Math.max(...ends))];
  }
  return low < high;
}

/** Boxes on the screen, indexed by the grid cells that they cover. */
export class Boxes {
  constructor() {
    this.squares = new Map();
  }

  /** @type {(x: number, y: number, width: number, height: number) => Generator<number>} */
  *near(x, y, width, height) {
    for (let across = Math.floor((x - width / 2) / 64); across <= (x + width / 2) / 64; across += 1) {
      for (let down = Math.floor((y - height / 2) / 64); down <= (y + height / 2) / 64; down += 1) yield across * 4096 + down;
    }
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  add(x, y, width, height) {
    for (const key of this.near(x, y, width, height)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push([x, y, width, height]);
    }
  }

  /** @type {(x: number, y: number, width: number, height: number) => boolean} */
  free(x, y, width, height) {
    for (const key of this.near(x, y, width, height)) {
      for (const [left, top, wide, high] of this.squares.get(key) ?? []) {
        if (Math.abs(left - x) * 2 < wide + width && Math.abs(top - y) * 2 < high + height) return false;
      }
    }
    return true;
  }
}
