"""An X archive's import beside json.load: `uv run python -m tests.benchmarks.import_archive`.

Every step runs in a process of its own, with the installation's own settings and a fresh
SQLite database, and the steps take turns, so that a slow minute is slow for all of them.

ratio_time    a whole first import, against json.load of the same tweets.js
ratio_again   the same archive imported again, unchanged, against the same
ratio_memory  the most memory that an import takes, against json.load's; in both cases
              beyond what a process takes that loads Django and the import and then ends

The first two once more with `_cpu`, of the processor's time alone: for a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command

from tests.benchmarks.long_archive import write
from threads import importing
from threads.sources.catalog import open_source

SIZE = 100_000
ROUNDS = 3
MODULE = "tests.benchmarks.import_archive"
DATABASE = "unspool.sqlite3"

# --- steps, each in a process of its own --------------------------------------------------------


def nothing(archive: Path) -> None:
    pass


def generate(archive: Path, tweets: str) -> None:
    write(archive, int(tweets))


def migrate(archive: Path) -> None:
    call_command("migrate", verbosity=0)


def load(archive: Path) -> None:
    with (archive / "data" / "tweets.js").open(encoding="utf-8") as file:
        file.read(len("window.YTD.tweets.part0 = "))
        json.load(file)


def read(archive: Path) -> None:
    """Everything but storing."""
    deque(open_source(archive).statuses(), maxlen=0)


def import_(archive: Path) -> dict[str, int]:
    done = importing.run(importing.begin(archive.name), open_source(archive))
    return {
        "created": done.created,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "skipped": sum(done.skipped.values()),
    }


STEPS: dict[str, Callable[..., dict[str, int] | None]] = {
    step.__name__: step for step in (nothing, generate, migrate, load, read, import_)
}


def take(step: str, archive: Path, *more: str) -> None:
    """One step, in this process: what it cost goes to the one that started it."""
    wall, cpu = time.perf_counter(), time.process_time()
    told = STEPS[step](archive, *more)
    cost = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,  # MiB on Linux
    }
    print(json.dumps({**cost, **(told or {})}))  # noqa: T201 - that is how it tells


# --- the measurement ----------------------------------------------------------------------------


class Measurement:
    """Of one size, in a folder of its own."""

    def __init__(self, tweets: int, folder: Path) -> None:
        self.tweets = tweets
        self.archive = folder / "archive"
        self.data = folder / "installation"
        self.costs: dict[str, list[dict[str, float]]] = {}
        self.data.mkdir(parents=True)
        self.started("generate", self.archive, str(tweets))
        self.started("migrate", self.archive)
        self.empty = folder / DATABASE
        shutil.copy(self.data / DATABASE, self.empty)

    def started(self, step: str, *given: Path | str) -> dict[str, float]:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(self.data)}
        done = subprocess.run(
            [sys.executable, "-m", MODULE, "--step", step, *map(str, given)],
            env=env,
            stdout=subprocess.PIPE,
            check=True,
        )
        told: dict[str, float] = json.loads(done.stdout)
        return told

    def measure(self, name: str, step: str) -> dict[str, float]:
        cost = self.started(step, self.archive)
        self.costs.setdefault(name, []).append(cost)
        return cost

    def one_round(self) -> None:
        for leftover in self.data.glob(f"{DATABASE}*"):
            leftover.unlink()
        shutil.copy(self.empty, self.data / DATABASE)
        self.measure("nothing", "nothing")
        self.measure("load", "load")
        self.measure("read", "read")
        first = self.measure("import", "import_")
        again = self.measure("again", "import_")
        if first["created"] + first["skipped"] != self.tweets:
            raise RuntimeError(f"Of {self.tweets} tweets some are lost: {first}.")
        if (again["created"], again["unchanged"]) != (0, first["created"]):
            raise RuntimeError(f"The second import is not the same: {first}, then {again}.")

    def typical(self, name: str, what: str) -> float:
        return median(cost[what] for cost in self.costs[name])

    def ratio(self, name: str, what: str) -> float:
        """To json.load's, within each round."""
        turns = zip(self.costs[name], self.costs["load"], strict=True)
        return median(cost[what] / load[what] for cost, load in turns)

    def figures(self) -> dict[str, Any]:
        bare = self.typical("nothing", "peak")
        names = ("load", "read", "import", "again")
        memory = {name: self.typical(name, "peak") - bare for name in names}
        seconds = {name: self.typical(name, "seconds") for name in names}
        shares = (("time", "import"), ("again", "again"), ("read", "read"))
        ratios = {f"ratio_{name}": self.ratio(of, "seconds") for name, of in shares}
        ratios |= {f"ratio_{name}_cpu": self.ratio(of, "cpu") for name, of in shares}
        return {
            "tweets": self.tweets,
            **{name: round(ratio, 2) for name, ratio in ratios.items()},
            "ratio_memory": round(max(memory["import"], memory["again"]) / memory["load"], 3),
            "seconds": {name: round(value, 2) for name, value in seconds.items()},
            "cpu_seconds": {name: round(self.typical(name, "cpu"), 2) for name in names},
            "mib": {name: round(value) for name, value in memory.items()},
            "us_per_tweet": {
                name: round(value * 1e6 / self.tweets, 1) for name, value in seconds.items()
            },
            "archive_mb": round((self.archive / "data" / "tweets.js").stat().st_size / 1e6),
        }


def measured(tweets: int, rounds: int) -> dict[str, Any]:
    folder = settings.DATA_DIR / "benchmark"  # which is a temporary one here
    try:
        measurement = Measurement(tweets, folder)
        for _ in range(rounds):
            measurement.one_round()
        return measurement.figures()
    finally:
        shutil.rmtree(settings.DATA_DIR)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tweets", default=str(SIZE), help="how many; several with commas")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", nargs="+", metavar="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step, archive, *more = given.step
        take(step, Path(archive), *more)
        return
    tell([measured(int(size), given.rounds) for size in given.tweets.split(",")], given.json)


def tell(sizes: Sequence[dict[str, Any]], as_json: bool) -> None:
    """The figures of the usual size, where it was measured, and of the others beside them."""
    chief = next((figures for figures in sizes if figures["tweets"] == SIZE), sizes[-1])
    others = [figures for figures in sizes if figures is not chief]
    figures = chief | ({"others": others} if others else {})
    lines = [json.dumps(figures)] if as_json else [f"{k:16}{v}" for k, v in figures.items()]
    print("\n".join(lines))  # noqa: T201 - that is what it is run for


if __name__ == "__main__":
    main()
