"""One post of the X API v2, translated. Pure.

https://docs.x.com/x-api/fundamentals/data-dictionary. What the archive of the same author
tells of the same post comes out the same here, so that either finds the other's rows. The
API knows more of some: alternative texts, polls, and what others said that is quoted.

The text comes escaped (`&amp;`, `&lt;`, `&gt;`), that of long posts not always, and places
count code points of one or the other: what stands there decides which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from threads.sources.base import (
    MediaKind,
    SkipReason,
    SourceExtra,
    SourceMedia,
    SourcePoll,
    SourceQuote,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.x_tweets import (
    KINDS,
    LONGEST_ID,
    Mark,
    link,
    marked,
    quoted,
    skipped,
    unescape,
    with_space,
)
from threads.text.names import shown_name

Post = Mapping[str, Any]
ASKED = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,"
    "entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets",
    "expansions": "attachments.media_keys,attachments.poll_ids,author_id,"
    "referenced_tweets.id,referenced_tweets.id.author_id",
    "media.fields": "alt_text,height,preview_image_url,type,url,variants,width",
    "poll.fields": "options,voting_status",
    "user.fields": "name,username",
}
SHORTENERS = {"t.co", "bit.ly", "buff.ly", "dlvr.it", "goo.gl", "ift.tt", "is.gd", "lnkd.in"}
SHORTENERS |= {"ow.ly", "tinyurl.com", "trib.al"}
_NOT_ESCAPED = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")


class Includes:
    """What answers carry beside the posts, by id."""

    def __init__(self) -> None:
        self.users: dict[str, Post] = {}
        self.media: dict[str, Post] = {}
        self.polls: dict[str, Post] = {}
        self.posts: dict[str, Post] = {}

    def add(self, included: Mapping[str, Any]) -> None:
        self.users |= {user["id"]: user for user in included.get("users", ())}
        self.media |= {media["media_key"]: media for media in included.get("media", ())}
        self.polls |= {poll["id"]: poll for poll in included.get("polls", ())}
        self.posts |= {post["id"]: post for post in included.get("tweets", ())}


def parse_post(post: Post, includes: Includes) -> SourceStatus:
    """Raises KeyError, TypeError, ValueError or AttributeError for what is no post."""
    id_ = str(int(post["id"]))
    if len(id_) > LONGEST_ID:
        raise ValueError(f"{id_} is no id of X.")
    if reference(post, "retweeted"):
        return skipped(id_, SkipReason.RETWEET)
    text, spans = words(post)
    language = post.get("lang", "")
    return SourceStatus(
        id=id_,
        sort_key=id_.zfill(20),
        text=text,
        spans=spans,
        posted_at=datetime.fromisoformat(post["created_at"]),
        url=address(id_, includes.users.get(post["author_id"])),
        reply_to=reference(post, "replied_to"),
        reply_to_account=post.get("in_reply_to_user_id", ""),
        quote_of=quoted(spans) or reference(post, "quoted"),
        language=language if len(language) == 2 else "",
        likes=(post.get("public_metrics") or {}).get("like_count"),
        media=tuple(_media(post, includes)),
        versions=versions(post),
        extras=tuple(_extras(post, includes)),
    )


def reference(post: Post, type_: str) -> str:
    """The id of the post that this one answers, quotes or repeats."""
    references = post.get("referenced_tweets") or ()
    return next((str(found["id"]) for found in references if found["type"] == type_), "")


def versions(post: Post) -> tuple[str, ...]:
    ids = post.get("edit_history_tweet_ids") or ()
    return tuple(ids) if len(ids) > 1 else ()


def address(id_: str, author: Post | None) -> str:
    return f"https://x.com/{author['username'] if author else 'i/web'}/status/{id_}"


# --- text and spans ---------------------------------------------------------------------------


def words(post: Post) -> tuple[str, tuple[Span, ...]]:
    """All of them: `text` holds but the beginning of a long post."""
    note = post.get("note_tweet") or {}
    told = note if note.get("text") else post
    raw, entities = told["text"], told.get("entities") or {}
    if _NOT_ESCAPED.search(raw):
        return marked(raw, _marks(raw, entities))
    escaped, bare = list(_marks(raw, entities)), list(_marks(unescape(raw), entities))
    if len(bare) > len(escaped):
        return marked(unescape(raw), bare)
    return marked(raw, escaped, unescape)


def _marks(raw: str, entities: Mapping[str, Any]) -> Iterator[Mark]:
    """Those that are true of the text."""
    for url in entities.get("urls") or ():
        start, end = url["start"], url["end"]
        if raw[start:end] != url["url"]:
            continue
        if "media_key" in url:
            yield Mark(start, with_space(raw, start, end), None, shown="")
        else:
            yield link(start, end, url["url"], _whole(url))
    for mention in entities.get("mentions") or ():
        start, end, name = mention["start"], mention["end"], mention["username"]
        if raw[start + 1 : end].lower() == name.lower():
            yield Mark(start, end, SpanKind.MENTION, f"https://x.com/{name}")
    for hashtag in entities.get("hashtags") or ():
        start, end = hashtag["start"], hashtag["end"]
        if raw[start + 1 : end] == hashtag["tag"]:
            yield Mark(start, end, SpanKind.HASHTAG)


def _whole(url: Post) -> str:
    """Where a link leads. X followed shortened ones to their end."""
    expanded: str = url.get("expanded_url") or url["url"]
    return url.get("unwound_url") or expanded if _is_short(expanded) else expanded


def _is_short(url: str) -> bool:
    try:
        return (urlsplit(url).hostname or "") in SHORTENERS
    except ValueError:
        return False


# --- what hangs on it -------------------------------------------------------------------------


def _media(post: Post, includes: Includes) -> Iterator[SourceMedia]:
    for key in (post.get("attachments") or {}).get("media_keys", ()):
        if media := includes.media.get(key):
            kind = KINDS.get(media.get("type", ""), MediaKind.IMAGE)
            still = media.get("preview_image_url") or ""
            yield SourceMedia(
                kind=kind,
                url=_best(media),
                poster_url=still if kind is not MediaKind.IMAGE else "",
                alt=media.get("alt_text") or "",
                width=media.get("width"),
                height=media.get("height"),
            )


def _best(media: Post) -> str:
    variants = [
        (int(variant["bit_rate"]), variant["url"].partition("?")[0])
        for variant in media.get("variants") or ()
        if "bit_rate" in variant
    ]
    return max(variants)[1] if variants else media.get("url") or ""


def _extras(post: Post, includes: Includes) -> Iterator[SourceExtra]:
    quote = includes.posts.get(reference(post, "quoted"))
    if quote and quote["author_id"] != post["author_id"]:
        author = includes.users.get(quote["author_id"])
        yield SourceQuote(
            url=address(quote["id"], author),
            author=(shown_name(author.get("name", "")) or f"@{author['username']}")
            if author
            else "",
            text=words(quote)[0],
            posted_at=datetime.fromisoformat(quote["created_at"]),
        )
    for id_ in (post.get("attachments") or {}).get("poll_ids", ()):
        if poll := includes.polls.get(id_):
            choices = sorted(poll["options"], key=lambda option: option["position"])
            yield SourcePoll(
                choices=tuple((option["label"], option.get("votes")) for option in choices),
                votes=sum(option.get("votes") or 0 for option in choices),
                ended=poll.get("voting_status") == "closed",
            )
