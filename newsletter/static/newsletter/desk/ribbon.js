/* The ribbon beside the text: a line for each stretch of it, in the colour of its thread. It is
   one stop of the Tab key; the arrow keys go from line to line, Enter into the card. */

import { cardFor } from "./originals.js";
import { enter, isOpenFor, open } from "./card.js";
import { lineOfCaret } from "./lines.js";
import { measure } from "./mirror.js";
import { whenKnown } from "./origins.js";
import { form, text } from "./page.js";
import { partOf } from "./sources.js";

const ribbon = document.querySelector("#ribbon");
const hesitation = 120; // of a pointer that only passes by opens nothing
const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

const isMadeOfThreads = Boolean(document.querySelector(".facts [data-thread]"));

let stretches = [];
let typing = false;

whenKnown((known) => {
  typing = false;
  ribbon.classList.remove("behind");
  const places = Object.entries(known.changes);
  // Where nothing came from a thread, that all is new is no news.
  const told = known.stretches.filter(({ blank }) => isMadeOfThreads || blank !== undefined);
  stretches = told.map((stretch) => {
    const here = ([, line]) => stretch.first <= line && line <= stretch.last;
    return { ...stretch, changes: places.filter(here).map(([change]) => change) };
  });
  draw();
});

form.addEventListener("input", () => {
  if (!typing) ribbon.classList.add("behind");
  typing = true;
});

/* A window of another width, fonts that arrive and larger letters all move the lines. */
new ResizeObserver(() => typing || place()).observe(text);
document.fonts.addEventListener("loadingdone", () => typing || place());

function draw() {
  while (ribbon.children.length > stretches.length) ribbon.lastChild.remove();
  const lines = text.value.split("\n");
  stretches.forEach((stretch, index) => {
    const button = ribbon.children[index] ?? ribbon.appendChild(document.createElement("button"));
    dress(button, stretch, lines[stretch.first - 1]);
  });
  ribbon.hidden = !stretches.length;
  rove(ribbon.querySelector("[tabindex='0']") ?? ribbon.firstChild);
  place();
}

function place() {
  const buttons = ribbon.children;
  ribbon.style.setProperty("--width", `${text.offsetWidth}px`);
  measure(stretches).forEach(({ top, height }, index) => {
    buttons[index].style.setProperty("--top", `${top}px`);
    buttons[index].style.setProperty("--height", `${height}px`);
  });
}

function dress(button, stretch, line) {
  const part = partOf(stretch);
  button.type = "button";
  button.tabIndex = button.tabIndex === 0 && button.hasAttribute("tabindex") ? 0 : -1;
  const kind = stretch.blank !== undefined ? "blank" : (part?.colour ?? "new");
  button.className = `stretch ${kind}${stretch.changes.length ? " changed" : ""}`;
  button.setAttribute("aria-label", labelOf(stretch, part, line));
}

function labelOf(stretch, part, line) {
  if (stretch.blank !== undefined) return `Blank: ${stretch.blank}`;
  const from = part && part.from.querySelector("strong").textContent.toLowerCase();
  const origin = part ? `from ${from}, ${part.title}` : "new";
  return `“${line.slice(0, 40)} …”, ${origin}${stretch.changes.length ? ", changed at its source" : ""}`;
}

function rove(button) {
  for (const other of ribbon.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  if (button) button.tabIndex = 0;
}

function show(button) {
  const stretch = stretches[[...ribbon.children].indexOf(button)];
  if (stretch && !isOpenFor(button)) open(button, cardFor(stretch));
}

ribbon.addEventListener("focusin", ({ target }) => {
  rove(target);
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

/* From the text to the original of the paragraph that the caret is in. */
export function showOrigin() {
  const line = lineOfCaret();
  const index = stretches.findLastIndex(({ first }) => first <= line);
  ribbon.children[Math.max(0, index)]?.focus();
}

text.addEventListener("keydown", (event) => {
  if (event.code !== "KeyO" || !event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  showOrigin();
});
