"""What the RQ workers run for imports.

The row of an import is the work; the queue only wakes a worker to do it. A job that was
lost is found again by the sweep, and one that comes twice finds nothing left to do.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now
from django_rq import job

from config.queue import wake
from threads import fetching, importing
from threads.models import Import
from threads.sources.base import SourceError
from threads.sources.catalog import open_source

PATIENCE = timedelta(minutes=2)  # with a job that was asked for


@job("default", timeout=6 * 3600)
def run_import(import_id: int) -> None:
    """Read what was uploaded, or fetch what stands elsewhere, unless that was done already."""
    import_ = Import.objects.filter(pk=import_id, state=Import.State.WAITING).first()
    if import_ is None:
        return
    if import_.address:
        fetching.run(import_)
        return
    upload = Path(settings.UPLOAD_DIR) / import_.upload
    try:
        source = open_source(upload, kind=import_.kind or None, name=import_.source)
        importing.run(import_, source, with_replies=import_.options.get("with_replies", False))
    except SourceError as error:
        importing.refuse(import_, error)
    finally:
        upload.unlink(missing_ok=True)


@job("default")
def sweep() -> None:
    """Imports whose job was lost, and what is left of those that died."""
    with importing.turn(wait=False) as ours:
        if ours:
            importing.clear_up()
    waiting = Import.objects.filter(state=Import.State.WAITING, started_at__lt=now() - PATIENCE)
    for import_ in [*waiting.exclude(upload=""), *fetching.due(now() - PATIENCE)]:
        wake(run_import, import_.pk)
