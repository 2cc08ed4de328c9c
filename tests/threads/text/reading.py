"""What a reader sees of a Markdown text, word by word."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

from threads.text.html import to_html

# A word is letters and digits; signs around them are how a text looks, not what it says.
WORD = re.compile(r"[^\W_]+")
INLINE = ("a", "code", "em", "s", "strong", "sup")


class Page(HTMLParser):
    """The text of a page, with the numbers of its lists and the whole of its bare addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._numbers: list[int | None] = []
        self._link = ""
        self._shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("ol", "ul"):
            self._numbers.append(int(values.get("start") or 1) if tag == "ol" else None)
        elif tag == "li" and self._numbers[-1] is not None:
            self.text.append(f" {self._numbers[-1]}. ")
            self._numbers[-1] += 1
        elif tag == "a":
            self._link, self._shown = unquote(values.get("href") or ""), ""
        if tag not in INLINE:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self._numbers.pop()
        if tag == "a":
            self.text.append(_whole(self._shown, self._link))
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._link:
            self._shown += data
        else:
            self.text.append(data)


def _whole(shown: str, address: str) -> str:
    """What a link shows; where that is its address, shortened, the whole of it."""
    beginning = re.match(r"https?://(www\.)?", address, re.IGNORECASE)
    if not beginning:
        return shown
    if shown.endswith("…") and address.startswith(beginning[0] + shown[:-1]):
        return address
    is_bare = re.match(r"[^\s/@#]+\.\S", shown)
    return beginning[0] + shown if is_bare else shown


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def text_on_page(markdown: str) -> str:
    page = Page()
    page.feed(to_html(markdown, preview=True))
    page.close()
    return "".join(page.text)
