"""A real Chromium for the tests: where it is, how it starts, and what a page tells about itself."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox, as tests also run as root in containers; the rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a page may ask for: files, and what it makes itself (a Worker).
HERE = ("file:", "data:", "blob:")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The outline: nothing outside of a landmark, each of which is there once or has a name of its own; no heading skipped.
OUTLINE = [
    *("region", "heading-order", "empty-heading", "page-has-heading-one", "landmark-one-main", "landmark-unique"),
    *("landmark-banner-is-top-level", "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo"),
]
# Words that a reader sees or hears: text that is shown, and the attributes that name things.
WORDS_JS = """() => {
  const named = [...document.querySelectorAll("*")].flatMap((e) =>
    ["title", "aria-label", "placeholder", "alt", "data-tooltip", "data-bs-title", "data-bs-original-title"]
      .map((a) => e.getAttribute(a)).filter(Boolean));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE"].includes(parent.tagName)) texts.push(walker.currentNode.textContent.trim());
  }
  return [document.title, ...texts.filter(Boolean), ...named];
}"""


def executable() -> str | None:
    """Return the path of an installed Chromium; None lets playwright take its own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium and close it at the end."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(browser: Browser, url: str, width: int = 1280, **context: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open a page and collect what goes wrong on it: errors, and requests to other places than files."""
    faults: list[str] = []

    def note(fault: str) -> None:
        if fault:
            faults.append(fault)

    place = browser.new_context(viewport={"width": width, "height": 900}, **context)
    page = place.new_page()
    page.on("console", lambda message: note(message.text if message.type in {"error", "warning"} else ""))
    page.on("pageerror", lambda error: note(str(error)))
    page.on("request", lambda sent: note("" if sent.url.startswith(HERE) else f"request: {sent.url}"))
    try:
        page.goto(url, wait_until="load")
        yield page, faults
    finally:
        place.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA, and in the outline, one line per fault and element."""
    # Without preload: axe would fetch the style sheets, which a page from a file may not.
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {rule: {"enabled": True} for rule in OUTLINE},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def words(page: Page) -> list[str]:
    """Return all texts of a page that somebody sees or hears."""
    return [str(text) for text in page.evaluate(WORDS_JS)]


def sideways(page: Page) -> int:
    """Return by how many pixels the page itself scrolls sideways."""
    script = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
