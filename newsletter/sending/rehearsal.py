"""A test mail: the real message, over the real way, to an editor who wants to see it arrive.

It is no issue: the ledger knows nothing of it, and its links are nobody's.
"""

from __future__ import annotations

from dataclasses import replace
from email.utils import make_msgid

from newsletter.addresses import BadAddress, deliverable
from newsletter.models import Newsletter, Revision
from newsletter.sending.freeze import CannotSend, demand_sender
from newsletter.sending.message import BadHeader, draft, nobodys_links
from newsletter.sending.smtp import Answer, Lost, Session, Unreachable

PATIENCE = 30  # seconds: somebody waits for the page


def rehearse(revision: Revision, newsletter: Newsletter, address: str) -> None:
    """Mail the revision to one address. Raises CannotSend, which says to the editor why not."""
    demand_sender(newsletter)
    letter = draft(revision, newsletter)
    letter = replace(letter, subject=f"Test: {letter.subject}")
    try:
        sender, recipient = deliverable(newsletter.sender_email), deliverable(address)
        message_id = make_msgid(domain=sender.rpartition("@")[2])
        content = letter.to(recipient, message_id, nobodys_links())
        answer = _hand_over(sender, recipient, content)
    except BadAddress as error:
        raise CannotSend(f"{address} is not an address that mail can go to. {error}") from error
    except BadHeader as error:
        raise CannotSend(f"The mail cannot be written: {error}") from error
    except Unreachable as error:
        raise CannotSend(f"The mail server cannot be reached. {error}") from error
    if isinstance(answer, Lost):
        raise CannotSend(f"The connection broke, and nobody knows if it arrived: {answer.text}")
    if answer.code >= 400:
        raise CannotSend(f"The mail server refused it: {answer.code} {answer.text}")


def _hand_over(sender: str, recipient: str, content: bytes) -> Answer | Lost:
    with Session(patience=PATIENCE) as session:
        if not recipient.isascii() and not session.takes_utf8_addresses:
            raise BadAddress("The mail server takes no addresses outside ASCII.")
        return session.send(sender, recipient, content)
