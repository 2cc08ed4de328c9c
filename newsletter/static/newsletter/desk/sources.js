/* The threads that the post is made of, at the side: how much of each is used, and their parts. */

import { insertBlock } from "./inserting.js";
import { select } from "./lines.js";
import { whenKnown } from "./origins.js";

const threads = [...document.querySelectorAll(".facts [data-thread]")];
const items = new Map(
  [...document.querySelectorAll(".facts [data-part]")].map((item) => [item.dataset.part, item]),
);

let stretches = [];

/* What there is to know of a part: the elements that say it, and its thread's title and colour. */
export function partOf({ part }) {
  const item = items.get(String(part));
  if (!item) return null; // it came while this page was open
  const thread = item.closest("[data-thread]");
  return {
    from: item.querySelector(".from"),
    words: item.querySelector(".words"),
    title: thread.querySelector(".source-title").textContent,
    colour: thread.className.match(/thread-\d/)[0],
  };
}

whenKnown((known) => {
  stretches = known.stretches;
  const used = new Set(stretches.map(({ part }) => String(part)));
  for (const thread of threads) count(thread, used);
});

function count(thread, used) {
  const parts = [...thread.querySelectorAll("[data-part]")];
  for (const item of parts) item.hidden = used.has(item.dataset.part);
  const left = parts.filter((item) => !item.hidden).length;
  thread.querySelector(".used").textContent = ` · ${parts.length - left} used`;
  thread.querySelector(".count").textContent = `${left} not used yet`;
  thread.querySelector("details").hidden = !left;
}

for (const thread of threads) {
  thread.querySelector(".source-title").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const first = stretches.find((stretch) => items.get(String(stretch.part))?.closest("[data-thread]") === thread);
    if (!first) return;
    event.preventDefault();
    select(first);
  });
}

for (const item of items.values()) {
  const words = item.querySelector(".words").textContent;
  item.querySelector(".insert")?.addEventListener("click", () => insertBlock(words));
}
