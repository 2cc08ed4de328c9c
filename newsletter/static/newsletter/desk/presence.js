/* Who else has this post open. Each page says every few seconds that it is there, hears what
   the others saved meanwhile, and takes it in where it has nothing unsaved itself. */

import { token } from "../paste.js";
import { form, speak } from "./page.js";
import { busy, saveAgain, takeIn } from "./saving.js";
import { inTime, renewToken } from "./sending.js";

const every = 10_000;
const quiet = 60_000; // how long news stand there, and until the next are spoken

const list = new Intl.ListFormat(document.documentElement.lang);
const company = document.querySelector("#company");

let others = "";
let newsAt = 0;
let running = false;

setInterval(beat, every);
addEventListener("focus", beat);
addEventListener("online", beat);
beat();

async function beat() {
  if (running) return;
  running = true;
  const base = form.elements.base.value;
  try {
    let answer = await askWith(base);
    if (answer.status === 403 && !(await renewToken())) answer = await askWith(base);
    if (answer.redirected) return;
    if (answer.ok) hear(await answer.json(), base);
    saveAgain();
  } catch {
    // Who types is told when a save fails; who only reads misses nothing.
  } finally {
    running = false;
  }
}

function askWith(base) {
  return fetch(form.dataset.presence, {
    method: "POST",
    headers: { "X-CSRFToken": token() },
    body: new URLSearchParams({ base }),
    signal: inTime(),
  });
}

function hear(said, base) {
  meet(said.others);
  // Saved or typed in the meantime: then the next save brings the words together.
  if (form.elements.base.value === base && !busy()) takeIn({ base, ...said });
}

function meet(names) {
  const now = list.format(names);
  const here = now && `${now} ${names.length > 1 ? "are" : "is"} here, too.`;
  if (now !== others) speak(here || `${others} left.`);
  if (now !== others || Date.now() - newsAt > quiet) company.textContent = here;
  others = now;
}

form.addEventListener("news", ({ detail }) => {
  const said = `What ${detail.by} saved a moment ago is in your text.`;
  company.textContent = said;
  if (Date.now() - newsAt > quiet) speak(said);
  newsAt = Date.now();
});
