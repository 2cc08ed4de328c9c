"""Taking an import back: its rows go, and what it changed becomes what it was.

Files stay in the store: a post's text may show the same picture, and nothing here can know.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now

from threads.importing.owners import settle_claim
from threads.importing.turns import turn
from threads.models import Account, Attachment, Import, Status, Thread
from threads.sources.base import SourceError

MODELS: dict[str, type[models.Model]] = {
    "account": Account,
    "thread": Thread,
    "status": Status,
    "attachment": Attachment,
}
NAMES = {model: name for name, model in MODELS.items()}
Values = dict[str, Any]


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
        kept = self.changed[NAMES[model]].setdefault(pk, {})
        kept.update({name: value for name, value in old.items() if name not in kept})

    def delete(self, rows: Iterable[models.Model]) -> None:
        """Remember rows that are about to be deleted."""
        for row in rows:
            names = [field.attname for field in row._meta.concrete_fields]
            self.deleted[NAMES[type(row)]].append({name: _value(row, name) for name in names})

    def as_json(self) -> dict[str, Any]:
        return {"changed": self.changed, "deleted": self.deleted, "added": self.added}


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - every name is one of our own columns
    return field.get_prep_value(field.value_from_object(row))


# --- imports that ended before they were done ---------------------------------------------------


def fail(import_: Import, error: BaseException, files: Iterable[str]) -> None:
    """Nothing of it stays but the record that it failed, and why."""
    reason = str(error) if isinstance(error, SourceError) else "It was stopped before its end."
    with transaction.atomic():
        _discard(import_)
        _end(import_, Import.State.FAILED, reason)
    if import_.upload:
        (settings.UPLOAD_DIR / import_.upload).unlink(missing_ok=True)
    for name in files:
        if not Attachment.objects.filter(Q(file=name) | Q(poster=name)).exists():
            default_storage.delete(name)


def clear_up() -> int:
    """Discard what dead imports left. Only for whoever has the turn: see `turns`."""
    dead = Import.objects.filter(state=Import.State.RUNNING)
    for import_ in dead:
        fail(import_, InterruptedError(), [])
    return len(dead)


def _end(import_: Import, state: Import.State, error: str = "") -> None:
    import_.state = state
    import_.error = error
    import_.finished_at = now()
    import_.before = {}
    import_.thread_ids = []
    import_.save(update_fields=["state", "error", "finished_at", "before", "thread_ids"])


def _discard(import_: Import) -> dict[str, int]:
    attachments, _ = Attachment.objects.filter(status__imported_by=import_).delete()
    statuses, _ = Status.objects.filter(imported_by=import_).delete()
    threads, _ = Thread.objects.filter(imported_by=import_).delete()
    account = import_.account
    counts = {"threads": threads, "statuses": statuses, "attachments": attachments, "accounts": 0}
    if account and not (
        account.statuses.exists()
        or account.threads.exists()
        or account.imports.filter(state=Import.State.DONE).exclude(pk=import_.pk).exists()
    ):
        account.delete()
        import_.account = None
        counts["accounts"] = 1
    return counts


# --- imports that are done ----------------------------------------------------------------------


def undo(import_: Import) -> dict[str, int]:
    """How many rows of each kind were deleted. Refused while something builds on them."""
    with turn(), transaction.atomic():
        import_.refresh_from_db()
        if import_.state != Import.State.DONE:
            raise StillUsed(f"This import is {import_.state}: there is nothing to undo.")
        _refuse_used(import_)
        _refuse_built_upon(import_)
        before = import_.before or Before().as_json()
        Attachment.objects.filter(pk__in=before["added"]).delete()
        deleted = _discard(import_)
        _restore(before)
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
    mine = _touched(import_) | {("import", str(import_.pk))}
    mine |= {("thread", str(pk)) for pk in import_.threads.values_list("pk", flat=True)}
    mine |= {("status", str(pk)) for pk in import_.statuses.values_list("pk", flat=True)}
    later = Import.objects.filter(
        account=import_.account_id, state=Import.State.DONE, pk__gt=import_.pk
    )
    for other in later:
        if mine & _touched(other):
            raise StillUsed(
                f"Import {other.pk} ({other.source}) builds on it. Undo that one first."
            )


def _touched(import_: Import) -> set[tuple[str, str]]:
    """The rows that it changed, and the imports of those that it deleted."""
    before = import_.before or Before().as_json()
    changed = {(name, str(pk)) for name, rows in before["changed"].items() for pk in rows}
    deleted = [row for rows in before["deleted"].values() for row in rows]
    return changed | {("import", str(row.get("imported_by_id"))) for row in deleted}


def _restore(before: dict[str, Any]) -> None:
    for name, model in MODELS.items():
        model._default_manager.bulk_create(model(**row) for row in before["deleted"][name])
        for pk, old in before["changed"][name].items():
            model._default_manager.filter(pk=pk).update(**old)
