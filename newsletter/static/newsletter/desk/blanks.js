/* Blanks, one after the other, or away with all of them. */

import { insert } from "../paste.js";
import { inWords } from "./keys.js";
import { say, text } from "./page.js";
import { goTo } from "./places.js";

const begins = /^\s*\[blank:/;
const wholly = /^\s*(?:\[blank:(?:[^[\]]|\[[^[\]]*\])*\]\s*)+$/;

document.querySelector("#checks").addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-blanks]")?.dataset.blanks;
  if (wanted === "next") goToNext();
  if (wanted === "remove") removeAll();
});

function goToNext() {
  const lines = text.value.split("\n");
  const here = text.value.slice(0, text.selectionEnd).split("\n").length;
  const after = lines.findIndex((line, index) => index >= here && begins.test(line));
  const next = after < 0 ? lines.findIndex((line) => begins.test(line)) : after;
  if (next >= 0) goTo(next + 1);
}

function removeAll() {
  const paragraphs = text.value.split("\n\n");
  const kept = paragraphs.filter((paragraph) => !wholly.test(paragraph));
  text.select();
  insert(text, kept.join("\n\n"));
  const count = paragraphs.length - kept.length;
  const [many, them] = count === 1 ? ["1 blank", "it"] : [`${count} blanks`, "them"];
  say(`${many} removed. ${inWords("Control+Z")} brings ${them} back.`);
}
