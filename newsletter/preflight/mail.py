"""The mail as a message: its size, its headers, and what the law asks to stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, at_line, good, of_newsletter, warn
from newsletter.sending.freeze import CannotSend, demand_sender
from newsletter.sending.message import nobodys_links
from threads.text.html import paragraphs

MOST = 95 * 1024  # bytes of HTML; `rendering.mail` ends it before that, Gmail at about 102 KB
ONCE_EACH = (
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)


def facts(candidate: Candidate) -> Iterator[Fact]:
    yield from _sender(candidate)
    yield from _size(candidate)
    yield from _headers(candidate)
    yield from _obligations(candidate)


def _sender(candidate: Candidate) -> Iterator[Fact]:
    newsletter = candidate.newsletter
    if newsletter is None:
        return
    try:
        demand_sender(newsletter)
    except CannotSend as refusal:
        yield warn(f"On the web it can go. {refusal}", of_newsletter(newsletter))


def _size(candidate: Candidate) -> Iterator[Fact]:
    if candidate.page.css_first("td.thread > p.button"):
        yield _cut(candidate)
    else:
        size = len(candidate.letter.faces(nobodys_links()).html.encode())
        yield good(f"The mail is {_kb(size)} of at most {_kb(MOST)}.")


def _cut(candidate: Candidate) -> Fact:
    """Where the mail ends with a link to the rest: at the first paragraph that is not in it."""
    thread = candidate.page.css_first("td.thread")
    shown = sum(1 for node in thread.iter() if node.is_element_node) - 1 if thread else 0
    missing = paragraphs(candidate.document.markdown)[shown:]
    words = " ".join(missing[0].markdown.split())[:60] if missing else "its notes"
    return warn(
        f"The text is too long for a mail: Gmail would cut it, so it ends before “{words}…” "
        "with a link to the rest on the web.",
        at_line(candidate.post, missing[0].first if missing else 0),
    )


def _headers(candidate: Candidate) -> Iterator[Fact]:
    headers = candidate.headers
    if headers is None:
        text = "The mail cannot be written: the subject or a name holds a line break."
        yield warn(text, at_line(candidate.post, 0))
        return
    wrong = [name for name in ONCE_EACH if len(headers.get_all(name, [])) != 1]
    if wrong:
        yield warn(f"The mail needs these headers once each: {', '.join(wrong)}.")
    else:
        yield good(f"All {len(ONCE_EACH)} headers that mail servers ask for are there.")


def _obligations(candidate: Candidate) -> Iterator[Fact]:
    html, text = candidate.letter.faces(nobodys_links())
    unsubscribe = nobodys_links().unsubscribe
    if unsubscribe not in html or unsubscribe not in text:
        yield warn("The link to unsubscribe is not in both faces of the mail.")
    if candidate.newsletter is None:
        return
    address = " ".join(candidate.newsletter.postal_address.split())
    faces = (LexborHTMLParser(html).text(separator=" "), text)
    if not address or any(address not in " ".join(face.split()) for face in faces):
        text = "The mail lacks a postal address, which the law of most countries asks for."
        yield warn(text, of_newsletter(candidate.newsletter))
    elif unsubscribe in html and unsubscribe in text:
        yield good("The link to unsubscribe and the postal address are in both faces of the mail.")


def _kb(size: int) -> str:
    return f"{round(size / 1024)} KB"
