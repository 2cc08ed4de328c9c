"""Newsletters as records, and the page that asks for the first one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import slugify

from newsletter.models import Newsletter
from newsletter.models.newsletters import RESERVED_SLUGS

COLOURS = forms.TextInput(attrs={"type": "color"})


class NewsletterForm(forms.ModelForm[Newsletter]):
    class Meta:
        model = Newsletter
        fields = [
            "name",
            "slug",
            "description",
            "sender_name",
            "sender_email",
            "reply_to",
            "postal_address",
            "accent",
            "language",
        ]
        widgets = {"accent": COLOURS, "postal_address": forms.Textarea(attrs={"rows": 3})}


class SetupForm(forms.ModelForm[Newsletter]):
    """What a first visit asks for. Only the name must be given at once."""

    class Meta:
        model = Newsletter
        fields = [
            "name",
            "description",
            "accent",
            "sender_name",
            "sender_email",
            "reply_to",
            "postal_address",
        ]
        labels = {
            "name": "Its name",
            "description": "What it is about",
            "sender_name": "Sender",
            "sender_email": "Sender’s address",
            "reply_to": "Replies go to",
            "postal_address": "Postal address",
            "accent": "Its colour",
        }
        help_texts = {
            "description": "One sentence, on the front page.",
            "sender_name": "The name that readers see in their mailbox.",
            "sender_email": "Of a domain that you may send from.",
            "accent": "Of the thread and the mark.",
        }
        widgets = {"accent": COLOURS, "postal_address": forms.Textarea(attrs={"rows": 3})}

    def save(self, commit: bool = True) -> Newsletter:
        self.instance.slug = slug_for(self.instance.name)
        return super().save(commit)


def slug_for(name: str) -> str:
    """An address that is free, whatever the name is written in."""
    slug = slugify(name)[:50].strip("-") or "letters"
    return f"{slug}-letters" if slug in RESERVED_SLUGS else slug


def _sender(user: User | AnonymousUser) -> dict[str, str]:
    """The best guess at whose newsletter it will be."""
    if user.is_anonymous:
        return {}
    return {"sender_name": user.get_full_name(), "sender_email": user.email, "reply_to": user.email}


@admin.register(Newsletter)
class NewsletterAdmin(admin.ModelAdmin[Newsletter]):
    form = NewsletterForm
    list_display = ["name", "web_address", "sender_email", "may_send"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "language", "accent"]}),
        ("In the mail", {"fields": ["sender_name", "sender_email", "reply_to", "postal_address"]}),
    ]

    @admin.display(description="address")
    def web_address(self, newsletter: Newsletter) -> str:
        return f"/{newsletter.slug}/"

    @admin.display(description="sending")
    def may_send(self, newsletter: Newsletter) -> str:
        missing = newsletter.missing_for_sending()
        if not missing:
            return format_html('<span class="badge good">{}</span>', "may send")
        return format_html('<span class="badge warn">lacks {}</span>', ", ".join(missing))

    def get_urls(self) -> list[URLPattern]:
        setup = path("setup/", self.admin_site.admin_view(self.setup), name="newsletter_setup")
        return [setup, *super().get_urls()]

    def setup(self, request: HttpRequest) -> HttpResponse:
        """The first newsletter of an installation. Later ones are added as records."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if Newsletter.objects.exists():
            return redirect("admin:index")
        form = SetupForm(request.POST or None, initial=_sender(request.user))
        if form.is_valid():
            newsletter = form.save()
            self.log_addition(request, newsletter, "Set up.")
            messages.success(request, f"{newsletter} is set up. Now bring in what it is made of.")
            return redirect("admin:index")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Your newsletter",
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/newsletter/newsletter/setup.html", context)
