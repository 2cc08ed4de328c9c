/* Footnotes: a sign where the caret is, its words at the end, and one key from one to the other. */

import { insert } from "../paste.js";
import { lineAt } from "./inserting.js";
import { bind } from "./keys.js";
import { text } from "./page.js";
import { select } from "./places.js";

bind("Control+Shift+F", "Footnote: add one, or go to its words and back", goOrAdd, text);

function goOrAdd() {
  const caret = text.selectionStart;
  const [start, end] = lineAt(caret);
  const words = text.value.slice(start, end).match(/^\[\^([^\]]+)\]:/);
  if (words) return goTo(new RegExp(`\\[\\^${escaped(words[1])}\\](?!:)`));
  const sign = [...text.value.slice(start, end).matchAll(/\[\^([^\]]+)\]/g)].find(
    ({ 0: whole, index }) => start + index <= caret && caret <= start + index + whole.length,
  );
  if (sign) return goTo(new RegExp(`^\\[\\^${escaped(sign[1])}\\]:[ \\t]*`, "m"));
  addFootnote();
}

export function addFootnote() {
  const numbers = [...text.value.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  const number = Math.max(0, ...numbers) + 1;
  text.setSelectionRange(text.selectionEnd, text.selectionEnd);
  insert(text, `[^${number}]`);
  const written = text.value.trimEnd();
  const isAfterAnother = /^\[\^[^\]]+\]:/.test(written.slice(written.lastIndexOf("\n") + 1));
  text.setSelectionRange(written.length, text.value.length);
  insert(text, `${isAfterAnother ? "\n" : "\n\n"}[^${number}]: `);
}

function goTo(pattern) {
  const found = text.value.match(pattern);
  if (found) select(found.index + found[0].length);
}

function escaped(words) {
  return words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
