"""The accounts that are kept current: how it goes with each, and following another one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from config.queue import wake
from threads import following, outside
from threads.jobs import look_at
from threads.models import Follow
from threads.sources.base import SourceError

EVERY = [
    (15, "every quarter of an hour"),
    (30, "every half hour"),
    (60, "every hour"),
    (3 * 60, "every three hours"),
    (12 * 60, "twice a day"),
    (24 * 60, "once a day"),
]
VERBS = ("look", "pause", "resume")
BADGES: dict[str, tuple[str, str]] = {
    Follow.State.HEALTHY: ("good", "current"),
    Follow.State.LIMITED: ("warn", "waiting"),
    Follow.State.FAILING: ("warn", "failing"),
    Follow.State.STOPPED: ("bad", "stopped"),
    Follow.State.PAUSED: ("", "paused"),
}


class FollowForm(forms.ModelForm[Follow]):
    every = forms.TypedChoiceField(label="Look", choices=EVERY, coerce=int, initial=60)
    feed = forms.URLField(
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="It is asked first, as a signal: only when it lists something new, and once a "
        "day, is the platform asked. RSS, Atom or JSON.",
    )

    class Meta:
        model = Follow
        fields = ["every", "feed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = self.instance.every
        if every not in dict(EVERY):  # by the command line
            field = self.fields["every"]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
            field.choices = sorted([*EVERY, (every, f"every {every} minutes")])


class AddressForm(FollowForm):
    address = forms.CharField(
        label="Account", max_length=500, help_text="Its handle, or the address of its profile."
    )


@admin.register(Follow)
class FollowAdmin(admin.ModelAdmin[Follow]):
    change_list_template = "admin/threads/follow/change_list.html"
    form = FollowForm
    list_display = ["account", "health", "rhythm", "verbs"]
    list_filter = ["state", "account__platform"]
    list_select_related = ["account"]
    search_fields = ["account__name", "account__handle"]
    sortable_by = ["account"]
    fields = ["health", "every", "feed"]
    readonly_fields = ["health"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/", view(add), name="threads_follow_add"),
            *(path(f"<int:pk>/{verb}/", view(press), {"verb": verb}) for verb in VERBS),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = {"show_save_and_add_another": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    @admin.display(description="how it goes", ordering="state")
    def health(self, follow: Follow) -> SafeString:
        badge, label = BADGES[follow.state]
        return format_html(
            '<span class="badge {}">{}</span> {}', badge, label, following.sentence(follow)
        )

    @admin.display(description="look", ordering="every")
    def rhythm(self, follow: Follow) -> str:
        return dict(EVERY).get(follow.every, f"every {follow.every} minutes")

    @admin.display(description="what to do")
    def verbs(self, follow: Follow) -> SafeString:
        """Buttons of the list's own form, so that each is one press."""
        paused = follow.state == Follow.State.PAUSED
        verb, label = ("resume", "Resume") if paused else ("pause", "Pause")
        button = (
            '<button type="submit" class="button small" formaction="{}/{}/" '
            'aria-label="{} ({})">{}</button>'
        )
        pressed = [("look", "Look now"), (verb, label)]
        rows = [(follow.pk, verb, label, follow, label) for verb, label in pressed]
        return format_html('<div class="toolbar">{}</div>', format_html_join("", button, rows))


@require_http_methods(["GET", "POST"])
@permission_required("threads.add_follow", raise_exception=True)
def add(request: HttpRequest) -> HttpResponse:
    """Find the account at its platform, and follow it."""
    form = AddressForm(request.POST or None, initial={"address": request.GET.get("address", "")})
    if form.is_valid():
        told = form.cleaned_data
        web = outside.web()
        try:
            account = following.find(told["address"], web, outside.services())
            follow = following.follow(account, web, every=told["every"], feed=told["feed"])
        except SourceError as error:
            form.add_error("address", str(error))
        except following.CannotFollow as error:
            form.add_error(None, str(error))
        else:
            wake(look_at, follow.pk)
            messages.success(request, f"{account} is followed now. What is new comes to the inbox.")
            return redirect("admin:threads_follow_changelist")
    context = {
        **admin.site.each_context(request),
        "opts": Follow._meta,
        "title": "Follow an account",
        "form": form,
    }
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/threads/follow/add.html", context, status=status)


@require_POST
@permission_required("threads.change_follow", raise_exception=True)
def press(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    follow = get_object_or_404(Follow.objects.select_related("account"), pk=pk)
    match verb:
        case "pause":
            following.pause(follow)
        case "resume":
            following.resume(follow)
            wake(look_at, follow.pk)
        case _ if following.hurry(follow):
            wake(look_at, follow.pk)
            messages.success(request, f"{follow} is looked at now. Load this page again soon.")
        case _:
            messages.warning(request, following.sentence(follow))
    return redirect("admin:threads_follow_changelist")
