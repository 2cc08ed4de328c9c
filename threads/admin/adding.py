"""The pages that take threads in: by an address, as an uploaded file, and as pasted text."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from config.queue import wake
from threads import fetching, importing, outside
from threads.admin.bookmarklet import bookmarklet
from threads.admin.pasting import CutsForm, PasteForm
from threads.admin.uploads import UploadToDisk
from threads.jobs import run_import
from threads.models import Import
from threads.sources.addresses import is_address
from threads.sources.base import SourceError
from threads.text.markup import to_markdown

may_import = permission_required("threads.add_import", raise_exception=True)


def show(
    request: HttpRequest, name: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "opts": Import._meta,
        "title": title,
        **context,
    }
    return TemplateResponse(request, f"admin/threads/import/{name}.html", context, status=status)


def take_in(
    request: HttpRequest, form: PasteForm, status: int = 200, **errors: str
) -> HttpResponse:
    """`errors`: of the upload or of the address, and what the address was."""
    return show(
        request,
        "add",
        "Import threads",
        status,
        paste=form,
        asks_x=bool(outside.services().x_token),
        **errors,
        limit=settings.UPLOAD_LIMIT,
        too_large=too_large(),
        bookmarklet=bookmarklet(request.build_absolute_uri(reverse("admin:threads_import_add"))),
    )


@require_safe
@may_import
def add(request: HttpRequest) -> HttpResponse:
    return take_in(request, PasteForm())


@require_POST
@may_import
def address(request: HttpRequest) -> HttpResponse:
    return begin_fetch(request, request.POST.get("address", ""))


def begin_fetch(request: HttpRequest, written: str) -> HttpResponse:
    options = {"with_replies": "replies" in request.POST}
    try:
        import_ = fetching.begin(written, by=request.user, options=options)
    except SourceError as error:
        told = {"address": written.strip(), "address_error": str(error)}
        return take_in(request, PasteForm(), 400, **told)
    wake(run_import, import_.pk)
    return redirect("admin:threads_import_change", import_.pk)


@csrf_exempt  # only until the handler is in place: the token is in the body, behind the file
@require_POST
@may_import
def upload(request: HttpRequest) -> HttpResponse:
    handler = UploadToDisk(request)
    request.upload_handlers = [handler]
    try:
        return csrf_protect(begin_import)(request, handler)
    except OSError as error:
        handler.discard()
        words = f"The file could not be kept: {error.strerror}."
        return take_in(request, PasteForm(), 507, upload_error=words)


def begin_import(request: HttpRequest, handler: UploadToDisk) -> HttpResponse:
    file = request.FILES.get("archive")
    if handler.too_large:
        return take_in(request, PasteForm(), 413, upload_error=too_large())
    if file is None or handler.path is None:
        return take_in(request, PasteForm(), 400, upload_error="Choose a file first.")
    if not file.size:
        handler.discard()
        return take_in(request, PasteForm(), 400, upload_error=f"{file.name} is empty.")
    import_ = importing.begin(
        file.name or "An upload",
        by=request.user,
        upload=handler.path.name,
        options={"with_replies": "replies" in request.POST},
    )
    wake(run_import, import_.pk)
    return redirect("admin:threads_import_change", import_.pk)


def too_large() -> str:
    return (
        f"The file is larger than {filesizeformat(settings.UPLOAD_LIMIT)}, the most that can be "
        "uploaded here. On the server, “uv run manage.py import_threads FILE” reads any size."
    )


@require_POST
@may_import
def paste(request: HttpRequest) -> HttpResponse:
    """From the pasted text to its parts, from one correction to the next, and to the import."""
    if "part" not in request.POST:
        if is_address(request.POST.get("text", "")):
            return begin_fetch(request, request.POST["text"])
        form = PasteForm(request.POST)
        if not form.is_valid():
            return take_in(request, form, 400)
        return show_cuts(request, form.cut())
    cuts = CutsForm(request.POST)
    if "save" not in request.POST:
        return show_cuts(request, cuts.corrected(request.POST))
    if cuts.is_valid():
        try:
            source = cuts.source()
            import_ = importing.begin(cuts.name(), kind=source.kind, by=request.user)
            importing.run(import_, source, wait=False)
        except SourceError as error:
            cuts.add_error(None, str(error))
        else:
            return redirect("admin:threads_import_change", import_.pk)
    return show_cuts(request, cuts, 400)


def show_cuts(request: HttpRequest, cuts: CutsForm, status: int = 200) -> HttpResponse:
    return show(request, "cuts", "Check the parts", status, cuts=cuts)


@require_POST
@may_import
def markdown(request: HttpRequest) -> HttpResponse:
    """What a browser copied, as Markdown with its links and pictures."""
    return JsonResponse({"markdown": to_markdown(request.POST.get("html", ""))})
