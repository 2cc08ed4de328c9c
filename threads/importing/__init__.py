"""Bringing a source's statuses into the database, so that doing it again changes nothing.

`running` goes through it: `arranging` decides, `storing` writes new rows in hidden blocks,
`settling` changes what was there in one last transaction, `undoing` takes it all back.
"""

from threads.importing.running import begin, refuse, run
from threads.importing.turns import turn
from threads.importing.undoing import StillUsed, clear_up, undo

__all__ = ["StillUsed", "begin", "clear_up", "refuse", "run", "turn", "undo"]
