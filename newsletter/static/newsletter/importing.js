/* The import pages: the box for pasted text, what the bookmarklet brings, the size of an
   upload, and the cursor that says where to split. Without it the same forms work. */

import { insert, keepMarkup, toMarkdown } from "./paste.js";

const box = document.querySelector("#id_text");
const markdown = document.querySelector("#id_markdown");

if (box) {
  keepMarkup(box, () => (markdown.checked = true));
  takeArrival();
  addEventListener("hashchange", takeArrival);
}

/* What stands after the # came from another page, so it is text to look at and nothing more. */
async function takeArrival() {
  const brought = new URLSearchParams(location.hash.slice(1));
  if (!brought.has("html")) return;
  history.replaceState(null, "", location.pathname);
  const note = document.querySelector("#arrived");
  note.hidden = false;
  note.textContent = "Reading what you selected …";
  try {
    insert(box, await toMarkdown(box.dataset.paste, brought.get("html")));
    markdown.checked = true;
    note.textContent = `Selected on “${brought.get("title")}”. Nothing is saved yet.`;
  } catch {
    note.textContent = "The selection could not be read. Copy it there and paste it here.";
  }
  const from = brought.get("url") ?? "";
  if (/^https?:\/\//.test(from)) document.querySelector("#id_url").value = from;
}

const mark = document.querySelector(".bookmarklet");
mark?.addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector("#drag-help").textContent =
    "It works from your bookmarks: drag it there, or use the way below.";
});

const upload = document.querySelector("form[data-limit]");
upload?.addEventListener("submit", (event) => {
  const file = upload.elements.archive.files[0];
  const tooLarge = file && file.size > Number(upload.dataset.limit);
  document.querySelector("#archive-error").textContent = tooLarge ? upload.dataset.tooLarge : "";
  upload.elements.archive.setAttribute("aria-invalid", String(Boolean(tooLarge)));
  if (tooLarge) event.preventDefault();
  else upload.querySelector("button").textContent = "Uploading …";
});

/* Splitting happens where the cursor is: counted in characters, as the server counts. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[name=split]");
  const text = button?.closest(".part").querySelector("textarea");
  if (!text) return;
  const before = text.value.slice(0, text.selectionStart);
  button.form.elements.caret.value = [...before].length;
});

/* After a correction the parts are new elements: the reader's place is kept by number. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.id !== "cuts" || !button || button.name === "save" || !window.htmx) return;
  event.preventDefault();
  const place = Number(button.value) - (button.name === "join" ? 1 : 0);
  window.htmx
    .ajax("POST", form.action, {
      source: form,
      target: "#cuts",
      select: "#cuts",
      swap: "outerHTML",
      values: { [button.name]: button.value },
    })
    .then(() => (document.querySelector(`#part-${place}`) ?? document.querySelector("#parts-heading")).focus());
});
