"""What an author posted elsewhere, as it was imported."""

from threads.models.accounts import Account, Claim, Platform
from threads.models.attachments import Attachment
from threads.models.changes import Change
from threads.models.entries import IndexEntry, Keyword
from threads.models.follows import Follow, InboxMail
from threads.models.imports import Import, UndoStep
from threads.models.mentions import Bot, Mention, OptOut
from threads.models.statuses import Status
from threads.models.threads import Thread

__all__ = [
    "Account",
    "Attachment",
    "Bot",
    "Change",
    "Claim",
    "Follow",
    "Import",
    "InboxMail",
    "IndexEntry",
    "Keyword",
    "Mention",
    "OptOut",
    "Platform",
    "Status",
    "Thread",
    "UndoStep",
]
