"""Foreign HTML becomes the little HTML that Markdown can say: other elements go, their text stays.

What comes from a clipboard is full of wrappers, styles, scripts, tracking pixels and links that
lead nowhere. Its elements are written anew, one after the other, and never deeper than Markdown
has a use for. What HTML cannot tell Markdown goes through as marks, to be replaced afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from threads.text import elements
from threads.text.nesting import is_deeper

PARAGRAPH, OPEN, CLOSE = "\ue000", "\ue001", "\ue002"  # a border inside a block; [ and ]

_DEEPEST_READ = 20_000
_DEEPEST_WRITTEN = 60
_LONGEST_LIST = 200  # numbering takes quadratic time, so a longer list is begun anew
_GAP = " "  # closes a block that cannot be one where it stands
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")  # bold already
_MARKS = re.compile(f"[{PARAGRAPH}{OPEN}{CLOSE}]")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINE = re.compile(r"\S[ \t\r]*\n[ \t\r]*\n\s*\S")


def clean(html: str, *, pictures: bool = True) -> str:
    """Without `pictures`, links lead to them: whoever shows one tells its server who reads."""
    html = _MARKS.sub("", html)
    if is_deeper(html, _DEEPEST_READ):
        text = unescape(_TAG.sub(" ", html))
        return escape(_SPACE.sub(" ", text), quote=False)
    body = LexborHTMLParser(html).body
    return _Writer(pictures).write(body) if body else ""


@dataclass(slots=True)
class _Numbers:
    start: int
    items: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What is open where an element is written."""

    open: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    flat: bool = False
    verbatim: bool = False
    keeps_lines: bool = False
    numbers: _Numbers | None = None

    def takes(self, name: str) -> bool:
        if not name or self.verbatim or len(self.open) >= _DEEPEST_WRITTEN:
            return False
        if name == "strong" and any(heading in self.open for heading in _HEADINGS):
            return False
        return name not in self.inline if name in elements.INLINE else not self.flat

    def within(self, name: str, node: LexborNode) -> _Place:
        start = elements.number(node, "start", 999_999)
        return replace(
            self,
            open=(*self.open, name),
            inline=(*self.inline, name) if name in elements.INLINE else self.inline,
            flat=self.flat or name in elements.FLAT,
            verbatim=name == "pre",
            numbers=_Numbers(start) if name == "ol" else None,
        )


