/* Pictures that are chosen, dropped or pasted: asked for their description, then in the text. */

import { token } from "../paste.js";
import { answered, ask, whileOpen } from "./asking.js";
import { insertBlock } from "./inserting.js";
import { text } from "./page.js";

const dialog = document.querySelector("#picture");
const pictureForm = dialog.querySelector("form");
const problem = document.querySelector("#picture-error");
const which = document.querySelector("#picture-which");

let waiting = []; // several at once are asked for one after the other
let several = 0;

export function askForPicture(files = []) {
  waiting = [...files].filter(isPicture);
  several = waiting.length;
  describe(waiting.shift());
}

export function isPicture(file) {
  return file.type.startsWith("image/");
}

document.querySelector("#add-picture").addEventListener("click", () => askForPicture());

text.addEventListener("paste", askForPasted, { capture: true }); // before its markup is kept

function askForPasted(event) {
  const { files } = event.clipboardData;
  if (![...files].some(isPicture) || isOfWords(event.clipboardData)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  askForPicture(files);
}

/* A table and a page of a word processor bring a picture of themselves, too. */
function isOfWords(clipboard) {
  return clipboard.types.includes("text/html") && clipboard.getData("text/plain").trim();
}

dialog.addEventListener("close", () => waiting.length && describe(waiting.shift()));

function describe(file) {
  pictureForm.reset();
  problem.textContent = "";
  which.textContent = several > 1 ? `Picture ${several - waiting.length} of ${several}: ${file.name}` : "";
  ask(dialog);
  if (!file) return;
  const one = new DataTransfer();
  one.items.add(file);
  pictureForm.elements.picture.files = one.files;
  pictureForm.elements.alt.focus();
}

pictureForm.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "cancel") return;
  event.preventDefault();
  problem.textContent = "";
  const signal = whileOpen();
  try {
    const answer = await fetch(pictureForm.dataset.url, {
      signal,
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new FormData(pictureForm),
    });
    const said = await answer.json();
    if (said.error) {
      problem.textContent = said.error;
      return;
    }
    answered(dialog);
    insertBlock(said.markdown);
  } catch {
    if (!signal.aborted) problem.textContent = "The picture could not be sent. Try again.";
  }
});
