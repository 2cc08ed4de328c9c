/* Focus mode: nothing but the text. It stays for the session, whichever post is open. */

import { bind } from "./keys.js";
import { text } from "./page.js";

const button = document.querySelector("#focus");
const name = "desk-focus";

button.addEventListener("click", () => focusOnText(!isOn()));
document.querySelector("#leave-focus").addEventListener("click", () => focusOnText(false));
bind("Escape", "Leave focus mode", () => isOn() && focusOnText(false));
if (sessionStorage.getItem(name)) focusOnText(true);

function isOn() {
  return document.body.classList.contains("focusing");
}

function focusOnText(on) {
  // What is around the text goes or comes: the line that is looked at stays where it is.
  const before = text.getBoundingClientRect().top;
  document.body.classList.toggle("focusing", on);
  button.setAttribute("aria-pressed", String(on));
  scrollBy({ top: text.getBoundingClientRect().top - before, behavior: "instant" });
  if (on) sessionStorage.setItem(name, "on");
  else sessionStorage.removeItem(name);
  text.focus({ preventScroll: true });
}
