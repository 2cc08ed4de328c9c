/* Enter in the title, markup that is pasted, and the button that makes a line a heading. */

import { insert, keepMarkup } from "../paste.js";
import { lineAt } from "./inserting.js";
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

/* Its signs go to where the line begins, wherever in it the caret is, or away again. */
document.querySelector("#make-heading").addEventListener("click", () => {
  const [start, end] = lineAt(text.selectionStart);
  const line = text.value.slice(start, end);
  const words = line.replace(/^#+ /, "");
  text.setSelectionRange(start, end);
  insert(text, words === line ? `## ${line}` : words);
});
