/* The ribbon beside the text: a line for each stretch of it, in the colour of its thread. */

import { measure } from "./mirror.js";
import { whenKnown } from "./origins.js";
import { form, text } from "./page.js";
import { partOf } from "./sources.js";

const ribbon = document.querySelector("#ribbon");

const isMadeOfThreads = Boolean(document.querySelector(".facts [data-thread]"));

export let stretches = [];

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
new ResizeObserver(() => {
  ribbon.style.setProperty("--width", `${text.offsetWidth}px`);
  if (!typing) place();
}).observe(text);
document.fonts.addEventListener("loadingdone", () => typing || place());

function draw() {
  while (ribbon.children.length > stretches.length) ribbon.lastChild.remove();
  const lines = text.value.split("\n");
  stretches.forEach((stretch, index) => {
    const button = ribbon.children[index] ?? ribbon.appendChild(line());
    dress(button, stretch, lines[stretch.first - 1]);
  });
  ribbon.hidden = !stretches.length;
  if (ribbon.firstChild && !ribbon.querySelector("[tabindex='0']")) ribbon.firstChild.tabIndex = 0;
  place();
}

function place() {
  const buttons = ribbon.children;
  measure(stretches).forEach(({ top, height }, index) => {
    buttons[index].style.setProperty("--top", `${top}px`);
    buttons[index].style.setProperty("--height", `${height}px`);
  });
}

function line() {
  return Object.assign(document.createElement("button"), { type: "button", tabIndex: -1 });
}

function dress(button, stretch, words) {
  const part = partOf(stretch);
  const kind = stretch.blank !== undefined ? "blank" : (part?.colour ?? "new");
  button.className = `stretch ${kind}${stretch.changes.length ? " changed" : ""}`;
  button.setAttribute("aria-label", labelOf(stretch, part, words));
}

function labelOf(stretch, part, words) {
  if (stretch.blank !== undefined) return `Your turn: ${stretch.blank}`;
  const from = part && part.from.querySelector("strong").textContent.toLowerCase();
  const origin = part ? `from ${from}, ${part.title}` : "new";
  return `“${words.slice(0, 40)} …”, ${origin}${stretch.changes.length ? ", changed at its source" : ""}`;
}
