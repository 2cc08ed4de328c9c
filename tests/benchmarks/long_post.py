"""A post of 3,000 words, and how long the desk waits for its preview.

The database must be there, and is written to: a throw-away one.
"""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from statistics import median

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from newsletter.admin.faces import FACES
from tests.factories import make_newsletter, make_post

TALE = """lamp keeper night log column tower rain signal quiet hour glass wick harbour bell ledger
watch storm morning oil clock shore reef winter boat line rope letter hand stair door"""
ROUNDS = 15


def text(words: int = 3000) -> str:
    """Invented: headings, lists, links, quotations, pictures; the same each time."""
    chance = random.Random(4)  # noqa: S311 - not for secrets
    blocks, count = [], 0
    for block in _blocks(chance):
        blocks.append(block)
        count += len(block.split())
        if count >= words:
            break
    return "\n\n".join(blocks)


def preview_ms() -> float:
    """The slowest face's median answer, with its checks, in milliseconds of server time."""
    user = User.objects.create_superuser("desk-benchmark", "desk@benchmark.example", "x")
    newsletter = make_newsletter(slug="benchmark")
    body = text()
    _keep_pictures(body)
    post = make_post(body, newsletter=newsletter)
    client = Client()
    client.force_login(user)
    sent = {"title": "What keepers knew", "body": f"{body}\n\nA new line."}
    return max(_median_ms(client, post.pk, face, sent) for face in FACES)


def _median_ms(client: Client, post: int, face: str, sent: dict[str, str]) -> float:
    address = reverse("admin:newsletter_post_unsaved", args=[post, face])
    taken = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        answer = client.post(address, sent)
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, answer
    return median(taken[1:])  # the first one compiles templates


def _blocks(chance: random.Random) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"## {_sentence(chance, 4)}"
        yield (
            f"{_sentence(chance, 14)} See [the {_sentence(chance, 2)}](https://example.org/{number})"
            f" and *then* **more**. {_sentence(chance, 50)}"
        )
        yield _sentence(chance, 70)
        yield "\n".join(f"- {_sentence(chance, 9)}" for _ in range(4))
        yield f"> {_sentence(chance, 25)}"
        if number % 2:
            yield f"![A lamp, {number}]({settings.MEDIA_URL}benchmark/{number}.jpg)"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(TALE.split(), k=words)).capitalize() + "."


def _keep_pictures(body: str) -> None:
    content = io.BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(content, "JPEG")
    for number in range(body.count("![")):
        name = f"benchmark/{2 * number + 1}.jpg"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content.getvalue()))
