"""Children under one roof: one prefixed log, a few restarts, an orderly stop."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn, Self

from config.child import STOP_SIGNALS, Child, adopt_orphans

RESTARTS = 3
RESTART_PAUSE = 0.5
STEADY_SECONDS = 60  # who lived this long has earned new restarts
# What is sent to those of a stage who still live, and how long they may take.
# Together below ten seconds: the first stage, then the mailbox, then the queue.
FIRST_GRACE = ((signal.SIGTERM, 4.0), (signal.SIGTERM, 1.5), (signal.SIGKILL, 0.5))
LATER_GRACE = ((signal.SIGTERM, 1.0), (signal.SIGKILL, 0.5))


class StopAsked(Exception):
    """Ctrl-C, SIGTERM, or the terminal went away."""


class GaveUp(Exception):
    """A child died too often. The message holds its last words."""


class Supervisor:
    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stop_asked = False
        self.stopping = False
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask_to_stop)
        adopt_orphans()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self.stop()
        for number in STOP_SIGNALS:
            # From here on there is nothing left to interrupt.
            signal.signal(number, signal.SIG_IGN)
        return kind is StopAsked

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop_asked = True

    def say(self, name: str, line: str) -> None:
        # Unbuffered, and careless of a reader that Ctrl-C has ended before us.
        with suppress(OSError):
            os.write(sys.stdout.fileno(), f"{name:<8}| {line}\n".encode())

    def announce(self, lines: list[str]) -> None:
        with suppress(OSError):
            os.write(sys.stdout.fileno(), "\n".join(["", *lines, "", ""]).encode())

    # --- starting -----------------------------------------------------------------------------

    def start(self, child: Child) -> None:
        """Start it, and start it again when it dies."""
        self.children.append(child)
        self._fork(child)

    def run(self, name: str, live: Callable[[], object]) -> list[str]:
        """Let a child do one thing; what it said, or GaveUp when it failed."""
        child = Child(name, live, once=True)
        self.children.append(child)
        self._fork(child)
        while child.pid:
            self.turn()
        self.children.remove(child)
        return list(child.words)

    def _fork(self, child: Child) -> None:
        child.fork()
        self._selector.register(child.output, selectors.EVENT_READ, child)
        if not child.once:
            self.say("up", f"{child.name} started (process {child.pid})")

    # --- watching -----------------------------------------------------------------------------

    def watch(self) -> NoReturn:
        """Until somebody asks to stop, or a child gives up."""
        while True:
            self.turn()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not (good := ready()) and time.monotonic() < until:
            self.turn(0.05)
        return good

    def turn(self, seconds: float = 0.2) -> None:
        """Pass on what the children say, notice the dead and revive them."""
        for key, _ in self._selector.select(seconds):
            self._pass_on(key.data)
        self._reap()
        if self.stopping:
            return
        if self.stop_asked:
            raise StopAsked
        for child in self.children:
            if child.due and child.due <= time.monotonic():
                self._fork(child)

    def _pass_on(self, child: Child) -> None:
        for line in child.lines():
            if not child.once:
                self.say(child.name, line)
        if child.silent:
            self._stop_listening(child)

    def _stop_listening(self, child: Child) -> None:
        # In this order: a closed pipe that a child just forked still holds stays registered,
        # under a number that the next pipe gets.
        self._selector.unregister(child.output)
        child.close()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                # A number that is not here belonged to an orphan of a killed child.
                for child in self.children:
                    if child.pid == ended[0]:
                        self._bury(child, os.waitstatus_to_exitcode(ended[1]))

    def _bury(self, child: Child, status: int) -> None:
        child.pid = 0
        if child.output >= 0:
            self._pass_on(child)
        if child.output >= 0:
            # An orphan of it still holds the other end.
            self._stop_listening(child)
        if not self.stopping:
            self._mourn(child, status)

    def _mourn(self, child: Child, status: int) -> None:
        if child.once and not status:
            return
        if time.monotonic() - child.started > STEADY_SECONDS:
            child.deaths = 0
        child.deaths += 1
        how = f"ended with status {status}"
        if status < 0:
            how = f"was ended by {signal.Signals(-status).name}"
        if child.once or child.deaths > RESTARTS:
            raise GaveUp(_epitaph(child, how))
        self.say("up", f"{child.name} {how} and is started again")
        child.due = time.monotonic() + RESTART_PAUSE

    # --- stopping -----------------------------------------------------------------------------

    def stop(self) -> None:
        self.stopping = True
        if self.children:
            self.say("up", "stopping")
        for stage in sorted({child.stage for child in self.children}):
            members = [child for child in self.children if child.stage == stage]
            for number, seconds in LATER_GRACE if stage else FIRST_GRACE:
                for child in members:
                    child.send(number)
                if self.wait_until(partial(all_ended, members), seconds):
                    break
        end_orphans()
        if self.children:
            self.say("up", "stopped")


def _epitaph(child: Child, how: str) -> str:
    if child.once and len(child.words) == 1:
        return child.words[0]  # it has said what is wrong
    often = f", {child.deaths} times now" if child.deaths > 1 else ""
    words = "".join(f"\n  {line}" for line in child.words) or " none."
    return f"{child.name} {how}{often}. Its last words:{words}"


def all_ended(children: list[Child]) -> bool:
    return not any(child.pid for child in children)


def end_orphans() -> None:
    """Kill what killed children left behind, such as the job of a killed worker."""
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    while listing.exists() and (pids := listing.read_text().split()):
        for pid in map(int, pids):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
