/* Dialogs that ask for what is to be put into the text: it goes where the caret was. A browser
   gives the focus back when one closes, but not always the caret. */

import { text } from "./page.js";

let caret = null;

for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", goBack);

export function ask(dialog) {
  caret = [text.selectionStart, text.selectionEnd];
  dialog.showModal();
}

export function answered(dialog) {
  dialog.close();
  goBack();
}

function goBack() {
  if (caret) text.setSelectionRange(...caret);
  caret = null;
}
