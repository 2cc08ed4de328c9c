"""The outline of a post: which parts of its threads it is made of, and in what order.

`entries` are changed by pure functions, `composing` makes the text of them, `redrafting` brings
a draft up to it without touching what a person wrote, and `changing` keeps all three together.
`parts` are what can be placed, and `beginning` says of which threads.
"""

from newsletter.outlining.beginning import add_thread, begin, take_thread_away
from newsletter.outlining.changing import Outdated, change, entries_of, outline_of, undo
from newsletter.outlining.entries import Entry, Refused
from newsletter.outlining.parts import Parts

__all__ = [
    "Entry",
    "Outdated",
    "Parts",
    "Refused",
    "add_thread",
    "begin",
    "change",
    "entries_of",
    "outline_of",
    "take_thread_away",
    "undo",
]
