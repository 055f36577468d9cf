"""An answer is kept whole or not at all, for a week."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from paritrana.refresh.cache import KEPT, Answer, Cache

DAY = date(2026, 11, 28)
ANSWER = Answer("https://example.org/a?b=c", b"\x00said\xff", DAY)


def cache(folder: Path, later: int = 0) -> Cache:
    return Cache(folder, DAY + timedelta(days=later))


def test_what_was_kept_is_found_as_it_was(tmp_path: Path) -> None:
    cache(tmp_path / "new" / "folder").keep(ANSWER)
    assert cache(tmp_path / "new" / "folder").find(ANSWER.address) == ANSWER
    assert cache(tmp_path / "new" / "folder").find("https://example.org/a?b=d") is None


@pytest.mark.parametrize(("later", "found"), [(0, True), (KEPT.days, True), (KEPT.days + 1, False), (-1, False)])
def test_an_answer_is_kept_for_a_week_and_none_is_from_tomorrow(tmp_path: Path, later: int, found: bool) -> None:
    cache(tmp_path).keep(ANSWER)
    assert (cache(tmp_path, later).find(ANSWER.address) is not None) == found


@pytest.mark.parametrize("end", [".answer", ".json"])
@pytest.mark.parametrize("harm", ["gone", "cut", "other", "nothing", "list"])
def test_an_answer_that_was_harmed_is_none(tmp_path: Path, end: str, harm: str) -> None:
    cache(tmp_path).keep(ANSWER)
    (path,) = tmp_path.glob(f"*{end}")
    content = path.read_bytes()
    harmed = {"cut": content[:-1], "other": content[::-1], "nothing": b"", "list": b"[]"}
    path.unlink() if harm == "gone" else path.write_bytes(harmed[harm])
    assert cache(tmp_path).find(ANSWER.address) is None
    cache(tmp_path).keep(ANSWER)
    assert cache(tmp_path).find(ANSWER.address) == ANSWER


def test_a_later_answer_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    cache(tmp_path).keep(ANSWER)
    later = Answer(ANSWER.address, b"more", DAY + timedelta(days=1))
    cache(tmp_path).keep(later)
    assert cache(tmp_path, 1).find(ANSWER.address) == later
    assert len(list(tmp_path.iterdir())) == 2
