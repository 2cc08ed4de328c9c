/* The menu of blocks: a slash at the start of a line opens it, or its button; typing on filters. */

import { insert } from "../paste.js";
import { blocks } from "./blocks.js";
import { rectsOf } from "./mirror.js";
import { text } from "./page.js";

const list = document.querySelector("#blocks");
const said = document.querySelector("#blocks-said");
const options = blocks.map(optionOf);
list.append(...options);

let start = null; // where the words begin that filter it, while it is open
let end = 0;
let slash = 0; // how many signs before them go, too
let chosen = 0;

text.addEventListener("input", (event) => {
  if (start !== null) return filter();
  if (event.data !== "/" || event.isComposing) return;
  const at = text.selectionStart - 1;
  if (at === 0 || text.value[at - 1] === "\n") open(1);
});

text.addEventListener("keydown", (event) => {
  if (start === null || event.isComposing) return;
  const shown = options.filter((option) => !option.hidden);
  if (event.key === "ArrowDown") mark(chosen + 1);
  else if (event.key === "ArrowUp") mark(chosen - 1);
  else if (event.key === "Enter" || event.key === "Tab") take(shown[chosen]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});

text.addEventListener("blur", close);
document.addEventListener("selectionchange", () => text.selectionStart === end || close());
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));

document.querySelector("#add-block").addEventListener("click", () => {
  text.focus();
  text.setSelectionRange(text.selectionEnd, text.selectionEnd);
  open(0);
});

function open(signs) {
  const at = text.selectionStart;
  start = at;
  slash = signs;
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");
  filter();
  // Where the caret stands costs more than a key may, in a long text: the key is shown first.
  requestAnimationFrame(() => setTimeout(showAt, 0, at));
}

function showAt(at) {
  if (start !== at) return;
  list.hidden = false;
  const { x, y, height } = rectsOf(at - slash)[0];
  list.style.setProperty("--x", `${Math.max(0, Math.min(x, text.offsetWidth - list.offsetWidth))}px`);
  const bottom = text.getBoundingClientRect().top + y + height;
  const room = innerHeight - bottom;
  const above = room < list.offsetHeight && room < bottom; // or the page would grow for it
  list.classList.toggle("above", above);
  list.style.setProperty("--y", `${above ? y : y + height}px`);
  list.scrollIntoView({ block: "nearest" });
}

function close() {
  if (start === null) return;
  start = null;
  list.hidden = true;
  said.textContent = "";
  for (const name of ["haspopup", "controls", "autocomplete", "activedescendant"]) {
    text.removeAttribute(`aria-${name}`);
  }
}

function filter() {
  end = text.selectionStart;
  const typed = text.value.slice(start, end).toLowerCase();
  for (const option of options) option.hidden = !option.dataset.words.includes(typed);
  const shown = options.filter((option) => !option.hidden);
  if (end < start || !shown.length) return close();
  const many = `${shown.length} ${shown.length === 1 ? "block" : "blocks"}`;
  said.textContent = typed ? many : `${many}. Arrow keys choose, Enter takes, Escape closes.`;
  mark(Math.max(0, shown.findIndex(({ dataset }) => dataset.words.startsWith(typed))));
}

function mark(index) {
  const shown = options.filter((option) => !option.hidden);
  chosen = (index + shown.length) % shown.length;
  for (const option of options) option.setAttribute("aria-selected", String(option === shown[chosen]));
  text.setAttribute("aria-activedescendant", shown[chosen].id);
  shown[chosen].scrollIntoView({ block: "nearest" });
}

function take(option) {
  if (!option) return;
  text.setSelectionRange(start - slash, end);
  close();
  if (text.selectionStart < text.selectionEnd) insert(text, "");
  blocks[options.indexOf(option)].does();
}

function optionOf({ name, says, also }, index) {
  const option = document.createElement("li");
  option.id = `block-${index}`;
  option.role = "option";
  option.dataset.words = `${name} ${also}`.toLowerCase();
  const about = document.createElement("small");
  about.textContent = says;
  option.append(name, " ", about);
  return option;
}
