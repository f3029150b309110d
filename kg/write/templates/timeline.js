// The timeline: zoom with buttons, wheel or keys, drag to move. Without scripts it shows everything at page width.

const NARROWEST = 22; // minimum number of pixels between two dates that are legible
const MOST = 40; // maximum zoom

class Timeline {
  /** @param {HTMLElement} view */
  constructor(view) {
    this.view = view;
    this.zoom = 1;
    this.drawing = /** @type {SVGSVGElement} */ (view.querySelector("svg"));
    this.dates = [...view.querySelectorAll(".date")];
    this.marks = [...view.querySelectorAll("a")];
    view.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    view.addEventListener("keydown", (event) => this.key(event));
    view.addEventListener("pointerdown", (event) => this.down(event));
    view.addEventListener("focusin", (event) => this.stop(/** @type {Element} */ (event.target)));
    for (const [id, factor] of /** @type {[string, number][]} */ ([["closer", 1.5], ["further", 1 / 1.5], ["whole", 0]])) {
      document.getElementById(id)?.addEventListener("click", () => this.zoomBy(factor));
    }
    new ResizeObserver(() => this.draw()).observe(view);
    this.stop(this.marks[0]);
    this.draw();
  }

  /** Multiplies the zoom by `factor`; 0 shows everything. The date at `left` (in pixels from the left border of the view) stays there. */
  /** @type {(factor: number, left?: number) => void} */
  zoomBy(factor, left = this.view.clientWidth / 2) {
    const share = (this.view.scrollLeft + left) / this.view.scrollWidth;
    this.zoom = Math.max(1, Math.min(MOST, this.zoom * factor));
    this.draw();
    this.view.scrollLeft = share * this.view.scrollWidth - left;
  }

  /** Adapts the drawing to the current width: it shows as many dates as are legible, and marks with space between them. */
  draw() {
    this.view.style.setProperty("--zoom", String(this.zoom));
    const step = this.drawing.clientWidth / Math.max(1, this.dates.length);
    const every = Math.max(1, Math.ceil(NARROWEST / step));
    this.dates.forEach((date, at) => date.classList.toggle("minor", at % every > 0));
    for (const dot of this.view.querySelectorAll("circle")) {
      dot.setAttribute("r", String(Math.max(4, Math.min(Number(dot.dataset.size), 0.55 * step))));
    }
    document.documentElement.dataset.zoom = String(this.zoom); // read by tests
  }

  /** @type {(event: WheelEvent) => void} */
  wheel(event) {
    if (!event.ctrlKey && !this.view.contains(document.activeElement)) return; // without Ctrl or a click on the drawing, the wheel scrolls the page
    event.preventDefault();
    const { left } = this.view.getBoundingClientRect();
    if (event.deltaY) this.zoomBy(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.003), event.clientX - left);
    else this.view.scrollLeft += event.deltaX;
  }

  /** @type {(event: PointerEvent) => void} */
  down(event) {
    if (event.button || event.pointerType === "touch") return; // a finger scrolls by itself
    let [at, far] = [event.clientX, 0];
    const move = (/** @type {PointerEvent} */ now) => {
      this.view.scrollLeft += at - now.clientX;
      far += Math.abs(at - now.clientX);
      at = now.clientX;
    };
    const click = (/** @type {MouseEvent} */ now) => { if (far > 4) now.preventDefault(); }; // the end of a drag is no click on a mark
    addEventListener("pointermove", move);
    this.view.addEventListener("click", click);
    addEventListener("pointerup", () => {
      removeEventListener("pointermove", move);
      setTimeout(() => this.view.removeEventListener("click", click));
    }, { once: true });
  }

  /** @type {(event: KeyboardEvent) => void} */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const does = {
      "+": () => this.zoomBy(1.5),
      "-": () => this.zoomBy(1 / 1.5),
      0: () => this.zoomBy(0),
      ArrowLeft: () => this.step((one, other) => other.y === one.y && other.x < one.x),
      ArrowRight: () => this.step((one, other) => other.y === one.y && other.x > one.x),
      ArrowUp: () => this.step((one, other) => other.y < one.y),
      ArrowDown: () => this.step((one, other) => other.y > one.y),
    };
    if (!does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  }

  /** Go to the nearest mark in that direction; to the first if none has the focus. */
  /** @type {(lies: (one: DOMRect, other: DOMRect) => boolean) => void} */
  step(lies) {
    const from = this.marks.find((mark) => mark === document.activeElement);
    if (!from) {
      this.marks[0]?.focus();
      return;
    }
    const box = (/** @type {Element} */ mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return new DOMRect(Math.round(x + width / 2), Math.round(y + height / 2), 0, 0);
    };
    const one = box(from);
    const far = (/** @type {Element} */ mark) => Math.abs(box(mark).y - one.y) * 3 + Math.abs(box(mark).x - one.x);
    const found = this.marks.filter((mark) => lies(one, box(mark))).sort((a, b) => far(a) - far(b));
    found[0]?.focus();
  }

  /** The tab key stops at one mark: the last one that had the focus. */
  /** @type {(mark: Element | undefined) => void} */
  stop(mark) {
    if (!mark || !this.marks.includes(/** @type {HTMLAnchorElement} */ (mark))) return;
    for (const each of this.marks) each.setAttribute("tabindex", each === mark ? "0" : "-1");
  }
}

for (const each of document.querySelectorAll("#tools")) each.removeAttribute("hidden");
for (const view of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".window"))) new Timeline(view);
