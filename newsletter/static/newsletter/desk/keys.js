/* The keys of the desk. One table binds them, and the list of shortcuts is made from it. */

import { ask } from "./asking.js";

const table = [];
const onMac = navigator.platform.startsWith("Mac"); // there Control moves the caret
const shown = { Control: onMac ? "⌘" : "Ctrl", Alt: onMac ? "⌥" : "Alt", Escape: "Esc" };
const dialog = document.querySelector("#keys");

/* `keys` as aria-keyshortcuts writes them. What `does` it answers false where there was nothing
   to do, and the key goes on to the browser. With a `field`, the key counts only in there. */
export function bind(keys, says, does, field) {
  table.push({ keys, says, does, field });
}

/* A button that names its keys in the page is pressed by them, and says so. */
for (const button of document.querySelectorAll("button[data-keys]")) {
  const { keys, field } = button.dataset;
  const says = button.title || button.textContent.trim();
  bind(keys, says, () => button.click(), field && document.getElementById(field));
  button.setAttribute("aria-keyshortcuts", keys);
  button.title = `${says} (${inWords(keys)})`;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog:modal")) return;
  const pressed = keysOf(event);
  const meant = table.filter(({ keys, field }) => keys === pressed && isMeant(keys, field, event));
  if (meant.some(({ does }) => does() !== false)) event.preventDefault();
});

document.querySelector("#show-keys").addEventListener("click", () => {
  const rows = table.map(({ keys, says }) => {
    const row = document.createElement("div");
    row.append(element("dt", element("kbd", inWords(keys))), element("dd", says));
    return row;
  });
  const list = dialog.querySelector("dl");
  list.replaceChildren(list.firstElementChild, ...rows);
  ask(dialog);
});

bind("?", "This list, outside of fields", () => document.querySelector("#show-keys").click());

function isMeant(keys, field, { target }) {
  if (field && field !== target) return false;
  // A sign alone is a key only where it would write nothing.
  return keys.length > 1 || !target.closest("input:not([type=radio], [type=checkbox]), textarea");
}

function keysOf(event) {
  const isLetter = /^\p{L}$/u.test(event.key);
  const isSign = event.key.length === 1 && !isLetter;
  const held = [
    (onMac ? event.metaKey : event.ctrlKey) && "Control",
    event.altKey && "Alt",
    event.shiftKey && !isSign && "Shift", // where a sign is typed with it depends on the keyboard
  ];
  const key = isLetter && held.some(Boolean) ? latin(event) : event.key;
  return [...held, key].filter(Boolean).join("+");
}

/* The letter of a key, on keyboards for other scripts the one that is printed beside it. */
function latin({ key, code }) {
  return /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace("Key", "");
}

export function inWords(keys) {
  return keys.split("+").map((key) => shown[key] ?? key).join("+");
}

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}
