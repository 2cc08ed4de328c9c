"""A mail server that writes down what it accepts, and breaks when it is told to.

It writes at the moment of acceptance, before it answers, so that its log says what would
have gone out whoever dies. It runs in a thread, or as a process of its own.
"""

from __future__ import annotations

import argparse
import random
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

DROP = "drop"  # instead of an answer: the connection is closed
ADDRESS = re.compile(r"<(.*?)>")
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
FEATURES = ("SIZE 10485760", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")


@dataclass
class Script:
    """What it answers instead of yes: to a verb and an address, or by chance.

    The verbs are CONNECT, EHLO, MAIL, RCPT, DATA, RSET, CONTENT (refused once it was all
    said) and ACCEPTED (what is said after it was written down).
    """

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    chances: dict[str, tuple[float, str]] = field(default_factory=dict)
    features: tuple[str, ...] = FEATURES
    delay: float = 0.0
    random: random.Random = field(default_factory=random.Random)

    def says(self, verb: str, address: str = "") -> str:
        chance, instead = self.chances.get(verb, (0, ""))
        by_chance = instead if self.random.random() < chance else ""
        return self.answers.get((verb, address), by_chance)


class Dialogue(socketserver.StreamRequestHandler):
    server: Recorder

    def handle(self) -> None:
        with suppress(ConnectionError, EOFError):
            self._converse()

    def _converse(self) -> None:
        self._say(self.server.script.says("CONNECT") or "220 recorder ESMTP")
        address = ""
        while True:
            line = self._line()
            verb = line[:4].strip().upper()
            if verb == "RCPT" and (found := ADDRESS.search(line)):
                address = found[1]
            self.server.heard.append(line)
            self._answer(verb, address)

    def _answer(self, verb: str, address: str) -> None:
        said = self.server.script.says(verb, address)
        if said:
            self._say(said)
        elif verb == "EHLO":
            names = ["recorder", *self.server.script.features]
            for name in names[:-1]:
                self._say(f"250-{name}")
            self._say(f"250 {names[-1]}")
        elif verb == "DATA":
            self._say("354 Go ahead")
            self._take(address)
        elif verb == "QUIT":
            self._say("221 Bye")
            raise EOFError
        else:
            self._say("250 2.0.0 Fine")

    def _take(self, address: str) -> None:
        script = self.server.script
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise EOFError
            lines.append(line[1:] if line.startswith(b".") else line)
        if refusal := script.says("CONTENT", address):
            self._say(refusal)
            return
        self.server.accept(address, b"".join(lines))
        self.server.closed.wait(script.delay)
        self._say(script.says("ACCEPTED", address) or "250 2.0.0 Accepted")

    def _line(self) -> str:
        line = self.rfile.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.decode().strip()

    def _say(self, text: str) -> None:
        if text == DROP:
            raise EOFError
        self.wfile.write(f"{text}\r\n".encode())


class Recorder(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, log: Path, script: Script | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.script = script or Script()
        self.heard: list[str] = []
        self.contents: list[bytes] = []
        self.closed = threading.Event()
        self.log = log
        self._file = log.open("ab", buffering=0)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def accept(self, address: str, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        message_id = found[1] if found else b"-"
        self._file.write(address.encode() + b" " + message_id + b"\n")
        self.contents.append(content)

    def accepted(self) -> list[str]:
        """The addresses whose mail was accepted, in that order."""
        return [line.partition(" ")[0] for line in self.log.read_text().splitlines()]

    def server_close(self) -> None:
        super().server_close()
        self.closed.set()
        self._file.close()


@contextmanager
def running(recorder: Recorder) -> Iterator[Recorder]:
    thread = threading.Thread(target=recorder.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorder
    finally:
        recorder.shutdown()
        recorder.server_close()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--greylist", type=float, default=0.0)
    parser.add_argument("--refuse", type=float, default=0.0)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--lose", type=float, default=0.0)
    given = parser.parse_args()
    chances = {
        "RCPT": (given.greylist, "450 4.2.0 Come back later"),
        "DATA": (given.refuse, "550 5.3.0 Not today, not ever"),
        "MAIL": (given.drop, DROP),
        "ACCEPTED": (given.lose, DROP),
    }
    script = Script(chances=chances, delay=given.delay, random=random.Random(given.seed))  # noqa: S311 - to repeat
    with Recorder(given.log, script) as recorder:
        print(recorder.port, flush=True)  # noqa: T201 - whoever started it reads the port there
        recorder.serve_forever()


if __name__ == "__main__":
    main()
