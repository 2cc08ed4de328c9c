"""Accounts in the admin site: editors are invited by mail and choose their own password."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from config.accounts import editors, login_link, mail_login_link

POWERS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class InvitationForm(forms.ModelForm[User]):
    email = forms.EmailField(label="E-mail address", max_length=150)

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "is_superuser")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if (
            User.objects.filter(email__iexact=email).exists()
            or User.objects.filter(username__iexact=email).exists()
        ):
            raise forms.ValidationError("Somebody with this address has an account already.")
        return email

    def save(self, commit: bool = True) -> User:
        self.instance.username = self.cleaned_data["email"]
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


admin.site.unregister(User)


@admin.register(User)
class EditorAdmin(UserAdmin[User]):
    add_form = InvitationForm
    add_form_template = None
    list_display = ("username", "email", "first_name", "last_name", "is_superuser", "last_login")
    list_filter = ("is_superuser", "is_active")
    filter_horizontal = ()  # a plain list: the two-column widget has no names for screen readers
    actions = ("mail_links",)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj:
            return super().get_fieldsets(request, obj)
        fields = ["email", "first_name", "last_name"]
        if _is_chief(request):
            fields.append("is_superuser")
        invitation = (
            "A link to choose a password is mailed to them. The address is their user name."
        )
        return ((None, {"fields": fields, "description": invitation}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return () if _is_chief(request) else POWERS

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            obj.groups.add(editors())
            # After the commit: no transaction waits for a mail server.
            transaction.on_commit(lambda: self._mail_link(request, obj))

    @admin.action(description="Mail a link to choose a new password", permissions=["change"])
    def mail_links(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            if user.email and user.is_active and _may_touch(request, user):
                self._mail_link(request, user)
            else:
                self.message_user(request, f"{user} was not mailed.", messages.WARNING)

    def _mail_link(self, request: HttpRequest, user: User) -> None:
        try:
            mail_login_link(user)
        except (OSError, SMTPException) as error:
            problem = f"The mail to {user.email} could not be sent ({error}). Give them this link "
            self.message_user(request, f"{problem} yourself: {login_link(user)}", messages.ERROR)
        else:
            self.message_user(request, f"A link to choose a password was mailed to {user.email}.")


def _is_chief(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    """Whoever could change a superuser's address could become one."""
    return _is_chief(request) or not (user and user.is_superuser)
