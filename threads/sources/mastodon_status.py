"""One status of the Mastodon API, and the account that posted it. Pure.

https://docs.joinmastodon.org/entities/Status/
Other software speaks this API, too, so nothing beyond an id, an account and a time is relied
on. Ids are those of ActivityPub (`uri`), which an archive export has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from threads.sources.base import (
    FORGOTTEN,
    Format,
    Gap,
    MediaKind,
    SkipReason,
    SourceAccount,
    SourceCard,
    SourceExtra,
    SourceMedia,
    SourcePoll,
    SourceQuote,
    SourceStatus,
)
from threads.sources.mastodon_text import Content, content_of, without_quote
from threads.text.names import shown_name

Row = Mapping[str, Any]  # a status as the API tells it

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
SEEN_BY_ALL = {"public", "unlisted"}
HIDDEN = {"direct": SkipReason.DIRECT, "limited": SkipReason.CIRCLE}  # else for followers
KINDS = {"image": MediaKind.IMAGE, "gifv": MediaKind.GIF, "video": MediaKind.VIDEO}
LINKED = {"audio": "Audio recording"}  # no picture, so it is told by a link
LONGEST_ID = 500
LARGEST_COUNT = 2**31 - 1
_USERNAME = re.compile(r"[\w.~+-]+")


def parse_status(row: Row, seen: Mapping[str, Row] | None = None) -> SourceStatus:
    """`seen`: other statuses by their ids on that server, to know what it answers.

    Raises one of MALFORMED for what is no status.
    """
    id_ = remote_id(row)
    posted_at = parse_time(row["created_at"])
    key = sort_key(posted_at, id_, row["id"])
    if reason := _skip(row):
        return SourceStatus(id=id_, sort_key=key, text="", skip=reason)
    reply_to, reply_to_account = _answered(row, seen or {})
    quoted = _quoted(row)
    content = content_of(words(row.get("content")), with_quote=not quoted)
    orphan = bool(reply_to) and not row.get("in_reply_to_id")
    return SourceStatus(
        id=id_,
        sort_key=key,
        text=content.text,
        format=content.format,
        spans=content.spans,
        posted_at=posted_at,
        url=web_address(row.get("url")) or web_address(id_),
        reply_to=reply_to,
        reply_to_account=reply_to_account,
        quote_of=remote_id(quoted) if quoted and _same_author(quoted, row) else "",
        language=words(row.get("language"))[:20],
        likes=count(row.get("favourites_count")),
        media=tuple(_media(row)),
        content_warning=words(row.get("spoiler_text")).strip(),
        extras=tuple(_extras(row, quoted, content)),
        edited_at=parse_time(row["edited_at"]) if row.get("edited_at") else None,
        gap=Gap.PARENT_DELETED if orphan else None,
    )


def parse_account(account: Row) -> SourceAccount:
    """Display names come without the custom emoji that only its own server can show."""
    id_ = actor(account)
    if not _USERNAME.fullmatch(account["username"]):
        raise ValueError("This is no name of an account.")
    emojis = [f":{emoji['shortcode']}:" for emoji in account.get("emojis") or ()]
    name = display_name(words(account.get("display_name")), emojis)
    return SourceAccount(
        "mastodon",
        remote_id=id_,
        handle=f"{account['username']}@{urlsplit(id_).netloc}"[:200],
        name=(name or account["username"])[:200],
        url=web_address(account.get("url")) or web_address(id_),
    )


def display_name(name: str, emojis: Iterable[str]) -> str:
    for emoji in emojis:
        name = name.replace(emoji, " ")
    return shown_name(name)


def remote_id(row: Row) -> str:
    return _id(row.get("uri") or row["url"])


def actor(account: Row) -> str:
    return _id(account.get("uri") or account["url"])


def is_for_all(row: Row) -> bool:
    return words(row.get("visibility")) in SEEN_BY_ALL and not row.get("local_only")


def _skip(row: Row) -> SkipReason | None:
    if row.get("reblog"):
        return SkipReason.RETWEET
    if is_for_all(row):
        return None
    return HIDDEN.get(row["visibility"], SkipReason.FOLLOWERS_ONLY)


# --- what it answers and quotes ---------------------------------------------------------------


def _answered(row: Row, seen: Mapping[str, Row]) -> tuple[str, str]:
    """The remote ids of the status and of the account; of others' accounts only where known.

    A deleted status is forgotten by its answers, but whom they answered is not.
    """
    parent = row.get("in_reply_to_id")
    own = row.get("in_reply_to_account_id") == row["account"]["id"]
    if told := seen.get(f"{parent}"):
        return remote_id(told), actor(told["account"])
    account = actor(row["account"]) if own else ""
    if parent:
        return _unseen(row, f"{parent}", own=own), account
    if own:
        return f"{remote_id(row)}{FORGOTTEN}", account
    other = row.get("in_reply_to_account_id")
    return "", _placeholder(row, f"accounts/{other}") if other else ""


def _unseen(row: Row, parent: str, *, own: bool) -> str:
    """On its own server an author's statuses are all called alike."""
    above, slash, last = remote_id(row).rpartition("/")
    is_at_home = own and last == row["id"]
    return f"{above}{slash}{parent}" if is_at_home else _placeholder(row, f"statuses/{parent}")


