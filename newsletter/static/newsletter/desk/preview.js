/* The preview beside the text: it follows what is written, a moment after typing rests. */

import { token } from "../paste.js";
import { form, say, whenTypingRests } from "./page.js";
import { changed } from "./saving.js";

const frame = document.querySelector("#preview");
const pause = 500;

let running;
let face = "web";

whenTypingRests(pause, refresh);

document.querySelectorAll(".preview .tabs a").forEach((tab) =>
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(".preview .tabs [aria-current]").removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    face = tab.pathname.split("/").at(-2);
    frame.contentWindow.location.replace(tab.href);
  }),
);

// A face is loaded as it was saved; then it follows what is written since.
frame.addEventListener("load", () => changed() && refresh());

async function refresh() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview.replace("/web/", `/${face}/`), {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok) return;
    const said = await answer.json();
    showIn(frame.contentDocument, said.face);
    document.querySelector("#checks").innerHTML = said.checks;
  } catch (error) {
    if (error.name !== "AbortError") say("The preview does not answer.");
  }
}

/* Into the page that is there, not a new one: it stays where the reader had scrolled to. */
function showIn(page, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  page.body.replaceWith(page.adoptNode(fresh.body));
}
