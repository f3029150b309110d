// A small histogram of dates, with a brush: drag over it, or move the two ends with the arrow keys.
// Its axis has a step for each date that occurs, not for each day: a year in which only one date occurs takes as little
// space as a day.

import { readable } from "./cards.js";
import { el, svg } from "./looks.js";

const STEPS = 36; // maximum number of bars

export class Brush {
  /** `changed(span)` is called with the [first, last] day as numbers such as 20260112, or null for all days. */
  /**
   * @param {HTMLElement} element
   * @param {Span[]} days
   * @param {(span: Span | null) => void} changed
   */
  constructor(element, days, changed) {
    this.element = element;
    this.changed = changed;
    this.bins = bins(days);
    this.last = this.bins.length - 1;
    this.ends = [0, this.last];
    /** @type {(index: number, words: string) => HTMLInputElement} */
    const end = (index, words) => {
      const made = el("input", { type: "range", min: 0, max: this.last, value: this.ends[index], "aria-label": words });
      made.addEventListener("input", () => {
        this.ends[index] = Number(made.value);
        this.ends.sort((one, other) => one - other);
        this.tell();
      });
      return made;
    };
    /** @type {HTMLInputElement[]} */
    this.inputs = [end(0, "From"), end(1, "Until")];
    this.words = el("output", { className: "quiet" });
    this.picture = svg("svg", { viewBox: `0 0 ${this.bins.length} 20`, preserveAspectRatio: "none", "aria-hidden": "true" });
    element.append(this.picture, el("div", { className: "ends" }, this.inputs), this.words);
    this.picture.addEventListener("pointerdown", (event) => this.drag(event));
    this.draw();
  }

  /** @type {(event: PointerEvent) => void} */
  drag(event) {
    /** @type {(given: PointerEvent) => number} */
    const step = ({ clientX }) => {
      const { left, width } = this.picture.getBoundingClientRect();
      return Math.max(0, Math.min(this.last, Math.floor(((clientX - left) / width) * this.bins.length)));
    };
    const begun = step(event);
    /** @type {(now: PointerEvent) => void} */
    const move = (now) => { this.ends = [begun, step(now)].sort((one, other) => one - other); this.draw(); };
    this.picture.setPointerCapture(event.pointerId);
    this.picture.addEventListener("pointermove", move);
    this.picture.addEventListener("pointerup", () => {
      this.picture.removeEventListener("pointermove", move);
      this.tell();
    }, { once: true });
    move(event);
  }

  /** @type {() => Span | null} */
  span() {
    return this.ends[0] === 0 && this.ends[1] === this.last ? null : [this.bins[this.ends[0]].first, this.bins[this.ends[1]].last];
  }

  /** Set the selection, without calling `changed`. */
  /** @type {(span: Span | null) => void} */
  set(span) {
    const from = span ? this.bins.findIndex(({ last }) => last >= span[0]) : 0;
    const until = span ? this.bins.findLastIndex(({ first }) => first <= span[1]) : this.last;
    this.ends = from < 0 || until < from ? [0, this.last] : [from, until];
    this.draw();
  }

  tell() {
    this.draw();
    this.changed(this.span());
  }

  draw() {
    const most = Math.max(...this.bins.map(({ number }) => number));
    this.picture.replaceChildren(...this.bins.map(({ number }, index) => {
      const high = 2 + 18 * Math.sqrt(number / most);
      const within = index >= this.ends[0] && index <= this.ends[1];
      return svg("rect", { x: index + 0.08, y: 20 - high, width: 0.84, height: high, class: within ? "within" : "" });
    }));
    this.inputs.forEach((input, index) => {
      input.value = String(this.ends[index]);
      input.setAttribute("aria-valuetext", this.bins[this.ends[index]]?.label ?? "");
    });
    const [from, until] = this.ends.map((at) => this.bins[at]?.label);
    this.words.textContent = from === until ? from : `${from} – ${until}`;
  }
}

/** The bars for these days ([first, last]): one bar for each day; if these are too many, for each month, year or decade. */
/** @type {(days: Span[]) => Bar[]} */
function bins(days) {
  /** @type {[number, (day: number) => string][]} */
  const keys = [[1, (day) => readable(iso(day))], [100, (day) => readable(iso(day).slice(0, 7))], [10000, (day) => iso(day).slice(0, 4)], [100000, (day) => `${iso(day).slice(0, 3)}0s`]];
  /** @type {Bar[]} */
  let found = [];
  for (const [size, label] of keys) {
    const counts = new Map();
    for (const [first] of days) counts.set(Math.floor(first / size), (counts.get(Math.floor(first / size)) ?? 0) + 1);
    found = [...counts].sort((one, other) => one[0] - other[0])
      .map(([at, number]) => ({ first: at * size, last: at * size + size - 1, label: label(at * size), number }));
    if (found.length <= STEPS) break;
  }
  return found;
}

/** @type {(day: number) => string} */
function iso(day) {
  const text = String(day).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
