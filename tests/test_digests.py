"""Digests: those of the standard, and one for files that changes with their content and with their place."""

from itertools import pairwise
from pathlib import Path

import pytest

from paritrana import paths
from paritrana.digests import LENGTH, digest, digest_of_files, sha256
from paritrana.paths import DATA, LIBRARY

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1


def test_the_sum_of_text_and_bytes_is_that_of_the_standard() -> None:
    assert sha256("abc") == sha256(b"abc") == ABC
    assert digest("abc") == ABC[:LENGTH]


def test_files_have_one_digest_in_any_order_and_another_one_for_each_selection() -> None:
    files = [DATA / "provinces.csv", DATA / "flags.csv", LIBRARY / "digests.py"]
    assert digest_of_files(files) == digest_of_files(reversed(files))
    selections = [digest_of_files(files[:count]) for count in range(len(files) + 1)]
    assert all(one != other for one, other in pairwise(selections))


def test_the_same_content_in_another_place_has_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"same")
    other.write_bytes(b"same")
    assert digest_of_files([one]) != digest_of_files([other])
