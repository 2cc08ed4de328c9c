"""Writes a thread as Markdown, as an HTML file that needs nothing else, or as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError

from threads.documents import document
from threads.management.exports import ExportCommand
from threads.markdown import markdown_of, markdown_of_thread
from threads.models import Attachment, Status, Thread
from threads.text.escaping import literal
from threads.text.html import to_html


class Command(ExportCommand):
    help = "Writes a thread as Markdown, HTML or JSON."
    thing = "thread"
    faces = ("markdown", "html", "json")

    def export(self, number: int, face: str) -> str:
        thread = Thread.objects.visible().select_related("account").filter(pk=number).first()
        if thread is None:
            raise CommandError(f"There is no thread {number}.")
        match face:
            case "markdown":
                title = literal(thread.title, at_start=False)
                return f"# {title}\n\n{markdown_of_thread(thread, title=thread.title).markdown}\n"
            case "html":
                return _html(thread)
        return json.dumps(_as_json(thread), ensure_ascii=False, indent=2) + "\n"


def _html(thread: Thread) -> str:
    merged = markdown_of_thread(thread, title=thread.title)
    when = f"{thread.started_at:%-d %B %Y}" if thread.started_at else ""
    head = ", ".join(filter(None, [str(thread.account), when]))
    first = thread.main_line().first()
    return document(
        thread.title,
        to_html(merged.markdown, preview=True),
        language=(first.language if first else "") or "en",
        head=[head],
        foot=thread.url,
    )


def _as_json(thread: Thread) -> dict[str, Any]:
    account = thread.account
    statuses = thread.statuses.select_related("account").prefetch_related("attachments")
    in_order = statuses.order_by("sort_key")
    return {
        "id": thread.pk,
        "remote_id": thread.remote_id,
        "title": thread.title,
        "url": thread.url,
        "account": {
            "platform": account.platform,
            "remote_id": account.remote_id,
            "handle": account.handle,
            "name": account.name,
            "url": account.url,
        },
        "complete": thread.complete,
        "missing": thread.missing,
        "statuses": [_status(row) for row in in_order.filter(position__isnull=False)],
        "branches": [_status(row) for row in in_order.filter(position=None)],
    }


def _status(status: Status) -> dict[str, Any]:
    return {
        "remote_id": status.remote_id,
        "position": status.position,
        "reply_to": status.reply_to,
        "quote_of": status.quote_of,
        "posted_at": status.posted_at.isoformat() if status.posted_at else None,
        "url": status.url,
        "language": status.language,
        "likes": status.likes,
        "format": status.format,
        "text": status.text,
        "spans": status.spans,
        "markdown": markdown_of(status),
        "media": [_media(attachment) for attachment in status.attachments.all()],
    }


def _media(attachment: Attachment) -> dict[str, Any]:
    return {
        "kind": attachment.kind,
        "state": attachment.state,
        "file": attachment.file.name or None,
        "poster": attachment.poster.name or None,
        "source_url": attachment.source_url,
        "alt": attachment.alt,
        "width": attachment.width,
        "height": attachment.height,
    }
