"""Mastodon, live: a thread from the address of any of its statuses, and what an account posts.

Always from the author's own server, since others hold only what reached them. What is asked
there is in `mastodon_server`, how a thread is gathered in `mastodon_conversation`, and what one
status looks like in `mastodon_status`.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote, urlsplit

from threads.http import Web
from threads.sources.base import (
    Gap,
    Profile,
    SkipReason,
    SourceAccount,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.fetched import Fetched, Read
from threads.sources.mastodon_conversation import Conversation
from threads.sources.mastodon_server import PAGE_SIZE, Place, Server
from threads.sources.mastodon_status import (
    LONGEST_ID,
    MALFORMED,
    Row,
    actor,
    parse_account,
    remote_id,
    words,
)
from threads.sources.mastodon_text import content_of, plain

RECENT = 400  # posts that are read of an account at first
MOST_PAGES = 25  # that are read of what it posted since then, at a time
_AFTER = r"(?:/(?:activity|embed|favourites|reblogs|quotes))?/?"
_AT_HOME = re.compile(
    rf"/@[^/@]+/(?:statuses/)?(\d\w*){_AFTER}|/(?:ap/)?users/[^/]+/statuses/(\w+){_AFTER}"
)
_ANYWHERE = re.compile(rf"(?:/web|/deck)?(?:/@[^/]+|/statuses|/notice)/(\d\w*){_AFTER}")


def find(url: str, web: Web) -> Place | None:
    """On the author's own server, if the address is one of a status on any Mastodon server.

    Raises a SourceUnavailableError where the server does not answer.
    """
    place = _place(url)
    if place is None:
        return None
    server = Server(place.base, web)
    if not server.speaks_mastodon():
        return None
    if _AT_HOME.fullmatch(_path(url)):
        return place
    try:
        return _elsewhere(server.status(place.id), server) or place
    except (SourceGoneError, SourceForbiddenError):
        return place  # which says so when it is read, perhaps with a token


def _place(url: str) -> Place | None:
    path = _path(url)
    found = _AT_HOME.fullmatch(path) or _ANYWHERE.fullmatch(path)
    base = _base(url)
    return Place(base, next(filter(None, found.groups()))) if found and base else None


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url.strip()).path)
    except ValueError:
        return ""


def _base(url: str) -> str:
    """A server that is not on a port of its own is asked by https, whatever the address says:

    a token goes with the question."""
    try:
        address = urlsplit(url.strip())
        host, port = address.hostname or "", address.port
    except ValueError:
        return ""
    if address.scheme not in {"http", "https"} or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    on_its_own = port not in {None, 80, 443}
    return f"{address.scheme}://{host}:{port}" if on_its_own else f"https://{host}"


def _elsewhere(row: Row, server: Server) -> Place | None:
    """Where the author's own server is, if this one has only a copy. Asked without a token."""
    if _is_of(server, remote_id(row)) and _is_of(server, actor(row["account"])):
        return None
    for address in (words(row.get("url")), words(row.get("uri"))):
        place = _place(address)
        if place is None or place.base == server.base:
            continue
        try:
            if Server(place.base, server.web).speaks_mastodon():
                return place
        except SourceLimitedError:
            raise
        except SourceUnavailableError:
            pass  # perhaps it is gone for good: the copy is what there is
    return None


class _Asked(Fetched):
    kind = "mastodon"

    def _read(self) -> Read:
        try:
            return self._gather()
        except MALFORMED as error:
            raise SourceFormatError(
                "The server answers in a way that cannot be understood."
            ) from error

    @abstractmethod
    def _gather(self) -> Read: ...


class MastodonThread(_Asked):
    """The thread that a status belongs to."""

    def __init__(
        self, place: Place, web: Web, token: str = "", expected: Collection[str] = ()
    ) -> None:
        """`expected`: the remote ids that it had before, to tell what was deleted."""
        super().__init__()
        self._server = Server(place.base, web, token)
        self._id = place.id
        self._expected = sorted(expected, key=lambda id_: (len(id_), id_))
        self._gone: set[str] = set()

    def _gather(self) -> Read:
        start = self._start()
        account = _account(start["account"], self._server)
        conversation = Conversation(self._server, start["account"]["id"])
        conversation.read(start)
        for id_ in self._expected:
            if id_ in conversation or id_ in self._gone:
                continue
            row = self._asked_for(id_)
            if row and row["account"]["id"] == start["account"]["id"]:
                conversation.read(row)
        statuses = [self._told(status) for status in conversation.statuses()]
        statuses += [SourceStatus(id_, "", "", skip=SkipReason.DELETED) for id_ in self._gone]
        self._warn(account, statuses)
        if _is_of(self._server, account.remote_id):
            return account, [_believed(status, self._server) for status in statuses]
        return _copied(account, statuses, self._server)

    def _start(self) -> Row:
        """The status that was asked for, else the first one there still is."""
        try:
            row = self._server.status(self._id)
        except SourceGoneError:
            found = next(filter(None, map(self._asked_for, self._expected)), None)
            if found is None:
                raise
            return found
        row = row.get("reblog") or row
        if place := _elsewhere(row, self._server):
            self._server = Server(place.base, self._server.web)
            return self._server.status(place.id)
        return row

    def _asked_for(self, id_: str) -> Row | None:
        """A status that is known by its remote id."""
        address = urlsplit(id_)
        local = address.path.rpartition("/")[2]
        if address.netloc != self._server.host or address.query or not local:
            return None
        try:
            return self._server.status(local)
        except SourceGoneError:
            self._gone.add(id_)
        except SourceForbiddenError:
            pass  # it may be there: nobody says
        return None

    def _told(self, status: SourceStatus) -> SourceStatus:
        gone = status.reply_to in self._gone
        return replace(status, gap=Gap.PARENT_DELETED) if gone else status

    def _warn(self, account: SourceAccount, statuses: list[SourceStatus]) -> None:
        host = self._server.host
        if not _is_of(self._server, account.remote_id):
            self.findings.complete = False
            self.findings.warnings.append(
                f"This was read from {host}, which may not have all of it: the author’s own "
                "server could not be asked."
            )
        if any(status.gap is Gap.ANSWERS_UNSEEN for status in statuses):
            self.findings.complete = False
            self.findings.warnings.append(
                f"{host} does not show all of this thread to those who are not logged in. "
                "A token of an account there in MASTODON_TOKENS lets us see the rest."
            )


