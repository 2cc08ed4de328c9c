/* The desk's page: what all its modules share. Each of them does one thing, and the page works
   without any of them: the form saves as forms do, and the preview shows what was saved. */

export const form = document.querySelector("#desk");
export const text = document.querySelector("#id_body");

const saved = document.querySelector("#saved");
const spoken = document.querySelector("#spoken");

/* What the editor should know of the text, in one line; nodes for what can be clicked. */
export function say(...said) {
  show(...said);
  speak(saved.textContent);
}

/* That words are not saved, which is seen wherever one writes. */
export function warn(...said) {
  say(...said);
  saved.classList.add("trouble");
}

/* The same for those who see it, where hearing it each time would be too much; but who heard that
   words are not saved hears that they are. What stands there already stays, with the focus that
   may be on it. */
export function show(...said) {
  const wasTrouble = saved.classList.contains("trouble");
  saved.classList.remove("trouble");
  const line = document.createElement("span");
  line.append(...said);
  if (line.textContent !== saved.textContent) saved.replaceChildren(...line.childNodes);
  if (wasTrouble) speak(saved.textContent);
}

export function speak(said) {
  if (spoken.textContent !== said) spoken.textContent = said;
}

/* Calls back when nothing was typed for so many milliseconds; while somebody types on and on,
   when it is `longest` since they began. */
export function whenTypingRests(pause, callback, longest = Infinity) {
  let waiting;
  let began;
  form.addEventListener("input", () => {
    began ??= Date.now();
    clearTimeout(waiting);
    const left = Math.max(0, began + longest - Date.now());
    waiting = setTimeout(() => {
      began = undefined;
      callback();
    }, Math.min(pause, left));
  });
}
