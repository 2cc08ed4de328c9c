/* Find and replace: a bar over the text. What is found is marked while the bar has the focus. */

import { insert } from "../paste.js";
import { bind } from "./keys.js";
import { markPieces, unmark } from "./marking.js";
import { text, whenTypingRests } from "./page.js";
import { placesOf, replaced } from "./searching.js";

const bar = document.querySelector("#find");
const { words, instead, matchCase, wholeWords } = bar.elements;
const count = document.querySelector("#find-count");
const pause = 150;

let places = [];
let searched; // the text as it was then
let current = 0;

document.querySelector("#open-find").addEventListener("click", open);
bind("F3", "Next place found", () => step(1));
bind("Shift+F3", "Place found before", () => step(-1));
bind("Escape", "Close what is open", () => !bar.hidden && close());

bar.addEventListener("submit", (event) => event.preventDefault());
bar.addEventListener("input", (event) => event.target !== instead && find(text.selectionStart));
bar.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.type !== "text" || event.isComposing) return;
  event.preventDefault();
  if (event.target === instead) replace();
  else step(event.shiftKey ? -1 : 1);
});
bar.addEventListener("click", (event) => {
  const actions = { previous: () => step(-1), next: () => step(1), replace, replaceAll, close };
  actions[event.target.closest("button")?.name]?.();
});

whenTypingRests(pause, findAgain);
addEventListener("resize", () => bar.hidden || show({ follow: false }));

function open() {
  const selected = text.value.slice(text.selectionStart, text.selectionEnd);
  if (selected && !selected.includes("\n")) words.value = selected;
  bar.hidden = false;
  words.select();
  find(text.selectionStart);
}

function close() {
  bar.hidden = true;
  unmark();
  text.focus({ preventScroll: true });
}

/* The first place from here on is the current one. */
function find(from, { follow = true } = {}) {
  const options = { matchCase: matchCase.checked, wholeWords: wholeWords.checked };
  searched = text.value;
  places = placesOf(words.value, searched, options);
  current = Math.max(0, places.findIndex(([start]) => start >= from));
  show({ follow });
}

/* Where words were written since, by whoever it was. */
function findAgain() {
  if (!bar.hidden && text.value !== searched) find(text.selectionStart, { follow: false });
}

function step(by) {
  findAgain();
  if (bar.hidden || !places.length) return false;
  current = (current + by + places.length) % places.length;
  show();
}

function show({ follow = true } = {}) {
  const nothing = words.value ? "Nothing found" : "";
  count.textContent = places.length ? `${current + 1} of ${places.length}` : nothing;
  const rect = markPieces(places, current);
  if (!rect || !follow) return;
  text.setSelectionRange(...places[current]);
  const top = text.getBoundingClientRect().top + rect.y;
  if (top < bar.getBoundingClientRect().bottom || top > innerHeight - 80) {
    scrollBy({ top: top - innerHeight / 2, behavior: "instant" });
  }
}

function replace() {
  findAgain();
  if (!places.length) return;
  const [start, end] = places[current];
  write(start, end, instead.value);
  find(start + instead.value.length);
}

/* All of them are one change, so that one undo takes them back. */
function replaceAll() {
  findAgain();
  if (!places.length) return;
  const many = places.length;
  const [[start], [, end]] = [places[0], places.at(-1)];
  write(start, end, replaced(text.value, places, instead.value));
  find(start);
  count.textContent = `${many} replaced`;
}

function write(start, end, written) {
  const field = document.activeElement;
  text.setSelectionRange(start, end);
  insert(text, written);
  field.focus({ preventScroll: true });
}
