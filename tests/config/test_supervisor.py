"""The supervisor and its children where something is in the way.

Apart from pytest, as a supervisor waits for every child of its process.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from config.settings import BASE_DIR

# For a moment, a child that was just forked holds the ends of all other children's pipes.
HELD_PIPE = """
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

ONE_CHILD = """
import os, sys
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from config.child import Child

def speak():
    sys.stdout = open("/dev/full", "w")
    print("good day")

child = Child("poor", speak)
usual = getrlimit(RLIMIT_NOFILE)
next_file = os.dup(0)
os.close(next_file)
setrlimit(RLIMIT_NOFILE, (next_file + {files}, usual[1]))
parent = os.getpid()
try:
    child.fork()
finally:
    if os.getpid() != parent:
        os._exit(99)
setrlimit(RLIMIT_NOFILE, usual)
print("ended with status", os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1]))
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_pipe_that_another_child_still_holds_is_not_taken_for_the_next_one() -> None:
    done = run(HELD_PIPE)
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.count("brief   | good day") == 3


@pytest.mark.parametrize(
    ("files", "status"), [(2, 1), (9, 0)], ids=["it cannot begin", "nobody takes its last words"]
)
def test_no_child_comes_back_into_the_code_that_forked_it(files: int, status: int) -> None:
    done = run(ONE_CHILD.format(files=files))
    assert done.stdout == f"ended with status {status}\n", done.stderr