class _Writer:
    def __init__(self, pictures: bool) -> None:
        self._pictures = pictures
        self._written: list[str] = []
        self._breaks = 0
        self._in_text = False  # in this block, something stands before
        self._whole: dict[str, Callable[[LexborNode, _Place], None]] = {
            "address": self._address,
            "br": self._break,
            "hr": self._rule,
            "img": self._picture,
            "video": self._video,
        }

    def write(self, root: LexborNode) -> str:
        waiting: list[tuple[LexborNode | str, _Place]] = [(root, _Place())]
        while waiting:
            node, place = waiting.pop()
            if isinstance(node, str):
                self._close(node, place)
            elif node.is_text_node:
                self._lines(node.text_content or "", place)
            elif elements.is_silent(node):
                continue
            elif write := self._whole.get(elements.whole(node)):
                write(node, place)
            else:
                closing, within = self._open(node, place)
                waiting.append((closing, place))
                waiting += ((n, within) for n in reversed(list(node.iter(include_text=True))))
        return "".join(self._written)

    def _open(self, node: LexborNode, place: _Place) -> tuple[str, _Place]:
        """What closes the element, and the place inside it."""
        lines = elements.keeps_lines(node)
        place = place if lines is None else replace(place, keeps_lines=lines)
        name = elements.meaning(node)
        if not place.takes(name):
            closing = _GAP if name and name not in elements.INLINE else ""
            self._close(closing, place)
            return closing, place
        if name in elements.INLINE:
            if not elements.has_content(node):
                return "", place
            self._flush(place)
        else:
            self._border()
        if name == "li" and place.numbers:
            self._number(place.numbers)
        attributes = (f' {key}="{escape(value)}"' for key, value in elements.kept(node, name))
        self._written.append(f"<{name}{''.join(attributes)}>")
        return name, place.within(name, node)

    def _close(self, name: str, place: _Place) -> None:
        if name == _GAP:
            self._gap(place)
        elif name:
            if name == "pre":
                self._end_verbatim()
            if name not in elements.INLINE:
                self._border()
            self._written.append(f"</{name}>")

    def _border(self) -> None:
        self._breaks, self._in_text = 0, False

    def _gap(self, place: _Place) -> None:
        """For a block that cannot be one here."""
        if not place.verbatim:
            self._breaks = max(self._breaks, 2)
        elif not self._written[-1].endswith("\n"):
            self._verbatim("\n")

    def _number(self, numbers: _Numbers) -> None:
        if numbers.items and numbers.items % _LONGEST_LIST == 0:
            self._written.append(f'</ol><ol start="{numbers.start + numbers.items}">')
        numbers.items += 1

    def _lines(self, text: str, place: _Place) -> None:
        if place.verbatim:
            self._verbatim(text)
        elif place.keeps_lines or _EMPTY_LINE.search(text):
            for number, line in enumerate(text.split("\n")):
                self._breaks += number > 0
                self._text(line, place)
        else:
            self._text(text, place)

    def _text(self, text: str, place: _Place) -> None:
        text = _SPACE.sub(" ", text)
        if self._breaks or not self._in_text:
            text = text.lstrip(" ")
        if text.strip(" "):
            self._flush(place)
        self._written.append(escape(text, quote=False))

    def _verbatim(self, text: str) -> None:
        if self._written[-1].startswith("<pre"):
            text = text.lstrip("\n")
        if text:
            self._written.append(escape(text, quote=False))

    def _end_verbatim(self) -> None:
        """Without empty lines at its end; markdownify takes quadratic time for that."""
        while not self._written[-1].startswith("<pre"):
            last = self._written.pop().rstrip(" \n")
            if last:
                self._written.append(last)
                break

    def _flush(self, place: _Place) -> None:
        """The breaks before what comes now; those at the edge of a block are none."""
        breaks = self._breaks if self._in_text else 0
        self._breaks, self._in_text = 0, True
        if breaks and place.flat:
            self._written.append(" ")
        elif breaks == 1:
            self._written.append("<br>")
        elif breaks:
            self._written += (f"</{name}>" for name in reversed(place.inline))
            self._written.append(PARAGRAPH)
            self._written += (f"<{name}>" for name in place.inline)

    def _break(self, node: LexborNode, place: _Place) -> None:
        if place.verbatim:
            self._verbatim("\n")
        else:
            self._breaks += 1

    def _rule(self, node: LexborNode, place: _Place) -> None:
        if place.takes("hr"):
            self._border()
            self._written.append("<hr>")

    def _picture(self, node: LexborNode, place: _Place) -> None:
        alt, source = elements.description(node), elements.picture(node)
        if place.verbatim or elements.is_pixel(node):
            return
        if elements.is_emoji(node):
            self._text(alt, place)
        elif source and not self._pictures:
            self._link(source, alt or "Picture", place)
        elif source:
            self._flush(place)
            self._written.append(f'<img src="{escape(source)}" alt="{escape(_label(alt))}">')
        elif node.attributes.get("src") and not place.flat:
            self._breaks = 2
            self._text(f"{OPEN}lost picture: {alt or 'picture'}{CLOSE}", place)
            self._breaks = 2

    def _video(self, node: LexborNode, place: _Place) -> None:
        """Its still, or its address, linked to it."""
        target, still = elements.video(node), elements.still(node)
        if not self._pictures:
            self._link(target or still, "Video", place)
            return
        shown = f'<img src="{escape(still)}" alt="Video">' if still else "Video"
        if target and place.takes("a"):
            self._flush(place)
            self._written.append(f'<a href="{escape(target)}">{shown}</a>')
        elif still and not place.verbatim:
            self._flush(place)
            self._written.append(shown)

    def _link(self, target: str, shown: str, place: _Place) -> None:
        if target and place.takes("a"):
            self._flush(place)
            self._written.append(f'<a href="{escape(target)}">{escape(shown)}</a>')
        else:
            self._text(shown, place)

    def _address(self, node: LexborNode, place: _Place) -> None:
        """A link that shows only a piece of its address shows the whole of it."""
        target = escape(elements.link_target(node))
        self._flush(place)
        self._written.append(f'<a href="{target}">{target}</a>' if place.takes("a") else target)


def _label(alt: str) -> str:
    """Brackets would end a picture's description in Markdown."""
    return re.sub(r"([\\\[\]])", r"\\\1", alt)
