/* Keys and buttons that write into the text, and Enter in the title. */

import { insert, keepMarkup } from "../paste.js";
import { text } from "./page.js";

/* Titles are one line, however long: Enter goes on to the next field. */
document.querySelectorAll("#id_title, #id_subtitle").forEach((field, index) =>
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (index === 0 ? document.querySelector("#id_subtitle") : text).focus();
  }),
);

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
