"""A real browser: Debian's chromium, driven by Playwright. Skipped where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PICTURES = Path("test-output")

# Playwright's loop runs in this thread, which makes Django refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        assert "UNSPOOL_DEMAND_ALL" not in os.environ, "Debian's chromium is not installed"
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose own script errors fail the test."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, a line each."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # Through the debugging protocol, so the page's own policy does not keep the checker out.
    report = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {'; '.join(' '.join(node['target']) for node in fault['nodes'][:3])}"
        for fault in report.response["violations"]
    ]


def take_picture(page: Page, name: str) -> None:
    """A screenshot of the whole page under test-output/, for people, where PICTURES is set."""
    if "PICTURES" in os.environ:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
