"""Why words of accounts that nobody has proven to be the creator's were published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from newsletter.models.posts import Post
from threads.models import Account


class Excuse(models.Model):
    """A reason that was given once, for these accounts in this post. Never changed afterwards."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="excuses")
    accounts = models.ManyToManyField(Account, related_name="excuses")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.reason
