/* Quoting a part of the post's threads: found by its words, as they are typed. */

import { answered, ask, whileOpen } from "./asking.js";
import { insertBlock } from "./inserting.js";

const dialog = document.querySelector("#quote");
const words = dialog.querySelector("#quote-words");
const found = dialog.querySelector("#quote-found");
const pause = 180;

let waiting;
let running;

export function askForPart() {
  words.value = "";
  ask(dialog);
  search();
}

words.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, pause);
});

dialog.addEventListener("keydown", (event) => {
  const places = [words, ...found.querySelectorAll("button")];
  const at = places.indexOf(document.activeElement);
  if (event.key === "ArrowDown") places[Math.min(at + 1, places.length - 1)].focus();
  else if (event.key === "ArrowUp") places[Math.max(at - 1, 0)].focus();
  else if (event.key === "Enter" && at === 0) places[1]?.click();
  else return;
  event.preventDefault();
});

found.addEventListener("click", async (event) => {
  const part = event.target.closest("[data-url]");
  if (!part) return;
  const signal = whileOpen();
  try {
    const { markdown } = await (await asked(part.dataset.url, signal)).json();
    answered(dialog);
    insertBlock(markdown);
  } catch {
    if (!signal.aborted) found.textContent = "The site does not answer. Try again.";
  }
});

async function search() {
  running?.abort();
  running = new AbortController();
  const query = new URLSearchParams({ words: words.value });
  try {
    const answer = await asked(`${dialog.dataset.url}?${query}`, running.signal);
    found.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") found.textContent = "The site does not answer. Try again.";
  }
}

async function asked(url, signal) {
  const answer = await fetch(url, { signal });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status} from ${url}`);
  return answer;
}
