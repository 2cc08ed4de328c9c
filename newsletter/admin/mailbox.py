"""The local mailbox, to be read: what was mailed while no mail server is set.

Shows HTML in a frame that runs no script and loads nothing from elsewhere.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from mailbox import Maildir
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

PER_PAGE = 50
FACES = {"html": "As it looks", "text": "Plain text", "headers": "Headers"}
KEY = r"(?P<key>[0-9A-Za-z._-]{1,200})"
FRAME_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "img-src": [CSP.SELF, "data:"],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@dataclass(frozen=True)
class Mail:
    key: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["Delivered-To"] or self.message["To"] or "")

    @property
    def sent_at(self) -> Any:
        return getattr(self.message["Date"], "datetime", None)

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    def part(self, kind: str) -> str:
        found = self.message.get_body((kind,))
        return str(found.get_content()) if found else ""


class Pages:
    """The three pages; each needs the site that it hangs in."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def listing(self, request: HttpRequest) -> HttpResponse:
        maildir = _maildir()
        page = Paginator(_newest_first(maildir), PER_PAGE).get_page(request.GET.get("page"))
        mails = [mail for key in page.object_list if (mail := _open(maildir, key))]
        context = {"title": "Local mailbox", "page": page, "mails": mails}
        return self._page(request, "admin/mailbox/list.html", context)

    def mail(self, request: HttpRequest, key: str) -> HttpResponse:
        mail = _readable(request, key)
        faces = {
            face: label for face, label in FACES.items() if face != "html" or mail.part("html")
        }
        asked = request.GET.get("face", "")
        context = {
            "title": mail.subject,
            "mail": mail,
            "faces": faces,
            "face": asked if asked in faces else next(iter(faces)),
            "text": mail.part("plain"),
        }
        return self._page(request, "admin/mailbox/mail.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        return TemplateResponse(request, template, self.site.each_context(request) | context)


def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of a mail by itself. Its links open beside it, out of the sandbox."""
    html = _readable(request, key).part("html")
    if not html:
        raise Http404
    target = '<base target="_blank">'
    shown = re.sub(r"(<head[^>]*>)", rf"\1{target}", html, count=1, flags=re.IGNORECASE)
    return HttpResponse(shown if shown != html else target + html)


def urls(site: AdminSite) -> Sequence[URLPattern]:
    pages = Pages(site)

    def hang(view: Any) -> Any:
        return site.admin_view(require_safe(view))

    framed = csp_override(FRAME_POLICY)(frame)
    return [
        path("mailbox/", hang(pages.listing), name="mailbox"),
        re_path(rf"^mailbox/{KEY}/$", hang(pages.mail), name="mailbox_mail"),
        re_path(rf"^mailbox/{KEY}/frame/$", hang(framed), name="mailbox_frame"),
    ]


def _maildir() -> Maildir:
    if not settings.MAIL_IS_LOCAL:
        raise Http404("Mail goes to the server that MAIL_URL names.")
    return Maildir(settings.MAILBOX_DIR)


def _newest_first(maildir: Maildir) -> list[str]:
    def came_at(key: str) -> tuple[int, ...]:
        # Such as 1767225600.M20482P71Q3.host: seconds, microseconds, process, number.
        return tuple(map(int, re.findall(r"\d+", key)[:4]))

    return sorted(maildir.keys(), key=came_at, reverse=True)


def _open(maildir: Maildir, key: str) -> Mail | None:
    # Only what the folder itself lists is opened: the key never becomes part of a path.
    try:
        message = email.message_from_bytes(maildir.get_bytes(key), policy=email.policy.default)
    except KeyError:
        return None
    return Mail(key, message) if isinstance(message, EmailMessage) else None


def _readable(request: HttpRequest, key: str) -> Mail:
    mail = _open(_maildir(), key)
    if mail is None:
        raise Http404("There is no such mail.")
    user = request.user
    to_others = User.objects.filter(email__iexact=mail.recipient).exclude(
        username=user.get_username()
    )
    if to_others.exists() and not (isinstance(user, User) and user.is_superuser):
        # It may hold a link that logs in as somebody else.
        raise PermissionDenied("This mail is to the account of another editor.")
    return mail
