"""A publication: its name, its sender, its look."""

from __future__ import annotations

from string import ascii_lowercase

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import get_random_string

from newsletter.addresses import to_ascii

# First path segments that are taken, now or by a later part of the contract.
RESERVED_SLUGS = frozenset(
    [
        "subscribe",
        "threads",
        "authors",
        "c",
        "u",
        "s",
        "media",
        "static",
        "admin",
        "api",
        "hooks",
        "rq",
        "robots.txt",
        "favicon.ico",
    ]
)


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"“{slug}” is an address of the site itself. Choose another one.")


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def sole(self) -> Newsletter | None:
        """The only newsletter of this installation; None where there are none or several."""
        first_two = list(self.order_by("pk")[:2])
        return first_two[0] if len(first_two) == 1 else None


class Newsletter(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        validators=[refuse_reserved],
        help_text="The word in its web address. It stands in mails for years: keep it.",
    )
    description = models.CharField(max_length=300, blank=True)
    sender_name = models.CharField(max_length=100, blank=True)
    sender_email = models.EmailField(blank=True)
    reply_to = models.EmailField(blank=True)
    postal_address = models.TextField(
        blank=True, help_text="Stands in every mail; the law of most countries asks for it."
    )
    accent = models.CharField(
        max_length=7,
        default="#c2402c",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "A colour such as #c2402c.")],
    )
    language = models.CharField(max_length=10, default="en")
    list_id = models.CharField(
        max_length=200, blank=True, help_text="Made once, never changes: readers filter by it."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NewsletterQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def missing_for_sending(self) -> list[str]:
        """What an editor must fill in before anything may be mailed."""
        needed = {
            "name": self.name,
            "sender name": self.sender_name,
            "sender address": self.sender_email,
            "reply-to address": self.reply_to,
            "postal address": self.postal_address.strip(),
        }
        return [name for name, value in needed.items() if not value]

    def keep_list_id(self) -> None:
        """Make the list id, once. It survives every change of name, slug and sender."""
        if not self.list_id:
            domain = to_ascii(self.sender_email.rpartition("@")[2])
            self.list_id = f"{self.slug}.{get_random_string(8, ascii_lowercase)}.{domain}"
            self.save(update_fields=["list_id"])
