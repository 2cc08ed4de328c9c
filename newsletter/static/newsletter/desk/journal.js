/* The journal: what is not saved yet, kept in this browser until the server has it. Each open
   page keeps an entry of its own, so that two of them never write over each other. */

import { form, say, whenTypingRests } from "./page.js";
import { read } from "./words.js";

const pause = 1000;
const folder = `${form.dataset.journal}/`;
const own = folder + crypto.getRandomValues(new Uint32Array(2)).join("");

let unsaved = () => false;
let works = true;

/* From now on; `changed` says whether there is anything that the server has not. */
export function keepJournal(changed) {
  unsaved = changed;
  form.elements.journal.value = own;
  whenTypingRests(pause, write, pause);
  addEventListener("pagehide", write);
}

/* Whether it could. */
export function write() {
  try {
    if (unsaved()) localStorage.setItem(own, JSON.stringify({ at: Date.now(), values: read() }));
    else localStorage.removeItem(own);
    return true;
  } catch {
    if (works) say("This browser keeps no copy of what is not saved yet, so save often.");
    works = false;
    return false;
  }
}

/* What other pages of this post left behind, the earliest first. */
export function leftBehind() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(folder) && key !== own);
    const entries = keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
    return entries.sort((one, other) => one.at - other.at);
  } catch {
    return [];
  }
}

export function forget(key) {
  localStorage.removeItem(key);
}
