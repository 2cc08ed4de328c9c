/* One save on its way to the server, and what came of it. */

import { form } from "./page.js";

export const KEPT = "script";
export const AUTOSAVE = "autosave";

const token = "csrfmiddlewaretoken";
const patience = 30_000;

/* What is sent, as it is now; `values` are the same words to compare with. */
export function parcel(kind, values) {
  const data = new FormData(form);
  if (kind === AUTOSAVE) data.delete("cover_file");
  return { kind, values, data };
}

/* One of: {said: the answer}, {loggedOut: where to log in}, {refused: why not, or ""},
   {clash: what to say, or ""}, {gone: true}. Throws where nobody knows whether it arrived. */
export async function send(parcel, retry = true) {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "X-Saved-By": parcel.kind },
    body: parcel.data,
    signal: inTime(),
  });
  if (answer.redirected) return { loggedOut: answer.url };
  if (answer.status === 403 && retry) return sendWithFreshToken(parcel);
  const said = isJson(answer) ? await answer.json() : {};
  if (answer.status === 400) return { refused: said.refused ?? "" };
  if (answer.status === 409) return { clash: said.clash ?? "" };
  if (answer.status === 404) return { gone: true };
  // What stands between here and the site may answer in its place, and as if all were well.
  if (!answer.ok || !said.base) throw new Error(`${answer.status}`);
  return { said };
}

/* A browser waits on and on where a network swallows what it is given. */
export function inTime() {
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), patience);
  return waiting.signal;
}

export const isJson = (answer) =>
  answer?.headers.get("Content-Type")?.startsWith("application/json");

async function sendWithFreshToken(parcel) {
  const loggedOut = await renewToken();
  if (loggedOut) return { loggedOut };
  parcel.data.set(token, form.elements[token].value);
  return send(parcel, false);
}

/* Who logged in anew in another window has another token now, in all forms of this one. Says where
   to log in, for who did not. */
export async function renewToken() {
  const page = await fetch(form.action, { signal: inTime() });
  if (page.redirected) return page.url;
  if (!page.ok) throw new Error(`${page.status}`);
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const { value } = fresh.querySelector(`#desk [name=${token}]`);
  for (const field of document.getElementsByName(token)) field.value = value;
  return "";
}
