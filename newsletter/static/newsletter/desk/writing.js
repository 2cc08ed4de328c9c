/* Enter in the title, markup that is pasted, and the button that leaves a blank. */

import { keepMarkup } from "../paste.js";
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
