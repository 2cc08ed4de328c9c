"""Putting a post before its readers: what stands in the way, where it goes and when, and a
second question before anything is mailed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from config.queue import wake
from newsletter import links, preflight, publishing
from newsletter.admin import desk
from newsletter.admin.checks import Checks
from newsletter.admin.preflight import sorted_by_level
from newsletter.jobs import send_block
from newsletter.models import Issue, Newsletter, Post, Subscription
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.history import unproven
from newsletter.sending.freeze import CannotSend, demand_sendable
from threads.admin.sent import number


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    newsletter = forms.ModelChoiceField(Newsletter.objects.order_by("name"), empty_label=None)
    email = forms.ChoiceField(
        choices=[("", "On the web only"), ("yes", "On the web, and by mail")], required=False
    )
    at = forms.DateTimeField(
        label="When",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Empty: now.",
    )
    unclaimed = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why, or prove first that the words are yours."},
    )

    def __init__(self, post: Post, data: QueryDict | None = None) -> None:
        initial = {
            "revision": desk.latest_of(post).number,
            "newsletter": desk.newsletter_of(post) or Newsletter.objects.order_by("name").first(),
            "at": post.publish_at,
            "email": "yes" if post.email_on_publish else "",
        }
        super().__init__(data, initial=initial)
        self.post = post
        self.unproven = list(unproven(post))
        if not self.unproven:
            del self.fields["unclaimed"]
        if post.published_at and post.newsletter:
            newsletters = Newsletter.objects.filter(pk=post.newsletter.pk)
            self.fields["newsletter"].queryset = newsletters  # type: ignore[attr-defined] # of Field

    def clean_revision(self) -> int:
        number: int = self.cleaned_data["revision"]
        if number != desk.latest_of(self.post).number:
            raise forms.ValidationError(
                "The post was edited while this page was open. Look at it again first."
            )
        return number


@require_http_methods(["GET", "POST"])
@desk.may_write
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    if request.method == "GET":
        return show_choices(request, post, PublishForm(post))
    form = PublishForm(post, request.POST)
    if not form.is_valid():
        return show_choices(request, post, form, 400)
    newsletter, at = form.cleaned_data["newsletter"], form.cleaned_data["at"]
    email = bool(form.cleaned_data["email"])
    if email and "confirmed" not in request.POST:
        return ask_again(request, post, form)
    why = {"unclaimed": form.cleaned_data.get("unclaimed", ""), "by": desk.editor_of(request)}
    try:
        # The one that was looked at, whatever is saved this very second.
        shown = desk.latest_of(post)
        publishing.publish(post, newsletter=newsletter, at=at, email=email, revision=shown, **why)
    except publishing.CannotPublish as refusal:
        form.add_error(None, str(refusal))
        return show_choices(request, desk.find(pk), form, 409)
    return tell(request, desk.find(pk), at, email=email, excuse=why["unclaimed"])


def tell(
    request: HttpRequest, post: Post, at: datetime | None, *, email: bool, excuse: str
) -> HttpResponse:
    """Wake who sends, and say what happens now."""
    issue = Issue.objects.filter(post=post).first()
    if at:
        said = "Scheduled."
    elif email and issue:
        wake(send_block, issue.pk)
        said = f"Published, and on its way to {issue.expected} readers."
    else:
        said = "Published on the web."
    log(request, post, said, excuse)
    messages.success(request, said)
    return redirect("admin:newsletter_post_publish", post.pk)


def log(request: HttpRequest, post: Post, said: str, excuse: str = "") -> None:
    if excuse:
        said += f" Its words are not proven to be the creator’s own: {excuse}"
    admin.site.get_model_admin(Post).log_change(request, post, said)


@require_POST
@desk.may_write
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let readers see what was edited since, as far as the editor has seen it."""
    excuse = request.POST.get("unclaimed", "").strip()
    asked = number(request.POST.get("revision", ""))
    seen = get_object_or_404(desk.find(pk).revisions, number=asked)
    verb = partial(publishing.release, revision=seen, unclaimed=excuse, by=desk.editor_of(request))
    return act(request, pk, verb, "Readers see the changes now.", excuse)


@require_POST
@desk.may_write
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return act(request, pk, publishing.unpublish, "It is a draft again, and keeps its address.")


def act(
    request: HttpRequest, pk: int, verb: Callable[[Post], Post], said: str, excuse: str = ""
) -> HttpResponse:
    post = desk.find(pk)
    try:
        verb(post)
    except publishing.CannotPublish as refusal:
        messages.error(request, str(refusal))
    else:
        log(request, post, said, excuse)
        messages.success(request, said)
    return redirect("admin:newsletter_post_publish", pk)


def show_choices(
    request: HttpRequest, post: Post, form: PublishForm, status: int = 200
) -> HttpResponse:
    newsletter = desk.newsletter_of(post)
    candidate = Candidate(post, desk.latest_of(post))
    return desk.show(
        request,
        "publish",
        "Publish" if post.state != Post.State.PUBLISHED else "Published",
        post,
        status,
        form=form,
        newsletter=newsletter,
        newsletters=Newsletter.objects.count(),
        checks=Checks.on(candidate.document),
        blocked=bool(preflight.faults(candidate)),
        **sorted_by_level(preflight.facts(candidate)),
        readers=readers_of(newsletter) if newsletter else 0,
        no_mail=why_no_mail(newsletter),
        issue=Issue.objects.filter(post=post).first(),
        url=links.post_url(post) if post.newsletter else "",
        excuses=post.excuses.select_related("by").prefetch_related("accounts"),
        unreleased=bool(post.live_id and post.live_id != post.latest_id),
    )


def ask_again(request: HttpRequest, post: Post, form: PublishForm) -> HttpResponse:
    newsletter: Newsletter = form.cleaned_data["newsletter"]
    if refusal := why_no_mail(newsletter):
        form.add_error(None, refusal)
        return show_choices(request, post, form, 409)
    return desk.show(
        request,
        "confirm",
        "Mail it?",
        post,
        form=form,
        newsletter=newsletter,
        readers=readers_of(newsletter),
        at=form.cleaned_data["at"],
    )


def readers_of(newsletter: Newsletter) -> int:
    return Subscription.objects.active().filter(newsletter=newsletter).count()


def why_no_mail(newsletter: Newsletter | None) -> str:
    """What keeps the newsletter from being mailed at all; empty where nothing does."""
    if newsletter is None:
        return ""
    try:
        demand_sendable(newsletter)
    except CannotSend as refusal:
        return str(refusal)
    return ""
