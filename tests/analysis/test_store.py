"""Analyses that are kept between the pages of a build: used where they are what would be made, and never else."""

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from paritrana import paths
from paritrana.analysis import store
from paritrana.analysis.known import bundled, record
from paritrana.analysis.province import ProvinceAnalysis
from paritrana.analysis.store import analysis_of, estimates_under, key_of, rankings_of
from paritrana.digests import sha256
from paritrana.parameters.page import Params, province

PARAMS = province("95", {"draws": 100})
MARK = ("95.01",)  # nominees that nobody announced: an analysis that carries them was read, not made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own to keep analyses in."""
    monkeypatch.setattr(paths, "ANALYSES", tmp_path)
    return tmp_path


def keep_marked(folder: Path, params: Params, head: str | None = None) -> Path:
    """Put a marked analysis where that of the parameters is kept, with the first line that belongs there or another."""
    body = pickle.dumps(replace(analysis_of(params), nominees=MARK))
    (path,) = folder.glob("95-*.pickle")
    path.write_bytes((head or f"{key_of(params)} {sha256(body)}").encode() + b"\n" + body)
    return path


def was_read(analysis: ProvinceAnalysis) -> bool:
    return analysis.nominees == MARK


def test_what_is_kept_is_what_was_made(folder: Path) -> None:
    made = analysis_of(PARAMS)
    assert len(list(folder.glob("95-*.pickle"))) == 1
    kept = analysis_of(PARAMS)
    assert kept is not made
    assert kept.params == made.params
    assert kept.values.equals(made.values)
    assert kept.rankings.keys() == made.rankings.keys()
    for key, ranking in made.rankings.items():
        assert np.array_equal(kept.rankings[key].any_weights.share, ranking.any_weights.share)
        assert np.array_equal(kept.rankings[key].table.low, ranking.table.low)
    assert kept.depths.keys() == made.depths.keys()


def test_what_is_kept_is_read_by_every_surface_and_in_every_language(folder: Path) -> None:
    keep_marked(folder, PARAMS)
    assert was_read(analysis_of(PARAMS))
    english = analysis_of(PARAMS.model_copy(update={"language": "en"}))
    assert was_read(english)
    assert english.params.language == "en"
    assert len(list(folder.glob("95-*.pickle"))) == 1


def test_rankings_are_those_of_the_analysis_whether_it_is_kept_or_not(folder: Path) -> None:
    params = province("13", {"draws": 100})
    known = record(params, bundled(params.year, params.rubric))
    alone = rankings_of(known)
    whole = analysis_of(params)
    kept = rankings_of(known)
    for at, ranking in enumerate((whole.main, whole.exact)):
        assert ranking is not None
        for other in (alone[at], kept[at]):
            assert other is not None
            assert other.assumption == ranking.assumption
            assert np.array_equal(other.any_weights.share, ranking.any_weights.share)


def test_rankings_without_an_analysis_are_made_once_for_all_languages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = province("13", {"draws": 100})
    made, _ = rankings_of(record(params, bundled(params.year, params.rubric)))
    monkeypatch.setattr(store, "main_ranking", lambda *_: pytest.fail("ranked again"))
    english = params.model_copy(update={"language": "en"})
    read, _ = rankings_of(record(english, bundled(params.year, params.rubric)))
    assert made is not None
    assert read is not None
    assert read is not made
    assert np.array_equal(read.any_weights.share, made.any_weights.share)
    with pytest.raises(pytest.fail.Exception, match="ranked again"):
        rankings_of(record(params.model_copy(update={"seed": 1}), bundled(params.year, params.rubric)))


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a byte", lambda content: content[:-1] + bytes([content[-1] ^ 1])),
        ("the end", lambda content: content[:-100]),
        ("everything", lambda _: b""),
        ("all but the first line", lambda content: content.partition(b"\n")[0]),
        ("the text", lambda _: "bukan analisis".encode("utf-16")),
    ],
)
def test_a_damaged_file_is_not_read_and_gives_way(folder: Path, what: str, change: Callable[[bytes], bytes]) -> None:
    path = keep_marked(folder, PARAMS)
    path.write_bytes(change(path.read_bytes()))
    assert not was_read(analysis_of(PARAMS)), what
    assert path.read_bytes().startswith(key_of(PARAMS).encode())
    assert not was_read(analysis_of(PARAMS)), what


def test_what_was_made_from_something_else_is_not_read(folder: Path) -> None:
    path = keep_marked(folder, PARAMS)
    body = path.read_bytes().partition(b"\n")[2]
    keep_marked(folder, PARAMS, head=f"{'0' * 16} {sha256(body)}")
    assert not was_read(analysis_of(PARAMS))


@pytest.mark.parametrize("other", [{"seed": 1}, {"draws": 200}, {"assumption": "plausible"}, {"year": 2023}])
def test_other_parameters_have_other_analyses(folder: Path, other: dict[str, object]) -> None:
    keep_marked(folder, PARAMS)
    assert not was_read(analysis_of(PARAMS.model_copy(update=other)))
    assert len(list(folder.glob("95-*.pickle"))) == 2


def test_pages_that_need_it_at_once_make_it_once(folder: Path) -> None:
    """Who comes second waits, and reads what the first has kept meanwhile."""
    path = keep_marked(folder, PARAMS)
    marked = path.read_bytes()
    path.unlink()
    with ThreadPoolExecutor(1) as pool:
        with FileLock(path.with_suffix(".lock")):
            second = pool.submit(analysis_of, PARAMS)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
            path.write_bytes(marked)
        assert was_read(second.result())


def test_without_a_folder_nothing_is_kept(folder: Path) -> None:
    folder.rmdir()
    assert analysis_of(PARAMS).params == PARAMS
    assert not folder.exists()


def test_an_analysis_that_cannot_be_kept_is_made_all_the_same(folder: Path) -> None:
    path = keep_marked(folder, PARAMS)
    path.unlink()
    path.mkdir()
    assert not was_read(analysis_of(PARAMS))
    assert path.is_dir()
    assert list(folder.glob("95-*.pickle*")) == [path]


def test_estimates_are_fitted_once_for_all_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process has kept is read; what was fitted to another record is fitted again."""
    estimates_under.cache_clear()
    fitted = estimates_under(PARAMS.rubric)
    (path,) = folder.glob("estimates-*.pickle")
    monkeypatch.setattr(store, "bundled_estimates", lambda rubric: pytest.fail("fitted again"))
    estimates_under.cache_clear()
    read = estimates_under(PARAMS.rubric)
    assert read is not fitted
    assert np.array_equal(read.draws("95", 2024, 50, 1), fitted.draws("95", 2024, 50, 1))
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(b"0" * 16 + head[16:] + b"\n" + body)
    estimates_under.cache_clear()
    with pytest.raises(pytest.fail.Exception, match="fitted again"):
        estimates_under(PARAMS.rubric)
