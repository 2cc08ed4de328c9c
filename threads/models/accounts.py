"""Who posted: the accounts of authors, and whether they are the creator's own."""

from __future__ import annotations

from typing import Self

from django.db import models


class Platform(models.TextChoices):
    X = "x", "X"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    NONE = "none", "Pasted"


class Claim(models.TextChoices):
    """How an account was proven to be the creator's own."""

    ARCHIVE = "archive", "its archive was uploaded"
    LINK = "link", "its profile links here as its own (rel=me)"
    CODE = "code", "its profile shows the code"
    HANDLE = "handle", "its handle is our domain"


class AccountQuerySet(models.QuerySet["Account"]):
    def unclaimed(self) -> Self:
        """Somebody's on a platform, and nobody has proven to be them.

        What was pasted has no account that could prove anything: the editor answers for it.
        """
        return self.exclude(platform=Platform.NONE).filter(claim="")


class Account(models.Model):
    """An author's account. Without an id from its platform, `remote_id` is the handle
    (`@name`, lower case) or `text:<hash>` of what was pasted."""

    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=500)
    handle = models.CharField(max_length=200, blank=True, help_text="Without the @.")
    name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    claim = models.CharField(
        choices=Claim, max_length=10, blank=True, help_text="How it was proven to be the creator's."
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim_code = models.CharField(
        max_length=40, blank=True, help_text="What its profile is to show as a proof."
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_account_per_remote_id"
            ),
        ]

    def __str__(self) -> str:
        if self.name and self.handle:
            return f"{self.name} (@{self.handle})"
        return self.name or (f"@{self.handle}" if self.handle else "Unnamed account")
