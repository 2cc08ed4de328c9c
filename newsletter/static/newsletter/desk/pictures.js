/* Pictures that are chosen, dropped or pasted: asked for their description, then in the text. */

import { insert, token } from "../paste.js";
import { form, text } from "./page.js";

const dialog = document.querySelector("#picture");
const pictureForm = dialog.querySelector("form");
const problem = document.querySelector("#picture-error");

document.querySelector("#add-picture").addEventListener("click", () => askForPicture());

function askForPicture(files) {
  pictureForm.reset();
  problem.textContent = "";
  if (files) pictureForm.elements.picture.files = files;
  dialog.showModal();
  if (files) pictureForm.elements.alt.focus();
}

for (const happening of ["paste", "drop"]) {
  text.addEventListener(happening, (event) => {
    const files = (event.clipboardData ?? event.dataTransfer).files;
    if (!files.length || !files[0].type.startsWith("image/")) return;
    event.preventDefault();
    askForPicture(files);
  });
}

pictureForm.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "cancel") return;
  event.preventDefault();
  problem.textContent = "";
  try {
    const answer = await fetch(pictureForm.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new FormData(pictureForm),
    });
    const said = await answer.json();
    if (said.error) {
      problem.textContent = said.error;
      return;
    }
    dialog.close();
    insert(text, `\n\n${said.markdown}\n\n`);
  } catch {
    problem.textContent = "The picture could not be sent. Try again.";
  }
});

/* The cover's description begins as that of the picture it is. */
form.querySelectorAll("[name=cover]").forEach((cover) =>
  cover.addEventListener("change", () => {
    const known = [...form.querySelectorAll("[name=cover]")].map((other) => other.dataset.alt ?? "");
    const written = form.elements.cover_alt.value;
    if (!written || known.includes(written)) form.elements.cover_alt.value = cover.dataset.alt ?? "";
  }),
);
