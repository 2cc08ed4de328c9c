/* The outline marks the heading that one is under: of the caret while one writes, of what is at
   the top of the window while one scrolls. */

import { characterAt } from "./mirror.js";
import { text } from "./page.js";

const checks = document.querySelector("#checks");
const belowTheBar = 160;

let line = 1;
let waiting = 0;

document.addEventListener("selectionchange", () => soon(() => text.selectionStart));
addEventListener("scroll", () => soon(firstInSight), { passive: true });
new MutationObserver(mark).observe(checks, { childList: true, subtree: true });

/* Once for many keys: what is beside the text has time. */
function soon(place) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (place === firstInSight || document.activeElement === text) stand(place());
  }, 120);
}

function stand(at) {
  if (at === null) return;
  line = text.value.slice(0, at).split("\n").length;
  mark();
}

function firstInSight() {
  const { left, top } = text.getBoundingClientRect();
  return top > belowTheBar ? 0 : characterAt(left + 2, belowTheBar);
}

function mark() {
  const places = [...checks.querySelectorAll(".outline [data-line]")];
  const here = places.findLast((place) => Number(place.dataset.line) <= line);
  for (const place of places) {
    if (place === here) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
}
