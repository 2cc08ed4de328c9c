"""Which source reads what: finds out what a file, folder or address is, or says what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from threads.http import Web
from threads.sources import bluesky, mastodon, thread_reader, x_api
from threads.sources.addresses import refuse_account, shown, thread_reader_id, tidy
from threads.sources.base import (
    AccountSource,
    Source,
    SourceAccount,
    SourceForbiddenError,
    SourceFormatError,
)
from threads.sources.decoding import decode
from threads.sources.files import Files, OneFile, open_files
from threads.sources.foreign import refuse_foreign
from threads.sources.mastodon_archive import MastodonArchive, is_mastodon_archive
from threads.sources.pasted import PastedSource
from threads.sources.services import Services
from threads.sources.thread_reader import ThreadReaderSource
from threads.sources.x_archive import XArchive, is_x_archive
from threads.sources.x_asking import NO_TOKEN
from threads.sources.x_timeline import XAccount

TWEETS = re.compile(rb"\s*window\.YTD\.tweets?\.part")
KINDS = ("x_archive", "mastodon_archive", "thread_reader", "pasted")
LARGEST_TEXT = 20 * 1024**2


def open_source(path: Path, *, kind: str | None = None, name: str = "") -> Source:
    """`name` is what the person who reads an error calls the file; by default what it is."""
    name = name or path.name or str(path)
    if kind and kind not in KINDS:
        raise SourceFormatError(f"There is no kind “{kind}”. Known are {', '.join(KINDS)}.")
    try:
        files = open_files(path, name)
        if kind == "mastodon_archive" or (kind is None and is_mastodon_archive(files)):
            return MastodonArchive(files)
        if kind == "x_archive" or (kind is None and _may_be_archive(files)):
            return XArchive(files)
        return _page_or_text(files, kind)
    except FileNotFoundError:
        raise SourceFormatError(f"There is no file or folder {path}.") from None
    except OSError as error:
        raise SourceFormatError(f"{name} cannot be read: {error.strerror}.") from error


def _may_be_archive(files: Files) -> bool:
    if isinstance(files, OneFile):
        with files.open(files.paths[0]) as file:
            if TWEETS.match(file.peek(100)):
                files.paths = ["tweets.js"]  # whatever it is called here
    if is_x_archive(files):
        return True
    refuse_foreign(files)
    return not isinstance(files, OneFile)


def _page_or_text(files: Files, kind: str | None) -> Source:
    if not isinstance(files, OneFile):
        raise SourceFormatError(f"{files.name} is no page or text: give a single file.")
    with files.open(files.paths[0]) as file:
        data = file.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise SourceFormatError(
            f"{files.name} is too large for a page or a text, and it is no archive."
        )
    text = decode(data, files.name)
    if kind == "thread_reader" or (kind is None and thread_reader.recognises(text)):
        return ThreadReaderSource(text, files.name)
    return PastedSource.from_text(text, files.name)


# --- addresses --------------------------------------------------------------------------------


def open_address(
    written: str,
    web: Web,
    services: Services,
    *,
    expected: Collection[str] = frozenset(),
    owned: bool = False,
) -> Source:
    """The thread of any status of it. `expected`: remote ids that it had when it was last read.

    Asks no more than what kind of server it is. Of an `owned` account everything may be shown.
    """
    url = check_address(written, services)
    if on_x := _on_x(url):
        return x_api.XThread(on_x, web, services, expected=expected)
    if on_bluesky := bluesky.find(url):
        return bluesky.BlueskyThread(on_bluesky, web, services, expected=expected, owned=owned)
    if on_mastodon := mastodon.find(url, web):
        token = services.mastodon_token(on_mastodon.base)
        return mastodon.MastodonThread(on_mastodon, web, token, expected=frozenset(expected))
    raise SourceFormatError(
        f"{shown(url)} is no thread on X, Mastodon or Bluesky. Copy its text and paste it instead."
    )


def check_address(written: str, services: Services) -> str:
    """The tidy address. Refuses at once what takes no asking to know that it leads nowhere."""
    url = tidy(written)
    if _on_x(url):
        if not services.x_token:
            raise SourceForbiddenError(NO_TOKEN if x_api.find(url) else _to_be_saved(url))
    else:
        refuse_account(url)
    return url


def _on_x(url: str) -> x_api.Place | None:
    unrolled = thread_reader_id(url)
    return x_api.Place(unrolled) if unrolled else x_api.find(url)


def open_account(
    platform: str,
    account: SourceAccount,
    cursor: Mapping[str, str],
    web: Web,
    services: Services,
    *,
    owned: bool = False,
) -> AccountSource:
    """What an account posted since the `cursor` was there."""
    if platform == "x":
        return XAccount(account, cursor, web, services)
    if platform == "bluesky":
        return bluesky.BlueskyAccount(account, cursor, web, services, owned=owned)
    if platform == "mastodon":
        token = services.mastodon_token(mastodon.home_of(account))
        return mastodon.MastodonAccount(account, dict(cursor), web, token)
    raise SourceFormatError(f"Accounts on {platform} cannot be followed.")


def _to_be_saved(url: str) -> str:
    return (
        f"Thread Reader shows its pages to people only: open {shown(url)} in your browser, save "
        "the page and upload it, or copy the thread and paste it."
    )
