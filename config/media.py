"""Serves the media files. They are named by their content, so a browser may keep them for good.

What came from strangers runs nothing and is taken for nothing but a picture or a video.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
PIECE = 64 * 1024


@require_safe
@csp_override({"default-src": [CSP.NONE], "sandbox": [""]})
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    file = _find(path)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response = _part(file, request.headers.get("Range", "")) or FileResponse(file.open("rb"))
    response.headers["Content-Type"] = kind
    if not kind.startswith(("image/", "video/")):
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _find(path: str) -> Path:
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        if file.is_file():
            return file
    except (SuspiciousFileOperation, ValueError, OSError):
        pass  # outside of the folder, or nothing that could be a file's name
    raise Http404


def _part(file: Path, wanted: str) -> HttpResponseBase | None:
    """The one range that a player asks for, or None where the whole file will do."""
    match = ONE_RANGE.fullmatch(wanted)
    if not match or not any(match.groups()):
        return None
    size = file.stat().st_size
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {
        "Content-Length": str(end - start + 1),
        "Content-Range": f"bytes {start}-{end}/{size}",
    }
    return StreamingHttpResponse(_pieces(file, start, end), status=206, headers=headers)


def _pieces(file: Path, start: int, end: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(start)
        while piece := opened.read(min(PIECE, end + 1 - opened.tell())):
            yield piece
