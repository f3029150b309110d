// The part of the drawing that is in view: users pan and zoom it, also by pinching. A place is in units of the layout, a
// point in pixels of the screen. Nodes and labels keep their size on the screen, as on a map.

import { STILL } from "./looks.js";

export const MARGIN = 120; // number of pixels that are drawn beyond each side, so that a small movement shows no gap

export class Camera {
  /** `moved()` is called after every change of the view, `tap(point)` after a click, `over(point)` while the pointer moves; `grab` returns what the pointer can drag at a point. */
  /**
   * @param {HTMLElement} element
   * @param {{ moved: () => void; tap: (point: Point) => void; over: (point: Point | null) => void; grab: (point: Point, touch: boolean) => Grip | null }} on
   */
  constructor(element, { moved, tap, over, grab }) {
    this.element = element;
    this.moved = moved;
    this.tap = tap;
    this.over = over;
    this.grab = grab;
    /** @type {Grip | null} */
    this.grip = null;
    this.x = 0;
    this.y = 0;
    this.zoom = 1;
    this.width = 1;
    this.height = 1;
    this.limits = [1e-3, 4]; // minimum and maximum zoom
    /** @type {Edges} */
    this.bounds = [-Infinity, -Infinity, Infinity, Infinity]; // left, top, right, bottom: the middle of the view stays within these
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    this.far = 0; // how far the pressed pointer has moved, in pixels
    this.flight = 0;
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    element.addEventListener("pointerdown", (event) => this.down(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", (event) => this.up(event));
    element.addEventListener("pointercancel", (event) => this.up(event));
    element.addEventListener("pointerleave", () => this.over(null));
    element.addEventListener("dblclick", (event) => this.zoomBy(1.8, this.point(event)));
  }

  /** @type {(x: number, y: number) => Point} */
  toScreen(x, y) {
    return [(x - this.x) * this.zoom + this.width / 2, (y - this.y) * this.zoom + this.height / 2];
  }

  /** @type {(x: number, y: number) => Point} */
  toPlace(x, y) {
    return [(x - this.width / 2) / this.zoom + this.x, (y - this.height / 2) / this.zoom + this.y];
  }

  /** Adopt the size of the element; the centre of the view stays. */
  resize() {
    [this.width, this.height] = [this.element.clientWidth, this.element.clientHeight];
  }

  /** @type {(factor: number, at?: Point) => void} */
  zoomBy(factor, [x, y] = [this.width / 2, this.height / 2]) {
    const [placeX, placeY] = this.toPlace(x, y);
    this.zoom = Math.min(this.limits[1], Math.max(this.limits[0], this.zoom * factor));
    const [nowX, nowY] = this.toPlace(x, y);
    this.x += placeX - nowX;
    this.y += placeY - nowY;
    this.stay();
    this.moved();
  }

  /** @type {(across: number, down: number) => void} */
  panBy(across, down) {
    this.x -= across / this.zoom;
    this.y -= down / this.zoom;
    this.stay();
    this.moved();
  }

  /** Moves the middle of the view back into `bounds`, where something is drawn. */
  stay() {
    const [left, top, right, bottom] = this.bounds;
    [this.x, this.y] = [Math.max(left, Math.min(right, this.x)), Math.max(top, Math.min(bottom, this.y))];
  }

  /** Move to a view, animated if motion is wanted. */
  /** @type {(target: View, gently?: boolean) => void} */
  go(target, gently = true) {
    this.stop();
    const from = { x: this.x, y: this.y, zoom: this.zoom };
    const began = performance.now();
    /** @type {(now: number) => void} */
    const step = (now) => {
      const done = gently && !STILL.matches ? Math.min(1, (now - began) / 320) : 1;
      const share = done * done * (3 - 2 * done);
      this.zoom = from.zoom * (target.zoom / from.zoom) ** share;
      this.x = from.x + (target.x - from.x) * share;
      this.y = from.y + (target.y - from.y) * share;
      this.moved();
      if (done < 1) this.flight = requestAnimationFrame(step);
    };
    step(began);
  }

  stop() {
    cancelAnimationFrame(this.flight);
  }

  /** The view that shows these places, each with the pixels around it: [x, y, half width, above, below]. `most`: maximum zoom. */
  /** @type {(places: number[][], most?: number) => View} */
  around(places, most = Infinity) {
    if (!places.length) return { x: this.x, y: this.y, zoom: this.zoom };
    let zoom = Math.min(most, this.limits[1]);
    let ends = [0, 0, 0, 0];
    for (let turn = 0; turn < 12; turn += 1) { // by approximation, because what surrounds a place has the same size in pixels at any zoom
      ends = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [x, y, half, above, below] of places) {
        ends[0] = Math.min(ends[0], x - half / zoom);
        ends[1] = Math.min(ends[1], y - above / zoom);
        ends[2] = Math.max(ends[2], x + half / zoom);
        ends[3] = Math.max(ends[3], y + below / zoom);
      }
      const fits = Math.min((this.width - 16) / (ends[2] - ends[0]), (this.height - 16) / (ends[3] - ends[1]));
      if (fits >= zoom * 0.999) break;
      zoom = Math.max(this.limits[0], fits, zoom / 2);
    }
    return { x: (ends[0] + ends[2]) / 2, y: (ends[1] + ends[3]) / 2, zoom };
  }

  /** @type {(event: MouseEvent) => Point} */
  point(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @type {(event: WheelEvent) => void} */
  wheel(event) {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    this.zoomBy(Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022), this.point(event));
  }

  /** @type {(event: PointerEvent) => void} */
  down(event) {
    if (event.button) return;
    cancelAnimationFrame(this.flight);
    this.pointers.set(event.pointerId, this.point(event));
    this.far = this.pointers.size > 1 ? Infinity : 0; // two fingers never make a tap
    this.grip = this.pointers.size > 1 ? null : this.grab(this.point(event), event.pointerType === "touch");
    this.element.setPointerCapture(event.pointerId);
  }

  /** @type {(event: PointerEvent) => void} */
  move(event) {
    const now = this.point(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.over(now);
      return;
    }
    const [across, down] = [now[0] - before[0], now[1] - before[1]];
    this.far += Math.hypot(across, down);
    if (this.far < 4) return;
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (this.grip && !other) {
      this.grip.move(now);
      return;
    }
    if (!other) {
      this.panBy(across, down);
      return;
    }
    /** @type {(point: Point) => number} */
    const apart = (point) => Math.max(1, Math.hypot(point[0] - other[0], point[1] - other[1]));
    this.panBy(across / 2, down / 2);
    this.zoomBy(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  }

  /** @type {(event: PointerEvent) => void} */
  up(event) {
    const pressed = this.pointers.delete(event.pointerId);
    const { grip } = this;
    this.grip = null;
    if (grip && this.far >= 4 && this.far < Infinity) grip.drop();
    if (pressed && event.type === "pointerup" && this.far < 4) this.tap(this.point(event));
  }
}
