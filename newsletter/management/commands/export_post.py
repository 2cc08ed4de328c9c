"""Writes a post as Markdown, as one HTML file, as the mail that readers would get, or as text."""

from __future__ import annotations

from django.core.management.base import CommandError

from newsletter import rendering
from newsletter.models import Post, Revision
from newsletter.sending.message import example_message
from threads.documents import document
from threads.management.exports import ExportCommand
from threads.text.escaping import label, literal


class Command(ExportCommand):
    help = "Writes the latest revision of a post as Markdown, HTML, a whole mail or plain text."
    thing = "post"
    faces = ("markdown", "html", "email", "text")

    def export(self, number: int, face: str) -> str:
        post = Post.objects.select_related("latest", "newsletter").filter(pk=number).first()
        if post is None or post.latest is None:
            raise CommandError(f"There is no post {number}.")
        match face:
            case "markdown":
                return _markdown(post.latest)
            case "html":
                return _html(post, post.latest)
            case "email":
                return example_message(post).decode()
        return rendering.text_of(post.latest)


def _markdown(revision: Revision) -> str:
    head = [f"# {literal(revision.title, at_start=False)}"]
    head += [f"*{literal(revision.subtitle)}*"] if revision.subtitle else []
    head += [literal(f"By {revision.byline}")] if revision.byline else []
    return "\n\n".join([*head, _body(revision)]) + "\n"


def _body(revision: Revision) -> str:
    if not revision.cover:
        return revision.body
    return f"![{label(revision.cover_alt)}]({revision.cover})\n\n{revision.body}"


def _html(post: Post, revision: Revision) -> str:
    byline = f"By {revision.byline}" if revision.byline else ""
    return document(
        revision.title,
        rendering.web_html(_body(revision)),
        language=post.newsletter.language if post.newsletter else "en",
        head=[line for line in (revision.subtitle, byline) if line],
    )
