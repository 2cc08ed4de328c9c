"""What lists and previews say of a text."""

from __future__ import annotations

import re
from html import unescape

from django import template
from django.utils.html import strip_tags
from django.utils.text import Truncator

from newsletter.models import Revision

END_OF_BLOCK = re.compile(r"</(?:p|li|h\d|td|th|pre)>|<br>")

register = template.Library()


@register.filter
def summary(revision: Revision) -> str:
    """The subtitle, or how the text begins."""
    if revision.subtitle:
        return revision.subtitle
    text = unescape(strip_tags(END_OF_BLOCK.sub(" ", revision.html)))
    return Truncator(" ".join(text.split())).words(32, truncate=" …")