class MastodonAccount(_Asked):
    """What an account posted since the cursor; at first, its most recent posts."""

    def __init__(
        self, account: SourceAccount, cursor: Mapping[str, str], web: Web, token: str = ""
    ) -> None:
        super().__init__()
        self.cursor = dict(cursor)
        self._account = account
        self._server = _home(account, web, token)

    def _gather(self) -> Read:
        author = self.cursor.get("account") or _row_of(self._account, self._server)["id"]
        since = self.cursor.get("since")
        if since:
            pages = islice(self._server.statuses(author, min_id=since), MOST_PAGES)
        else:
            pages = islice(self._server.statuses(author), RECENT // PAGE_SIZE)
        rows = [row for page in pages for row in page]
        conversation = Conversation(self._server, author)
        conversation.gather(rows)
        self.cursor["account"] = author
        if rows:
            newest = max(rows, key=lambda row: (row["created_at"], row["id"]))
            self.cursor["since"] = newest["id"]
            self._account = _same(self._account, newest["account"], self._server)
        found = conversation.statuses()
        return self._account, [_believed(status, self._server) for status in found]


def profile(account: SourceAccount, web: Web, token: str = "") -> Profile:
    server = _home(account, web, token)
    row = _row_of(account, server)
    try:
        fields = [
            (words(field["name"]), words(field["value"]), bool(field.get("verified_at")))
            for field in row.get("fields") or ()
        ]
        note = words(row.get("note"))
    except MALFORMED as error:
        raise _strange(server) from error
    links = {value: content_of(value).addresses for _, value, _ in fields}
    checked = [link for _, value, verified in fields if verified for link in links[value]]
    every = [*checked, *sorted(content_of(note).addresses), *sorted(set().union(*links.values()))]
    return Profile(
        account=_account(row, server),
        bio="\n".join([plain(note), *(f"{name}: {plain(value)}" for name, value, _ in fields)]),
        links=tuple(dict.fromkeys(every)),
        verified_links=tuple(dict.fromkeys(checked)),
    )


def home_of(account: SourceAccount) -> str:
    """The server that is asked about an account, and that a token has to be for."""
    return _base(account.remote_id) or _base(account.url)


def _home(account: SourceAccount, web: Web, token: str) -> Server:
    base = home_of(account)
    if not base:
        raise SourceFormatError(f"Nobody knows on which server @{account.handle} is.")
    return Server(base, web, token)


def _row_of(account: SourceAccount, server: Server) -> Row:
    """Whoever has the name now must be the same, where it is known who had it."""
    row = server.account(account.handle.partition("@")[0])
    _same(account, row, server)
    return row


def _same(account: SourceAccount, row: Row, server: Server) -> SourceAccount:
    told = _account(row, server)
    if account.remote_id and told.remote_id != account.remote_id:
        raise SourceGoneError(f"@{account.handle} is somebody else now.")
    if not _is_of(server, told.remote_id):
        raise SourceFormatError(
            f"{server.host} says that this account is on another server: give @{told.handle}."
        )
    return told


def _account(row: Row, server: Server) -> SourceAccount:
    try:
        return parse_account(row)
    except MALFORMED as error:
        raise _strange(server) from error


def _strange(server: Server) -> SourceFormatError:
    return SourceFormatError(f"{server.host} tells of an account in a way that cannot be read.")


# --- whom a server is believed about ------------------------------------------------------------


def _is_of(server: Server, id_: str) -> bool:
    """Of what is called as if it were on another server, this one has a copy, or makes it up."""
    try:
        return urlsplit(id_).netloc.lower() == server.host
    except ValueError:
        return False


def _believed(status: SourceStatus, server: Server) -> SourceStatus:
    if _is_of(server, status.id):
        return status
    return SourceStatus(status.id, status.sort_key, "", skip=SkipReason.UNREADABLE)


def _copied(
    account: SourceAccount, statuses: list[SourceStatus], server: Server
) -> tuple[SourceAccount, list[SourceStatus]]:
    """Under ids of the server that has the copy: it may be forged, so that it is never taken for
    what the author's own server tells, nor for the account that was proven to be theirs."""

    def here(id_: str) -> str:
        copy = f"{server.base}/authorize_interaction?uri={id_}" if id_ else ""
        if len(copy) > LONGEST_ID:
            raise ValueError("This id is too long.")
        return copy

    ours = {status.id for status in statuses}
    return replace(account, remote_id=here(account.remote_id)), [
        replace(
            status,
            id=here(status.id),
            reply_to=here(status.reply_to) if status.reply_to in ours else status.reply_to,
            reply_to_account=here(status.reply_to_account)
            if status.reply_to_account == account.remote_id
            else status.reply_to_account,
            quote_of="",
        )
        for status in statuses
    ]
