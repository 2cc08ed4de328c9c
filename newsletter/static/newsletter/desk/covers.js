/* The cover, among the pictures that it can be chosen from. */

import { form } from "./page.js";

const gallery = form.querySelector(".gallery");
const covers = () => [...gallery.querySelectorAll("[name=cover]")];

/* The cover's description begins as that of the picture it is. */
gallery.addEventListener("change", ({ target }) => {
  const known = covers().map((other) => other.dataset.alt ?? "");
  const written = form.elements.cover_alt.value;
  if (!written || known.includes(written)) form.elements.cover_alt.value = target.dataset.alt ?? "";
});

/* One that somebody else uploaded meanwhile is not there yet: without it, the next save would put
   the old one back. */
export function choose(address) {
  const known = covers().find(({ value }) => value === address) ?? add(address);
  known.checked = true;
}

function add(address) {
  const choice = covers()[0].closest("label").cloneNode(true);
  const [cover, words] = choice.children;
  const picture = Object.assign(new Image(120, 80), { src: address, alt: "A new picture" });
  choice.classList.remove("none");
  cover.value = address;
  words.replaceWith(picture);
  gallery.append(choice);
  return cover;
}
