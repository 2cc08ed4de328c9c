/* Pictures dragged into the text: a line shows after which paragraph they will stand. */

import { lineAt } from "./inserting.js";
import { characterAt, rectsOf } from "./mirror.js";
import { text } from "./page.js";
import { askForPicture, isPicture } from "./pictures.js";

const landing = document.querySelector("#landing");

let at = null; // the end of the line that is under the pointer

text.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  const [, end] = lineAt(characterAt(event.clientX, event.clientY) ?? text.selectionEnd);
  if (end === at) return;
  at = end;
  const { y, height } = rectsOf(end)[0];
  landing.style.setProperty("--y", `${y + height}px`);
  landing.hidden = false;
});

text.addEventListener("dragleave", leave);

text.addEventListener("drop", (event) => {
  const files = [...event.dataTransfer.files];
  const end = at;
  leave();
  if (!files.length) return;
  event.preventDefault();
  if (!files.some(isPicture)) return;
  text.setSelectionRange(end, end);
  askForPicture(files);
});

function leave() {
  at = null;
  landing.hidden = true;
}
