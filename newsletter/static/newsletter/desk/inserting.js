/* Blocks stand between blank lines, wherever in the text they are put. */

import { insert } from "../paste.js";
import { text } from "./page.js";

/* In place of what is selected. The words that are `chosen` in it are to be typed over. */
export function insertBlock(markdown, chosen = "") {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const gap = before ? missing(before.match(/\n*$/)[0]) : "";
  const start = before.length + gap.length;
  insert(text, gap + markdown + missing(after.match(/^\n*/)[0]));
  if (!chosen) return text.setSelectionRange(start + markdown.length + 2, start + markdown.length + 2);
  const at = start + markdown.indexOf(chosen);
  text.setSelectionRange(at, at + chosen.length);
}

function missing(newlines) {
  return "\n".repeat(Math.max(0, 2 - newlines.length));
}

/* The line that the caret is in: where it begins and ends. */
export function lineAt(place) {
  const start = text.value.lastIndexOf("\n", place - 1) + 1;
  const end = text.value.indexOf("\n", place);
  return [start, end === -1 ? text.value.length : end];
}
