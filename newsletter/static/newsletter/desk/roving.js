/* Going along the ribbon: it is one stop of the Tab key, the arrow keys go from line to line, Enter
   goes into the card. A pointer opens the card by resting on a line, a finger by touching it. */

import { enter, isOpenFor, open } from "./card.js";
import { bind } from "./keys.js";
import { lineOfCaret } from "./lines.js";
import { cardFor } from "./originals.js";
import { text } from "./page.js";
import { stretches } from "./ribbon.js";

const ribbon = document.querySelector("#ribbon");
const hesitation = 120; // of a pointer that only passes by opens nothing
const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

function show(button) {
  const stretch = stretches[[...ribbon.children].indexOf(button)];
  if (stretch && !isOpenFor(button)) open(button, cardFor(stretch));
}

ribbon.addEventListener("focusin", ({ target }) => {
  for (const other of ribbon.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  target.tabIndex = 0;
  show(target);
});

ribbon.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...ribbon.children];
  const to = buttons.indexOf(event.target) + step;
  buttons[Math.max(0, Math.min(to, buttons.length - 1))].focus();
});

ribbon.addEventListener("click", ({ target, detail }) => {
  const button = target.closest("button");
  if (!button) return;
  show(button);
  if (!detail) enter(); // by key
});

let passing;
ribbon.addEventListener("pointerover", ({ target, pointerType }) => {
  clearTimeout(passing);
  if (pointerType === "mouse") passing = setTimeout(() => show(target.closest("button")), hesitation);
});
ribbon.addEventListener("pointerleave", () => clearTimeout(passing));

bind("Control+Shift+O", "The original of this paragraph", showOrigin, text);

function showOrigin() {
  const line = lineOfCaret();
  const index = stretches.findLastIndex(({ first }) => first <= line);
  ribbon.children[Math.max(0, index)]?.focus();
}
