/* Choosing all proposals of a kind at once, and how many are chosen. The form works without. */

const form = document.querySelector("#expand");

if (form) {
  const boxes = [...form.querySelectorAll("[name=chosen]")];
  const kinds = [...form.querySelectorAll("[data-all]")];
  const count = form.querySelector(".count");
  const of = (kind) => boxes.filter((box) => box.dataset.kind === kind.dataset.all);

  const tell = () => {
    for (const kind of kinds) {
      const chosen = of(kind).filter((box) => box.checked).length;
      kind.checked = chosen === of(kind).length;
      kind.indeterminate = chosen > 0 && !kind.checked;
    }
    const chosen = boxes.filter((box) => box.checked);
    const blanks = chosen.reduce((sum, box) => sum + blanksOf(box), 0);
    count.textContent = `${chosen.length} of ${boxes.length} chosen, ${blanks} blank${blanks === 1 ? "" : "s"} to fill`;
  };

  form.addEventListener("change", ({ target }) => {
    if (target.dataset.all) for (const box of of(target)) box.checked = target.checked;
    tell();
  });

  form.querySelector(".kinds").hidden = false;
  count.hidden = false;
  tell();
}

function blanksOf(box) {
  return box.closest(".offer").querySelectorAll(".blank").length;
}
