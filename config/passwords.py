"""The pages for a password that is forgotten, or not chosen yet. They stand before the log-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse_lazy
from django.views.generic.base import ContextMixin


class ForgottenForm(PasswordResetForm):
    def get_users(self, email: str) -> Iterable[User]:
        """Those too who were invited and have no password yet."""
        return User.objects.filter(email__iexact=email, is_active=True)


class PasswordForm(SetPasswordForm[User]):
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="A link is mailed there if you forget the password.",
    )

    def __init__(self, user: User | None, *args: Any, **kwargs: Any) -> None:
        # Of a link that is no good the view makes a form too, for nobody.
        super().__init__(cast("User", user), *args, **kwargs)
        if user is None or user.email:
            del self.fields["email"]

    def save(self, commit: bool = True) -> User:
        self.user.email = self.cleaned_data.get("email") or self.user.email
        return super().save(commit)


class Page(ContextMixin):
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return admin.site.each_context(self.request) | super().get_context_data(**kwargs)


class Forgotten(Page, views.PasswordResetView):
    form_class = ForgottenForm
    title = "Forgotten password"
    template_name = "admin/accounts/forgotten.html"
    email_template_name = "admin/accounts/forgotten.txt"
    subject_template_name = "admin/accounts/forgotten_subject.txt"
    success_url = reverse_lazy("forgotten_sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        # Not of the class: that would keep what was set when it was first imported.
        self.extra_email_context = {"site": settings.BASE_URL}
        return super().form_valid(form)


class Sent(Page, views.PasswordResetDoneView):
    title = "Look into your mailbox"
    template_name = "admin/accounts/sent.html"


class Choose(Page, views.PasswordResetConfirmView):
    form_class = PasswordForm
    post_reset_login = True
    title = "Choose your password"
    template_name = "admin/accounts/choose.html"
    success_url = reverse_lazy("admin:index")


urlpatterns = [
    path("password_reset/", Forgotten.as_view(), name="admin_password_reset"),
    path("password_reset/sent/", Sent.as_view(), name="forgotten_sent"),
    path("password/<uidb64>/<token>/", Choose.as_view(), name="choose_password"),
]
