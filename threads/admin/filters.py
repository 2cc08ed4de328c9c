"""What the list of threads is narrowed by. What became of them is the newsletter's to know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone, localtime

from threads.admin.sent import number
from threads.models import Account, Platform, Thread

Choices = list[tuple[str, str]]
ACCOUNTS = 12  # with the most threads; the others are reached by the list of accounts
LENGTHS: dict[str, tuple[int, int | None]] = {
    "2-4": (2, 4),
    "5-9": (5, 9),
    "10-24": (10, 24),
    "25": (25, None),
}


class ThreadFilter(admin.SimpleListFilter):
    """One of the choices that are offered; anything else in the address narrows nothing."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        value = self.value()
        is_offered = value in {choice for choice, _ in self.lookup_choices}
        return self.narrowed(queryset, value) if value and is_offered else queryset

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        raise NotImplementedError


class TwinFilter(admin.SimpleListFilter):
    """Of two twins, lists show the one that stands for both until asked for the other."""

    title = "twins"
    parameter_name = "twins"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", "Behind another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        return queryset.filter(twin_of__isnull=not self.value())

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "One for both"}
        yield from rest


class WholeFilter(ThreadFilter):
    title = "completeness"
    parameter_name = "complete__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("1", "Complete"), ("0", "Incomplete")]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        return threads.filter(complete=value == "1")


class LengthFilter(ThreadFilter):
    title = "length"
    parameter_name = "parts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            (name, f"{least} to {most} parts" if most else f"{least} parts and more")
            for name, (least, most) in LENGTHS.items()
        ]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        least, most = LENGTHS[value]
        threads = threads.filter(length__gte=least)
        return threads.filter(length__lte=most) if most else threads


class YearFilter(ThreadFilter):
    """In which year it began; also years without any, which would cost a count to leave out."""

    title = "year"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        span = Thread.objects.aggregate(first=Min("started_at"), last=Max("started_at"))
        if not span["first"]:
            return []
        first, last = (localtime(span[name]).year for name in ("first", "last"))
        return [(str(year), str(year)) for year in range(last, first - 1, -1)]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        zone = get_current_timezone()
        begin, end = (datetime(int(value) + more, 1, 1, tzinfo=zone) for more in (0, 1))
        return threads.filter(started_at__gte=begin, started_at__lt=end)


class PlatformFilter(ThreadFilter):
    title = "platform"
    parameter_name = "platform"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, str(label)) for value, label in Platform.choices]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        return threads.filter(account__platform=value)


class AccountFilter(ThreadFilter):
    """The accounts with the most threads, and the one that was asked for."""

    title = "account"
    parameter_name = "account__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        counted = Account.objects.annotate(count=Count("threads")).exclude(count=0)
        accounts = list(counted.order_by("-count", "pk")[:ACCOUNTS])
        asked = number(self.value() or "")
        if asked and asked not in {account.pk for account in accounts}:
            accounts += Account.objects.filter(pk=asked)
        return [(str(account.pk), str(account)) for account in accounts]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        return threads.filter(account=int(value))
