/* Dragging cards into the outline, and rows within it. */

import { act, onBoard } from "./acting.js";
import { keyBefore } from "./lifting.js";

const { Sortable } = window;
const moves = matchMedia("(prefers-reduced-motion: no-preference)").matches;
const same = {
  animation: moves ? 120 : 0, // milliseconds
  filter: "input, button, summary, a",
  preventOnFilter: false,
  ghostClass: "ghost",
  delay: 150, // or a finger could not scroll
  delayOnTouchOnly: true,
};

onBoard((board) => {
  board.querySelectorAll(".cards").forEach((cards) =>
    Sortable.create(cards, {
      ...same,
      draggable: ".left, .dropped",
      group: { name: "parts", pull: "clone", put: false },
      sort: false,
    }),
  );
  Sortable.create(board.querySelector("#rows"), {
    ...same,
    draggable: "li",
    filter: `${same.filter}, .slot`,
    group: { name: "outline", put: ["parts"] },
    onAdd: ({ item }) => {
      const { status } = item.querySelector("[data-status]").dataset;
      act(`place ${status}`, { after: keyBefore(item), focus: `card-${status}` });
    },
    onUpdate: ({ item }) => {
      const part = item.querySelector("[data-key]");
      if (part) act(`move ${part.dataset.key}`, { after: keyBefore(item), focus: part.id });
    },
  });
});
