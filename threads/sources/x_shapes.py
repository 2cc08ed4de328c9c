"""What is read of a tweet's row, as X writes it: everything else in it is passed over.

Numbers are written as strings, so they are decoded loosely (`strict=False`). What is not
there is absent.
"""

from __future__ import annotations

import msgspec


class _Shape(msgspec.Struct, gc=False):
    """Holds no ring of references, so the collector need not look at it."""


class Link(_Shape):
    url: str
    indices: tuple[int, int]
    expanded_url: str | None = None


class Mention(_Shape):
    screen_name: str
    indices: tuple[int, int]


class Hashtag(_Shape):
    indices: tuple[int, int]


class Size(_Shape):
    w: int | None = None
    h: int | None = None


class Sizes(_Shape):
    large: Size | None = None


class Variant(_Shape):
    url: str
    bitrate: int | None = None  # absent for a list of others


class Video(_Shape):
    variants: list[Variant] = []


class Media(_Shape):
    url: str
    indices: tuple[int, int]
    media_url_https: str
    type: str = ""
    sizes: Sizes | None = None
    video_info: Video | None = None


class Entities(_Shape):
    urls: list[Link] = []
    media: list[Media] = []
    user_mentions: list[Mention] = []
    hashtags: list[Hashtag] = []


class Versions(_Shape, rename="camel"):
    edit_tweet_ids: list[str] = []


class Edit(_Shape, rename="camel"):
    edit_control_initial: Versions | None = None


class EditInfo(_Shape):
    initial: Versions | None = None
    edit: Edit | None = None


class Extended(_Shape):
    media: list[Media] = []


class Tweet(_Shape):
    id_str: str
    full_text: str
    created_at: str = ""
    lang: str | None = None
    favorite_count: int | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    entities: Entities | None = None
    extended_entities: Extended | None = None
    edit_info: EditInfo | None = None


_DECODER = msgspec.json.Decoder(Tweet, strict=False)


def decoded(row: bytes) -> Tweet:
    """Raises msgspec's ValidationError for what is no tweet, its DecodeError or
    UnicodeDecodeError for what is not JSON."""
    if not row.isascii():
        row.decode()  # what is passed over has to be in UTF-8, too
    return _DECODER.decode(row)


def converted(row: object) -> Tweet:
    """Of a row that is decoded already. Raises msgspec's ValidationError."""
    return msgspec.convert(row, Tweet, strict=False)
