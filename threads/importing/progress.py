"""How far an import has come: told to whoever waits, and whether it is to go on at all."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.utils.timezone import now

from threads.models import Import
from threads.sources.base import SourceError

EVERY = 0.4  # seconds between two looks

Say = Callable[[str], None]
Show = Callable[[int, int], None]


class Cancelled(SourceError):
    """Somebody asked for it."""

    def __init__(self) -> None:
        super().__init__("The import was cancelled. Nothing of it was kept.")


class Progress:
    """Of one import. Cheap to tell as often as one likes: it looks up every now and then."""

    def __init__(self, import_: Import, say: Say, show: Show) -> None:
        self.say = say
        self._import = import_
        self._show = show
        self._done = self._total = 0
        self._next = monotonic() + EVERY

    def begins(self, total: int) -> None:
        """A new stage, of so many steps."""
        self._done, self._total = 0, total
        self._look()

    def reached(self, done: int) -> None:
        self._done = done
        if monotonic() >= self._next:
            self._look()

    def advanced(self, steps: int) -> None:
        self.reached(self._done + steps)

    def lives(self) -> None:
        """Nothing new, but something slow is done."""
        self.reached(self._done)

    def _look(self) -> None:
        row = Import.objects.filter(pk=self._import.pk)
        if row.filter(cancel_asked_at__isnull=False).exists():
            raise Cancelled
        row.update(done=self._done, total=self._total)
        self._show(self._done, self._total)
        self._next = monotonic() + EVERY


def ask_to_cancel(import_: Import) -> bool:
    """Whether it waited still, and so is over at once. One that runs ends soon."""
    row = Import.objects.filter(pk=import_.pk)
    waited = row.filter(state=Import.State.WAITING).update(
        state=Import.State.CANCELLED, cancel_asked_at=now(), finished_at=now()
    )
    if not waited:
        row.filter(state=Import.State.RUNNING).update(cancel_asked_at=now())
    elif import_.upload:
        (settings.UPLOAD_DIR / import_.upload).unlink(missing_ok=True)
    return bool(waited)
