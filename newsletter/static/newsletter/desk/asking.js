/* Dialogs that ask for what is to be put into the text: it goes where the caret was. A browser
   gives the focus back when one closes, but not always the caret. */

import { form, text } from "./page.js";

let caret = null;
let asking = new AbortController();

for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", goBack);

// The words around it may have moved, with what others saved.
form.addEventListener("news", () => (caret &&= [text.selectionStart, text.selectionEnd]));

export function ask(dialog) {
  caret = [text.selectionStart, text.selectionEnd];
  asking = new AbortController();
  dialog.showModal();
}

/* Aborted once the dialog is closed: what the site answers after that is not wanted any more. */
export const whileOpen = () => asking.signal;

export function answered(dialog) {
  dialog.close();
  goBack();
}

function goBack() {
  asking.abort();
  if (caret) text.setSelectionRange(...caret);
  caret = null;
}
