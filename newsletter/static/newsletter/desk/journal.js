/* The journal: what is not saved yet, kept in this browser until the server has it. Each open
   page keeps an entry of its own, so that two of them never write over each other. */

import { ask, claim } from "./entries.js";
import { form, say, whenTypingRests } from "./page.js";
import { read } from "./words.js";

const pause = 1000;
const patience = 3000;
const folder = `${form.dataset.journal}/`;
const own = folder + crypto.getRandomValues(new Uint32Array(2)).join("");

let unsaved = () => false;
let underway = () => undefined;
let works = true;

/* From now on; `changed` says whether there is anything that the server has not, and `sent` which
   words are on their way there. */
export function keepJournal(changed, sent) {
  [unsaved, underway] = [changed, sent];
  claim(own);
  form.elements.journal.value = own;
  whenTypingRests(pause, write, pause);
  // Not when the page goes: then it is too late to wait for a database.
  addEventListener("beforeunload", write);
  addEventListener("visibilitychange", write);
}

/* Whether it could. */
export async function write() {
  const entry = unsaved() && { key: own, at: Date.now(), values: read(), sent: underway() };
  try {
    await ask("readwrite", (entries) => (entry ? entries.put(entry) : entries.delete(own)));
    return true;
  } catch {
    if (works) say("This browser keeps no copy of what is not saved yet, so save often.");
    works = false;
    return false;
  }
}

/* What other pages of this post left behind, the earliest first. */
export async function leftBehind() {
  const range = IDBKeyRange.bound(folder, `${folder}~`);
  const entries = await ask("readonly", (entries) => entries.getAll(range)).catch(() => []);
  return entries.filter(({ key }) => key !== own).sort((one, other) => one.at - other.at);
}

/* What another page still writes is its own; one that is just being left has a moment to go. What
   it wrote in that moment counts, and what another one put back meanwhile is not there any more. */
export async function whenLeft(key, callback) {
  const take = async () => {
    const entry = await ask("readonly", (entries) => entries.get(key)).catch(() => {});
    if (entry) await callback(entry);
  };
  if (!navigator.locks) return take(); // there are none without https
  const signal = AbortSignal.timeout(patience);
  return navigator.locks.request(key, { signal }, take).catch((error) => {
    if (error !== signal.reason) throw error;
  });
}

export async function forget(key) {
  await ask("readwrite", (entries) => entries.delete(key)).catch(() => {});
}
