/* The keys of a card; they do what its buttons do. */

import { act, tell } from "./acting.js";
import { current, isCard, neighbour } from "./cards.js";
import { isLifted, keyBefore, lift, putSlot, slotAt } from "./lifting.js";

const field = "input:not([type=checkbox]), textarea";

addEventListener("keydown", (event) => {
  if (event.altKey || isLifted() || event.target.matches(field)) return leave(event);
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === "z" && !event.shiftKey) done(event, () => act("undo"));
    return;
  }
  if (event.key === "Escape") return closeSplit(event);
  if (!isCard(event.target)) return;
  const next = neighbour(event.target, event.key);
  if (next) return done(event, () => next.focus());
  const verbs = event.target.dataset.key ? ofRow : ofCard;
  const verb = verbs[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (verb) done(event, () => verb(event.target));
});

function done(event, deed) {
  event.preventDefault();
  deed();
}

/* Out of a heading's words, back to its row or to where one came from. */
function leave(event) {
  if (event.key !== "Escape" || isLifted()) return;
  (event.target.closest(".part") ?? current())?.focus();
}

const ofCard = {
  Enter: (card) => press(card, "place") || tell(`${card.dataset.name} is placed already.`),
  " ": (card) => (button(card, "place") ? lift(card) : tell(`${card.dataset.name} is placed already.`)),
  Delete: (card) => press(card, "drop"),
  h: () => writeHeading(slotAt()),
};

const ofRow = {
  Enter: (row) => {
    putSlot(row);
    tell(`Parts are placed after ${row.dataset.name} now.`);
  },
  " ": lift,
  Delete: (row) => press(row, "remove"),
  s: openSplit,
  j: (row) =>
    press(row, "join") || press(row, "part_again") || tell("There is no part right before it."),
  h: (row) => {
    const own = row.querySelector("input");
    if (own) own.select();
    else writeHeading(keyBefore(row.closest("li")));
  },
};

const button = (part, verb) => part.querySelector(`button[value^="${verb} "]`);

function press(part, verb) {
  const found = button(part, verb);
  if (found) act(found.value);
  return Boolean(found);
}

function openSplit(row) {
  const split = row.querySelector("details");
  if (!split) return tell(`${row.dataset.name} is one sentence.`);
  split.open = true;
  split.querySelector("button").focus();
}

function closeSplit(event) {
  const split = event.target.closest?.("details.split");
  if (!split) return;
  split.open = false;
  split.closest(".part").focus();
}

function writeHeading(after) {
  document.querySelector("#board [name=after]").value = after;
  const heading = document.querySelector("#new-heading");
  heading.focus();
  tell("Write the heading, then press Enter.");
}
