"""Fixtures shared by the tests."""

import os
import shutil
from collections.abc import Iterator

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.small_book import Book, build

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")

SLOW_ROOMS = ("book", "build", "lab", "warm_kernel")  # whole books, real kernels, a real browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what builds or opens a book; single tests mark themselves. `make quick` leaves both out."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.path.parent.name in SLOW_ROOMS or "browser" in fixtures or "book" in fixtures:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """What a test, or what it calls, leaves in the environment goes with it: kernels are set up by variables."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """One small book for all tests, those of another process too: who comes first builds it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "book"
    said = folder.with_suffix(".said")
    with FileLock(folder.with_suffix(".lock")):
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a build that failed in another process left
            folder.mkdir()
            said.write_text(build(folder).said, encoding="utf-8")
    return Book(folder, said.read_text(encoding="utf-8"))
