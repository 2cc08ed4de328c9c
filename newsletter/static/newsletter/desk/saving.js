/* Saving without leaving the page, by key and by itself, one save after the other. */

import * as journal from "./journal.js";
import { form, say, show, whenTypingRests } from "./page.js";
import { AUTOSAVE, KEPT, parcel, send } from "./sending.js";
import { tell } from "./trouble.js";
import { remember } from "./undoing.js";
import { asSent, fill, read, same } from "./words.js";

const pause = 2000;
const longest = 10_000;

let saved = "unsaved" in form.dataset ? {} : asSent();
let told = false; // that there is something to save
let unanswered; // a save of which nobody knows yet whether it arrived
let leaving = false;
let composing = false; // with an input method, which does not bear that words change around it

export const changed = () => !same(read(), saved);

/* Whether one's own words are on their way, so that those of others have to wait. */
export const busy = () => composing || Boolean(unanswered) || changed();

form.addEventListener("compositionstart", () => (composing = true));
form.addEventListener("compositionend", () => (composing = false));

journal.keepJournal(changed, () => unanswered?.values);
whenTypingRests(pause, () => save(AUTOSAVE), longest);

// Comparing all words at each key would be felt: it waits until typing rests.
form.addEventListener("input", () => {
  if (!told) show("Not saved yet");
  told = true;
});

// Typed before this script was here.
if (!("unsaved" in form.dataset) && changed()) form.dispatchEvent(new InputEvent("input"));

addEventListener("beforeunload", (event) => {
  if (!leaving && (changed() || form.elements.cover_file.files.length)) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save(KEPT);
});

/* One after the other: each save begins from the revision that the one before it made. */
let saving = Promise.resolve();
export function save(kind) {
  saving = saving.catch(() => {}).then(() => saveNow(kind));
  return saving;
}

/* What an earlier page sent without hearing of it, before it had the words that are here now. */
export function assumeSent(one) {
  unanswered = one;
}

/* Once the server can be reached again. */
export function saveAgain() {
  if (unanswered) save(AUTOSAVE);
}

async function saveNow(kind) {
  if (kind === KEPT && form.elements.cover_file.files.length) return sendAsForm();
  // What may have arrived is sent again as it was, so that the server knows it again.
  if (unanswered && !(await deliver(unanswered))) return;
  if (kind === AUTOSAVE && !changed()) return rest();
  await deliver(parcel(kind, read()));
}

async function deliver(one) {
  if (one.kind === KEPT && one !== unanswered) say("Saving …");
  unanswered = one;
  journal.write();
  let result;
  try {
    result = await send(one);
  } catch {
    result = { unreachable: true };
  }
  const { said, unreachable, loggedOut, gone } = result;
  if (!unreachable && !loggedOut) unanswered = undefined;
  if (said) settle(one, said);
  else if (!unanswered && !gone && one.kind === KEPT) sendAsForm();
  else tell(result, sendAsForm);
  return Boolean(said);
}

function settle(one, said) {
  saved = one.values;
  told = false;
  if (busy()) beginFrom({ base: said.base });
  else takeIn({ base: said.base, ...said });
  journal.write();
  if (one.kind === KEPT) say(said.saved);
  else show(said.saved);
}

/* What others saved, where there is nothing of one's own that is not saved. */
export function takeIn({ base, post, news }) {
  told = true; // that the words change is no news to save
  beginFrom({ base: news?.base ?? base }, { ...saved, ...post });
  const takeOver = () => fill({ ...post, ...news?.words });
  if (news) remember(base, takeOver);
  else takeOver();
  saved = read();
  told = false;
  if (news) form.dispatchEvent(new CustomEvent("news", { detail: news }));
}

function beginFrom(values, post = saved) {
  fill(values);
  for (const [name, value] of Object.entries(post)) {
    if (form.elements[`initial-${name}`]) form.elements[`initial-${name}`].value = value;
  }
}

function rest() {
  journal.write();
  if (told) show("All saved");
  told = false;
}

/* What needs a page of its own, a conflict or a mistake, comes as one: the form goes the plain way. */
function sendAsForm() {
  leaving = true;
  journal.write();
  form.submit();
}
