"""Writes X archives: the exact files that X gives, with tweets of the test's own."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
EPOCH = datetime.fromtimestamp(1288834974.657, UTC)
OWN = "1498765432100864001"
OTHER = "20"
HANDLE = "miraosei"


def id_at(when: datetime, sequence: int = 0) -> str:
    return str((round((when - EPOCH) / timedelta(milliseconds=1)) << 22) + sequence)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def picture(
    size: tuple[int, int] = (40, 30), colour: str = "teal", kind: str = "JPEG", **options: Any
) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind, **options)
    return content.getvalue()


class Archive:
    """Collects tweets, and writes them as X would. Each tweet is a minute after the last."""

    def __init__(self, *, own: str = OWN, handle: str = HANDLE, name: str = "Mira Osei") -> None:
        self.own, self.handle, self.name = own, handle, name
        self.tweets: list[dict[str, Any]] = []
        self.community: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.media: dict[str, bytes] = {}
        self.others: dict[str, str] = {}  # further files under data/, as they stand
        self.manifest: dict[str, Any] | None = {}
        self.clock = FIRST
        self.pictures = "http://127.0.0.1:9/media"  # where nobody answers

    def tweet(
        self,
        text: str,
        *,
        reply_to: str | None = None,
        to_user: str | None = None,
        links: Mapping[str, str] | None = None,
        mentions: Sequence[str] = (),
        hashtags: Sequence[str] = (),
        photos: Sequence[bytes | None] = (),
        edits: Sequence[str] = (),
        likes: int = 0,
        id: str | None = None,  # noqa: A002 - as X calls it
        community: bool = False,
    ) -> str:
        """`text` as the author wrote it, with the t.co addresses of `links`.

        `photos`: what each file holds, None where the archive lacks it.
        """
        self.clock += timedelta(minutes=1)
        id = id or id_at(self.clock)  # noqa: A001 - as X names it
        raw = escape(text)
        tweet: dict[str, Any] = {
            "retweeted": False,
            "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
            "display_text_range": ["0", str(len(raw))],
            "favorite_count": str(likes),
            "id_str": id,
            "truncated": False,
            "retweet_count": "0",
            "id": id,
            "created_at": self.clock.strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "favorited": False,
            "lang": "en",
        }
        if photos:
            raw += " " * bool(raw) + "https://t.co/media"
            media = [self._photo(id, number, content, raw) for number, content in enumerate(photos)]
            tweet["extended_entities"] = {"media": media}
            tweet["entities"] = {"media": media[:1]}
        tweet["full_text"] = raw
        tweet.setdefault("entities", {}).update(_entities(raw, links or {}, mentions, hashtags))
        if edits:
            control = {"editTweetIds": [*edits, id], "editsRemaining": "4"}
            tweet["edit_info"] = {
                "edit": {"initialTweetId": edits[0], "editControlInitial": control}
            }
        if reply_to or to_user:
            user = to_user or self.own
            tweet |= {"in_reply_to_user_id": user, "in_reply_to_user_id_str": user}
            if user == self.own:
                tweet["in_reply_to_screen_name"] = self.handle
        if reply_to:
            tweet |= {"in_reply_to_status_id": reply_to, "in_reply_to_status_id_str": reply_to}
        (self.community if community else self.tweets).append(tweet)
        return id

    def thread(self, *texts: str, **options: Any) -> list[str]:
        ids = [self.tweet(texts[0], **options)]
        for text in texts[1:]:
            ids.append(self.tweet(text, reply_to=ids[-1]))
        return ids

    def note(self, text: str, *, for_tweet: str, earlier: int = 20, **marks: Any) -> None:
        """The whole text of a long post, some milliseconds older than its tweet."""
        core = {"text": text, "urls": [], "mentions": [], "hashtags": [], "cashtags": []}
        note_id = str(int(for_tweet) - (earlier << 22))
        note = {"noteTweetId": note_id, "lifecycle": {}, "core": core | {"styletags": []} | marks}
        self.notes.append({"noteTweet": note})

    def _photo(self, id_: str, number: int, content: bytes | None, raw: str) -> dict[str, Any]:
        name = f"P{id_[-6:]}{number}.jpg"
        if content is not None:
            self.media[f"{id_}-{name}"] = content
        return {
            "url": "https://t.co/media",
            "indices": [str(len(raw) - len("https://t.co/media")), str(len(raw))],
            "media_url_https": f"{self.pictures}/{name}",
            "type": "photo",
            "sizes": {"large": {"w": "40", "h": "30", "resize": "fit"}},
            "display_url": "pic.twitter.com/media",
        }

    # --- writing ------------------------------------------------------------------------------

    def files(self, *, parts: int = 1, head: str = "tweets") -> dict[str, bytes]:
        """By their paths under data/."""
        files: dict[str, bytes] = {}
        size = -(-len(self.tweets) // parts) or 1
        for part in range(parts):
            name = f"{head}-part{part}.js" if part else f"{head}.js"
            rows = [{"tweet": tweet} for tweet in self.tweets[part * size : (part + 1) * size]]
            files[name] = script(f"{head}.part{part}", rows)
        if self.notes:
            files["note-tweet.js"] = script("note_tweet.part0", self.notes)
        if self.community:
            rows = [{"tweet": tweet} for tweet in self.community]
            files["community-tweet.js"] = script("community_tweet.part0", rows)
        if self.manifest is not None:
            files["manifest.js"] = self._manifest_file(files)
        files |= {f"{head}_media/{name}": content for name, content in self.media.items()}
        return files | {name: text.encode() for name, text in self.others.items()}

    def _manifest_file(self, files: Mapping[str, bytes]) -> bytes:
        types: dict[str, Any] = {}
        for name, content in files.items():
            type_ = {"note-tweet.js": "noteTweet", "community-tweet.js": "communityTweet"}
            rows = json.loads(content[content.index(b"[") :])
            types.setdefault(type_.get(name, "tweets"), {"files": []})["files"].append(
                {"fileName": f"data/{name}", "count": str(len(rows))}
            )
        user = {"accountId": self.own, "userName": self.handle, "displayName": self.name}
        manifest = {
            "userInfo": user,
            "archiveInfo": {"isPartialArchive": False},
            "dataTypes": types,
        }
        return b"window.__THAR_CONFIG = " + json.dumps(manifest | (self.manifest or {})).encode()

    def folder(self, path: Path, **options: Any) -> Path:
        for name, content in self.files(**options).items():
            file = path / "data" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return path

    def zip(self, path: Path, *, top: str = "", **options: Any) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files(**options).items():
                archive.writestr(f"{top}data/{name}", content)
        return path


def script(name: str, rows: Sequence[Any]) -> bytes:
    return f"window.YTD.{name} = {json.dumps(rows, indent=2)}".encode()


def _entities(
    raw: str, links: Mapping[str, str], mentions: Sequence[str], hashtags: Sequence[str]
) -> dict[str, Any]:
    return {
        "urls": [
            {
                "url": short,
                "expanded_url": expanded,
                "display_url": expanded[8:30] + "…",
                "indices": _indices(raw, short),
            }
            for short, expanded in links.items()
        ],
        "user_mentions": [
            {"screen_name": name, "id_str": OTHER, "indices": _indices(raw, f"@{name}")}
            for name in mentions
        ],
        "hashtags": [{"text": tag, "indices": _indices(raw, f"#{tag}")} for tag in hashtags],
        "symbols": [],
    }


def _indices(raw: str, piece: str) -> list[str]:
    start = raw.index(piece)
    return [str(start), str(start + len(piece))]
