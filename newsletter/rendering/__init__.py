"""The faces of a revision: web, mail, plain text. All are made from its Markdown."""

from newsletter.rendering.counting import minutes, minutes_for, words, words_in
from newsletter.rendering.mail import PREFERENCES_URL, UNSUBSCRIBE_URL, MailFaces, mail
from newsletter.rendering.plain import text_of
from newsletter.rendering.sources import sources_of, with_marks
from newsletter.rendering.web import html_of, preview_html, web_html

__all__ = [
    "PREFERENCES_URL",
    "UNSUBSCRIBE_URL",
    "MailFaces",
    "html_of",
    "mail",
    "minutes",
    "minutes_for",
    "preview_html",
    "sources_of",
    "text_of",
    "web_html",
    "with_marks",
    "words",
    "words_in",
]
