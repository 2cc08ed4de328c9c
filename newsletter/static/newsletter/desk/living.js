/* What changed at the source since the post was drafted: taken into the text, left, or looked at
   beside it, without leaving the desk. */

import { token } from "../paste.js";
import { close } from "./card.js";
import { goTo } from "./places.js";
import { ask, whenKnown } from "./origins.js";
import { form, say, text } from "./page.js";
import { busy, changed, save, takeIn } from "./saving.js";
import { AUTOSAVE, isJson } from "./sending.js";

const news = document.querySelector("#news");
const dialog = document.querySelector("#both");

let lines = {};

whenKnown(({ changes }) => (lines = changes));

const entryOf = (change) => news?.querySelector(`[data-change="${change}"]`);

export function changeCard(change) {
  const entry = entryOf(change);
  if (!entry) return ""; // it came while this page was open
  const card = entry.nextElementSibling.content.firstElementChild.cloneNode(true);
  card.addEventListener("click", ({ target }) => {
    const { value } = target.closest("button") ?? {};
    if (card.ariaBusy === "true") return;
    if (value === "both") showBoth(change, card);
    else if (value) settle(change, card, value);
  });
  return card;
}

news?.addEventListener("click", ({ target }) => {
  const { change } = target.closest("[data-change]")?.dataset ?? {};
  if (!change) return;
  if (lines[change]) goTo(lines[change]);
  showBoth(change, changeCard(change));
});

async function showBoth(change, card) {
  const sides = dialog.querySelector(".beside");
  const answer = await post(card.dataset.both, { body: text.value });
  sides.innerHTML = answer?.ok ? await answer.text() : "";
  const shown = changeCard(change);
  dialog.querySelector(".verdict").replaceChildren(shown);
  if (!dialog.open) dialog.showModal();
  return shown;
}

/* One's own words are saved first, so that none of them is lost. */
async function settle(change, card, verdict) {
  const refuse = (why) => {
    card.ariaBusy = "false";
    card.querySelector(".refusal").textContent = why;
  };
  card.ariaBusy = "true";
  if (changed()) await save(AUTOSAVE);
  if (changed()) return refuse("Your text could not be saved, so nothing was taken over.");
  const base = form.elements.base.value;
  const answer = await post(card.dataset.settle, { base, [verdict]: "1" });
  if (answer?.status === 404) return refuse("Somebody has decided this already. Load the page again.");
  if (!isJson(answer)) return refuse("The site does not answer as it should. Try again.");
  const said = await answer.json();
  if (said.refused) {
    card = await showBoth(change, card);
    return refuse(said.refused);
  }
  forget(change);
  text.focus({ preventScroll: true });
  // Who typed on meanwhile gets it with the next save, which brings both together.
  if (verdict === "take" && !busy() && form.elements.base.value === base) {
    takeIn({ base: said.base, post: { body: said.body } });
  }
  say(said.said);
  ask();
}

async function post(address, values) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
      body: new URLSearchParams(values),
    });
  } catch {
    return null;
  }
}

function forget(change) {
  dialog.close();
  close();
  const item = entryOf(change).closest("li");
  const { of } = item.dataset;
  item.remove();
  const left = news.querySelectorAll(`[data-of="${of}"]`).length;
  const flag = document.querySelector(`[data-thread="${of}"] .changed`);
  flag.textContent = left ? `, ${left} changed since` : "";
  if (!news.querySelector("li")) news.hidden = true;
}
