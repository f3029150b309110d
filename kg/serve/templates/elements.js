// Finds and creates elements of the query page.

/**
 * @template {keyof Elements} Id
 * @param {Id} id
 * @returns {Elements[Id]}
 */
export const $ = (id) => /** @type {Elements[Id]} */ (document.getElementById(id));

/**
 * A new element with text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name its class, "" if it has none
 * @param {string} words
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function made(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}
