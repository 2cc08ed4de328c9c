/* What is decided between two texts is kept as it is typed: in the journal's entry of the desk that
   it came from, which shows it again where the decision never arrived. */

import { ask, claim } from "./entries.js";

const form = document.querySelector(".conflict");
const key = form.elements.journal?.value;
const pause = 1000;

let waiting;

if (key) {
  claim(key);
  form.addEventListener("input", () => (waiting ??= setTimeout(keep, pause)));
}

function keep() {
  waiting = undefined;
  const fields = [...form.querySelectorAll("textarea")];
  const written = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return ask("readwrite", (entries) => {
    const found = entries.get(key);
    found.onsuccess = () => {
      const entry = found.result;
      if (entry) entries.put({ ...entry, values: { ...entry.values, ...written } });
    };
    return found;
  }).catch(() => {}); // the desk has told that there is no journal
}
