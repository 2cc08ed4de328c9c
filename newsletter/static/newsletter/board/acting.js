/* Steps on the board without leaving the page: each is sent as the form sends it, one after the
   other, and the board that comes back takes the place of this one. Without this module it is a
   form like any other. */

const said = document.querySelector("#said");

export const board = () => document.querySelector("#board");

/* Told to everybody: it stands in the bar, and screen readers say it. */
export function tell(words, isTrouble = false) {
  said.textContent = words;
  said.classList.toggle("trouble", isTrouble);
}

const listeners = [];

/* Calls back now, and each time the board is a new one. */
export function onBoard(callback) {
  listeners.push(callback);
  callback(board());
}

addEventListener("submit", (event) => {
  if (event.target.id !== "board") return;
  event.preventDefault();
  if (event.submitter.getAttribute("aria-disabled") !== "true") act(event.submitter.value);
});

// A heading is kept when it is left, too.
addEventListener("change", (event) => {
  if (event.target.matches("#board .heading input")) act("headings");
});

let waiting = Promise.resolve();

/* `focus`: the id of what is to have the focus then, unless it is what has it now. */
export function act(what, { after, focus } = {}) {
  waiting = waiting.then(() => actNow(what, after, focus));
  return waiting;
}

async function actNow(what, after, focus) {
  const form = board();
  const sent = new FormData(form);
  sent.set("do", what);
  if (after !== undefined) sent.set("after", after);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Board": "script" },
      body: sent,
    });
    if (answer.redirected || !(answer.ok || answer.status === 409)) throw new Error(answer.status);
    show(await answer.text(), focus, sent);
    tell(board().dataset.said, !answer.ok);
  } catch {
    tell("Not done: the site does not answer as it should. Load the page again.", true);
  }
}

const scrollers = () => [...board().querySelectorAll(".columns, .outline, .draft")];

function show(html, focus, sent) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#board");
  const places = focusPlaces(focus, sent.get("do"));
  const typing = typedSince(sent);
  const scrolled = scrollers().map((each) => [each.scrollLeft, each.scrollTop]);
  board().replaceWith(document.adoptNode(fresh));
  scrollers().forEach((each, at) => each.scrollTo(...scrolled[at]));
  listeners.forEach((callback) => callback(board()));
  places.map((id) => document.getElementById(id)).find((each) => each?.checkVisibility())?.focus();
  if (typing) board().querySelector(`[name="${typing.name}"]`).value = typing.value;
}

/* A field that somebody goes on writing in while the answer is on its way. */
function typedSince(sent) {
  const here = document.activeElement;
  return here.matches("#board input") && here.value !== sent.get(here.name) ? here : null;
}

/* Where the editor was; or the card around it, or its neighbours, where it is not there any more. */
function focusPlaces(wanted, deed) {
  const here = document.activeElement.closest("#board") ? document.activeElement : null;
  const part = here?.closest(".part");
  const item = part?.closest("li");
  const beside = [item?.nextElementSibling, item?.previousElementSibling];
  if (deed.startsWith("join")) beside.reverse(); // its words are in the part before
  const neighbours = beside.map((each) => each?.querySelector(".part")?.id);
  return [wanted, here?.id, part?.id, ...neighbours].filter(Boolean);
}
