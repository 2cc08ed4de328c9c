/* Undo takes back what others wrote, too, where it came in between. That is not to delete it: who
   is back at what the text was then begins from what it began from then, and the next save brings
   both together again. */

import { form, text } from "./page.js";

const most = 50;

let past = []; // what the text was before words of others came, and which revision that began from

/* `takeIn` puts them into the text, in one step or several. */
export function remember(base, takeIn) {
  const note = () => past.push({ words: text.value, base });
  note();
  form.addEventListener("input", note);
  takeIn();
  form.removeEventListener("input", note);
  past = past.filter(({ words }) => words !== text.value).slice(-most);
}

form.addEventListener("input", ({ inputType }) => {
  if (inputType !== "historyUndo") return;
  const then = past.findLast(({ words }) => words === text.value);
  if (then) form.elements.base.value = then.base;
});
