"""The faces of a post as readers get them: on the web, in the mail, as plain text. Each is a
page of its own, for a frame without scripts.

They are made as the real ones are; only the links that are a reader's own lead nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.csp import CSP

from newsletter import provenance, rendering
from newsletter.models import Newsletter, Post, Subscription
from newsletter.preflight.candidate import Candidate
from newsletter.sending import message
from threads.models import Thread

FACES = {"web": "Web", "mail": "Mail", "text": "Plain text"}
LOOKS = {"light": "Light", "dark": "Dark"}
# Mails carry their styles in the text, which the site's policy forbids everywhere else.
FRAME_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
DARK = "@media (prefers-color-scheme: dark)"
BY_LOOK = {"dark": "@media all", "light": "@media not all"}


@dataclass(frozen=True)
class Shown:
    """What is about to go out, as one reader sees it. Without a look, it is the browser's own."""

    candidate: Candidate
    look: str = ""
    reader: Subscription | None = None

    @property
    def newsletter(self) -> Newsletter:
        return self.candidate.newsletter or message.EXAMPLE

    def face(self, request: HttpRequest, name: str) -> str:
        match name:
            case "mail":
                return self._mail()
            case "text":
                return self._page(request, "text", {"text": self._letter().text})
        return self._web(request)

    def _letter(self) -> rendering.MailFaces:
        who = f"{self.reader.pk}.preview" if self.reader else "preview"
        return self.candidate.letter.faces(message.nobodys_links(who))

    def _mail(self) -> str:
        head, body, rest = self._letter().html.partition("<body")
        if self.look:
            head = head.replace(DARK, BY_LOOK[self.look])
            head = head.replace('content="light dark"', f'content="{self.look}"')
        head = head.replace("<head>", '<head><base target="_blank">', 1)
        # An editor may have come by another name of this site than the one that mails carry.
        ours = f'<img src="{settings.BASE_URL}{settings.MEDIA_URL}'
        rest = rest.replace(ours, f'<img src="{settings.MEDIA_URL}')
        return f"{head}{body}{rest}"

    def _web(self, request: HttpRequest) -> str:
        document, post = self.candidate.document, self.candidate.post
        if post.show_sources or post.link_paragraphs:
            post.credits = provenance.credited(post, document.markdown)
        context = {
            "body": rendering.with_marks(document.preview, post),
            "minutes": rendering.minutes_for(rendering.words_in(document.html)),
            "threads": _origins(post) if post.show_origin else [],
            "sources": rendering.sources_of(post),
        }
        return self._page(request, "web", context)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> str:
        context |= {
            "post": self.candidate.post,
            "revision": self.candidate.revision,
            "newsletter": self.newsletter,
            "look": self.look,
            "media": settings.MEDIA_URL,
        }
        return render_to_string(f"admin/newsletter/post/preview_{name}.html", context, request)


def _origins(post: Post) -> list[Thread]:
    threads = Thread.objects.visible().filter(uses__post=post)
    return list(threads.select_related("account").order_by("uses__position"))
