/* Where in the page a piece of the text stands: no textarea tells, so its words are set once more,
   unseen, in an element of the same width and font, which is asked instead. */

import { text } from "./page.js";

const mirror = document.createElement("div");
mirror.className = "mirror";
mirror.setAttribute("aria-hidden", "true");
text.after(mirror);

let held = null;

/* The rectangles of these characters, relative to the textarea, one for each line. */
export function rectsOf(start, end = start) {
  if (held !== text.value) {
    held = text.value;
    // The space is for the line that an end of the text may open.
    mirror.textContent = `${held} `;
  }
  const range = document.createRange();
  range.setStart(mirror.firstChild, start);
  range.setEnd(mirror.firstChild, Math.max(end, start + 1));
  const origin = text.getBoundingClientRect();
  return [...range.getClientRects()].map(
    ({ x, y, width, height }) => new DOMRect(x - origin.x, y - origin.y, width, height),
  );
}

/* Which character stands at a point of the window; null where the browser cannot tell. */
export function characterAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  return place?.offsetNode === text ? place.offset : null;
}
