/* When the desk opens: the words that an earlier page could not save any more are put back. */

import { forget, leftBehind, write } from "./journal.js";
import { speak } from "./page.js";
import { changed, save } from "./saving.js";
import { AUTOSAVE } from "./sending.js";
import { fill, read, same } from "./words.js";

const note = document.querySelector("#restored");
const time = new Intl.DateTimeFormat("en", { timeStyle: "short", hourCycle: "h23" });

const address = new URL(location);
if (address.searchParams.has("saved")) {
  // A conflict that was decided on a page of its own.
  forget(address.searchParams.get("saved"));
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
}

restore();

async function restore() {
  for (const { key, at, values } of leftBehind()) {
    if (!same(values, read())) {
      if (changed()) return; // the one before could not be saved yet, so this one has to wait
      fill(values);
      tell(`Your words from ${time.format(at)} that were not saved are back.`);
      await save(AUTOSAVE);
    }
    if (write()) forget(key); // from now on they stand in this page's own entry
  }
}

function tell(said) {
  note.textContent = said;
  note.hidden = false;
  speak(said);
}
