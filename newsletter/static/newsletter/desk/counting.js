/* Words and reading time, when typing rests. A quick count: the server's own, which knows what is
   markup, comes with the preview and takes its place. */

import { text, whenTypingRests } from "./page.js";

const word = /[\p{L}\p{N}_]+(?:['’.,:@/-][\p{L}\p{N}_]+)*/gu;
const unspaced = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]/g;
const unread = /!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|^\[(?:blank|lost picture):.*\]$|^ *\d+[.)] /gm;
const wordsPerMinute = 230;
const pause = 250;

whenTypingRests(pause, () => {
  const counts = document.querySelector("#checks .counts");
  const words = wordsOf(text.value);
  const minutes = Math.max(1, Math.ceil(words / wordsPerMinute));
  const strong = document.createElement("strong");
  strong.textContent = `${words} ${words === 1 ? "word" : "words"}`;
  counts.replaceChildren(strong, `, ${minutes} min read`);
});

function wordsOf(markdown) {
  const plain = markdown.replace(unread, "");
  const signs = plain.match(unspaced)?.length ?? 0;
  return (plain.replace(unspaced, " ").match(word)?.length ?? 0) + Math.ceil(signs / 2);
}
