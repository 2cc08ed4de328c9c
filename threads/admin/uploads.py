"""An upload on its way to the disk: streamed, counted, never held in memory."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class UploadToDisk(FileUploadHandler):
    """Writes the file under UPLOAD_DIR; beyond UPLOAD_LIMIT it drops it and reads on,

    so that the browser hears why instead of a broken connection."""

    too_large = False
    path: Path | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        settings.UPLOAD_DIR.mkdir(parents=True, exist_ok=True)
        suffix = Path(self.file_name or "").suffix.lower()[:10]
        self.path = settings.UPLOAD_DIR / f"{uuid4().hex}{suffix}"
        self.stream = self.path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.too_large = True
            self.discard()
            raise SkipFile
        self.stream.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self.stream.close()
        return UploadedFile(name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        self.discard()

    def discard(self) -> None:
        if self.path is None:
            return
        with suppress(OSError):
            self.stream.close()
        self.path.unlink(missing_ok=True)
        self.path = None
