"""The subscribe form, to stand in any page: {% subscribe_form newsletter %}."""

from __future__ import annotations

from django import template

from newsletter.models import Newsletter
from newsletter.subscriptions.forms import CONSENT, SubscribeForm

register = template.Library()


@register.inclusion_tag("subscriptions/form.html")
def subscribe_form(newsletter: Newsletter) -> dict[str, object]:
    return {
        "form": SubscribeForm.fresh(newsletter),
        "consent": CONSENT,
        "newsletter": newsletter,
    }
