"""Authors' accounts, as records: made by importing, never by hand."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from threads.following import sentence
from threads.models import Account, Follow, Import, Platform


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    list_display = ["__str__", "platform", "thread_count", "proof"]
    list_filter = ["platform", "claim"]
    search_fields = ["name", "handle"]
    ordering = ["name", "handle"]
    fields = ["name", "handle", "platform", "url", "remote_id", "proof", "following"]
    readonly_fields = ["handle", "platform", "url", "remote_id", "proof", "following"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        visible = Q(threads__trashed_at=None, threads__imported_by__state=Import.State.DONE)
        return super().get_queryset(request).annotate(kept=Count("threads", filter=visible))

    @admin.display(description="threads", ordering="kept")
    def thread_count(self, account: Account) -> str:
        address = reverse("admin:threads_thread_changelist")
        count: int = getattr(account, "kept", 0)
        return format_html('<a href="{}?account__id__exact={}">{}</a>', address, account.pk, count)

    @admin.display(description="yours", ordering="claim")
    def proof(self, account: Account) -> str:
        if account.platform == Platform.NONE:
            return "pasted: needs no proof"
        address = reverse("admin:threads_account_claim", args=[account.pk])
        if account.claim:
            return format_html(
                '<a class="badge good" href="{}">{}</a>', address, account.get_claim_display()
            )
        return format_html('<a class="badge warn" href="{}">not proven yet</a>', address)

    @admin.display(description="kept current")
    def following(self, account: Account) -> str:
        """How that goes, or where to begin with it."""
        follow = Follow.objects.filter(account=account).select_related("account").first()
        if follow:
            address = reverse("admin:threads_follow_changelist")
            return format_html('{} <a href="{}">All of them</a>', sentence(follow), address)
        if account.platform == Platform.NONE:
            return "No: what was pasted has no place to look at."
        query = urlencode({"address": account.url or account.handle})
        address = reverse("admin:threads_follow_add")
        return format_html('<a class="button small" href="{}?{}">Follow …</a>', address, query)
