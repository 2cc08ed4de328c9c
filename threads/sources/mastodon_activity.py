"""One activity of a Mastodon archive's outbox. Pure.

https://docs.joinmastodon.org/spec/activitypub/#Status A status is a Note, or a Question where it
holds a poll; a boost is told by nothing but its address. Each status says whom it is for: what
is not for everybody is never looked at any further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from threads.sources.base import (
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
from threads.sources.mastodon_status import (
    count,
    display_name,
    parse_time,
    remote_id,
    sort_key,
    web_address,
    words,
)
from threads.sources.mastodon_text import content_of

Activity = Mapping[str, Any]
FindFile = Callable[[str], str]  # the path of an attachment: the file's name in the archive

EVERYBODY = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
FOLLOWERS = "/followers"
KINDS = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO}
QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")


def parse_activity(activity: Activity, find_file: FindFile) -> SourceStatus:
    """Raises one of MALFORMED for what is none."""
    kind, told = activity["type"], activity["object"]
    if kind == "Announce":
        return _skipped(activity, SkipReason.RETWEET)
    if kind != "Create" or told["type"] not in {"Note", "Question"}:
        raise ValueError("This is no status.")
    if reason := _not_for_all([*_list(told.get("to")), *_list(told.get("cc"))]):
        return _skipped(told, reason)
    return _status(told, activity["actor"], find_file)


def parse_actor(actor: Activity) -> SourceAccount:
    """What `actor.json` says of the author."""
    emojis = [tag["name"] for tag in _list(actor.get("tag")) if tag["type"] == "Emoji"]
    id_, name = remote_id({"uri": actor["id"]}), words(actor["preferredUsername"])
    shown = display_name(words(actor.get("name")), emojis) or name
    return _account(id_, name, shown[:200], web_address(actor.get("url")))


def author_of(activity: Activity) -> SourceAccount:
    """As much as an outbox alone tells."""
    id_ = remote_id({"uri": activity["actor"]})
    name = urlsplit(id_).path.rstrip("/").rpartition("/")[2]
    # Newer servers number their accounts; then the addresses of statuses tell the name.
    told = activity["object"]
    address = words(told.get("url")) if isinstance(told, dict) else ""
    at_sign, _, named = urlsplit(address).path.partition("@")
    name = named.partition("/")[0] if at_sign == "/" and named else name
    return _account(id_, name, "", "")


def _account(id_: str, username: str, name: str, url: str) -> SourceAccount:
    address = urlsplit(id_)
    return SourceAccount(
        "mastodon",
        remote_id=id_,
        handle=f"{username}@{address.netloc}"[:200],
        name=name,
        url=url or f"{address.scheme}://{address.netloc}/@{username}",
    )


def _skipped(told: Activity, reason: SkipReason) -> SourceStatus:
    id_ = remote_id({"uri": told["id"]})
    return SourceStatus(id_, sort_key(parse_time(told["published"]), id_), "", skip=reason)


def _not_for_all(audience: list[Any]) -> SkipReason | None:
    if any(one in EVERYBODY for one in audience):
        return None
    followers = any(words(one).endswith(FOLLOWERS) for one in audience)
    return SkipReason.FOLLOWERS_ONLY if followers else SkipReason.DIRECT


def _status(note: Activity, actor: str, find_file: FindFile) -> SourceStatus:
    id_ = remote_id({"uri": note["id"]})
    posted_at = parse_time(note["published"])
    parent, quote = words(note.get("inReplyTo")), _quoted(note)
    own_quote = quote if _are_alike(quote, id_) else ""
    content = content_of(words(note.get("content")), with_quote=not own_quote)
    return SourceStatus(
        id=id_,
        sort_key=sort_key(posted_at, id_),
        text=content.text,
        format=content.format,
        spans=content.spans,
        posted_at=posted_at,
        url=web_address(note.get("url")) or web_address(id_),
        reply_to=parent[:500],
        reply_to_account=words(actor) if _are_alike(parent, id_) else "",
        quote_of=own_quote,
        language=_language(note),
        likes=_total(note.get("likes")),
        media=tuple(_media(note, find_file)),
        content_warning=words(note.get("summary")).strip(),
        extras=tuple(_extras(note, own_quote)),
        edited_at=parse_time(note["updated"]) if note.get("updated") else None,
    )


def _are_alike(one: str, other: str) -> bool:
    """An author's statuses are called alike, but for the number at the end."""
    return one.rpartition("/")[0] == other.rpartition("/")[0]


def _quoted(note: Activity) -> str:
    found = (note.get(name) for name in QUOTES)
    return next((web_address(quote) for quote in found if isinstance(quote, str)), "")


def _language(note: Activity) -> str:
    languages = list(note.get("contentMap") or {})
    return words(languages[0])[:20] if len(languages) == 1 else ""


def _media(note: Activity, find_file: FindFile) -> Iterator[SourceMedia]:
    for attachment in _list(note.get("attachment")):
        kind = KINDS.get(_type(attachment))
        if kind is None:
            continue
        path = words(attachment["url"])
        yield SourceMedia(
            kind,
            url=_address(path, note),
            alt=words(attachment.get("name")).strip(),
            name=find_file(path),
            width=count(attachment.get("width")),
            height=count(attachment.get("height")),
        )


def _extras(note: Activity, own_quote: str) -> Iterator[SourceExtra]:
    if own_quote:
        yield SourceQuote(own_quote)
    if choices := note.get("oneOf") or note.get("anyOf"):
        told = tuple((words(one["name"]), _total(one.get("replies"))) for one in choices)
        votes = [votes for _, votes in told if votes is not None]
        yield SourcePoll(told, sum(votes) if votes else None, ended=bool(note.get("closed")))
    for attachment in _list(note.get("attachment")):
        if _type(attachment) not in KINDS:
            address = _address(words(attachment["url"]), note) or web_address(note["id"])
            title = "Audio recording" if _type(attachment) == "audio" else "Attachment"
            yield SourceCard(address, title, words(attachment.get("name")))


def _type(attachment: Mapping[str, Any]) -> str:
    return words(attachment.get("mediaType")).partition("/")[0]


def _address(path: str, note: Activity) -> str:
    """Exports name files by their path; a server that stores them itself shows them there."""
    if path.startswith("/media_attachments/"):
        address = urlsplit(words(note["id"]))
        path = f"{address.scheme}://{address.netloc}/system{path}"
    return web_address(path)


def _total(collection: object) -> int | None:
    return count(collection.get("totalItems")) if isinstance(collection, dict) else None


def _list(value: Any) -> list[Any]:
    """ActivityPub writes a list of one without its brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
