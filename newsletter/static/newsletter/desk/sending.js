/* One save on its way to the server, and what came of it. */

import { form } from "./page.js";

export const KEPT = "script";
export const AUTOSAVE = "autosave";

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
  });
  if (answer.redirected) return { loggedOut: answer.url };
  if (answer.status === 403 && retry) return sendWithFreshToken(parcel);
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const said = isJson ? await answer.json() : {};
  if (answer.status === 400) return { refused: said.refused ?? "" };
  if (answer.status === 409) return { clash: said.clash ?? "" };
  if (answer.status === 404) return { gone: true };
  // What stands between here and the site may answer in its place, and as if all were well.
  if (!answer.ok || !said.base) throw new Error(`${answer.status}`);
  return { said };
}

/* Who logged in anew in another tab has another token now. */
async function sendWithFreshToken(parcel) {
  const page = await fetch(form.action);
  if (page.redirected) return { loggedOut: page.url };
  if (!page.ok) throw new Error(`${page.status}`);
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const name = "csrfmiddlewaretoken";
  const token = fresh.querySelector(`#desk [name=${name}]`).value;
  form.elements[name].value = token;
  parcel.data.set(name, token);
  return send(parcel, false);
}
