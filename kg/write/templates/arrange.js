// Lays out the visible things of a small graph in an area of given size, so that names and relations are legible.
// It is one function without dependencies, so that its text can be given to a worker.

/**
 * `nodes` are [width, above, below]: the area that a node covers around its position. `links` are [one, other, width,
 * height]: the indices of two nodes, and the size of the label (0 for none). In both, the most important come first.
 * `fixed`: nodes with a given position. Returns the positions of the nodes, [[x, y], ...] around (0, 0), in pixels.
 *
 * Each connected part is laid out by stress majorization (Gansner and others, 2004) over distances that leave room
 * for names; boxes are pushed apart; the parts are packed, and the whole is compressed or stretched to fit the area.
 * At the end, fixed nodes are put into their positions, and other nodes make room for them.
 * Nothing is random: the same graph gives the same positions.
 */
/** @type {(given: Problem) => Point[]} */
export function arrange({ nodes: given, links, fixed = [], width, height }) {
  const FLAT = 1.7; // how much more room a horizontal line gets than a vertical one
  const GAP = 8; // free space between two boxes, in pixels
  const MANY = 80; // maximum number of nodes for which room for labels is planned; with more, labels get what is left
  const size = given.length;
  const crowded = size > MANY && (size > 1.5 * MANY || given.reduce((sum, [wide, above, below]) => sum + wide * (above + below), 0) > 0.8 * width * height);
  const nodes = crowded ? given.map(([, above]) => [2 * above + 6, above, above]) : given;
  const broad = Float64Array.from(nodes, ([wide]) => wide + GAP); // in these three lists: the width of a node's box, its height, and how far its centre is below the node's position
  const tall = Float64Array.from(nodes, ([, above, below]) => above + below + GAP);
  const hang = Float64Array.from(nodes, ([, above, below]) => (below - above) / 2);
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const held = new Uint8Array(size); // 1 for a node with a fixed position
  const place = new Int32Array(size); // index of a node in its component
  /** @type {[number, number][][]} */
  const near = nodes.map(() => []);
  const apart = new Set();
  const drawn = links.filter(([one, other]) => {
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    if (one === other || apart.has(key)) return false;
    apart.add(key);
    return true;
  });
  const lengths = drawn.map(([one, other, wide]) => (crowded ? 90 : 0) + Math.max((nodes[one][0] + nodes[other][0]) / 2 + 14, nodes[one][1] + nodes[other][1] + wide + 30));
  drawn.forEach(([one, other], at) => {
    near[one].push([other, lengths[at]]);
    near[other].push([one, lengths[at]]);
  });

  const parts = connected();
  const boxes = parts.map((part) => {
    if (part.length > 1) settle(part);
    spread(part, crowded ? 12 : 60);
    return bounds(part);
  });
  pack(parts, boxes);
  const all = nodes.map((_, node) => node);
  fit(all);
  hold(all);
  return all.map((node) => [x[node], y[node]]);

  /** @type {() => number[][]} */
  function connected() {
    const seen = new Set();
    /** @type {number[][]} */
    const found = [];
    for (let start = 0; start < size; start += 1) {
      if (seen.has(start)) continue;
      const part = [start];
      seen.add(start);
      for (const node of part) for (const [other] of near[node]) if (!seen.has(other)) { seen.add(other); part.push(other); }
      found.push(part);
    }
    return found.sort((one, other) => other.length - one.length || one[0] - other[0]);
  }

  /** The distances, along links, from one node to all of its component. */
  /** @type {(part: number[], start: number) => Float64Array} */
  function distances(part, start) {
    const found = new Float64Array(part.length).fill(Infinity);
    const queue = [start];
    found[place[start]] = 0;
    for (let at = 0; at < queue.length; at += 1) {
      const here = found[place[queue[at]]];
      for (const [other, length] of near[queue[at]]) {
        if (here + length < found[place[other]] - 1e-9) { found[place[other]] = here + length; queue.push(other); }
      }
    }
    return found;
  }

  /** @type {(part: number[]) => void} */
  function settle(part) {
    part.forEach((node, at) => { place[node] = at; });
    const way = part.map((node) => distances(part, node));
    begin(part, way);
    const rounds = part.length > 120 ? 14 : part.length > 40 ? 40 : 90;
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0; at < part.length; at += 1) {
        const node = part[at];
        let [left, top, sum] = [0, 0, 0];
        for (let other = 0; other < part.length; other += 1) {
          if (other === at) continue;
          const far = way[at][other];
          const weight = 1 / (far * far);
          const across = x[node] - x[part[other]];
          const down = y[node] - y[part[other]];
          const now = Math.sqrt(across * across + down * down) || 1e-6;
          left += weight * (x[part[other]] + (far * across) / now);
          top += weight * (y[part[other]] + (far * down) / now);
          sum += weight;
        }
        x[node] = left / sum;
        y[node] = top / sum;
      }
    }
    for (const node of part) y[node] /= FLAT;
  }

  /** Sets initial positions with few crossings: the branches of the node with the most links, side by side around it. */
  /** @type {(part: number[], way: Float64Array[]) => void} */
  function begin(part, way) {
    const root = part.reduce((best, node) => (near[node].length > near[best].length ? node : best), part[0]);
    /** @type {number[][]} */
    const below = nodes.map(() => []);
    const seen = new Set([root]);
    for (const node of seen) {
      for (const [other] of near[node]) if (!seen.has(other)) { below[node].push(other); seen.add(other); }
    }
    const leaves = new Float64Array(size);
    for (const node of [...seen].reverse()) leaves[node] = Math.max(1, below[node].reduce((sum, other) => sum + leaves[other], 0));
    const from = new Float64Array(size); // the angle at which the branches of a node begin
    const wide = new Float64Array(size);
    wide[root] = 2 * Math.PI;
    for (const node of seen) {
      const far = way[place[root]][place[node]];
      x[node] = far * Math.cos(from[node] + wide[node] / 2);
      y[node] = far * Math.sin(from[node] + wide[node] / 2);
      let start = from[node];
      for (const other of below[node]) {
        from[other] = start;
        wide[other] = (leaves[other] * wide[node]) / leaves[node];
        start += wide[other];
      }
    }
  }

  /** Moves nodes until no boxes or labels overlap and no line runs through a box (inside `room`, if given), at most `rounds` times. */
  /** @type {(part: number[], rounds: number, room?: Point | null) => void} */
  function spread(part, rounds, room = null) {
    const inside = new Set(part);
    const mine = drawn.filter(([one]) => inside.has(one));
    const named = mine.filter(([, , wide]) => wide > 0).slice(0, 90);
    const [starts, ends] = [0, 1].map((side) => Int32Array.from(named, (link) => link[side]));
    const [wides, highs] = [2, 3].map((side) => Float64Array.from(named, (link) => link[side]));
    const narrow = room ? room[0] : Infinity; // boxes wider than half of the area move only vertically
    let busy = true;
    let across = 0; // the shift of the first of two boxes; the other moves in the opposite direction
    let down = 0;
    /** @type {(dx: number, dy: number, wide: number, high: number) => boolean} */
    const clash = (dx, dy, wide, high) => {
      const overX = wide - Math.abs(dx);
      const overY = high - Math.abs(dy);
      if (overX <= 0.01 || overY <= 0.01) return false;
      busy = true;
      across = 0;
      down = 0;
      if (overX < overY * 1.4 && 2 * wide <= narrow) across = ((dx < 0 || (dx === 0 && dy < 0) ? -1 : 1) * overX) / 2;
      else down = ((dy < 0 || (dy === 0 && dx < 0) ? -1 : 1) * overY) / 2;
      return true;
    };
    /** @type {(node: number, share: number) => void} */
    const move = (node, share) => {
      if (held[node]) return;
      x[node] += share * across;
      y[node] += share * down;
    };
    for (let round = 0; round < rounds && busy; round += 1) {
      busy = false;
      for (let at = 0; at < part.length; at += 1) {
        const one = part[at];
        for (let next = at + 1; next < part.length; next += 1) {
          const two = part[next];
          const dx = x[one] - x[two];
          const wide = (broad[one] + broad[two]) / 2;
          if (dx >= wide || -dx >= wide) continue;
          if (clash(dx, y[one] + hang[one] - y[two] - hang[two], wide, (tall[one] + tall[two]) / 2)) {
            move(one, 1);
            move(two, -1);
          }
        }
      }
      for (let at = 0; at < starts.length; at += 1) {
        const one = starts[at];
        const other = ends[at];
        for (let next = 0; next < part.length; next += 1) {
          const node = part[next];
          const dx = x[node] - (x[one] + x[other]) / 2;
          const most = (broad[node] + wides[at] + 6) / 2;
          if (dx >= most || -dx >= most) continue;
          if (!clash(dx, y[node] + hang[node] - (y[one] + y[other]) / 2, most, (tall[node] + highs[at] + 4) / 2)) continue;
          if (node === one || node === other) {
            move(node, 1);
            move(node === one ? other : one, -1);
          } else {
            move(node, 1.2);
            move(one, -0.6);
            move(other, -0.6);
          }
        }
      }
      for (let at = 0; at < starts.length; at += 1) {
        const a = starts[at];
        const b = ends[at];
        for (let next = at + 1; next < starts.length; next += 1) {
          const c = starts[next];
          const d = ends[next];
          const dx = (x[a] + x[b] - x[c] - x[d]) / 2;
          const most = (wides[at] + wides[next]) / 2 + 6;
          if (dx >= most || -dx >= most) continue;
          if (!clash(dx, (y[a] + y[b] - y[c] - y[d]) / 2, most, (highs[at] + highs[next]) / 2 + 4)) continue;
          move(a, 0.6);
          move(b, 0.6);
          move(c, -0.6);
          move(d, -0.6);
        }
      }
      if (part.length <= 70) for (const link of mine) for (const node of part) if (node !== link[0] && node !== link[1] && aside(link[0], link[1], node)) busy = true;
      if (room) keep(part, room);
    }
  }

  /** Push a node away from a line that runs through its box. */
  /** @type {(one: number, other: number, node: number) => boolean} */
  function aside(one, other, node) {
    const across = x[other] - x[one];
    const down = y[other] - y[one];
    const length = across * across + down * down || 1;
    const share = ((x[node] - x[one]) * across + (y[node] + hang[node] - y[one]) * down) / length;
    if (share <= 0.02 || share >= 0.98) return false;
    const offX = x[node] - (x[one] + share * across);
    const offY = y[node] + hang[node] - (y[one] + share * down);
    const long = Math.sqrt(length);
    const needed = (Math.abs(down) / long) * (broad[node] / 2) + (Math.abs(across) / long) * (tall[node] / 2);
    const far = Math.sqrt(offX * offX + offY * offY);
    if (far >= needed) return false;
    const step = Math.min(14, (needed - far) / 2);
    const nx = step * (far > 1e-3 ? offX / far : -down / long);
    const ny = step * (far > 1e-3 ? offY / far : across / long);
    shift(node, nx, ny);
    shift(one, -0.4 * nx, -0.4 * ny);
    shift(other, -0.4 * nx, -0.4 * ny);
    return true;
  }

  /** @type {(node: number, across: number, down: number) => void} */
  function shift(node, across, down) {
    if (held[node]) return;
    x[node] += across;
    y[node] += down;
  }

  /** @type {(part: number[]) => Edges} */
  function bounds(part) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of part) {
      left = Math.min(left, x[node] - broad[node] / 2);
      right = Math.max(right, x[node] + broad[node] / 2);
      top = Math.min(top, y[node] + hang[node] - tall[node] / 2);
      bottom = Math.max(bottom, y[node] + hang[node] + tall[node] / 2);
    }
    return [left, top, right, bottom];
  }

  /** Place the components side by side, large ones first, in about the proportions of the area. */
  /** @type {(some: number[][], boxes_: Edges[]) => void} */
  function pack(some, boxes_) {
    /** @type {number[][]} */
    const placed = [];
    const order = some.map((_, at) => at).sort((one, other) => area(boxes_[other]) - area(boxes_[one]) || one - other);
    for (const at of order) {
      const [left, top, right, bottom] = boxes_[at];
      const [wide, high] = [right - left + 2 * GAP, bottom - top + 2 * GAP];
      let [best, least] = [[0, 0], Infinity];
      const corners = placed.length ? placed.slice(-60).flatMap(([l, t, w, h]) => [[l + w, t], [l, t + h], [l + w, 0], [0, t + h]]) : [[0, 0]];
      for (const [l, t] of corners) {
        if (placed.some(([a, b, w, h]) => l < a + w && a < l + wide && t < b + h && b < t + high)) continue;
        const grown = Math.max(...placed.map(([a, , w]) => a + w), l + wide) / width;
        const deep = Math.max(...placed.map(([, b, , h]) => b + h), t + high) / height;
        const cost = Math.max(grown, deep) + 0.2 * ((l + wide) / width + (t + high) / height);
        if (cost < least - 1e-9) [best, least] = [[l, t], cost];
      }
      placed.push([...best, wide, high]);
      for (const node of some[at]) {
        x[node] += best[0] + GAP - left;
        y[node] += best[1] + GAP - top;
      }
    }
  }

  /** @type {(p0: Edges) => number} */
  function area([left, top, right, bottom]) {
    return (right - left) * (bottom - top);
  }

  /** @type {(part: number[], p1: Point) => void} */
  function keep(part, [wide, high]) {
    for (const node of part) {
      const [, above, below] = nodes[node];
      const half = nodes[node][0] / 2;
      x[node] = Math.max(-wide / 2 + half, Math.min(wide / 2 - half, x[node]));
      y[node] = Math.max(-high / 2 + above, Math.min(high / 2 - below, y[node]));
    }
  }

  /** Puts fixed nodes into their positions; other nodes make room for them. */
  /** @type {(part: number[]) => void} */
  function hold(part) {
    if (!fixed.length) return;
    for (const [node, left, top] of fixed) [held[node], x[node], y[node]] = [1, left, top];
    spread(part, crowded ? 8 : 40);
  }

  /** Centre the layout; compress it if it is too large for the area, stretch it if there is space to spare. */
  /** @type {(part: number[]) => void} */
  function fit(part) {
    if (!part.length) return;
    for (let turn = 0; turn < 3; turn += 1) {
      const [left, top, right, bottom] = bounds(part);
      const across = width / Math.max(1, right - left);
      const down = height / Math.max(1, bottom - top);
      const most = turn ? 1 : 1.6;
      for (const node of part) {
        x[node] = (x[node] - (left + right) / 2) * Math.min(most, across);
        y[node] = (y[node] - (top + bottom) / 2) * Math.min(most, down);
      }
      if (across >= 1 && down >= 1 && turn) return;
      const squeezed = across < 0.995 || down < 0.995;
      spread(part, crowded ? 8 : 50, squeezed || turn ? [width, height] : null);
    }
  }
}
