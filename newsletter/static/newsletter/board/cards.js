/* Arrow keys between the cards. One card is on the way of the Tab key, with its buttons; which one
   that is goes along with the arrows. */

import { onBoard } from "./acting.js";

const PARTS = ".cards .part, .entries .part";

let last;

export const isCard = (element) => element.matches(PARTS);

export const current = () => document.getElementById(last);

const seen = (part) => part.checkVisibility();
const columns = () =>
  [...document.querySelectorAll("#board .cards, #board .entries")]
    .map((list) => [...list.querySelectorAll(".part")].filter(seen))
    .filter((parts) => parts.length);

onBoard(() => makeCurrent(current() ?? columns()[0]?.[0]));

addEventListener("focusin", (event) => {
  const part = event.target.closest?.(PARTS);
  if (part) makeCurrent(part);
});

function makeCurrent(part) {
  last = part?.id;
  document.querySelectorAll(PARTS).forEach((each) => {
    const index = each === part ? 0 : -1;
    each.tabIndex = index;
    each.querySelectorAll("button, input, summary").forEach((inner) => (inner.tabIndex = index));
  });
}

/* The card that an arrow leads to. */
export function neighbour(part, key) {
  const all = columns();
  const column = all.findIndex((parts) => parts.includes(part));
  const at = all[column].indexOf(part);
  switch (key) {
    case "ArrowUp":
      return all[column][at - 1];
    case "ArrowDown":
      return all[column][at + 1];
    case "ArrowLeft":
      return nearest(part, all[column - 1]);
    case "ArrowRight":
      return nearest(part, all[column + 1]);
    case "Home":
      return all[column][0];
    case "End":
      return all[column].at(-1);
  }
}

/* Beside it on the page. */
function nearest(part, others = []) {
  const top = part.getBoundingClientRect().top;
  const away = (other) => Math.abs(other.getBoundingClientRect().top - top);
  return [...others].sort((one, other) => away(one) - away(other))[0];
}
