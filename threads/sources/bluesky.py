"""Bluesky: an author's threads and account, from the AppView and without a log-in.

An account's did stays; its handle, its name and its addresses are news each time.
https://docs.bsky.app/docs/advanced-guides/api-directory
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from threads.http import Web
from threads.sources.base import (
    Profile,
    SkipReason,
    SourceAccount,
    SourceForbiddenError,
    SourceGoneError,
)
from threads.sources.bluesky_api import AppView, Json
from threads.sources.bluesky_ids import DID, at_uri, did_in
from threads.sources.bluesky_ids import Place as Place
from threads.sources.bluesky_ids import find as find
from threads.sources.bluesky_news import News
from threads.sources.bluesky_people import account_of, asks_for_log_in
from threads.sources.bluesky_post import skipped, status_of
from threads.sources.bluesky_text import WEB_ADDRESS, plain
from threads.sources.bluesky_walk import Walk
from threads.sources.fetched import Fetched, Read
from threads.sources.services import Services
from threads.text.addresses import bare_spans
from threads.text.spans import SpanKind


class BlueskyThread(Fetched):
    """The thread that a post stands in. `owned`: its account was claimed, so that its wish not
    to be shown to visitors is not meant for us."""

    kind = "bluesky"

    def __init__(
        self,
        place: Place,
        web: Web,
        services: Services,
        *,
        expected: Collection[str] = frozenset(),
        owned: bool = False,
    ) -> None:
        super().__init__()
        self._place = place
        self._view = AppView(web, services.bluesky)
        self._expected = sorted(uri for uri in expected if did_in(uri))
        self._owned = owned

    def _read(self) -> Read:
        own = self._did()
        walk = Walk(self._view, own)
        self._begin(walk, at_uri(own, self._place.rkey))
        author = next(iter(walk.posts.values()))["author"]
        refuse_shy(author, owned=self._owned)
        walk.go()
        deleted = walk.look_for(self._expected)
        walk.go()
        if not walk.ended:
            self.findings.complete = False
            self.findings.warnings.append(
                f"This thread is so long that only {len(walk.posts)} parts of it were read."
            )
        gaps = walk.gaps()
        statuses = [status_of(post, gaps.get(uri)) for uri, post in walk.posts.items()]
        statuses += [skipped(uri, SkipReason.DELETED) for uri in deleted]
        return account_of(author), sorted(statuses, key=lambda status: status.sort_key)

    def _did(self) -> str:
        """What was read before knows it, even when the handle in the address is an old one."""
        if DID.fullmatch(self._place.actor):
            return self._place.actor
        known = {did_in(uri) for uri in self._expected}
        return known.pop() if len(known) == 1 else self._view.did_of(self._place.actor)

    def _begin(self, walk: Walk, uri: str) -> None:
        """With the post that was asked for; where that is gone, with others of its thread."""
        try:
            walk.begin(uri)
        except SourceGoneError:
            walk.know(self._view.posts(self._expected))
            if not walk.posts:
                raise
        if not walk.posts:
            raise SourceForbiddenError(
                "Bluesky does not show this post to visitors. Paste its text instead."
            )


class BlueskyAccount(Fetched):
    """What an account posted since `cursor`, with the whole of each thread that went on."""

    kind = "bluesky"

    def __init__(
        self,
        account: SourceAccount,
        cursor: Mapping[str, str],
        web: Web,
        services: Services,
        *,
        owned: bool = False,
    ) -> None:
        super().__init__()
        self.cursor = dict(cursor)
        self._asked = account
        self._view = AppView(web, services.bluesky)
        self._owned = owned

    def _read(self) -> Read:
        told = self._view.profile(_actor(self._asked))
        refuse_shy(told, owned=self._owned)
        account = account_of(told)
        news = News(self._view, account.remote_id, self.cursor.get("seen", ""), self.findings)
        statuses = sorted(news.statuses(), key=lambda status: status.sort_key)
        if news.newest:
            self.cursor = {"seen": news.newest}
        return account, statuses


def profile(account: SourceAccount, web: Web, services: Services) -> Profile:
    """Of shy accounts too: their profile may show that they are the creator's."""
    told = AppView(web, services.bluesky).profile(_actor(account))
    bio, website = plain(told.get("description")), plain(told.get("website"))
    links = [website] if WEB_ADDRESS.fullmatch(website) else []
    links += [target for _, _, kind, target in bare_spans(bio) if kind == SpanKind.LINK]
    return Profile(account_of(told), bio=bio, links=tuple(dict.fromkeys(links)))


def refuse_shy(author: Json, *, owned: bool) -> None:
    if asks_for_log_in(author) and not owned:
        raise SourceForbiddenError(
            f"{account_of(author).handle or 'This account'} asks Bluesky not to show its posts to "
            "visitors who are not logged in. If it is yours, claim the account first; with its "
            "author's consent, paste the text."
        )


def _actor(account: SourceAccount) -> str:
    is_did = DID.fullmatch(account.remote_id)
    return account.remote_id if is_did else (account.handle or account.remote_id).lstrip("@")
