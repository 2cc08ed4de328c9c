/* The desk: saving without leaving the page, the live preview, jumping to a line, pictures.
   Without it the form saves as forms do, and the preview shows what was saved. */

import { insert, keepMarkup, token } from "./paste.js";

const form = document.querySelector("#desk");
const text = document.querySelector("#id_body");
const frame = document.querySelector("#preview");
const saved = document.querySelector("#saved");
const pause = 500; // ms without a key before the preview follows

/* --- saving ------------------------------------------------------------------------------- */

const leftPage = () => new URLSearchParams(new FormData(form)).toString();
let asSaved = leftPage();
let leaving = false;
const changed = () => leftPage() !== asSaved;

addEventListener("beforeunload", (event) => {
  if (!leaving && changed()) event.preventDefault();
});

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
  const sent = leftPage();
  saved.textContent = "Saving …";
  try {
    const answer = await send();
    if (answer.redirected) return tellLoggedOut(answer.url);
    if (answer.status === 400 || answer.status === 409) return sendAsForm();
    if (!answer.ok) throw new Error(`${answer.status}`);
    const said = await answer.json();
    form.elements.base.value = said.base;
    asSaved = sent.replace(/(^|&)base=\d*/, `$1base=${said.base}`);
    saved.textContent = said.saved;
  } catch {
    saved.textContent = "Not saved: the site does not answer as it should. Your text is still here.";
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
  saved.replaceChildren("Not saved, you are logged out. ", link, " and save again.");
}

/* What needs a page of its own, a conflict or a mistake, comes as one: the form goes the plain way. */
function sendAsForm() {
  leaving = true;
  form.submit();
}

/* --- the preview -------------------------------------------------------------------------- */

let waiting;
let running;
let face = "web";

form.addEventListener("input", () => {
  if (changed()) saved.textContent = "Not saved yet";
  clearTimeout(waiting);
  waiting = setTimeout(refresh, pause);
});

document.querySelectorAll(".preview .tabs a").forEach((tab) =>
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(".preview .tabs [aria-current]").removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    face = tab.pathname.split("/").at(-2);
    frame.contentWindow.location.replace(tab.href);
  }),
);

// A face is loaded as it was saved; then it follows what is written since.
frame.addEventListener("load", () => changed() && refresh());

async function refresh() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview.replace("/web/", `/${face}/`), {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok) return;
    const said = await answer.json();
    showIn(frame.contentDocument, said.face);
    document.querySelector("#checks").innerHTML = said.checks;
  } catch (error) {
    if (error.name !== "AbortError") saved.textContent = "The preview does not answer.";
  }
}

/* Into the page that is there, not a new one: it stays where the reader had scrolled to. */
function showIn(page, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  page.body.replaceWith(page.adoptNode(fresh.body));
}

/* --- finding the way ---------------------------------------------------------------------- */

document.querySelector("#checks").addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (place) goTo(Number(place.dataset.line));
});

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const end = start + lines[line - 1].length;
  text.focus();
  // A browser scrolls to where a text ends, so it is told in two steps.
  text.setSelectionRange(start, start);
  text.blur();
  text.focus();
  text.setSelectionRange(start, end);
}

/* Titles are one line, however long: Enter goes on to the next field. */
document.querySelectorAll("#id_title, #id_subtitle").forEach((field, index) =>
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (index === 0 ? document.querySelector("#id_subtitle") : text).focus();
  }),
);

/* --- what goes into the text -------------------------------------------------------------- */

keepMarkup(text);

text.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  const button = document.querySelector(`.tools [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.querySelector("#add-blank").addEventListener("click", () => {
  const gap = text.selectionStart > 0 ? "\n\n" : "";
  insert(text, `${gap}[blank: ]\n\n`);
  text.setSelectionRange(text.selectionStart - 3, text.selectionStart - 3);
});

const dialog = document.querySelector("#picture");
const pictureForm = dialog.querySelector("form");
const problem = document.querySelector("#picture-error");

document.querySelector("#add-picture").addEventListener("click", () => askForPicture());

function askForPicture(files) {
  pictureForm.reset();
  problem.textContent = "";
  if (files) pictureForm.elements.picture.files = files;
  dialog.showModal();
  if (files) pictureForm.elements.alt.focus();
}

for (const happening of ["paste", "drop"]) {
  text.addEventListener(happening, (event) => {
    const files = (event.clipboardData ?? event.dataTransfer).files;
    if (!files.length || !files[0].type.startsWith("image/")) return;
    event.preventDefault();
    askForPicture(files);
  });
}

pictureForm.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "cancel") return;
  event.preventDefault();
  problem.textContent = "";
  try {
    const answer = await fetch(pictureForm.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new FormData(pictureForm),
    });
    const said = await answer.json();
    if (said.error) {
      problem.textContent = said.error;
      return;
    }
    dialog.close();
    insert(text, `\n\n${said.markdown}\n\n`);
  } catch {
    problem.textContent = "The picture could not be sent. Try again.";
  }
});

/* The cover's description begins as that of the picture it is. */
form.querySelectorAll("[name=cover]").forEach((cover) =>
  cover.addEventListener("change", () => {
    const known = [...form.querySelectorAll("[name=cover]")].map((other) => other.dataset.alt ?? "");
    const written = form.elements.cover_alt.value;
    if (!written || known.includes(written)) form.elements.cover_alt.value = cover.dataset.alt ?? "";
  }),
);
