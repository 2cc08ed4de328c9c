/* The lines of the text, numbered from 1, as places in it. */

import { text } from "./page.js";
import { select as selectFrom } from "./places.js";

export function lineOfCaret() {
  return text.value.slice(0, text.selectionStart).split("\n").length;
}

/* From the beginning of the first to the end of the last. */
export function placesOf({ first, last }) {
  const lines = text.value.split("\n");
  const length = (some) => some.reduce((sum, line) => sum + line.length + 1, 0);
  const start = length(lines.slice(0, first - 1));
  return [start, start + length(lines.slice(first - 1, last)) - 1];
}

export function select(stretch) {
  selectFrom(...placesOf(stretch));
}

/* Taken out together with the empty lines below it, so that undo brings it back. */
export function remove(stretch) {
  const [start, end] = placesOf(stretch);
  const below = text.value.slice(end).match(/^\s*\n/)?.[0].length ?? 0;
  text.focus();
  text.setSelectionRange(start, end + below);
  if (!document.execCommand("delete")) {
    text.setRangeText("", start, end + below, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
