"""How long a key takes at the desk: `uv run python -m tests.benchmarks.typing --json`.

In the middle of 20,000 words, in a real Chromium, with the whole page at work: from the key to
the frame that shows it, also while saves and previews that typing set off are on their way.
"""

from __future__ import annotations

import argparse
import json
from statistics import median

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from newsletter import drafting
from newsletter.models import Post
from tests.benchmarks.installation import installation
from tests.browser import CHROMIUM, FLAGS
from tests.factories import make_newsletter, make_thread

WORDS = 20_000
SENTENCE = "The keeper wrote down what was seen and told nobody before the morning came. "
BURSTS = 6
BURST = "and a word more goes here "
PAUSE = 900  # ms: long enough for the preview to be asked for, not for it to be there

WATCH = """() => {
    window.keys = [];
    const painted = new MessageChannel();
    const waiting = [];
    painted.port1.onmessage = () => {
        const now = performance.now();
        keys.push(...waiting.splice(0).map((began) => now - began));
    };
    document.querySelector("#id_body").addEventListener("keydown", (event) => {
        waiting.push(event.timeStamp);
        requestAnimationFrame(() => painted.port2.postMessage(0));
    }, { capture: true });
}"""
CARET = """(text) => {
    const middle = text.value.indexOf("\\n", text.value.length / 2);
    text.focus();
    text.setSelectionRange(middle, middle);
}"""


def long_text(words: int) -> str:
    """Headings, paragraphs and links, as an article has them."""
    paragraphs = words // len((SENTENCE * 5).split())
    blocks = []
    for number in range(paragraphs):
        if number % 10 == 0:
            blocks.append(f"## Night {number}")
        blocks.append(f"{SENTENCE * 4}{SENTENCE.strip()} See [the log](https://example.org/).")
    return "\n\n".join(blocks)


def typing_ms(words: int = WORDS) -> dict[str, float]:
    """The worst key and the median; the test database must be there."""
    make_newsletter()
    post = drafting.compose([make_thread(), make_thread()], title="A long one")
    drafting.save_revision(post, base=1, body=long_text(words))
    server = LiveServer("127.0.0.1")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1500, "height": 950})
            keys = measured(page, server.url, post)
            browser.close()
    finally:
        server.stop()
    return {"worst": round(max(keys), 1), "median": round(median(keys), 1), "keys": len(keys)}


def measured(page: Page, site: str, post: Post) -> list[float]:
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto(f"{site}/admin/newsletter/post/{post.pk}/change/", wait_until="networkidle")
    page.locator("#id_body").evaluate(CARET)
    page.keyboard.type(BURST, delay=60)  # what is only done once is done now
    page.evaluate(WATCH)
    for _ in range(BURSTS):
        page.keyboard.type(BURST, delay=60)
        page.wait_for_timeout(PAUSE)
    keys: list[float] = page.evaluate("keys")
    return keys


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with installation():
        figures = typing_ms(given.words)
    lines = [json.dumps(figures)] if given.json else [f"{k:10}{v:>8}" for k, v in figures.items()]
    print("\n".join(lines))  # noqa: T201 - that is what it is run for


if __name__ == "__main__":
    main()
