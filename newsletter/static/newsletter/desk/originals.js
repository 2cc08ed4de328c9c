/* What the card says of a stretch of text: where it came from, what changed there since, or what
   is still to be written. */

import { close } from "./card.js";
import { remove, select } from "./lines.js";
import { changeCard } from "./living.js";
import { partOf } from "./sources.js";

const blank = document.querySelector("#blank-card");

export function cardFor(stretch) {
  if (stretch.blank !== undefined) return blankCard(stretch);
  const part = partOf(stretch);
  const origin = part ? originCard(stretch, part) : [paragraph("New: it stands in none of the threads.", "soft")];
  return [...stretch.changes.map(changeCard), ...origin];
}

function originCard(stretch, part) {
  const from = part.from.cloneNode(true);
  const number = from.querySelector("strong");
  number.textContent = `From ${number.textContent.toLowerCase()}`;
  const words = part.words.cloneNode(true);
  const percent = Math.round(stretch.score * 100);
  return [from, words, paragraph(`${percent} % the same · ${part.title}`, "small soft")];
}

function paragraph(words, name) {
  return Object.assign(document.createElement("p"), { textContent: words, className: name });
}

function blankCard(stretch) {
  const card = blank.content.cloneNode(true);
  card.querySelector(".question").textContent = stretch.blank;
  card.querySelector("[value=fill]").addEventListener("click", () => {
    close();
    select(stretch);
  });
  card.querySelector("[value=remove]").addEventListener("click", () => {
    close();
    remove(stretch);
  });
  return [...card.children];
}
