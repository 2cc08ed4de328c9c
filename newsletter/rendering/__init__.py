"""The faces of a revision: web, mail, plain text. All are made from its Markdown."""

from newsletter.rendering.counting import minutes, words
from newsletter.rendering.mail import PREFERENCES_URL, UNSUBSCRIBE_URL, MailFaces, mail
from newsletter.rendering.plain import text_of
from newsletter.rendering.web import preview_html, web_html

__all__ = [
    "PREFERENCES_URL",
    "UNSUBSCRIBE_URL",
    "MailFaces",
    "mail",
    "minutes",
    "preview_html",
    "text_of",
    "web_html",
    "words",
]
