"""A forked child: its life, its pipe, its end. Who starts and stops it is in supervisor.py.

Children are forked from a process that has Django loaded and runs no threads, so each
starts at once and shares its memory. None returns into the code that forked it.
"""

from __future__ import annotations

import ctypes
import io
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LAST_WORDS = 10
MOST_FILES = 65536
# Of Linux's prctl(2). Elsewhere children outlive a parent that was killed.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Child:
    name: str
    live: Callable[[], object]
    stage: int = 0  # higher stages are stopped later: what others need goes last
    once: bool = False  # runs to its end, quietly, instead of being kept alive
    noise: str = "\0"  # lines with this are not worth passing on
    pid: int = 0
    output: int = -1
    started: float = 0
    due: float = 0
    deaths: int = 0
    silent: bool = False  # its output has ended, and waits to be closed
    words: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_WORDS))
    _unfinished: bytes = b""

    def fork(self) -> None:
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        parent = os.getpid()
        # A signal must not fall between the fork and the child's own handlers.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        pid = os.fork()
        if not pid:
            _live(parent, writing, self.live)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        os.close(writing)
        self.pid, self.output, self.silent = pid, reading, False
        self.due, self.started = 0, time.monotonic()

    def lines(self) -> Iterator[str]:
        """What it has said since; at the end of its output it is `silent`."""
        while not self.silent:
            try:
                piece = os.read(self.output, 65536)
            except BlockingIOError:
                return
            *lines, self._unfinished = (self._unfinished + piece).split(b"\n")
            if not piece:
                lines, self._unfinished = [self._unfinished], b""
                self.silent = True
            for line in (line.decode(errors="replace").rstrip() for line in lines):
                if line and self.noise not in line:
                    self.words.append(line)
                    yield line

    def close(self) -> None:
        os.close(self.output)
        self.output = -1

    def send(self, number: signal.Signals) -> None:
        # Its number stays taken until it is waited for, so nobody else can be hit.
        if self.pid:
            os.kill(self.pid, number)


def adopt_orphans() -> None:
    """Grandchildren whose parent is killed become ours, so that none is left behind."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _begin(parent: int, output: int) -> None:
    # Out of reach of the terminal's Ctrl-C, which goes to `up` alone and stops all in order.
    os.setsid()
    _prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        os._exit(1)
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # The lock, and the ends of the other children's pipes, are the parent's alone.
    os.closerange(3, MOST_FILES)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True)


def _live(parent: int, output: int, live: Callable[[], object]) -> NoReturn:
    status: object = 1
    try:
        _begin(parent, output)
        live()
        status = 0
    except SystemExit as end:
        status = end.code
        if isinstance(status, str):
            sys.stderr.write(f"{status}\n")
    except Exception:
        logger.exception("It fell over a fault of the program:")
    finally:
        with suppress(OSError):  # nobody may be left to hear the last words
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status if isinstance(status, int) else int(status is not None))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
