"""Keeping accounts current: looked at on a schedule, by one worker at a time.

`starting` begins and pauses it, `looking` is one look, `news` what it found that is not here
yet, `outcomes` what becomes of the follow then, `telling` how it goes, in words.
"""

from threads.following.looking import look
from threads.following.outcomes import hurry, pause, resume
from threads.following.starting import CannotFollow, find, follow
from threads.following.telling import sentence

__all__ = ["CannotFollow", "find", "follow", "hurry", "look", "pause", "resume", "sentence"]
