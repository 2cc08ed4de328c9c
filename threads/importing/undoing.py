"""Taking an import back: its rows go, and what it changed becomes what it was.

Block by block, so that nobody who saves something else waits for long. Until the last one
the import counts as running, which hides its rows: if this ends half-way, too, the next
one goes on with it.

Files stay in the store: a post's text may show the same picture, and nothing here can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now

from threads.importing.owners import settle_claim
from threads.importing.progress import Cancelled
from threads.importing.turns import turn
from threads.models import Account, Attachment, Change, Import, IndexEntry, Status, Thread
from threads.sources.base import SourceError

MODELS: dict[str, type[models.Model]] = {
    "account": Account,
    "thread": Thread,
    "status": Status,
    "attachment": Attachment,
}
NAMES = {model: name for name, model in MODELS.items()}
Values = dict[str, Any]
BLOCK = 500
LONGEST_WAIT = timedelta(days=1)  # of what is not for a worker


class StillUsed(Exception):
    """Something was made from what the import brought; the message names it."""


class Before:
    """What rows held before an import changed or deleted them, ready to be kept as JSON."""

    def __init__(self) -> None:
        self.changed: dict[str, dict[int, Values]] = {name: {} for name in MODELS}
        self.deleted: dict[str, list[Values]] = {name: [] for name in MODELS}
        self.added: list[int] = []  # attachments, of statuses that were there before

    def change(self, row: models.Model, news: Values) -> None:
        """Set the news on the row, and remember what they replace. Saves nothing."""
        self.keep(row, news)
        for name, value in news.items():
            setattr(row, name, value)

    def keep(self, row: models.Model, names: Iterable[str]) -> None:
        self.remember(type(row), row.pk, {name: _value(row, name) for name in names})

    def remember(self, model: type[models.Model], pk: int, old: Values) -> None:
        if not old:
            return
        kept = self.changed[NAMES[model]].setdefault(pk, {})
        kept.update({name: value for name, value in old.items() if name not in kept})

    def delete(self, rows: Iterable[models.Model]) -> None:
        """Remember rows that are about to be deleted."""
        for row in rows:
            names = [field.attname for field in row._meta.concrete_fields]
            self.deleted[NAMES[type(row)]].append({name: _value(row, name) for name in names})

    def __bool__(self) -> bool:
        return bool(any(self.changed.values()) or any(self.deleted.values()) or self.added)

    def as_json(self) -> dict[str, Any]:
        return {"changed": self.changed, "deleted": self.deleted, "added": self.added}


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - every name is one of our own columns
    return field.get_prep_value(field.value_from_object(row))


# --- imports that ended before they were done ---------------------------------------------------


def fail(import_: Import, error: BaseException, files: Iterable[str]) -> None:
    """Nothing of it stays but the record that it failed, and why."""
    state, reason = Import.State.FAILED, "It was stopped before its end."
    if isinstance(error, Cancelled | KeyboardInterrupt):
        state, reason = Import.State.CANCELLED, ""
    elif isinstance(error, SourceError):
        reason = str(error)
    _take_back(import_)
    _end(import_, state, reason)
    if import_.upload:
        (settings.UPLOAD_DIR / import_.upload).unlink(missing_ok=True)
    for name in files:
        if not Attachment.objects.filter(Q(file=name) | Q(poster=name)).exists():
            default_storage.delete(name)


def clear_up() -> int:
    """Discard what dead imports left. Only for whoever has the turn: see `turns`."""
    dead = Import.objects.filter(state=Import.State.RUNNING)
    for import_ in dead:
        fail(import_, Cancelled() if import_.cancel_asked_at else InterruptedError(), [])
    # Whoever was to run them at once, without an upload or an address, was stopped before.
    unborn = Import.objects.filter(state=Import.State.WAITING, upload="", address="")
    for import_ in unborn.filter(started_at__lt=now() - LONGEST_WAIT):
        fail(import_, InterruptedError(), [])
    return len(dead)


def _end(import_: Import, state: Import.State, error: str = "") -> None:
    import_.state = state
    import_.error = error
    import_.finished_at = now()
    import_.thread_ids = []
    import_.save(update_fields=["state", "error", "finished_at", "thread_ids"])


def _take_back(import_: Import) -> dict[str, int]:
    """How many of its own rows of each kind were deleted."""
    _delete(Change.objects.filter(imported_by=import_))
    deleted = {
        "threads": 0,
        "statuses": 0,
        "attachments": _delete(Attachment.objects.filter(status__imported_by=import_)),
        "accounts": 0,
    }
    deleted["statuses"] = _delete(Status.objects.filter(imported_by=import_))
    deleted["threads"] = _delete(Thread.objects.filter(imported_by=import_))
    # The last change first: what one step freed, an earlier one may need.
    while step := import_.undo_steps.order_by("-pk").first():
        with transaction.atomic():
            _restore(step.before)
            IndexEntry.objects.forget(Thread.objects.filter(account=import_.account))
            step.delete()
    account = import_.account
    if account and not (
        account.statuses.exists()
        or account.threads.exists()
        or account.imports.filter(state=Import.State.DONE).exclude(pk=import_.pk).exists()
    ):
        account.delete()
        import_.account = None
        deleted["accounts"] = 1
    return deleted


def _restore(before: dict[str, Any]) -> None:
    Attachment.objects.filter(pk__in=before["added"]).delete()
    for name, model in MODELS.items():
        model._default_manager.bulk_create(model(**row) for row in before["deleted"][name])
        for pk, old in before["changed"][name].items():
            model._default_manager.filter(pk=pk).update(**old)


def _delete(rows: models.QuerySet[Any]) -> int:
    count = 0
    while pks := list(rows.values_list("pk", flat=True)[:BLOCK]):
        with transaction.atomic():
            rows.model._default_manager.filter(pk__in=pks).delete()
        count += len(pks)
    return count


# --- imports that are done ----------------------------------------------------------------------


def undo(import_: Import) -> dict[str, int]:
    """How many rows of each kind were deleted. Refused while something builds on them."""
    with turn():
        with transaction.atomic():
            import_.refresh_from_db()
            if import_.state != Import.State.DONE:
                raise StillUsed(f"This import is {import_.state}: there is nothing to undo.")
            _refuse_used(import_)
            _refuse_built_upon(import_)
            Import.objects.filter(pk=import_.pk).update(state=Import.State.RUNNING)
        deleted = _take_back(import_)
        with transaction.atomic():
            _end(import_, Import.State.UNDONE)
            if import_.account:
                settle_claim(import_.account)
    return deleted


def _refuse_used(import_: Import) -> None:
    mine = Q(imported_by=import_) | Q(statuses__imported_by=import_)
    used = Thread.objects.filter(mine).exclude(posts=None).distinct()
    if titles := sorted({f"“{post}”" for thread in used for post in thread.posts.all()}):
        raise StillUsed(
            f"{' and '.join(titles)} {'were' if len(titles) > 1 else 'was'} made from it. "
            "Delete that first, from the trash too."
        )


def _refuse_built_upon(import_: Import) -> None:
    later = Import.objects.filter(
        account=import_.account_id, state=Import.State.DONE, pk__gt=import_.pk
    ).exclude(undo_steps=None)
    if not later:
        return
    mine = {("import", str(import_.pk)), *_touched(import_)}
    mine |= {("thread", str(pk)) for pk in import_.threads.values_list("pk", flat=True)}
    mine |= {("status", str(pk)) for pk in import_.statuses.values_list("pk", flat=True)}
    for other in later.distinct():
        if not mine.isdisjoint(_touched(other)):
            raise StillUsed(
                f"Import {other.pk} ({other.source}) builds on it. Undo that one first."
            )


def _touched(import_: Import) -> Iterator[tuple[str, str]]:
    """The rows that it changed, and the imports of those that it deleted."""
    for before in import_.undo_steps.values_list("before", flat=True).iterator(chunk_size=1):
        for name, rows in before["changed"].items():
            yield from ((name, pk) for pk in rows)
        deleted = [row for rows in before["deleted"].values() for row in rows]
        yield from (("import", str(row.get("imported_by_id"))) for row in deleted)
