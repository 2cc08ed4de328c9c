"""Lists that may be long: a page is read at a time, and nothing is counted to its end."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import HttpRequest

COUNTED = 1000  # rows behind the beginning of a page; what is beyond is only “more”
FARTHEST = 10**9  # no list is as long, and databases do not count for ever


class PagedList(ChangeList):
    """`is_counted`: `result_count` is all there is; else there are more than `at_least`."""

    def get_results(self, request: HttpRequest) -> None:
        start = (self.page_num - 1) * self.list_per_page
        if not 0 <= start < FARTHEST:
            raise IncorrectLookupParameters
        # The rows themselves are read by their keys: sorting carries whole rows about.
        found = list(self.queryset.values_list("pk", flat=True)[start : start + COUNTED + 1])
        if start and not found:
            raise IncorrectLookupParameters
        shown = found[: self.list_per_page]
        rows = self.apply_select_related(self.root_queryset).in_bulk(shown)
        self.result_list: Any = [rows[pk] for pk in shown if pk in rows]
        self.at_least = start + COUNTED
        self.is_counted = len(found) <= COUNTED
        self.result_count = start + len(found) if self.is_counted else len(shown)
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = False
        self.multi_page = bool(start) or len(found) > len(shown)
        self.before = self._page(self.page_num - 1) if start else ""
        self.after = self._page(self.page_num + 1) if len(found) > len(shown) else ""

    def _page(self, number: int) -> str:
        return self.get_query_string({PAGE_VAR: number})
