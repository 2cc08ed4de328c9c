/* Marks behind the words of the text, where pieces of it were found. */

import { rectsOf } from "./mirror.js";

const marks = document.querySelector("#marks");
const most = 300; // more would only be in each other's way

/* `pieces` as [start, end]; the one at `current` stands out. Its first line's rectangle returns. */
export function markPieces(pieces, current) {
  const first = Math.max(0, current - most / 2);
  const drawn = pieces.slice(first, first + most).map((piece, index) => {
    const rects = rectsOf(...piece);
    return rects.map((rect) => markOf(rect, first + index === current));
  });
  marks.replaceChildren(...drawn.flat());
  return pieces.length ? rectsOf(...pieces[current])[0] : null;
}

export function unmark() {
  marks.replaceChildren();
}

function markOf({ x, y, width, height }, isCurrent) {
  const mark = document.createElement("i");
  if (isCurrent) mark.className = "current";
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    mark.style.setProperty(`--${name}`, `${value}px`);
  }
  return mark;
}
