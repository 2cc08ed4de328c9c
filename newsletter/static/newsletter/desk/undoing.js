/* Undo takes back what others wrote, too, where it came in between. That is not to delete it: who
   is back at what the text was then begins from what it began from then, and the next save brings
   both together again. Who wants it after all begins from there again, too. */

import { form, text } from "./page.js";

const most = 50;

let past = []; // what the text was before words of others came, and which revision that began from
let undone = []; // the same, before one went back to such a past
let before;

/* `takeIn` puts them into the text, in one step or several. */
export function remember(base, takeIn) {
  const note = () => past.push({ words: text.value, base });
  note();
  form.addEventListener("input", note);
  takeIn();
  form.removeEventListener("input", note);
  past = past.filter(({ words }) => words !== text.value).slice(-most);
}

text.addEventListener("beforeinput", ({ inputType }) => {
  if (inputType === "historyUndo") before = { words: text.value, base: form.elements.base.value };
});

text.addEventListener("input", ({ inputType }) => {
  const steps = { historyUndo: past, historyRedo: undone }[inputType];
  if (!steps) undone = [];
  const then = steps?.findLast(({ words }) => words === text.value);
  if (!then) return;
  if (steps === past) undone.push(before);
  form.elements.base.value = then.base;
});
