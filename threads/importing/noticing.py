"""What readers of a thread would notice: parts that were added, reworded or taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from threads.importing.arranging import Plan
from threads.importing.telling import words_differ
from threads.markdown import words_of
from threads.models import Change, Import, Status

Kind = Change.Kind


class Notices:
    """The changes of one import to threads that were visible before it."""

    def __init__(self, import_: Import, plan: Plan, visible: Collection[int]) -> None:
        self._import = import_
        self._plan = plan
        self._visible = visible
        self._successors = {new: old for old, new in plan.replaced.items() if old in plan.gone}

    def before(self, ids: Iterable[str]) -> dict[str, str]:
        """The Markdown, while it still is as it was, of what may be noticed."""
        plan = self._plan
        found = [plan.known[id_].pk for id_ in ids if id_ in plan.known and self._was_read(id_)]
        return _words(found)

    def _was_read(self, id_: str) -> bool:
        row, plan = self._plan.known[id_], self._plan
        if row.thread_id not in self._visible or row.deleted_at:
            return False
        if id_ in plan.changed:
            return words_differ(row.digest, plan.reading.told[id_].digest)
        return id_ in plan.deleted or id_ in plan.gone

    def keep(self, ids: Iterable[str], before: Mapping[str, str]) -> None:
        """Call it where the rows are as they will be."""
        plan = self._plan
        ids = [id_ for id_ in ids if plan.places.get(id_, (None,))[0] is not None]
        watched = [id_ for id_ in ids if plan.place(id_)[0] in self._visible]
        news = [id_ for id_ in watched if id_ in before or self._is_new(id_)]
        gone = [id_ for id_ in before if id_ in plan.deleted]
        rows = {
            row.remote_id: row
            for row in Status.objects.filter(
                platform=plan.account.platform, remote_id__in=[*news, *gone]
            )
        }
        after = _words([rows[id_].pk for id_ in news])
        is_own = plan.account.claimed_at is not None
        if not is_own:  # the words of a deleted part are kept nowhere
            Change.objects.filter(status__in=[rows[id_] for id_ in gone]).update(
                before="", after=""
            )
        Change.objects.bulk_create(
            Change(
                thread_id=rows[id_].thread_id or 0,
                status=rows[id_],
                imported_by=self._import,
                kind=kind,
                before=old,
                after=new,
            )
            for id_, kind, old, new in (
                *((id_, *self._kind(id_, before), after[id_]) for id_ in news),
                *((id_, Kind.DELETED, before[id_] if is_own else "", "") for id_ in gone),
            )
            if old != new or kind == Kind.DELETED
        )

    def _is_new(self, id_: str) -> bool:
        row = self._plan.known.get(id_)
        return row is None or row.deleted_at is not None

    def _kind(self, id_: str, before: Mapping[str, str]) -> tuple[Change.Kind, str]:
        old = before.get(id_, before.get(self._successors.get(id_, "")))
        return (Kind.ADDED, "") if old is None else (Kind.EDITED, old)


def _words(pks: Collection[int]) -> dict[str, str]:
    rows = Status.objects.filter(pk__in=pks).select_related("account")
    return {row.remote_id: words_of(row) for row in rows.prefetch_related("attachments")}
