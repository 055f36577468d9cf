"""What the tests of fresh data share."""

from collections.abc import Iterator

import pytest

from tests.refresh.portal import Portal, portal


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portals on this machine are asked without a proxy, whatever its variables say."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def asked() -> Iterator[Portal]:
    """A portal on this machine."""
    with portal() as found:
        yield found
