"""What commands that write one file have in common."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class ExportCommand(BaseCommand, ABC):
    """Writes one face of one thing to standard output, or to a file."""

    thing = ""
    faces: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar=self.thing.upper(), type=int)
        parser.add_argument("--as", dest="face", choices=self.faces, required=True)
        parser.add_argument("--output", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    @abstractmethod
    def export(self, number: int, face: str) -> str: ...

    def handle(self, *args: Any, **options: Any) -> None:
        text = self.export(options["number"], options["face"])
        path: Path | None = options["output"]
        if path is None:
            answer: dict[str, Any] = {"text": text}
        else:
            answer = {"output": str(path), "bytes": self._write(path, text)}
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif path is None:
            self.stdout.write(text, ending="" if text.endswith("\n") else "\n")
        else:
            self.stdout.write(f"{path}: {answer['bytes']} bytes")

    def _write(self, path: Path, text: str) -> int:
        try:
            # As bytes, since the line ends of a mail must stay as they are.
            return path.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from error
