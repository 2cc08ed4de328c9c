"""What is about to go out: a revision in its newsletter, looked at from all sides once."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from newsletter.models import Newsletter, Post, Revision
from newsletter.sending import message
from newsletter.sending.message import BadHeader, Letter
from threads.text.document import Document


class Candidate:
    def __init__(
        self, post: Post, revision: Revision, newsletter: Newsletter | None = None
    ) -> None:
        self.post, self.revision = post, revision
        self.newsletter = newsletter or post.newsletter or Newsletter.objects.sole()
        # Rendered once, where that was not done at a save: all its faces are made of this.
        revision.post, revision.html = post, revision.html or self.document.html

    @cached_property
    def document(self) -> Document:
        return Document(self.revision.body)

    @cached_property
    def letter(self) -> Letter:
        return message.draft(self.revision, self.newsletter)

    @cached_property
    def page(self) -> LexborHTMLParser:
        """The mail's HTML, to look into."""
        return LexborHTMLParser(self.letter.html)

    @cached_property
    def headers(self) -> EmailMessage | None:
        """As they would be read at the other end; None where they cannot be written."""
        bare = replace(self.letter, html="", text="")  # writing the body takes the most time
        try:
            read = email.message_from_bytes(message.example(bare), policy=email.policy.default)
        except BadHeader:
            return None
        return read if isinstance(read, EmailMessage) else None
