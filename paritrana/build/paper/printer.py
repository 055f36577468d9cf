"""A headless Chromium that prints pages of a built site as PDF: it runs no script of theirs and reaches no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
MARGINS = {"top": "14mm", "right": "15mm", "bottom": "18mm", "left": "15mm"}
BOX: ViewportSize = {"width": 680, "height": 1001}  # what the margins leave of A4, in px of CSS
LACKING = (
    "A Chromium was expected for --pdf, and none was found: install one (as chromium on the PATH), or let Playwright "
    "do it with `playwright install chromium`."
)


@dataclass(frozen=True)
class Printer:
    """An open page of the browser, which one document after the other is loaded into."""

    page: Page

    def document(self, url: str, script: str, given: Mapping[str, Any]) -> tuple[bytes, Any]:
        """The PDF of a document once a script of ours has made it ready for paper, and what the script returned.

        The script is handed the style too: Playwright's own way to add one waits for an event that needs scripts.

        Raises playwright's Error where it cannot be opened or printed.
        """
        self.page.goto(url)
        told = self.page.evaluate(script, dict(given))
        return self.page.pdf(prefer_css_page_size=True, print_background=False, tagged=True, outline=True), told

    def text(self, content: str, tagged: bool = True) -> bytes:
        """The PDF of a document that is given as HTML; its own style says how large its pages are."""
        self.page.set_content(content)
        return self.page.pdf(prefer_css_page_size=True, tagged=tagged, outline=False)


def own(executable: str) -> str:
    """The path of the browser to take: the first that is installed, else Playwright's own. Raises RuntimeError."""
    found = next((path for name in NAMES if (path := shutil.which(name))), executable)
    if not Path(found).is_file():
        raise RuntimeError(LACKING)
    return found


def refuse_no_browser() -> None:
    """Raises RuntimeError where no Chromium is installed: nothing should be built before that is known."""
    if not any(map(shutil.which, NAMES)):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as play:
            own(play.chromium.executable_path)


@contextmanager
def printer() -> Iterator[Printer]:
    """Start Chromium and end it afterwards. Raises RuntimeError where none is installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=own(play.chromium.executable_path), args=list(ARGUMENTS))
        try:
            with printing(browser) as press:
                yield press
        finally:
            browser.close()


@contextmanager
def printing(browser: Browser) -> Iterator[Printer]:
    """Open a page for printing in a headless Chromium that runs already, and close it afterwards."""
    # The page's own policy would refuse the style for paper as well.
    context = browser.new_context(java_script_enabled=False, offline=True, bypass_csp=True, viewport=BOX)
    try:
        page = context.new_page()
        page.emulate_media(media="print", color_scheme="light")
        yield Printer(page)
    finally:
        context.close()
