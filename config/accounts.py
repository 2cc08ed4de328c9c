"""Editors' accounts: the first one, links that let somebody choose a password, invitations."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

FIRST_EDITOR = "editor"


def first_editor() -> User | None:
    """The account that a new installation begins with; None where there is an account already."""
    if User.objects.exists():
        return None
    return User.objects.create_superuser(FIRST_EDITOR)


def login_link(user: User) -> str:
    """Good until a password is chosen with it, or for a day."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.BASE_URL + reverse("choose_password", args=[key, token])


def editors() -> Group:
    """Who may do everything with threads and newsletters, and nothing with accounts."""
    group, _ = Group.objects.get_or_create(name="Editors")
    group.permissions.set(
        Permission.objects.filter(content_type__app_label__in=["threads", "newsletter"])
    )
    return group


def mail_login_link(user: User) -> None:
    context = {
        "user": user,
        "link": login_link(user),
        "site": settings.BASE_URL,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    body = render_to_string("admin/accounts/invitation.txt", context)
    EmailMessage(f"Your account at {settings.BASE_URL}", body, to=[user.email]).send()
