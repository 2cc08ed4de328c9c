"""The statuses of one author in a conversation, whatever its server shows at a time.

Without a log-in, a server tells 40 statuses above one and 60 below, 20 levels deep
(https://docs.joinmastodon.org/methods/statuses/#context), so it is asked again from the deepest
own status. What is still not seen then is looked for among all that the author posted.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from itertools import islice

from threads.sources.base import (
    Gap,
    SkipReason,
    SourceForbiddenError,
    SourceGoneError,
    SourceStatus,
)
from threads.sources.mastodon_server import Server
from threads.sources.mastodon_status import (
    MALFORMED,
    Row,
    count,
    is_for_all,
    parse_status,
    remote_id,
)

LEVELS = 20  # that an answer goes down
FULL = 40  # so many below one, and there may be more: a server counts what it then hides
MOST_ASKED = 60  # times for what is above and below a status
MOST_PAGES = 10  # of all that the author posted
MOST_SEEN = 20_000  # statuses, of whomever
MOST_SECONDS = 5 * 60  # for one thread: others wait for the worker


class Conversation:
    def __init__(self, server: Server, author: str) -> None:
        """`author`: the id of the account on that server."""
        self._server = server
        self._author = author
        self._end = time.monotonic() + MOST_SECONDS
        self._rows: dict[str, Row] = {}  # all that was seen, by others, too
        self._own: dict[str, Row] = {}  # those that belong to it
        self._asked: dict[str, bool] = {}  # whether all below it was told
        self._answers: Counter[str] = Counter()  # that were seen, by what they answer
        self._deep: set[str] = set()  # at the last level of an answer
        self._covered: set[str] = set()  # all their answers that are shown at all were told
        self._told: set[str] = set()  # with what is above them, as far as it is shown

    def __contains__(self, id_: str) -> bool:
        return any(remote_id(row) == id_ for row in self._own.values())

    def read(self, start: Row) -> None:
        """All own statuses around one of them, from the first one down."""
        root = self._first(start)
        self._take([root])
        self._ask_below(root)
        if self._unseen() and self._page(root):
            self._ask_below(root)

    def gather(self, rows: list[Row]) -> None:
        """All own ones of these, which are all there are, with what they go on from."""
        self._take(rows)
        for row in sorted(rows, key=lambda row: row["created_at"]):
            answers_own = row.get("in_reply_to_account_id") == self._author
            if answers_own and row["in_reply_to_id"] and row["in_reply_to_id"] not in self._rows:
                self._first(row)
        self._asked |= dict.fromkeys(self._own, True)

    def statuses(self) -> list[SourceStatus]:
        unseen = {row["id"] for row in self._unseen()}
        found = [self._translated(row, more=row["id"] in unseen) for row in self._own.values()]
        return sorted(found, key=lambda status: status.sort_key)

    # --- upwards ------------------------------------------------------------------------------

    def _first(self, start: Row) -> Row:
        """The first own status: nothing is above it, or somebody else’s is."""
        top = start
        while self._may_answer_own(top) and top["id"] not in self._asked and self._may_ask():
            for above in reversed(self._ask(top)):
                if not self._is_next(above, top):
                    break
                top = above
                self._take([above])
        return top

    def _is_next(self, above: Row, top: Row) -> bool:
        """Between the two may be own ones that nobody is shown."""
        hidden = top.get("in_reply_to_account_id") == self._author
        return self._is_own(above) and (above["id"] == top.get("in_reply_to_id") or hidden)

    def _may_answer_own(self, row: Row) -> bool:
        # On copies it is not always told whom a status answers.
        answered = row.get("in_reply_to_account_id")
        return bool(row.get("in_reply_to_id")) and answered in {self._author, None}

    # --- downwards ----------------------------------------------------------------------------

    def _ask_below(self, root: Row) -> None:
        if root["id"] not in self._asked:
            self._ask(root)
        while (row := self._deepest_unasked()) and self._may_ask():
            try:
                self._ask(row)
            except (SourceGoneError, SourceForbiddenError):
                self._asked[row["id"]] = True  # it was deleted meanwhile

    def _deepest_unasked(self) -> Row | None:
        rows = [row for row in self._own.values() if self._may_have_more(row)]
        return max(rows, key=lambda row: row["created_at"], default=None)

    def _may_have_more(self, row: Row) -> bool:
        id_ = row["id"]
        if id_ in self._asked or not self._is_in_line(row):
            return False
        if id_ in self._deep:
            return True
        fewer = self._answers[id_] < _answers(row)
        return fewer and (id_ not in self._covered or not self._answers[id_])

    def _unseen(self) -> list[Row]:
        return [
            row
            for id_, row in self._own.items()
            if self._may_have_more(row)
            or (not self._asked.get(id_, True) and self._answers[id_] < _answers(row))
        ]

    def _is_in_line(self, row: Row) -> bool:
        return not row.get("in_reply_to_id") or self._may_answer_own(row)

    def _page(self, root: Row) -> bool:
        """Looks through what the author posted after it; whether anything was found."""
        before = len(self._own)
        pages = self._server.statuses(self._author, min_id=root["id"])
        ended = False
        try:
            for page in islice(pages, MOST_PAGES):
                self._see(page)
                for row in sorted(page, key=lambda row: row["created_at"]):
                    if row.get("in_reply_to_id") in self._own:
                        self._take([row])
            ended = next(pages, None) is None
        except (SourceGoneError, SourceForbiddenError):
            pass  # a server may show single statuses, but no lists
        if ended:
            self._asked |= dict.fromkeys(self._own, True)
        return len(self._own) > before

    # --- what was seen ------------------------------------------------------------------------

    def _may_ask(self) -> bool:
        has_time = time.monotonic() < self._end
        return has_time and len(self._asked) < MOST_ASKED and len(self._rows) < MOST_SEEN

    def _ask(self, row: Row) -> list[Row]:
        """What is above it comes back."""
        context = self._server.context(row["id"])
        below = context.descendants
        whole = bool(self._server.token) or len(below) < FULL
        self._asked[row["id"]] = whole
        self._see([*context.ancestors, row, *below])
        self._told |= {row["id"], *(shown["id"] for shown in [*context.ancestors, *below])}
        level = {row["id"]: 0}
        for answer in below:
            level[answer["id"]] = level.get(f"{answer.get('in_reply_to_id')}", 0) + 1
        deep = {id_ for id_, depth in level.items() if depth >= LEVELS}
        self._deep |= set() if self._server.token else deep - self._asked.keys()
        if whole:
            self._covered |= level.keys() - deep
        self._take(below)
        return context.ancestors

    def _see(self, rows: list[Row]) -> None:
        for row in rows:
            if row["id"] not in self._rows and row.get("in_reply_to_id"):
                self._answers[row["in_reply_to_id"]] += 1
            self._rows[row["id"]] = row

    def _take(self, rows: list[Row]) -> None:
        self._see(rows)
        self._own |= {row["id"]: row for row in rows if self._is_own(row)}

    def _is_own(self, row: Row) -> bool:
        return bool(row["account"]["id"] == self._author)

    def _translated(self, row: Row, *, more: bool) -> SourceStatus:
        try:
            status = parse_status(row, self._rows)
        except MALFORMED:
            return SourceStatus(remote_id(row), "", "", skip=SkipReason.UNREADABLE)
        if status.gap or status.skip:
            return status
        if row.get("in_reply_to_account_id") == self._author and self._hides_parent(row):
            return replace(status, gap=Gap.PARENT_PRIVATE)
        return replace(status, gap=Gap.ANSWERS_UNSEEN) if more else status

    def _hides_parent(self, row: Row) -> bool:
        parent = self._rows.get(row["in_reply_to_id"])
        return row["id"] in self._told if parent is None else not is_for_all(parent)


def _answers(row: Row) -> int:
    return count(row.get("replies_count")) or 0
