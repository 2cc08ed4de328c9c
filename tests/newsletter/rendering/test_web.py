"""The web face of a body, for readers and for editors."""

from __future__ import annotations

from newsletter.models import Revision
from newsletter.rendering import preview_html, web_html
from newsletter.rendering.web import html_of

BODY = "Tea.\n\n[lost picture: a cat]"


def test_readers_see_no_lost_pictures_and_editors_do() -> None:
    assert web_html(BODY) == "<p>Tea.</p>\n"
    assert preview_html(BODY) == '<p>Tea.</p>\n<p class="lost-picture">a cat</p>\n'


def test_a_revision_is_rendered_once() -> None:
    assert html_of(Revision(body=BODY)) == "<p>Tea.</p>\n"
    assert html_of(Revision(body=BODY, html="<p>Kept.</p>")) == "<p>Kept.</p>"
