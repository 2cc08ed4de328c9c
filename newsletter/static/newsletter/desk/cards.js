/* Link cards: the server asks the page what it is. A lone address that was pasted can become one. */

import { insert, token } from "../paste.js";
import { answered, ask, whileOpen } from "./asking.js";
import { insertBlock, lineAt } from "./inserting.js";
import { bind } from "./keys.js";
import { rectsOf } from "./mirror.js";
import { say, text } from "./page.js";

const dialog = document.querySelector("#card");
const form = dialog.querySelector("form");
const problem = dialog.querySelector("#card-error");
const offer = document.querySelector("#offer-card");
const address = /^https?:\/\/\S+[ \t]*$/;

export function askForPage() {
  form.reset();
  problem.textContent = "";
  ask(dialog);
}

form.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "cancel") return;
  event.preventDefault();
  problem.textContent = "Asking the page …";
  const signal = whileOpen();
  const { error, markdown, said } = await cardOf(form.elements.url.value, signal);
  if (signal.aborted) return;
  problem.textContent = error ?? "";
  if (error) return;
  answered(dialog);
  insertBlock(markdown);
  if (said) say(said);
});

bind("Alt+Enter", "Link card of the address in this line", () => makeOfLine(), text);
offer.addEventListener("pointerdown", (event) => event.preventDefault());
offer.addEventListener("click", makeOfLine);
for (const happening of ["blur", "input"]) text.addEventListener(happening, () => (offer.hidden = true));

text.addEventListener("paste", ({ clipboardData }) => {
  const [start, end] = lineAt(text.selectionStart);
  if (start !== end || !address.test(clipboardData.getData("text/plain").trim())) return;
  // It is pasted as ever; what it could be is only offered, once it is there.
  text.addEventListener("input", () => queueMicrotask(showOffer), { once: true });
});

function showOffer() {
  if (!addressHere()) return;
  const { y, height } = rectsOf(text.selectionStart)[0];
  offer.style.setProperty("--y", `${y + height}px`);
  offer.hidden = false;
  offer.scrollIntoView({ block: "nearest" });
}

function makeOfLine() {
  offer.hidden = true;
  const url = addressHere();
  if (!url) return false;
  replaceByCard(url);
}

function addressHere() {
  const line = text.value.slice(...lineAt(text.selectionStart));
  return address.test(line) ? line : "";
}

async function replaceByCard(url) {
  say("Asking the page …");
  const { error, markdown, said } = await cardOf(url);
  if (error || said) return say(error ?? said);
  // The text may have been written on while the page was asked.
  const start = `\n${text.value}\n`.indexOf(`\n${url}\n`);
  if (start === -1) return;
  typeOver(start, start + url.length, markdown);
  say("The address is a card now.");
}

/* Who writes elsewhere by now goes on there. */
function typeOver(start, end, words) {
  const field = document.activeElement;
  const [from, to] = [text.selectionStart, text.selectionEnd];
  text.setSelectionRange(start, end);
  insert(text, words);
  const moved = (place) => (place <= start ? place : Math.max(place, end) + words.length - (end - start));
  text.setSelectionRange(moved(from), moved(to));
  field.focus({ preventScroll: true });
}

async function cardOf(url, signal) {
  try {
    const answer = await fetch(dialog.dataset.url, {
      signal,
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ url }),
    });
    return await answer.json();
  } catch {
    return { error: "The site does not answer. Try again." };
  }
}
