/* What keeps a save from being one, in the line where the editor looks for it, with the way out. */

import { warn } from "./page.js";

export function tell({ unreachable, loggedOut, gone, clash, refused }, compare) {
  if (gone) {
    warn("Not saved: this post was deleted. Copy your text before you leave this page.");
  } else if (unreachable) {
    warn("Not saved: the site does not answer. Your text is kept in this browser and saved later.");
  } else if (loggedOut) {
    warn("Not saved, you are logged out. ", loginLink(loggedOut), " and save again.");
  } else if (clash) {
    warn(`${clash} `, comparing(compare));
  } else {
    warn(refused || "Not saved yet. Press Save to see why.");
  }
}

function loginLink(href) {
  const content = { href, target: "_blank", textContent: "Log in" };
  return Object.assign(document.createElement("a"), content);
}

function comparing(compare) {
  const content = { type: "button", className: "button small", textContent: "Compare" };
  const button = Object.assign(document.createElement("button"), content);
  button.addEventListener("click", compare);
  return button;
}
