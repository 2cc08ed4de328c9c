"""The accounts that can be called under a thread: one module for each platform, no Django.

A bot hears who called it and posts one answer to each call. What an answer says, and who
gets one, is decided in `threads.answering`. Errors are those of `threads.http`.
"""

from threads.bots.base import Above, Bot, Call

__all__ = ["Above", "Bot", "Call"]
