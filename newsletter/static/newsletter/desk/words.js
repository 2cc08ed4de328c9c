/* The words in the form: read, and filled in from elsewhere without disturbing who types. */

import { choose } from "./covers.js";
import { form, text } from "./page.js";

const unheld = new Set(["file", "submit", "button"]);
const ofThePage = new Set(["csrfmiddlewaretoken", "journal"]);
const halfOfASign = /[\ud800-\udbff]/; // the first of the two that an emoji is made of
const began = /^(base|initial-)/; // not words, but what they began from

/* All that the form holds, but no file, and nothing that belongs to this page alone. */
export const read = () => collect("value", "checked");

/* The same as the server sent it: somebody may have typed before this script was here. */
export const asSent = () => collect("defaultValue", "defaultChecked");

function collect(value, checked) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || ofThePage.has(field.name) || unheld.has(field.type)) continue;
    if (field.type === "radio" && !field[checked]) continue;
    values[field.name] = field.type === "checkbox" ? field[checked] : field[value];
  }
  return values;
}

export function same(values, others) {
  const names = Object.keys(values).filter((name) => !began.test(name));
  return names.every((name) => values[name] === others[name]);
}

export function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (field === text) replaceText(value);
    else if (name === "cover") choose(value);
    else if (field?.type === "checkbox") field.checked = value;
    else if (field && field.value !== value) field.value = value;
  }
}

/* Around the caret, which stays where it stands in the words, and on the screen. */
function replaceText(value) {
  const old = text.value;
  if (old === value) return;
  const caret = text.selectionStart;
  const there = placeOf(caret, old, value);
  const scrolled = scrollY;
  patch(old.slice(caret), value.slice(there), caret);
  const height = text.offsetHeight;
  patch(old.slice(0, caret), value.slice(0, there), 0);
  text.setSelectionRange(there, there);
  scrollTo(scrollX, scrolled + (document.activeElement === text ? text.offsetHeight - height : 0));
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/* Where the words around the caret stand in another text, the nearest of them. */
function placeOf(caret, old, value) {
  for (const around of [60, 20, 6]) {
    const start = Math.max(0, caret - around);
    const words = old.slice(start, caret + around);
    let nearest = -1;
    for (let at = value.indexOf(words); at >= 0; at = value.indexOf(words, at + 1)) {
      if (nearest < 0 || Math.abs(at - start) < Math.abs(nearest - start)) nearest = at;
    }
    if (nearest >= 0) return nearest + caret - start;
  }
  return Math.min(caret, value.length);
}

/* Typed over what differs, where the text has the focus, so that undo takes it back. */
function patch(old, value, offset) {
  let head = 0;
  while (head < old.length && old[head] === value[head]) head++;
  if (halfOfASign.test(old[head - 1])) head--;
  let tail = 0;
  const longest = Math.min(old.length, value.length) - head;
  while (tail < longest && old.at(-1 - tail) === value.at(-1 - tail)) tail++;
  if (halfOfASign.test(old.at(-1 - tail))) tail = Math.max(0, tail - 1);
  const [start, end] = [offset + head, offset + old.length - tail];
  const fresh = value.slice(head, value.length - tail);
  if (start === end && !fresh) return;
  text.setSelectionRange(start, end);
  const typed =
    document.activeElement === text &&
    document.execCommand(fresh ? "insertText" : "delete", false, fresh);
  if (!typed) text.setRangeText(fresh, start, end);
}
