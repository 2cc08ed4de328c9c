"""A real browser: Debian's chromium, driven by Playwright. Skipped where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

LOOKS: dict[str, tuple[Literal["light", "dark"], int]] = {
    "wide": ("light", 1500),
    "light": ("light", 1280),
    "dark": ("dark", 1280),
    "tablet": ("light", 1024),
    "phone": ("light", 390),
    "dark-phone": ("dark", 390),
}
END_OF_TRANSITIONS = """document.getAnimations()
    .filter(each => each instanceof CSSTransition).forEach(each => each.finish())"""
# Without windows, which nobody sees here, a page costs a third.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PICTURES = Path("test-output")
AT_THE_DESK = {"test_desk", "test_ribbon", "test_saving", "test_writing"}

expect.set_options(timeout=30_000)  # milliseconds: a loaded machine is no fault of a page

# Playwright's loop runs in this thread, which makes Django refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser are a few groups of about the same length: each process that takes one
    starts a browser, which costs too much to be done for a few tests."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(_group_of(item.path)))


def _group_of(path: Path) -> str:
    if path.stem in AT_THE_DESK:
        return "desk"
    return "editors" if path.parent.name == "admin" else "pages"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        assert "UNSPOOL_DEMAND_ALL" not in os.environ, "Debian's chromium is not installed"
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One for all tests, as making another costs more than opening a page or two."""
    return browser.new_context()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that knows nothing of other tests, and whose own script errors fail this one."""
    page = context.new_page()
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    for opened in context.pages:
        opened.close()
    context.set_storage_state({"cookies": [], "origins": []})
    assert not errors


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, a line each."""
    page.wait_for_load_state()  # its style sheets, too
    # Through the debugging protocol, so the page's own policy does not keep the checker out.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # No rule of these reads style sheets, and to load them axe writes some that the policy
    # refuses, which is then told at any time, on the next page too.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    violations = page.evaluate(
        "options => axe.run(options).then(found => found.violations)", options
    )
    return [
        f"{fault['id']}: {'; '.join(' '.join(node['target']) for node in fault['nodes'][:3])}"
        for fault in violations
    ]


def faults_in(page: Page, name: str, *looks: str) -> list[str]:
    """What is wrong with the page that is open, in each of these LOOKS.

    It is not loaded again for each: the style sheets alone decide how it looks.
    """
    faults = []
    for look in looks:
        scheme, width = LOOKS[look]
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(END_OF_TRANSITIONS)  # colours on their way have no contrast
        take_picture(page, f"{name}-{look}")
        faults += [f"{look}: {fault}" for fault in axe_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{look}: wider than the window")
    return faults


def take_picture(page: Page, name: str) -> None:
    """A screenshot of the whole page under test-output/, for people, where PICTURES is set."""
    if "PICTURES" in os.environ:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
