"""The readers' own pages: subscribe, confirm, leave, choose.

A GET shows and never acts, since link scanners open every address in a mail. The token
in the address is the authority, so these pages need no cookie and no CSRF token.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from config.queue import wake
from newsletter import links, subscribing
from newsletter.addresses import masked
from newsletter.jobs import send_confirmation
from newsletter.models import Newsletter, Subscription
from newsletter.subscriptions.choices import act, choices, find_newsletter
from newsletter.subscriptions.forms import CONSENT, SubscribeForm
from newsletter.subscriptions.visitors import tries_too_often

show_or_act = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@csrf_exempt
@show_or_act
def subscribe(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _subscribe_page(request, SubscribeForm.fresh(_wanted(request)))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _subscribe_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if tries_too_often(request):
        form.add_error(None, "Too many tries came from your network. Please come back in an hour.")
        return _subscribe_page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    newsletter: Newsletter = form.cleaned_data["newsletter"]
    if not form.filled_by_machine:
        _ask(newsletter, form.cleaned_data["address"], source="subscribe form")
    return render(request, "subscriptions/asked.html", {"newsletter": newsletter})


@never_cache
@csrf_exempt
@show_or_act
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            subscription = subscribing.confirm(token)
        else:
            subscription = subscribing.to_confirm(token)
    except (links.BrokenLink, links.ExpiredLink, subscribing.SpentLink) as error:
        return _dead_link(request, error)
    return render(request, "subscriptions/confirm.html", _about(subscription))


@never_cache
@csrf_exempt
@show_or_act
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Also what mail programs call by themselves (RFC 8058): whatever is posted, it is done."""
    try:
        subscription = _find(links.read_unsubscribe(token))
    except links.BrokenLink as error:
        return _dead_link(request, error)
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if request.method == "POST" and subscription:
        subscribing.unsubscribe(subscription, "one click" if one_click else "unsubscribe page")
    if one_click:
        return HttpResponse("You are unsubscribed.\n", content_type="text/plain; charset=utf-8")
    return render(request, "subscriptions/unsubscribe.html", _about(subscription))


@never_cache
@csrf_exempt
@show_or_act
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscription = _find(links.read_preferences(token))
    except links.BrokenLink as error:
        return _dead_link(request, error)
    if subscription is None:
        return render(request, "subscriptions/unsubscribe.html", _about(None))
    said = ""
    if request.method == "POST":
        said, wanted = act(subscription.subscriber, request.POST)
        if wanted:
            _ask(wanted, subscription.subscriber.address, source="preferences page")
    shown = _about(subscription) | {"choices": choices(subscription.subscriber), "said": said}
    return render(request, "subscriptions/preferences.html", shown)


def _ask(newsletter: Newsletter, address: str, *, source: str) -> None:
    due = subscribing.subscribe(newsletter, address, source=source, consent_text=CONSENT)
    if due:
        wake(send_confirmation, due.pk)


def _find(subscription_id: int) -> Subscription | None:
    """None where the reader has been erased since the mail went out."""
    rows = Subscription.objects.select_related("subscriber", "newsletter")
    return rows.filter(pk=subscription_id).first()


def _wanted(request: HttpRequest) -> Newsletter | None:
    return find_newsletter(request.GET.get("newsletter", "")) or Newsletter.objects.sole()


def _about(subscription: Subscription | None) -> dict[str, object]:
    if subscription is None:
        return {}
    return {
        "subscription": subscription,
        "newsletter": subscription.newsletter,
        "masked": masked(subscription.subscriber.address),
        "preferences": urlsplit(links.preferences_url(subscription)).path,
    }


def _subscribe_page(
    request: HttpRequest, form: SubscribeForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    newsletters = list(Newsletter.objects.order_by("name"))
    chosen = [newsletter for newsletter in newsletters if newsletter.slug == form.chosen()]
    context = {
        "form": form,
        "consent": CONSENT,
        "newsletter": chosen[0] if chosen else None,
        "offered": newsletters,
    }
    return render(request, "subscriptions/subscribe.html", context, status=status)


def _dead_link(request: HttpRequest, error: ValueError) -> HttpResponse:
    broken = isinstance(error, links.BrokenLink)
    status = HTTPStatus.NOT_FOUND if broken else HTTPStatus.GONE
    context = {
        "example": isinstance(error, links.ExampleLink),
        "broken": broken,
        "newsletter": Newsletter.objects.sole(),
        "said": str(error),
    }
    return render(request, "subscriptions/dead_link.html", context, status=status)
