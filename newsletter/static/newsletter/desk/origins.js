/* Which part each stretch of the text came from: the server is asked when typing rests. */

import { token } from "../paste.js";
import { text, whenTypingRests } from "./page.js";

const beside = document.querySelector("#beside");
const pause = 400;
const waiting = [];

let running;

whenTypingRests(pause, ask);
ask();

/* Calls back with {stretches, changes}, see newsletter/admin/origins.py, each time they are
   known anew and fit the text as it stands. */
export function whenKnown(callback) {
  waiting.push(callback);
}

export async function ask() {
  running?.abort();
  running = new AbortController();
  const body = text.value;
  try {
    const answer = await fetch(beside.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ body }),
      signal: running.signal,
    });
    if (!answer.ok || answer.redirected) return;
    const known = await answer.json();
    if (text.value === body) waiting.forEach((callback) => callback(known));
  } catch {
    // Typed on, or the site does not answer: then what is shown stays until it does.
  }
}
