"""What lists and previews say of a text."""

from __future__ import annotations

from html import unescape

from django import template
from django.utils.html import strip_tags
from django.utils.text import Truncator

from newsletter.models import Revision

register = template.Library()


@register.filter
def summary(revision: Revision) -> str:
    """The subtitle, or how the text begins."""
    if revision.subtitle:
        return revision.subtitle
    beginning = strip_tags(revision.html[:2000].replace("</", " </"))
    return Truncator(" ".join(unescape(beginning).split())).words(32, truncate=" …")
