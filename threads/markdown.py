"""The Markdown of a status, made when it is first needed and then kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import dateformat

from threads.models import Attachment, Status, Thread
from threads.text.blocks import lost_picture
from threads.text.escaping import label, literal
from threads.text.links import destination, link
from threads.text.markup import to_markdown
from threads.text.merge import Merged, merge, one_of, whole
from threads.text.spans import Marked, Span, SpanKind
from threads.text.trimming import Part, warned_once

VIDEO_SUFFIXES = (".mp4", ".m4v", ".mov", ".webm")


def markdown_of(status: Status) -> str:
    """The status as it was posted, with its media and the own status that it quotes."""
    if not status.markdown:
        status.markdown = words_of(status)
        Status.objects.filter(pk=status.pk).update(markdown=status.markdown)
    return status.markdown


def words_of(status: Status) -> str:
    """The same, without keeping it."""
    return status.markdown or whole(_part(status, _quoted(status)))


def markdown_of_thread(thread: Thread, *, title: str = "", level: int = 2) -> Merged:
    """The main line of a thread as one text, and what was left out of it."""
    parts = warned_once(parts_of(_main_line(thread)))
    return merge(list(parts), title=title, level=level)


def parts_of(statuses: Iterable[Status]) -> list[Part]:
    """These statuses as a text sees them; their accounts and attachments are at hand."""
    return [_part(status, _quoted(status)) for status in statuses]


def _main_line(thread: Thread) -> QuerySet[Status]:
    return thread.main_line().select_related("account").prefetch_related("attachments")


def _quoted(status: Status) -> Status | None:
    """The own status that this one quotes, where we have it."""
    if not status.quote_of:
        return None
    found = Status.objects.visible().filter(
        platform=status.platform, remote_id=status.quote_of, deleted_at=None
    )
    return found.select_related("account", "thread").first()


def _part(status: Status, quoted: Status | None = None) -> Part:
    after = [media_markdown(each, status.url) for each in status.attachments.all()]
    text, spans = status.text, _spans(status)
    if quoted:
        after.append(quotation(quoted))
        text, spans = _without_quote(text, spans)
    for extra in status.extras:
        if extra["kind"] == "quote":
            text, spans = _without_quote(text, spans, extra["url"])
    after += _extras(status, shown=quoted is not None)
    if status.format == Status.Format.HTML:
        text = to_markdown(text, pictures=False)
    warning = _line(status.content_warning)
    return Part(
        status=status.remote_id,
        text=text,
        spans=spans,
        is_markdown=status.format != Status.Format.PLAIN,
        handle=status.account.handle,
        before=(f"*Content warning: {warning}*",) if warning else (),
        after=tuple(after),
    )


def _spans(status: Status) -> tuple[Span, ...]:
    return tuple(
        Span(start, end, SpanKind(kind), target) for start, end, kind, target in status.spans
    )


def _without_quote(text: str, spans: Sequence[Span], url: str = "") -> tuple[str, tuple[Span, ...]]:
    """Without the address of the quoted status: its words are shown instead.

    `url`: that of one among several, which may be written in more than one way.
    """
    end = url and f"/{url.rpartition('/')[2]}"
    gone = [
        span
        for span in spans
        if span.kind is SpanKind.QUOTE and span.target.partition("?")[0].rstrip("/").endswith(end)
    ]
    marked = Marked(text, tuple(span for span in spans if span not in gone))
    for span in reversed(gone):
        marked = marked.without(span.start, span.end)
    return marked.text, marked.spans


def _extras(status: Status, *, shown: bool) -> Iterator[str]:
    """`shown`: the quoted status is one of ours, and stands there already."""
    for extra in status.extras:
        match extra:
            case {"kind": "quote"} if not shown:
                yield _others_words(extra)
            case {"kind": "card", "url": url, "title": title, "description": about}:
                if url not in status.text:
                    yield card(url, title, about)
            case {"kind": "poll", "choices": choices, "votes": votes}:
                yield _poll(choices, votes)


def card(url: str, title: str, about: str) -> str:
    """A link with what the page says of itself; see `threads.text.conventions`."""
    return "  \n".join(filter(None, [link(title or url, url), _line(about)]))


def _others_words(quote: dict[str, Any]) -> str:
    """What somebody else said, with their name and where they said it."""
    is_html = quote["format"] == Status.Format.HTML
    text = quote["text"]
    words = to_markdown(text, pictures=False) if is_html else whole(Part(quote["url"], text))
    when = _date(datetime.fromisoformat(quote["posted_at"])) if quote["posted_at"] else ""
    source = ", ".join(filter(None, [quote["author"], when])) or quote["url"]
    return _quoted_as(words, link(source, quote["url"]))


def _poll(choices: Sequence[Sequence[Any]], votes: int | None) -> str:
    lines = [
        f"- {_line(str(choice))}" + ("" if count is None else f" ({count:,})")
        for choice, count in choices
    ]
    return "\n".join(lines) + ("" if votes is None else f"\n\n*{votes:,} votes*")


def media_markdown(attachment: Attachment, posted: str = "") -> str:
    """A picture, a video behind its still, or the place where one was.

    `posted`: where the status stands, for a video that can be watched only there.
    """
    alt = label(attachment.alt)
    if attachment.state == Attachment.State.WAITING:
        words = [attachment.alt, "yet to be fetched"]
        return lost_picture(", ".join(filter(None, words))).markdown
    if attachment.state != Attachment.State.PRESENT or not attachment.file:
        if attachment.poster and posted:
            return (
                f"[![{alt}]({settings.MEDIA_URL}{attachment.poster.name})]({destination(posted)})"
            )
        return lost_picture(attachment.alt or attachment.note).markdown
    address = f"{settings.MEDIA_URL}{attachment.file.name}"
    if not address.endswith(VIDEO_SUFFIXES):
        return f"![{alt}]({address})"
    if not attachment.poster:
        return link(attachment.alt or "Video", address)
    return f"[![{alt}]({settings.MEDIA_URL}{attachment.poster.name})]({address})"


def quotation(quoted: Status) -> str:
    """The words of a status as a quotation, and where it was posted."""
    if quoted.thread and quoted.position:
        parts = [_part(status) for status in _main_line(quoted.thread)]
        words = one_of(parts, quoted.position - 1)
    else:
        words = whole(_part(quoted))
    when = _date(quoted.posted_at) if quoted.posted_at else ""
    source = ", ".join(filter(None, [str(quoted.account), when]))
    return _quoted_as(words, link(source, quoted.url) if quoted.url else literal(source))


def _quoted_as(words: str, source: str) -> str:
    lines = [*words.split("\n"), "", f"— {source}"]
    return "\n".join(f"> {line}".rstrip() for line in lines).removeprefix(">\n>\n")


def _line(text: str) -> str:
    """Literal text that cannot begin a block of its own."""
    return literal(" ".join(text.split()))


def _date(time: datetime) -> str:
    return dateformat.format(time, "j F Y")
