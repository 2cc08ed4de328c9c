"""Bringing a source's statuses into the database, so that doing it again changes nothing.

`running` goes through it: `reading` reads the source once, `arranging` decides, `storing`
writes new rows, which are hidden, `settling` changes what was there, and `undoing` takes
it all back.
"""

from threads.importing.progress import Cancelled, ask_to_cancel
from threads.importing.running import begin, refuse, run
from threads.importing.turns import turn
from threads.importing.undoing import StillUsed, clear_up, undo

__all__ = [
    "Cancelled",
    "StillUsed",
    "ask_to_cancel",
    "begin",
    "clear_up",
    "refuse",
    "run",
    "turn",
    "undo",
]
