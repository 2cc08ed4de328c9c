"""What an editor can do on the board: each action, what it asks for, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from django.contrib.auth.models import User

from newsletter import outlining
from newsletter.expanding.sentences import shortened
from newsletter.models import Post
from newsletter.outlining import Entry, Parts, Refused, ordering
from newsletter.outlining import entries as verbs
from newsletter.outlining.entries import Entries
from threads.admin import sent
from threads.markdown import markdown_of
from threads.models import Thread

HEADING = "heading-"  # the name of a heading's input, before its key
END = "end"
LONGEST_NAME = 40  # of a thread


@dataclass(frozen=True)
class Asked:
    """A form of the board. `do` is a verb and what it is about: "place 5", "split s5 40"."""

    verb: str
    about: str
    cut: int
    version: int
    after: str | None
    new_heading: str
    headings: dict[str, str]

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Self:
        verb, about, cut = (*form.get("do", "").split(), "", "", "")[:3]
        after = form.get("after", END)
        return cls(
            verb=verb,
            about=about,
            cut=sent.number(cut),
            version=sent.number(form.get("version", "")),
            after=None if after == END else after,
            new_heading=form.get("new-heading", "").strip(),
            headings={
                name.removeprefix(HEADING): words.strip()
                for name, words in form.items()
                if name.startswith(HEADING)
            },
        )

    @property
    def is_about_threads(self) -> bool:
        return self.verb in ("add_thread", "take_thread_away")

    @property
    def slot(self) -> str:
        """Behind which entry the next part is placed: behind this one, where it was placed."""
        if self.after is None:
            return END
        is_placed = self.verb == "place" and sent.number(self.about)
        return self.key if is_placed else self.after

    @property
    def key(self) -> str:
        """Of the entry it is about, be it named by its part."""
        status = sent.number(self.about)
        return verbs.key_of(status) if status else self.about

    def number(self) -> int:
        if not self.about.isdecimal():
            raise Refused("The board did not understand this.")
        return sent.number(self.about)


def _status(asked: Asked, parts: Parts) -> int:
    if asked.number() not in parts.statuses:
        raise Refused("This part is not in the thread any more.")
    return asked.number()


def _words(entries: Entries, asked: Asked, parts: Parts) -> str:
    entry = next((entry for entry in entries if entry.key == asked.about), Entry(""))
    return parts.words(entry)


def _rest_of(asked: Asked, parts: Parts) -> list[int]:
    return [status.pk for status in parts.lines[asked.number()]]


def _headings(entries: Entries, asked: Asked, parts: Parts) -> list[Entry]:
    """Those that were renamed or emptied in the form, and a new one."""
    after = list(entries)
    for entry in entries:
        words = asked.headings.get(entry.key, entry.heading)
        if words != entry.heading:
            rename = verbs.rename if words else lambda text, key, _: verbs.remove(text, key)
            after = rename(after, entry.key, words)
    if asked.new_heading:
        key = f"h{asked.version + 1}"
        after = verbs.add_heading(after, asked.new_heading, key, asked.after)
    return after


def _by_time(entries: Entries, asked: Asked, parts: Parts) -> list[Entry]:
    return ordering.by_time(entries, {pk: each.posted_at for pk, each in parts.statuses.items()})


def _by_theme(entries: Entries, asked: Asked, parts: Parts) -> list[Entry]:
    return ordering.by_theme(entries, {pk: markdown_of(s) for pk, s in parts.statuses.items()})


type Verb = Callable[[Entries, Asked, Parts], list[Entry]]

VERBS: dict[str, tuple[str, Verb]] = {
    "place": ("placed", lambda e, a, p: verbs.place(e, _status(a, p), a.after)),
    "place_all": (
        "All that was left is placed.",
        lambda e, a, p: verbs.place_all(e, _rest_of(a, p)),
    ),
    "drop": ("set aside", lambda e, a, p: verbs.drop(e, _status(a, p))),
    "take_back": ("taken back", lambda e, a, p: verbs.take_back(e, _status(a, p))),
    "move": ("moved", lambda e, a, p: verbs.move(e, a.about, a.after)),
    "up": ("moved", lambda e, a, p: verbs.step(e, a.about, -1)),
    "down": ("moved", lambda e, a, p: verbs.step(e, a.about, 1)),
    "remove": ("removed", lambda e, a, p: verbs.remove(e, a.about)),
    "split": ("split in two", lambda e, a, p: verbs.split(e, a.about, a.cut, _words(e, a, p))),
    "join": ("joined to the part before", lambda e, a, p: verbs.join(e, a.about, _words(e, a, p))),
    "part_again": ("parted again", lambda e, a, p: verbs.part_again(e, a.about)),
    "headings": ("The headings are kept.", _headings),
    "by_time": ("In the order in which the parts were posted.", _by_time),
    "by_theme": ("In an order by theme: parts that share rare words stand together.", _by_theme),
}


def act(asked: Asked, post: Post, parts: Parts, by: User) -> str:
    """Does it, and says what was done. Raises Refused."""
    if asked.is_about_threads:
        return _with_threads(asked, post)
    if asked.verb == "undo":
        outlining.undo(post, parts, version=asked.version, by=by)
        return "Undone: the outline is as it was before."
    if asked.verb not in VERBS:
        raise Refused("The board did not understand this.")
    said, verb = VERBS[asked.verb]
    before: Entries = outlining.entries_of(outlining.outline_of(post, parts))
    outline = outlining.change(
        post, parts, lambda entries: verb(entries, asked, parts), version=asked.version, by=by
    )
    if said.endswith("."):
        return said
    return _told(asked, said, before, outlining.entries_of(outline), parts)


def _with_threads(asked: Asked, post: Post) -> str:
    thread = Thread.objects.visible().filter(pk=asked.number()).first()
    if thread is None:
        raise Refused("This thread is not here any more.")
    if asked.verb == "add_thread":
        outlining.add_thread(post, thread)
        return f"“{thread}” lies on the board."
    outlining.take_thread_away(post, thread)
    return f"“{thread}” is taken away."


def _told(asked: Asked, said: str, before: Entries, after: Entries, parts: Parts) -> str:
    """ "Part 3 of Lighthouse keepers placed after heading The quiet hours, 5 of 9." """
    key = asked.key
    text = verbs.text_of(after)
    names = [name_of(entry, parts) for entry in text]
    at = next((at for at, entry in enumerate(text) if entry.key == key), None)
    if at is None:
        known = (entry for entry in (*before, *after) if entry.key == key)
        gone = next(known, Entry(key, status=sent.number(asked.about)))
        return f"{name_of(gone, parts)} {said}."
    where = ""
    if asked.verb in ("place", "move", "up", "down"):
        where = f" after {_in_a_sentence(names[at - 1])}" if at else " at the beginning"
    return f"{names[at]} {said}{where}, {at + 1} of {len(text)}."


def name_of(entry: Entry, parts: Parts) -> str:
    if entry.heading:
        return f"Heading {entry.heading}"
    status = parts.statuses.get(entry.status or 0)
    if not status:
        return "A part that is gone"
    # A title is often a whole sentence, and this is read aloud with each step.
    thread = shortened(str(status.thread), LONGEST_NAME).rstrip(".")
    return f"Part {status.position} of {thread}" if status.position else f"A part beside {thread}"


def _in_a_sentence(name: str) -> str:
    return name[0].lower() + name[1:]
