"""Text that was pasted, or that lies in a file, as a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Self

from threads.sources.base import (
    Findings,
    Format,
    SourceAccount,
    SourceFormatError,
    SourceMedia,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.identity import content_hash
from threads.text.addresses import bare_spans
from threads.text.cutting import Cut as Cut
from threads.text.cutting import cut as cut
from threads.text.cutting import guess_cut as guess_cut
from threads.text.cutting import without_empty_edges
from threads.text.frontmatter import FrontMatter, date_in, read_front_matter

_MARKDOWN = (".md", ".markdown")
_WEB_PAGE = re.compile(r"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)


class PastedSource:
    kind = "pasted"

    def __init__(
        self,
        parts: Sequence[str],
        *,
        author: str = "",
        url: str = "",
        posted_at: datetime | None = None,
        format: Format = Format.MARKDOWN,  # noqa: A002 - its name everywhere
    ) -> None:
        self.findings = Findings()
        self._parts = [without_empty_edges(part) for part in parts if part.strip()]
        if not self._parts:
            raise SourceFormatError("There is no text in what was pasted.")
        self._author = " ".join(author.split())
        self._url = url
        self._posted_at = posted_at
        self._format = format
        self._hash = content_hash(self._parts)

    @classmethod
    def from_text(cls, text: str, name: str) -> Self:
        """A file, cut as it seems meant."""
        if not text.strip():
            raise SourceFormatError(f"{name} is empty.")
        if _WEB_PAGE.match(text):
            raise SourceFormatError(
                f"{name} is a web page, but none saved from Thread Reader. "
                "Copy the thread in the browser and paste it instead."
            )
        about, parts = cut_below(text)
        markdown = any(about) or name.lower().endswith(_MARKDOWN)
        return cls(
            parts,
            author=about.author,
            url=about.url if about.url.startswith(("http://", "https://")) else "",
            posted_at=date_in(about.date),
            format=Format.MARKDOWN if markdown else Format.PLAIN,
        )

    def account(self) -> SourceAccount:
        author = self._author
        if not author:
            return SourceAccount("none", f"text:{self._hash}")
        if author.startswith("@") and " " not in author:
            return SourceAccount("none", author.lower(), handle=author[1:])
        return SourceAccount("none", author.casefold(), name=author)

    def statuses(self) -> Iterator[SourceStatus]:
        own = self.account().remote_id
        above = ""
        for number, part in enumerate(self._parts, 1):
            id_ = f"text:{self._hash}:{number}"
            yield SourceStatus(
                id=id_,
                sort_key=f"{number:05}",
                text=part,
                format=self._format,
                spans=_links(part) if self._format is Format.PLAIN else (),
                posted_at=self._posted_at,
                url="" if above else self._url,
                reply_to=above,
                reply_to_account=own if above else "",
            )
            above = id_

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """Text carries no files."""
        return None


def cut_below(text: str, how: Cut | None = None) -> tuple[FrontMatter, list[str]]:
    """What stands above the text, and the parts; a title of its own opens the first."""
    about, body = read_front_matter(text)
    parts = cut(body, how)
    if about.title and parts and not _is_titled(parts[0], about.title):
        parts[0] = f"# {about.title}\n\n{parts[0]}"
    return about, parts


def _is_titled(part: str, title: str) -> bool:
    return part.lstrip().partition("\n")[0].lstrip("# ").casefold() == title.casefold()


def _links(text: str) -> tuple[Span, ...]:
    """Addresses, but no mentions: nobody knows on which platform these would be."""
    return tuple(
        Span(start, end, SpanKind(kind), target)
        for start, end, kind, target in bare_spans(text)
        if kind != SpanKind.MENTION
    )
