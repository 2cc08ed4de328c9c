"""The Markdown of a status, made when it is first needed and then kept with it."""

from __future__ import annotations

from threads.models import Status


def markdown_of(status: Status) -> str:
    if not status.markdown and status.text:
        status.markdown = status.text
        Status.objects.filter(pk=status.pk).update(markdown=status.markdown)
    return status.markdown
