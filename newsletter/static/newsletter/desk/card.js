/* The card in the margin: one at a time, beside the stretch of text that it is about. */

import { text } from "./page.js";

const card = document.querySelector("#origin");
const room = 16; // between it and the edge of the window

let shown = null; // the ribbon's button that it belongs to

export const isOpenFor = (button) => shown === button;

export function open(button, content) {
  close();
  if (!content.length) return;
  shown = button;
  card.replaceChildren(...content);
  card.className = button.className.replace("stretch", "origin"); // in the same colour
  card.hidden = false;
  button.setAttribute("aria-describedby", card.id);
  button.classList.add("open");
  if (getComputedStyle(card).position === "fixed") uncover(button);
  else place(button.offsetTop);
}

function place(top) {
  card.style.setProperty("--top", `${top}px`);
  const below = card.getBoundingClientRect().bottom - (innerHeight - room);
  if (below > 0) card.style.setProperty("--top", `${Math.max(0, top - below)}px`);
}

/* On a narrow screen the card lies over the bottom, and must not hide what it is about. */
function uncover(button) {
  const covered = button.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
  if (covered > 0) scrollBy({ top: covered + room, behavior: "instant" });
}

export function close() {
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown.classList.remove("open");
  shown = null;
  card.hidden = true;
}

export function enter() {
  (card.querySelector("a, button") ?? card).focus();
}

// It stays until it is sent away: who reads it or moves to its link must not lose it.
text.addEventListener("input", close);

addEventListener("pointerdown", ({ target }) => {
  if (!target.closest("#beside, dialog")) close();
});

/* Before anybody else hears of the key: each press ends one thing. */
addEventListener("keydown", endWithEscape, { capture: true });

function endWithEscape(event) {
  if (event.key !== "Escape" || !shown || document.querySelector("dialog[open]")) return;
  event.stopPropagation();
  const inside = document.activeElement.closest("#beside");
  close();
  if (inside) text.focus({ preventScroll: true });
}
