/* Saving without leaving the page, one save after the other. */

import { form, say } from "./page.js";

export const asSent = () => new URLSearchParams(new FormData(form)).toString();
let asSaved = asSent();
let leaving = false;
export const changed = () => asSent() !== asSaved;

addEventListener("beforeunload", (event) => {
  if (!leaving && changed()) event.preventDefault();
});

form.addEventListener("input", () => changed() && say("Not saved yet"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    if (form.reportValidity()) save();
  }
});

/* One after the other: each save begins from the revision that the one before it made. */
let saving = Promise.resolve();
function save() {
  saving = saving.then(saveNow);
}

async function saveNow() {
  if (form.elements.cover_file.files.length) return sendAsForm();
  const sent = asSent();
  say("Saving …");
  try {
    const answer = await send();
    if (answer.redirected) return tellLoggedOut(answer.url);
    if (answer.status === 400 || answer.status === 409) return sendAsForm();
    if (!answer.ok) throw new Error(`${answer.status}`);
    const said = await answer.json();
    form.elements.base.value = said.base;
    asSaved = sent.replace(/(^|&)base=\d*/, `$1base=${said.base}`);
    say(said.saved);
  } catch {
    say("Not saved: the site does not answer as it should. Your text is still here.");
  }
}

async function send(retry = true) {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "X-Saved-By": "script" },
    body: new FormData(form),
  });
  if (answer.status !== 403 || !retry) return answer;
  // Who logged in anew in another tab has another token now.
  const page = await fetch(form.action);
  if (page.redirected || !page.ok) return page;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const name = "csrfmiddlewaretoken";
  form.elements[name].value = fresh.querySelector(`#desk [name=${name}]`).value;
  return send(false);
}

function tellLoggedOut(address) {
  const link = Object.assign(document.createElement("a"), {
    href: address,
    target: "_blank",
    textContent: "Log in",
  });
  say("Not saved, you are logged out. ", link, " and save again.");
}

/* What needs a page of its own, a conflict or a mistake, comes as one: the form goes the plain way. */
function sendAsForm() {
  leaving = true;
  form.submit();
}
