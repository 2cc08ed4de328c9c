"""What an editor does about where a thread comes from: fetch it again, part it from its twin."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from config.queue import wake
from threads import refreshing
from threads.jobs import run_import
from threads.models import Thread
from threads.sources.base import SourceError

may_change = permission_required("threads.change_thread", raise_exception=True)


@require_POST
@permission_required("threads.add_import", raise_exception=True)
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """See what is different there now. The import's page shows how it goes."""
    thread = get_object_or_404(Thread.objects.select_related("account"), pk=pk)
    try:
        import_ = refreshing.begin(thread, by=request.user)
    except SourceError as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:threads_thread_change", pk)
    wake(run_import, import_.pk)
    return redirect("admin:threads_import_change", import_.pk)


@require_POST
@may_change
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no twin after all; it stays a thread of its own, whatever is imported later."""
    twin = get_object_or_404(Thread.objects.exclude(twin_of=None), pk=pk)
    twin.twin_of, twin.stands_alone = None, True
    twin.save(update_fields=["twin_of", "stands_alone"])
    messages.success(request, "These are two threads again.")
    return redirect("admin:threads_thread_change", pk)
