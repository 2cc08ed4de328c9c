"""The supervisor with a pipe that is open elsewhere when its child ends.

Apart from pytest, as a supervisor waits for every child of its process.
"""

from __future__ import annotations

import subprocess
import sys

from config.settings import BASE_DIR

# For a moment, a child that was just forked holds the ends of all other children's pipes.
SCRIPT = """
import os, signal
from config.child import Child
from config.supervisor import RESTARTS, Supervisor

supervisor = Supervisor()
child = Child("brief", lambda: print("good day"))
supervisor.start(Child("steady", signal.pause))
supervisor.start(child)
os.dup(child.output)
while child.deaths < RESTARTS:
    supervisor.turn()
"""


def test_a_pipe_that_another_child_still_holds_is_not_taken_for_the_next_one() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stderr == ""
    assert run.returncode == 0
    assert run.stdout.count("brief   | good day") == 3
