/* Where in the page a piece of the text stands: no textarea tells, so its words are set once more,
   unseen, in the same font and width, with an element for each line, which is asked instead. */

import { text } from "./page.js";

const mirror = document.querySelector("#mirror");
const copied = [
  ...["fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontKerning"],
  ...["fontFeatureSettings", "fontVariationSettings", "fontOpticalSizing", "lineHeight"],
  ...["letterSpacing", "wordSpacing", "tabSize", "textAlign", "textIndent", "textTransform"],
  ...["whiteSpace", "overflowWrap", "wordBreak", "lineBreak", "hyphens", "direction"],
  ...["paddingTop", "paddingRight", "paddingBottom", "paddingLeft"],
  ...["borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth"],
];

let held = null;
let lines = [];

/* Top and height of each stretch, which is a run of lines, from the top of the textarea. */
export function measure(stretches) {
  fit();
  follow();
  const rows = mirror.children;
  const origin = mirror.getBoundingClientRect().top;
  return stretches.map(({ first, last }) => {
    const top = rows[first - 1].getBoundingClientRect().top;
    return { top: top - origin, height: rows[last - 1].getBoundingClientRect().bottom - top };
  });
}

/* The rectangles of these characters, relative to the textarea, one for each line. */
export function rectsOf(start, end = start) {
  if (held === null) fit();
  follow();
  const origin = text.getBoundingClientRect();
  const stop = Math.max(end, start + 1);
  const rects = [];
  let at = 0;
  for (let index = 0; index < lines.length && at < stop; at += lines[index].length + 1, index++) {
    const after = at + lines[index].length + 1;
    if (after > start) rects.push(...rectsIn(mirror.children[index], start - at, stop - at));
  }
  return rects.map(
    ({ x, y, width, height }) => new DOMRect(x - origin.x, y - origin.y, width, height),
  );
}

/* Which character stands at a point of the window; null where the browser cannot tell. */
export function characterAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  return place?.offsetNode === text ? place.offset : null;
}

function fit() {
  const style = getComputedStyle(text);
  for (const name of copied) mirror.style[name] = style[name];
}

/* Only lines that changed are laid out anew, so that a long text costs no more than a short one. */
function follow() {
  if (held === text.value) return;
  held = text.value;
  const now = held.split("\n");
  let head = 0;
  while (head < now.length && now[head] === lines[head]) head++;
  let tail = 0;
  const most = Math.min(now.length, lines.length) - head;
  while (tail < most && now.at(-1 - tail) === lines.at(-1 - tail)) tail++;
  const old = [...mirror.children].slice(head, lines.length - tail);
  const behind = mirror.children[lines.length - tail] ?? null;
  for (const gone of old) gone.remove();
  const fresh = document.createDocumentFragment();
  fresh.append(...now.slice(head, now.length - tail).map(row));
  mirror.insertBefore(fresh, behind);
  lines = now;
}

function row(words) {
  const element = document.createElement("div");
  element.textContent = `${words}\n`; // an empty line has its height, too
  return element;
}

function rectsIn(row, start, end) {
  const words = row.firstChild;
  const range = document.createRange();
  range.setStart(words, Math.max(0, start));
  range.setEnd(words, Math.min(end, words.length));
  return range.getClientRects();
}
