"""How long an editor waits: `uv run python -m tests.benchmarks.desk --json`.

preview_ms      the answer to a preview of 3,000 unsaved words, with its checks; the slowest face
provenance_ms   the origins of 3,000 words among 200 parts
library_ms      the slowest page of the library of 20,000 threads
typing_ms       the worst and the median key in 20,000 words, in a real Chromium

Medians of the server's time, but for the keys: those are from the key to the frame on the screen.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from statistics import median
from typing import Any

from newsletter import provenance
from newsletter.drafting import compose
from tests.benchmarks.installation import installation
from tests.benchmarks.long_post import preview_ms
from tests.benchmarks.many_threads import fill, library_ms
from tests.benchmarks.typing import typing_ms
from tests.factories import make_thread

THREADS = 20_000
ROUNDS = 15
VOCABULARY = 4000
WORDS = 3000


def provenance_ms() -> float:
    """Two thirds of the text come from the parts, moved and rewritten here and there."""
    chance = random.Random(7)  # noqa: S311 - always the same text
    words = [f"w{chance.randrange(36**5):x}" for _ in range(VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]

    def part() -> str:
        return " ".join(chance.choices(words, weights, k=36)).capitalize() + "."

    texts = [part() for _ in range(200)]
    post = compose([make_thread(texts[at : at + 50]) for at in range(0, 200, 50)], title="Four")
    kept = [_rewritten(text, chance) for text in chance.sample(texts, WORDS // 36 * 2 // 3)]
    body = "\n\n".join([*kept, *(part() for _ in range(WORDS // 36 // 3))])
    taken = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        provenance.of(post, body)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken[1:])  # the first one keeps the Markdown of the parts


def _rewritten(text: str, chance: random.Random) -> str:
    words = text.split()
    for at in chance.sample(range(len(words)), 4):
        words[at] = "rather"
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures: dict[str, Any] = {}
    with installation():
        figures["preview_ms"] = round(preview_ms(), 1)
        figures["provenance_ms"] = round(provenance_ms(), 1)
        figures["typing_ms"] = typing_ms()
    with installation():
        print(f"Writing {given.threads} threads …", file=sys.stderr)  # noqa: T201 - it takes a minute
        fill(given.threads)
        figures["library_ms"] = round(library_ms(), 1)
    lines = [json.dumps(figures)] if given.json else [f"{k:16}{v}" for k, v in figures.items()]
    print("\n".join(lines))  # noqa: T201 - that is what it is run for


if __name__ == "__main__":
    main()
