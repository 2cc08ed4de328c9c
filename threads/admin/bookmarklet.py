"""The bookmarklet: it carries what is selected on any page to the import page.

It travels in the fragment of the address, after the `#`, which no server ever sees:
the log-in cookie is not sent along when another site posts a form to us, but it is
when a window is opened. Any page may open such a window, so what arrives only fills
the box; nothing is kept before the editor presses a button.
"""

from __future__ import annotations

from urllib.parse import quote

# A fragment may hold about a megabyte, so the selection goes without its styling. X marks the
# text of a post by `data-testid`: line breaks count there, which only its styling would tell.
SCRIPT = """
(() => {
  const picked = getSelection(), box = document.createElement("div");
  for (let i = 0; i < picked.rangeCount; i++) box.append(picked.getRangeAt(i).cloneContents());
  box.querySelectorAll("script,style,svg,noscript,button,form").forEach(e => e.remove());
  box.querySelectorAll("*").forEach(e => {
    const kept = {href: e.href, src: e.currentSrc || e.src, alt: e.alt,
      "data-testid": e.dataset.testid};
    [...e.attributes].forEach(a => e.removeAttribute(a.name));
    for (const name in kept) if (typeof kept[name] === "string" && kept[name])
      e.setAttribute(name, kept[name]);
  });
  if (!box.textContent.trim()) return alert("Select the thread on this page first.");
  const sent = new URLSearchParams(
    {html: box.innerHTML, title: document.title, url: location.href}).toString();
  if (sent.length > 900000) return alert("Too much for one go: copy it and paste it instead.");
  open("TARGET#" + sent);
})()
"""


def bookmarklet(target: str) -> str:
    """The bookmark's address, for a page at the absolute address `target`."""
    lines = [line.strip() for line in SCRIPT.replace("TARGET", target).splitlines()]
    return "javascript:" + quote(" ".join(filter(None, lines)), safe="()=>{}[],;.:!?*&|+/'#")
