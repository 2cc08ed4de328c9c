"""One thing that could be added to a text, as it is offered to an editor."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s

from django.db.models import TextChoices


class Kind(TextChoices):
    """In the order in which they stand where several come to one place."""

    INTRODUCTION = "introduction", "Introduction"
    CONTEXT = "context", "Context"
    DEFINITION = "definition", "Definition"
    EXAMPLE = "example", "Example"
    HEADING = "heading", "Heading"
    PULL_QUOTE = "pull-quote", "Pull quote"
    SUMMARY = "summary", "Summary"
    READING = "reading", "Further reading"
    FOOTNOTE = "footnote", "Footnote"


STRUCTURE = (Kind.INTRODUCTION, Kind.HEADING, Kind.SUMMARY, Kind.READING)


@dataclass(frozen=True)
class Proposal:
    """Its Markdown goes in behind a line of the text, from 1; 0 is the beginning.

    A footnote has a `mark`, too: that goes to the end of the line, and its Markdown to the end
    of the text.
    """

    kind: Kind
    label: str
    why: str
    line: int
    markdown: str
    mark: str = ""

    @property
    def key(self) -> str:
        """Names it among those of the same text."""
        said = f"{self.line} {self.mark} {self.markdown}"
        return f"{self.kind}-{blake2s(said.encode(), digest_size=6).hexdigest()}"

    @property
    def is_structure(self) -> bool:
        """What hardly any article does without, so that it is chosen unless an editor objects."""
        return self.kind in STRUCTURE


def blank(question: str) -> str:
    """A paragraph that asks the editor something. Its brackets are the only ones in it."""
    inside = " ".join(question.split()).replace("[", "(").replace("]", ")")
    return f"[blank: {inside}]"
