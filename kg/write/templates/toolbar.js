// Toolbars: groups of controls that are one stop of the Tab key, as in the WAI-ARIA Authoring Practices. Arrow
// keys, Home and End move within the group; the Tab key returns to the control that had the focus last.

const CONTROLS = "button, summary, input";
/** @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Makes the controls in `group` one stop of the Tab key, also those that are added later; menus in it are not changed. */
/** @type {(group: HTMLElement) => void} */
export function toolbar(group) {
  /** @type {HTMLElement | null} */
  let last = null;
  const controls = () => /** @type {HTMLElement[]} */ ([...group.querySelectorAll(CONTROLS)]).filter((each) => !each.hidden && !each.closest(".menu"));
  const tidy = () => {
    const all = controls();
    const stop = last && all.includes(last) ? last : all.find((each) => each.getAttribute("aria-pressed") === "true") ?? all[0];
    for (const each of all) if (each.tabIndex !== (each === stop ? 0 : -1)) each.tabIndex = each === stop ? 0 : -1;
  };
  group.addEventListener("focusin", (event) => {
    const here = /** @type {HTMLElement} */ (event.target);
    if (!controls().includes(here)) return;
    last = here;
    tidy();
  });
  group.addEventListener("keydown", (event) => {
    const all = controls();
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const step = MOVES[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : step ? (at + step + all.length) % all.length : -1;
    if (at < 0 || to < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[to].focus();
  });
  new MutationObserver(tidy).observe(group, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "aria-pressed"] });
  tidy();
}
