/* Picking a card up with Space: the arrows move it through the outline, Space puts it down, and
   Escape puts it back. A card of a column moves the place that it would go to. */

import { act, onBoard, tell } from "./acting.js";

let lifted = null; // { part, moving: the item that moves, home: what stood behind it }

export const isLifted = () => lifted !== null;

onBoard(() => (lifted = null));

const slot = () => document.querySelector("#slot");

/* The key of the row that stands before an item of the outline; "" at the beginning. */
export function keyBefore(item) {
  let before = item.previousElementSibling;
  while (before && !before.querySelector("[data-key]")) before = before.previousElementSibling;
  return before?.querySelector("[data-key]").dataset.key ?? "";
}

/* Where the next part goes, as the form sends it. */
export const slotAt = () => (slot().nextElementSibling ? keyBefore(slot()) : "end");

function tellForm() {
  document.querySelector("#board [name=after]").value = slotAt();
}

export function putSlot(row) {
  row.closest("li").after(slot());
  tellForm();
}

export function lift(part) {
  const moving = part.dataset.key ? part.closest("li") : slot();
  lifted = { part, moving, home: moving.nextElementSibling };
  part.classList.add("lifted");
  if (part.dataset.key) slot().hidden = true;
  tell(`${part.dataset.name} is picked up. ${whereIs(moving)}. Arrows move it, Space puts it down, Escape puts it back.`);
}

addEventListener(
  "keydown",
  (event) => {
    if (!lifted) return;
    const deed = { ArrowUp: up, ArrowDown: down, " ": put, Enter: put, Escape: back, Tab: back };
    if (!deed[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    deed[event.key]();
  },
  true,
);

const isShown = (item) => item && !item.hidden;

function up() {
  let before = lifted.moving.previousElementSibling;
  if (before && !isShown(before)) before = before.previousElementSibling;
  if (before) moved(() => before.before(lifted.moving));
}

function down() {
  let after = lifted.moving.nextElementSibling;
  if (after && !isShown(after)) after = after.nextElementSibling;
  if (after) moved(() => after.after(lifted.moving));
}

function moved(move) {
  move();
  lifted.part.focus(); // moving it in the page takes the focus away
  lifted.moving.scrollIntoView({ block: "nearest" });
  tell(whereIs(lifted.moving));
}

function whereIs(item) {
  const rows = [...item.parentElement.children].filter(isShown);
  const before = document.querySelector(`#rows [data-key="${CSS.escape(keyBefore(item))}"]`);
  const place = before ? `After ${before.dataset.name}` : "At the beginning";
  return `${place}, ${rows.indexOf(item) + 1} of ${rows.length}`;
}

function put() {
  const { part, moving } = lifted;
  const { key, status } = part.dataset;
  act(key ? `move ${key}` : `place ${status}`, { after: keyBefore(moving), focus: part.id });
}

function back() {
  const { part, moving, home } = lifted;
  lifted = null;
  document.querySelector("#rows").insertBefore(moving, home);
  part.classList.remove("lifted");
  slot().hidden = false;
  tellForm();
  part.focus();
  tell(`${part.dataset.name} is where it was.`);
}
