"""A text as one HTML file that needs nothing else: its look and its pictures are inside."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser


def document(
    title: str, body: str, *, language: str = "en", head: Sequence[str] = (), foot: str = ""
) -> str:
    """`head`: lines under the title; `foot`: an address where it can be read, too."""
    context = {
        "title": title,
        "body": _with_pictures(body),
        "language": language,
        "head": head,
        "foot": foot,
        "tokens": Path(str(finders.find("newsletter/tokens.css"))).read_text(),
    }
    return render_to_string("export.html", context)


def _with_pictures(html: str) -> str:
    tree = LexborHTMLParser(html, is_fragment=True)
    for name in ("src", "poster"):
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = _contained(node.attributes.get(name) or "")
    for node in tree.css("a[href^='/']"):
        node.attrs["href"] = f"{settings.BASE_URL}{node.attributes['href']}"
    return tree.html or ""


def _contained(address: str) -> str:
    """A picture of ours as data; a video, or a picture that is not there, by its address."""
    if not address.startswith(settings.MEDIA_URL):
        return address
    name = address.removeprefix(settings.MEDIA_URL)
    kind = mimetypes.guess_type(name)[0] or ""
    if not kind.startswith("image/") or not default_storage.exists(name):
        return f"{settings.BASE_URL}{address}"
    with default_storage.open(name) as file:
        return f"data:{kind};base64,{base64.b64encode(file.read()).decode()}"
