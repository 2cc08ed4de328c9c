/* The preview beside the text: it follows what is written, a moment after typing rests. */

import { token } from "../paste.js";
import { form, whenTypingRests } from "./page.js";
import { patch } from "./patching.js";
import { changed } from "./saving.js";

const frame = document.querySelector("#preview");
const dark = document.querySelector("#preview-dark");
const chosen = ".preview .tabs [aria-current]";
const pause = 500;

let running;

whenTypingRests(pause, refresh);

document.querySelectorAll(".preview .tabs a").forEach((tab) =>
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(chosen).removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    open();
  }),
);

dark.hidden = false;
dark.addEventListener("click", () => {
  dark.setAttribute("aria-pressed", dark.ariaPressed !== "true");
  open();
});

/* Where the chosen face is shown. Light is the browser's own, until dark is asked for. */
function address() {
  const url = new URL(document.querySelector(chosen).href);
  if (dark.ariaPressed === "true") url.searchParams.set("look", "dark");
  return url;
}

function open() {
  running?.abort(); // of another face
  // A mail on a wide screen, made small enough for here.
  frame.classList.toggle("whole", document.querySelector(chosen).dataset.shown === "whole");
  frame.contentWindow.location.replace(address());
}

// A face is loaded as it was saved; then it follows what is written since.
frame.addEventListener("load", () => changed() && refresh());

async function refresh() {
  running?.abort();
  running = new AbortController();
  try {
    const url = address();
    url.pathname += "unsaved/";
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok || answer.redirected) return;
    const said = await answer.json();
    follow(frame.contentDocument.body, said.face);
    follow(document.querySelector("#checks"), said.checks);
    tell(said.open);
  } catch {
    // Typed on, or the site does not answer, which the next save tells.
  }
}

/* Into what is there, not a new one: it stays where the reader had scrolled to, or has the focus. */
function follow(shown, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  patch(shown, shown.ownerDocument.adoptNode(fresh.body));
}

/* On the way to pre-flight: how much there is to look at. */
function tell(open) {
  const points = document.querySelector("#open-points");
  if (!points) return; // there is no way from the trash
  points.textContent = open;
  points.parentElement.hidden = !open;
}
