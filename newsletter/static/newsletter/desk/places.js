/* Finding the way: what is listed beside the text leads to its line. */

import { text } from "./page.js";

document.querySelector("#checks").addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (place) goTo(Number(place.dataset.line));
});

/* An address may name a line, or a field that is folded away. */
addEventListener("hashchange", goToHash);
goToHash();

function goToHash() {
  const line = /^#line-(\d+)$/.exec(location.hash);
  if (line) return goTo(Number(line[1]));
  const field = /^#id_\w+$/.test(location.hash) && document.querySelector(location.hash);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}

export function goTo(wanted) {
  const lines = text.value.split("\n");
  const line = Math.min(Math.max(wanted, 1), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const end = start + lines[line - 1].length;
  select(start, end);
}

export function select(start, end = start) {
  text.focus();
  // A browser scrolls to where a text ends, so it is told in two steps.
  text.setSelectionRange(start, start);
  text.blur();
  text.focus();
  text.setSelectionRange(start, end);
}
