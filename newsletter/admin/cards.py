"""Link cards: a page elsewhere is asked once what it is, and its answer becomes Markdown."""

from __future__ import annotations

from django import forms
from django.core.validators import URLValidator
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from newsletter import linking
from newsletter.admin import desk
from threads.markdown import card
from threads.outside import web
from threads.text.links import bare_link


class WebField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class CardForm(forms.Form):
    url = WebField(
        max_length=2000,
        assume_scheme="https",
        error_messages={
            "required": "Write the address of a page.",
            "invalid": "This is no address of a page. It begins with https://.",
        },
    )


@require_POST
@desk.may_write
def make(request: HttpRequest, pk: int) -> JsonResponse:
    """Answers the Markdown to insert; where the page says nothing, a plain link, and why."""
    desk.find(pk)
    form = CardForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(map(str, form.errors["url"]))}, status=400)
    url: str = form.cleaned_data["url"]
    page = linking.card(url, web())
    if page.title:
        return JsonResponse({"markdown": card(url, page.title, page.description)})
    why = page.note or "The page does not say what it is."
    return JsonResponse({"markdown": bare_link(url), "said": f"{why} So it is a plain link."})
