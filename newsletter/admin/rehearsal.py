"""A test mail of a post to the editor who asks for it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from newsletter.admin import desk
from newsletter.models import Post
from newsletter.sending.freeze import CannotSend
from newsletter.sending.rehearsal import rehearse

MOST_AN_HOUR = 20
LOGGED = "Sent a test mail to"
BACK = {
    "desk": "admin:newsletter_post_change",
    "preflight": "admin:newsletter_post_preflight",
    "preview": "admin:newsletter_post_preview_page",
}


@require_POST
@desk.may_write
def send(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    try:
        send_to(request, post)
    except CannotSend as refusal:
        messages.error(request, f"No test mail was sent. {refusal}")
    else:
        messages.success(request, arrived(desk.editor_of(request).email))
    return redirect(BACK.get(request.POST.get("from", ""), BACK["preview"]), post.pk)


def send_to(request: HttpRequest, post: Post) -> None:
    editor, newsletter = desk.editor_of(request), desk.newsletter_of(post)
    if not editor.email:
        keeps_accounts = editor.has_perm("auth.change_user")
        how = "add it under Users" if keeps_accounts else "whoever keeps the accounts adds it"
        raise CannotSend(f"Your account has no email address: {how}.")
    if newsletter is None:
        raise CannotSend("There is no newsletter yet that it could come from.")
    lately = LogEntry.objects.filter(user=editor, action_time__gt=now() - timedelta(hours=1))
    if lately.filter(change_message__startswith=LOGGED).count() >= MOST_AN_HOUR:
        raise CannotSend(f"{MOST_AN_HOUR} went out within the hour. Wait a little.")
    rehearse(desk.latest_of(post), newsletter, editor.email)
    said = f"{LOGGED} {editor.email}."
    admin.site.get_model_admin(Post).log_change(request, post, said)


def arrived(address: str) -> str:
    if not settings.MAIL_IS_LOCAL:
        return f"A test mail is on its way to {address}."
    said = 'A test mail to {} lies in the <a href="{}">local mailbox</a>.'
    return format_html(said, address, reverse("admin:mailbox"))
