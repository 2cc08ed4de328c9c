"""Writes X archives as long as one likes: invented, but in the exact shape and mix of real ones.

Row by row, newest first, and always the same for the same number of tweets.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from tests.threads.archives import EPOCH, HANDLE, OWN, escape

LAST = datetime(2026, 10, 1, 12, tzinfo=UTC)
LONGEST = 280
_WORDS = (
    "lamp river pages a the kettle of harbour slow letters and when rain on windows we kept "
    "small maps for evenings that nobody reads but it was warm inside so I wrote down what "
    'tea costs ünder bridges – 漢字 too & yes “quoted” "straight" <odd> 50% café naïve 🧵 🪔 '
    "because every garden has its own clock\n\nNow then: first, second; third… done!"
)
WORDS = _WORDS.split(" ")
PEOPLE = ("ada_lamps", "ionreads", "kettlefolk", "tomas_w", "yuki_maps")
TAGS = ("slowletters", "lamps", "地図")
STORIES = {  # how many tweets of what kind follow each other, and how often
    "lone": 40,
    "retweet": 16,
    "reply": 22,
    "edited": 1,
    "quoting": 2,
    "thread of 2": 3,
    "thread of 3": 3,
    "thread of 7": 2,
    "thread of 25": 1,
}


def write(folder: Path, tweets: int) -> Path:
    """The unpacked archive, without any files of media."""
    data = folder / "data"
    data.mkdir(parents=True)
    notes: list[dict[str, Any]] = []
    with (data / "tweets.js").open("w", encoding="utf-8") as file:
        file.write("window.YTD.tweets.part0 = [")
        for number, tweet in enumerate(Author(tweets, notes).tweets()):
            file.write(f"{',' * bool(number)}\n  {written({'tweet': tweet}, '\n  ')}")
        file.write("\n]")
    _write(data / "note-tweet.js", "window.YTD.note_tweet.part0", notes)
    told = {"username": HANDLE, "accountId": OWN, "accountDisplayName": "Mira Osei"}
    _write(data / "account.js", "window.YTD.account.part0", [{"account": told}])
    files = {"tweets": ("tweets", tweets), "noteTweet": ("note-tweet", len(notes))}
    manifest = {
        "userInfo": {"accountId": OWN, "userName": HANDLE, "displayName": "Mira Osei"},
        "archiveInfo": {"isPartialArchive": False},
        "dataTypes": {
            type_: {"files": [{"fileName": f"data/{name}.js", "count": str(count)}]}
            for type_, (name, count) in files.items()
        },
    }
    _write(data / "manifest.js", "window.__THAR_CONFIG", manifest)
    return folder


def _write(path: Path, name: str, content: Any) -> None:
    path.write_text(f"{name} = {written(content)}", encoding="utf-8")


def written(value: Any, line: str = "\n") -> str:
    """JSON with the spaces that X puts into it."""
    deeper = line + "  "
    if isinstance(value, dict):
        items = [f'{deeper}"{key}" : {written(item, deeper)}' for key, item in value.items()]
        return f"{{{','.join(items)}{line}}}"
    if isinstance(value, list):
        items = [deeper + written(item, deeper) for item in value]
        return f"[{','.join(items)}{line}]" if items else "[ ]"
    return encode_basestring(value) if isinstance(value, str) else str(value).lower()


class Line:
    """A text under way, with the places of what is marked in it."""

    def __init__(self, text: str) -> None:
        self.raw = escape(text)
        self.entities: dict[str, list[dict[str, Any]]] = {
            "hashtags": [],
            "symbols": [],
            "user_mentions": [],
            "urls": [],
        }

    def mark(self, kind: str, piece: str, **told: Any) -> None:
        start = len(self.raw) + bool(self.raw)
        self.raw += f" {piece}" if self.raw else piece
        indices = [str(start), str(len(self.raw))]
        self.entities.setdefault(kind, []).append(told | {"indices": indices})

    def mention(self, name: str) -> None:
        id_ = str(70_000_000 + len(name))
        self.mark("user_mentions", f"@{name}", name=name, screen_name=name, id_str=id_, id=id_)


class Author:
    """Goes back in time from story to story."""

    def __init__(self, tweets: int, notes: list[dict[str, Any]]) -> None:
        self.left = tweets
        self.notes = notes
        self.clock = LAST
        self.dice = random.Random(20261122)  # noqa: S311 - always the same tweets
        self.prose = self.dice.choices(WORDS, k=20_000)

    def tweets(self) -> Iterator[dict[str, Any]]:
        kinds, weights = list(STORIES), list(STORIES.values())
        while self.left:
            kind = self.dice.choices(kinds, weights)[0]
            story = list(self.story(kind))[-self.left :]
            self.left -= len(story)
            yield from reversed(story)

    def story(self, kind: str) -> Iterator[dict[str, Any]]:
        """From its first tweet to its last."""
        self.clock -= timedelta(minutes=self.dice.randrange(20, 60))
        if kind == "retweet":
            yield self.tweet(Line(f"RT @{self.someone()}: {self.words(20)[:100]}…"), "0")
        elif kind == "reply":
            line = Line("")
            line.mention(self.someone())
            line.raw += " " + escape(self.words(12))
            yield self.tweet(line, "0", parent=self.id_at(-500), user="70000009")
        elif kind == "edited":
            ids = [self.id_at(0), self.id_at(100)]
            for second, id_ in zip((0, 100), ids, strict=True):
                yield self.tweet(Line(self.words(20)), str(second), edits=ids, first=ids[0] == id_)
        elif kind == "quoting":
            line = Line(self.words(15))
            self.link(line, f"https://twitter.com/{HANDLE}/status/{self.id_at(-90_000)}")
            yield self.tweet(line, "0")
        else:
            yield from self.thread(int(kind.removeprefix("thread of ").replace("lone", "1")))

    def thread(self, length: int) -> Iterator[dict[str, Any]]:
        parent = ""
        for number in range(length):
            counter = f"{number + 1}/{length} " if length > 3 else ""
            line = Line(counter + self.words(self.dice.randrange(3, 45)))
            yield self.tweet(line, str(number * 3), parent=parent, user=OWN if parent else "")
            parent = self.id_at(number * 3)

    def someone(self) -> str:
        return self.dice.choice(PEOPLE)

    def words(self, count: int) -> str:
        start = self.dice.randrange(len(self.prose) - count)
        return " ".join(self.prose[start : start + count])

    def id_at(self, seconds: int) -> str:
        when = self.clock + timedelta(seconds=seconds)
        return str(round((when - EPOCH) / timedelta(milliseconds=1)) << 22)

    def link(self, line: Line, target: str) -> None:
        short = f"https://t.co/{self.dice.randrange(10**9, 10**10)}"
        line.mark("urls", short, url=short, expanded_url=target, display_url=f"{target[8:32]}…")

    def tweet(
        self,
        line: Line,
        second: str,
        *,
        parent: str = "",
        user: str = "",
        edits: list[str] | None = None,
        first: bool = True,
    ) -> dict[str, Any]:
        id_ = self.id_at(int(second))
        posted = self.clock + timedelta(seconds=int(second))
        if not line.raw.startswith("RT @"):
            self.decorate(line, id_)
        tweet: dict[str, Any] = {
            "edit_info": _edit_info(edits or [id_], first=first),
            "retweeted": False,
            "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
            "entities": line.entities,
            "display_text_range": ["0", str(len(line.raw))],
            "favorite_count": str(self.dice.randrange(200)),
        }
        media = line.entities.get("media")
        if parent:
            tweet["in_reply_to_status_id_str"] = parent
        tweet |= {"id_str": id_}
        if user:
            tweet["in_reply_to_user_id"] = user
        tweet |= {"truncated": False, "retweet_count": "3", "id": id_}
        if media:
            tweet["possibly_sensitive"] = False
        if parent:
            tweet["in_reply_to_status_id"] = parent
        tweet |= {
            "created_at": posted.strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "favorited": False,
            "full_text": line.raw,
            "lang": "en",
        }
        if user:
            tweet |= {"in_reply_to_screen_name": HANDLE, "in_reply_to_user_id_str": user}
        if media:
            more = self.dice.choice((0, 0, 1, 3))
            tweet["extended_entities"] = {"media": media * (more + 1)}
        return tweet

    def decorate(self, line: Line, id_: str) -> None:
        chance = self.dice.random
        if chance() < 0.15:
            line.mention(self.someone())
        if chance() < 0.12:
            tag = self.dice.choice(TAGS)
            line.mark("hashtags", f"#{tag}", text=tag)
        if chance() < 0.2:
            self.link(line, f"https://pages.example/{id_[-6:]}?from=x&kept=yes")
        if len(line.raw) > LONGEST:
            self.cut(line, id_)
        if chance() < 0.14:
            short = f"https://t.co/{id_[-10:]}"
            line.mark("media", short, **_media(short, id_, video=chance() < 0.12))

    def cut(self, line: Line, id_: str) -> None:
        """As X does with long posts, whose whole text stands elsewhere."""
        core = {"text": self.words(90), "urls": [], "mentions": [], "hashtags": []}
        self.notes.append({"noteTweet": {"noteTweetId": str(int(id_) - (20 << 22)), "core": core}})
        line.raw = line.raw[: LONGEST - 5] + "…"
        for entities in line.entities.values():
            entities[:] = [one for one in entities if int(one["indices"][1]) < LONGEST - 5]


def _edit_info(ids: list[str], *, first: bool) -> dict[str, Any]:
    control = {
        "editTweetIds": ids,
        "editableUntil": "2026-10-01T13:00:00.000Z",
        "editsRemaining": "5",
        "isEditEligible": True,
    }
    if first:
        return {"initial": control}
    return {"edit": {"initialTweetId": ids[0], "editControlInitial": control}}


def _media(short: str, id_: str, *, video: bool) -> dict[str, Any]:
    base = f"https://pbs.twimg.com/media/P{id_[-8:]}.jpg"
    sizes = {"large": 2048, "medium": 1200, "small": 680, "thumb": 150}
    told = {
        "expanded_url": f"https://twitter.com/{HANDLE}/status/{id_}/photo/1",
        "url": short,
        "media_url": base.replace("https", "http"),
        "id_str": id_,
        "id": id_,
        "media_url_https": base,
        "sizes": {
            name: {"w": str(size), "h": str(size * 3 // 4), "resize": "fit"}
            for name, size in sizes.items()
        },
        "type": "video" if video else "photo",
        "display_url": f"pic.twitter.com/{short[-10:]}",
    }
    if video:
        stem = f"https://video.twimg.com/ext_tw_video/{id_}/pu"
        variants: list[dict[str, str]] = [
            {"bitrate": rate, "content_type": "video/mp4", "url": f"{stem}/vid/{rate}.mp4?tag=12"}
            for rate in ("832000", "2176000", "256000")
        ]
        variants.append({"content_type": "application/x-mpegURL", "url": f"{stem}/pl/list.m3u8"})
        told["video_info"] = {"aspect_ratio": ["16", "9"], "variants": variants}
    return told
