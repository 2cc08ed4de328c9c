/* The library's preview: the thread whose title is clicked or has the focus, beside the list.
   Without it, and on a phone, a title is a link to the thread's own page. */

const pane = document.querySelector("#preview");
const list = document.querySelector("#changelist");
const narrow = matchMedia("(width < 48rem)");
const beside = matchMedia("(width >= 70rem)"); // else it lies over the list
const pause = 150; // milliseconds: who moves along the list does not ask for every thread

let waiting;
let running;
let shown; // the link of the thread that the pane shows

const titles = () => [...list.querySelectorAll(".title[data-preview]")];

async function show(link) {
  clearTimeout(waiting);
  if (link.dataset.preview === shown?.dataset.preview) return;
  running?.abort();
  running = new AbortController();
  mark(link);
  pane.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.dataset.preview, { signal: running.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    pane.innerHTML = await answer.text();
    pane.querySelector("[data-close]").hidden = false;
  } catch (error) {
    if (error.name === "AbortError") return;
    shown = undefined;
    pane.innerHTML = "<p class='note bad' role='alert'>The thread could not be read. Choose it again.</p>";
  }
  pane.removeAttribute("aria-busy");
  pane.classList.add("open");
  pane.scrollTop = 0;
}

function mark(link) {
  shown = link;
  list.querySelector("tr[aria-current]")?.removeAttribute("aria-current");
  const row = titles().find((title) => title.dataset.preview === link.dataset.preview);
  row?.closest("tr").setAttribute("aria-current", "true");
}

function close() {
  const row = list.querySelector("tr[aria-current] .title");
  pane.classList.remove("open");
  mark({ dataset: {} });
  (row ?? titles()[0])?.focus();
}

const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

/* A click anywhere in a row that is on nothing else: its checkbox, or the link to a post. */
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-close]")) return close();
  const row = event.target.closest("#result_list tbody tr");
  const link = event.target.closest("a") ?? (event.target.closest("input, label, button") ? null : row?.querySelector(".title"));
  if (!link?.dataset.preview || !plain(event) || narrow.matches) return;
  event.preventDefault();
  const byKey = event.detail === 0; // Enter on a link
  const within = pane.contains(link);
  await show(link);
  if (byKey || within) pane.querySelector("h2")?.focus();
});

list.addEventListener("focusin", (event) => {
  clearTimeout(waiting);
  const link = event.target.closest(".title[data-preview]");
  if (link && beside.matches) waiting = setTimeout(show, pause, link);
});

document.addEventListener("keydown", (event) => {
  const isReading = pane.contains(event.target) || event.target.matches(".title");
  if (event.key === "Escape" && isReading) return close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = titles();
  const at = all.indexOf(event.target);
  if (!step || at < 0 || !all[at + step]) return;
  event.preventDefault();
  all[at + step].focus();
});
