"""The subscribe form, which works without a cookie, and what keeps machines out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.timezone import now

from newsletter.addresses import BadAddress, normalise
from newsletter.models import Newsletter

CONSENT = (
    "You agree to get this newsletter by email. Every mail has a link that lets you leave at once."
)
QUICKEST = timedelta(seconds=2)
SLOWEST = timedelta(days=1)


class SubscribeForm(forms.Form):
    newsletter = forms.CharField(error_messages={"required": "Choose a newsletter."})
    address = forms.CharField(error_messages={"required": "Write your email address."})
    # Hidden from people, so only a machine fills it in.
    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    @classmethod
    def fresh(cls, newsletter: Newsletter | None) -> Self:
        """An empty form; without a newsletter it offers all of them."""
        return cls(initial={"newsletter": newsletter.slug if newsletter else ""})

    def clean_newsletter(self) -> Newsletter:
        newsletter = Newsletter.objects.filter(slug=self.cleaned_data["newsletter"]).first()
        if newsletter is None:
            raise forms.ValidationError("There is no such newsletter here. Choose one of these.")
        return newsletter

    def clean_address(self) -> str:
        try:
            return normalise(self.cleaned_data["address"]).address
        except BadAddress as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        stamp = self.cleaned_data.get("stamp", "")
        if not self.errors and (complaint := _complaint(stamp)):
            self.add_error(None, complaint)
        return self.cleaned_data

    @property
    def filled_by_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def stamp_to_show(self) -> str:
        """The one that came while it is good: whoever was too quick need not wait anew."""
        came = self.data.get("stamp", "")
        return came if came and _age(came) is not None else _stamp()

    def chosen(self) -> str:
        return str(self["newsletter"].value() or "")


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="newsletter.subscriptions.form")


def _stamp() -> str:
    return _signer().sign(f"{now().timestamp():.3f}")


def _age(stamp: str) -> timedelta | None:
    """How long the form was open; None where it was not ours, or open for too long."""
    try:
        made_at = float(_signer().unsign(stamp, max_age=SLOWEST))
    except (BadSignature, SignatureExpired):
        return None
    return timedelta(seconds=now().timestamp() - made_at)


def _complaint(stamp: str) -> str:
    age = _age(stamp)
    if age is None:
        return "This page was open for a long time. Please press the button once more."
    if age < QUICKEST:
        return "That was quick: are you a machine? If not, please press the button once more."
    return ""
