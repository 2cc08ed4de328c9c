/* When the desk opens: the words that an earlier page could not save any more are put back. */

import { forget, leftBehind, whenLeft, write } from "./journal.js";
import { speak } from "./page.js";
import { assumeSent, changed, save } from "./saving.js";
import { AUTOSAVE, parcel } from "./sending.js";
import { fill, read, same } from "./words.js";

const note = document.querySelector("#restored");

forgetDecided().then(restore);

/* After a conflict that was decided on a page of its own. */
async function forgetDecided() {
  const address = new URL(location);
  if (!address.searchParams.has("saved")) return;
  await forget(address.searchParams.get("saved"));
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
}

async function restore() {
  for (const { key } of await leftBehind()) await whenLeft(key, putBack);
}

async function putBack({ key, at, values, sent }) {
  if (!same(values, read())) {
    if (changed()) await save(AUTOSAVE);
    if (changed()) return; // what cannot be saved now is not to be mixed with this
    if (sent) {
      fill(sent);
      assumeSent(parcel(AUTOSAVE, read()));
    }
    fill(values);
    tell(`Your words from ${when(new Date(at))} that were not saved are back.`);
    await save(AUTOSAVE);
  }
  if (await write()) await forget(key); // what is not saved stands in this page's own entry
}

function when(moment) {
  const isToday = moment.toDateString() === new Date().toDateString();
  const date = isToday ? {} : { dateStyle: "long" };
  return moment.toLocaleString("en-GB", { timeStyle: "short", ...date });
}

function tell(said) {
  note.textContent = said;
  note.hidden = false;
  speak(said);
}
