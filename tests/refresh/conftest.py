"""What the tests of fresh data share."""

from collections.abc import Iterator

import pytest

from tests.refresh.portal import Portal, portal


@pytest.fixture
def asked() -> Iterator[Portal]:
    """A portal on this machine."""
    with portal() as found:
        yield found
