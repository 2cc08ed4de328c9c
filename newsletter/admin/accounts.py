"""Authors' accounts as the newsletter sees them: with a page to prove that one is ours."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from newsletter import links
from threads import claiming, outside
from threads.admin.accounts import AccountAdmin
from threads.models import Account, Platform
from threads.sources.base import SourceError

admin.site.unregister(Account)

may_see = permission_required("threads.view_account", raise_exception=True)
may_claim = permission_required("threads.change_account", raise_exception=True)


@admin.register(Account)
class AccountsToClaim(AccountAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/claim/", view(claim), name="threads_account_claim"),
            path("<int:pk>/claim/code/", view(make_code), name="threads_account_code"),
            path("<int:pk>/claim/check/", view(check), name="threads_account_check"),
            *super().get_urls(),
        ]


@require_safe
@may_see
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    homes = [home for home in links.homes() if claiming.is_public(home)]
    context = {
        **admin.site.each_context(request),
        "opts": Account._meta,
        "title": f"Is {account} yours?",
        "account": account,
        "is_pasted": account.platform == Platform.NONE,
        "homes": homes,
        "host": claiming.host_of(homes[0]) if homes else "",
    }
    return TemplateResponse(request, "admin/threads/account/claim.html", context)


@require_POST
@may_claim
def make_code(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    admin.site.get_model_admin(Account).log_change(
        request, account, f"Asked for the code {claiming.code_of(account)}."
    )
    return redirect("admin:threads_account_claim", pk)


@require_POST
@may_claim
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the profile, now."""
    account = get_object_or_404(Account, pk=pk)
    try:
        claiming.prove(account, outside.web(), outside.services(), links.homes())
    except (claiming.NoProof, SourceError) as refusal:
        messages.error(request, str(refusal))
    else:
        said = f"Proven: {account.get_claim_display()}."
        admin.site.get_model_admin(Account).log_change(request, account, said)
        messages.success(request, said)
    return redirect("admin:threads_account_claim", pk)