def _placeholder(row: Row, name: str) -> str:
    """For what only that server has a number for."""
    address = urlsplit(remote_id(row))
    return _id(f"{address.scheme}://{address.netloc}/{name}")


def _quoted(row: Row) -> Row | None:
    """Shown to everybody, and not taken back by who is quoted."""
    quote = row.get("quote")
    quoted = quote.get("quoted_status") if isinstance(quote, dict) else None
    return quoted if isinstance(quoted, dict) and is_for_all(quoted) else None


def _same_author(one: Row, other: Row) -> bool:
    return actor(one["account"]) == actor(other["account"])


def _extras(row: Row, quoted: Row | None, content: Content) -> Iterator[SourceExtra]:
    if quoted:
        yield _quote(quoted)
    if poll := row.get("poll"):
        yield _poll(poll)
    for media in row.get("media_attachments") or ():
        address = web_address(media.get("url")) or web_address(media.get("remote_url"))
        if media["type"] not in KINDS and address:
            title = LINKED.get(media["type"], "Attachment")
            yield SourceCard(address, title, words(media.get("description")))
    card = row.get("card")
    if card and (address := web_address(card["url"])) and address not in content.addresses:
        yield SourceCard(address, words(card.get("title")), words(card.get("description")))


def _quote(quoted: Row) -> SourceQuote:
    warning = words(quoted.get("spoiler_text")).strip()
    said = without_quote(words(quoted.get("content")))
    return SourceQuote(
        url=web_address(quoted.get("url")) or web_address(remote_id(quoted)),
        author=parse_account(quoted["account"]).name,
        text=f"<p><em>Content warning: {escape(warning)}</em></p>{said}" if warning else said,
        format=Format.HTML,
        posted_at=parse_time(quoted["created_at"]),
    )


def _poll(poll: Row) -> SourcePoll:
    return SourcePoll(
        tuple((words(o["title"]), count(o.get("votes_count"))) for o in poll["options"]),
        votes=count(poll.get("votes_count")),
        ended=bool(poll.get("expired")),
    )


# --- media ------------------------------------------------------------------------------------


def _media(row: Row) -> Iterator[SourceMedia]:
    for media in row.get("media_attachments") or ():
        if media["type"] not in KINDS:
            continue
        kind = KINDS[media["type"]]
        size = (media.get("meta") or {}).get("original") or {}
        yield SourceMedia(
            kind,
            url=web_address(media.get("url")) or web_address(media.get("remote_url")),
            poster_url="" if kind is MediaKind.IMAGE else web_address(media.get("preview_url")),
            alt=words(media.get("description")).strip(),
            width=count(size.get("width")),
            height=count(size.get("height")),
        )


# --- values that a stranger sent --------------------------------------------------------------


def words(value: object) -> str:
    """A text that any database can keep."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("This is no text.")
    return value.encode(errors="replace").decode().replace("\0", "\ufffd")


def web_address(value: object) -> str:
    address = words(value).strip() if isinstance(value, str) else ""
    return address if len(address) <= 500 and _leads_somewhere(address) else ""


def _leads_somewhere(address: str) -> bool:
    try:
        return address.startswith(("https://", "http://")) and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= LARGEST_COUNT else None


def parse_time(written: str) -> datetime:
    """To the second: an archive tells no more."""
    time = datetime.fromisoformat(written)
    return (
        (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    )


def sort_key(posted_at: datetime, id_: str, local_id: str = "") -> str:
    """By time; what was posted within a second by the number that ends the id."""
    last = id_.rpartition("/")[2]
    tie = last if last.isdecimal() else local_id
    return f"{posted_at:%Y-%m-%dT%H:%M:%S} {tie[-20:].zfill(20) if tie.isdecimal() else tie[:20]}"


def _id(value: str) -> str:
    id_ = words(value)
    if not id_ or len(id_) > LONGEST_ID:
        raise ValueError("This is no id of a server.")
    return id_
