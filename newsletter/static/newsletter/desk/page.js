/* The desk's page: what all its modules share. Each of them does one thing, and the page works
   without any of them: the form saves as forms do, and the preview shows what was saved. */

export const form = document.querySelector("#desk");
export const text = document.querySelector("#id_body");

const saved = document.querySelector("#saved");

/* What the editor should know of the text, in one line; nodes for what can be clicked. */
export function say(...said) {
  saved.replaceChildren(...said);
}

/* Calls back when nothing was typed for so many milliseconds. */
export function whenTypingRests(pause, callback) {
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(callback, pause);
  });
}
