"""All own posts of one thread, as far as the AppView can be brought to show them.

It shows ten levels of answers at once, so the walk goes on from the deepest own posts until
nothing new turns up. A post that is blocked, deleted or left out looks just like the end of
what it shows, and hides what stands below it. So the account's feed is read as well, which has
every own post: a little of it always, and back to the beginning of the thread where a post has
more answers than were shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from threads.sources.base import Gap, SourceGoneError
from threads.sources.bluesky_api import PARENTS, AppView, Json, is_, is_post_of
from threads.sources.bluesky_ids import did_in
from threads.sources.bluesky_post import parent_of, root_of, time_told

MOST_VIEWS = 100  # of one thread
MOST_PAGES = 10  # of the feed
PAGES_ANYWAY = 2
GAPS = {"notFoundPost": Gap.PARENT_DELETED, "blockedPost": Gap.PARENT_BLOCKED}


class Walk:
    def __init__(self, view: AppView, own: str) -> None:
        self.posts: dict[str, Json] = {}  # by uri
        self.ended = True  # else it had to stop before its end
        self._view = view
        self._own = own
        self._gaps: dict[str, Gap] = {}
        self._shown: dict[str, int] = {}  # how many answers to a post were shown
        self._views = 0
        self._opened: set[str] = set()
        self._climbed: set[str] = set()
        self._swept = False  # the feed was read back to the beginning of the thread

    def begin(self, uri: str) -> None:
        """Raises SourceGoneError where there is no such post."""
        self._open(uri, PARENTS)
        root = root_of(self.posts[uri]) if uri in self.posts else uri
        if root != uri and did_in(root) == self._own:
            self._try(root, 0)

    def know(self, posts: Iterable[Json]) -> None:
        """Own posts that were read elsewhere."""
        for post in posts:
            if is_post_of(post, self._own):
                self.posts.setdefault(post["uri"], post)

    def go(self) -> None:
        """On from what is known, until nothing new turns up."""
        self._follow()
        if not self._swept:
            hidden = any(self._hidden(uri) for uri in self.posts)
            self._sweep(MOST_PAGES if hidden else PAGES_ANYWAY)
            self._follow()

    def look_for(self, uris: Iterable[str]) -> list[str]:
        """Own posts that should be there too; those that are gone for certain come back."""
        missing = [uri for uri in uris if uri not in self.posts and did_in(uri) == self._own]
        self.know(self._view.posts(missing))
        return [uri for uri in missing if uri not in self.posts and self._is_gone(uri)]

    def gaps(self) -> dict[str, Gap]:
        unseen: set[str] = set()
        if not self._swept:
            unseen = {uri for uri in self.posts if self._hidden(uri) and not self._shown.get(uri)}
            unseen -= {parent_of(post) for post in self.posts.values()}
        return dict.fromkeys(unseen, Gap.ANSWERS_UNSEEN) | self._gaps

    # --- one view ------------------------------------------------------------------------------

    def _open(self, uri: str, parents: int) -> None:
        self._views += 1
        self._opened.add(uri)
        if parents:
            self._climbed.add(uri)
        node = self._view.thread(uri, parents=parents)
        self._note_above(node)
        self._note_below(node)

    def _try(self, uri: str, parents: int) -> None:
        try:
            self._open(uri, parents)
        except SourceGoneError:
            self.posts.pop(uri, None)  # deleted while we were looking

    def _is_gone(self, uri: str) -> bool:
        """Asked for by itself: that a list leaves a post out is not enough to believe it."""
        try:
            self._view.thread(uri)
        except SourceGoneError:
            return True
        return False

    def _note_above(self, node: Json) -> None:
        """The own posts right above, as far as they follow each other."""
        while self._is_own(node):
            uri, parent = node["post"]["uri"], node.get("parent")
            for kind, gap in GAPS.items():
                if is_(parent, kind):
                    self._gaps[uri] = gap
            if not isinstance(parent, dict) or not self._is_own(parent):
                return
            self.posts[parent["post"]["uri"]] = parent["post"]
            node = parent

    def _note_below(self, top: Json) -> None:
        """The own posts below, what they answer to others among them."""
        nodes = [top]
        for node in nodes:
            answers = node.get("replies") or []
            nodes += answers
            if self._is_own(node):
                uri = node["post"]["uri"]
                self.posts[uri] = node["post"]
                self._shown[uri] = max(self._shown.get(uri, 0), len(answers))

    def _is_own(self, node: Json) -> bool:
        return is_(node, "threadViewPost") and is_post_of(node.get("post"), self._own)

    # --- further -------------------------------------------------------------------------------

    def _follow(self) -> None:
        while wanted := next(self._wanted(), None):
            if self._views >= MOST_VIEWS:
                self.ended = False
                return
            self._try(*wanted)

    def _wanted(self) -> Iterator[tuple[str, int]]:
        """What to open next: what answers an own post that we do not know, then what has
        answers of which none was shown. The oldest first: one view from there may show what
        all the others would.
        """
        for uri in sorted(self.posts.keys() - self._climbed):
            parent = parent_of(self.posts[uri])
            if parent not in self.posts and did_in(parent) == self._own:
                yield uri, PARENTS
        for uri in sorted(self.posts.keys() - self._opened):
            if self._hidden(uri) and not self._shown.get(uri):
                yield uri, 0

    def _hidden(self, uri: str) -> bool:
        """Whether there are answers, of whomever, that were not shown."""
        told = self.posts[uri].get("replyCount")
        return isinstance(told, int) and told > self._shown.get(uri, 0)

    def _sweep(self, pages: int) -> None:
        roots = {root_of(post) for post in self.posts.values()}
        since = min(time_told(post) for post in self.posts.values())
        cursor = ""
        for _ in range(pages):
            items, cursor = self._view.feed(self._own, cursor)
            posts = [item["post"] for item in items if "reason" not in item]
            own = [post for post in posts if is_post_of(post, self._own)]
            self.know(post for post in own if root_of(post) in roots)
            if not cursor or (own and time_told(own[-1]) < since):
                self._swept = True
                return
