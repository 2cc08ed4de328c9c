"""Readers in the admin site. How they stand to a newsletter moves by verbs, never by a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from newsletter import subscribing
from newsletter.addresses import BadAddress, normalise
from newsletter.admin import mailbox
from newsletter.enrolling import Outcome, enrol, foresee
from newsletter.models import Subscriber, Subscription
from newsletter.reader_lists import Row

BADGES: dict[str, str] = {
    Subscription.State.ACTIVE: "good",
    Subscription.State.PENDING: "warn",
    Subscription.State.BOUNCED: "bad",
    Subscription.State.COMPLAINED: "bad",
}
RECORD = [
    "reader",
    "newsletter",
    "standing",
    "source",
    "consent_text",
    "requested_at",
    "confirmation_sent_at",
    "confirmed_at",
    "ended_at",
    "ended_by",
]
REFUSALS = {
    Outcome.ALREADY: "Is a reader of it already, or has yet to confirm.",
    Outcome.UNSUBSCRIBED_BEFORE: "Left before. Only they can come back, by the subscribe page.",
    Outcome.SUPPRESSED: "Was erased or complained, and must never be mailed again.",
}


class EnrolForm(forms.ModelForm[Subscription]):
    """For a reader who agreed elsewhere: on paper, by word, in another program."""

    address = forms.CharField(label="Email address", max_length=254)
    name = forms.CharField(max_length=100, required=False)
    consent_text = forms.CharField(
        label="How they agreed",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="When, where and to what, such as “signed the list at the May fair”. "
        "It is kept as the proof of consent.",
    )

    class Meta:
        model = Subscription
        fields = ("newsletter",)

    def clean_address(self) -> str:
        try:
            return normalise(self.cleaned_data["address"]).address
        except BadAddress as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        newsletter, address = (self.cleaned_data.get(name) for name in ("newsletter", "address"))
        if newsletter and address and (refusal := REFUSALS.get(foresee(newsletter, address))):
            self.add_error("address", refusal)
        return self.cleaned_data

    def enrol(self) -> Subscription:
        given = self.cleaned_data
        row = Row(1, given["address"], given["name"])
        consent = given["consent_text"].strip()
        enrol(given["newsletter"], [row], source="by hand", consent_text=consent)
        key = normalise(given["address"]).key
        subscription: Subscription = given["newsletter"].subscriptions.get(
            subscriber__address_key=key
        )
        return subscription


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin[Subscription]):
    list_display = ["address", "newsletter", "standing", "source", "requested_at", "ended_at"]
    list_display_links = ["address"]
    list_filter = ["state", "newsletter"]
    list_select_related = ["subscriber", "newsletter"]
    search_fields = ["subscriber__address", "subscriber__name"]
    search_help_text = "Search addresses and names"
    ordering = ["-pk"]
    show_full_result_count = False
    actions = ["unsubscribe"]

    def get_form(
        self,
        request: HttpRequest,
        obj: Subscription | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[Subscription]]:
        return super().get_form(request, obj, change, **kwargs) if obj else EnrolForm

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> list[Any]:
        return RECORD if obj else ["newsletter", "address", "name", "consent_text"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Subscription | None = None
    ) -> list[str]:
        return RECORD if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        """Never: it is known by the row that they left. Readers are erased as a whole."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Subscription, form: EnrolForm, change: bool
    ) -> None:
        if not change:
            obj.pk = form.enrol().pk
            obj.refresh_from_db()

    @admin.display(description="address", ordering="subscriber__address")
    def address(self, subscription: Subscription) -> str:
        return subscription.subscriber.address

    @admin.display(description="reader")
    def reader(self, subscription: Subscription) -> str:
        url = reverse("admin:newsletter_subscriber_change", args=[subscription.subscriber_id])
        return format_html('<a href="{}">{}</a>', url, subscription.subscriber.address)

    @admin.display(description="state", ordering="state")
    def standing(self, subscription: Subscription) -> str:
        return _badge(subscription)

    @admin.action(description="Unsubscribe", permissions=["change"])
    def unsubscribe(self, request: HttpRequest, chosen: QuerySet[Subscription]) -> None:
        for subscription in chosen:
            subscribing.unsubscribe(subscription, f"by {request.user.get_username()}")
        messages.success(request, f"{len(chosen)} get no more mail.")


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin[Subscriber]):
    list_display = ["address", "name", "created_at"]
    search_fields = ["address", "name"]
    search_help_text = "Search addresses and names"
    ordering = ["-pk"]
    show_full_result_count = False
    fields = ["address", "name", "reads", "created_at"]
    readonly_fields = ["address", "reads", "created_at"]

    def get_urls(self) -> list[URLPattern]:
        return [*mailbox.urls(self.admin_site), *super().get_urls()]

    @admin.display(description="newsletters")
    def reads(self, subscriber: Subscriber) -> str:
        page = "admin:newsletter_subscription_change"
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}">{}</a> {}',
            (
                (reverse(page, args=[one.pk]), one.newsletter, _badge(one))
                for one in subscriber.subscriptions.select_related("newsletter")
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers come by a subscription, with the consent it keeps."""
        return False

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """What goes is the reader with all subscriptions; what stays are the counts."""
        texts = [
            f"{reader.address}: every subscription, and the address in what was mailed. "
            "The counts stay, and the address can never be mailed from here again."
            for reader in objs
        ]
        return texts, {"readers to erase": len(texts)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Subscriber) -> None:
        subscribing.erase(obj.address)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        for reader in queryset:
            subscribing.erase(reader.address)


def _badge(subscription: Subscription) -> str:
    colour = BADGES.get(subscription.state, "")
    label = subscription.get_state_display()
    return format_html('<span class="badge {}">{}</span>', colour, label)
