"""`paritrana verify` on a real small book: all the same where nothing was touched, and every touch named exactly."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paritrana.presentation.language import Text
from paritrana.results.differences import ABSENT, differences
from paritrana.results.manifest import inputs
from paritrana.results.report import MOST, sentences
from paritrana.results.verify import Changes, Verification
from tests.pages.test_pages import rows as rows_of
from tests.project import copy, paritrana
from tests.small_book import Book

pytestmark = pytest.mark.slow

RESULTS = Path("results") / "2024"


@pytest.fixture(scope="module", name="book")
def folder_of_book(book: Book) -> Path:
    """The folder of the project with the small book; nothing here writes into it."""
    return book.folder


@pytest.fixture
def site(book: Path, tmp_path: Path) -> Path:
    """A copy of the site, to be tampered with."""
    return Path(shutil.copytree(book / "_build" / "html", tmp_path / "site"))


def verified(book: Path, site: Path) -> tuple[int, list[str]]:
    """The exit code and the lines of a verification."""
    done = paritrana(book, "verify", str(site))
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def result(site: Path, province: str = "13") -> dict[str, Any]:
    made: dict[str, Any] = json.loads((site / RESULTS / f"{province}.json").read_text(encoding="utf-8"))
    return made


def change(path: Path, before: str, after: str) -> None:
    """Write `after` in place of the first `before` of a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_book_that_nobody_touched_is_all_the_same(book: Path) -> None:
    done = paritrana(book, "verify")
    assert done.returncode == 0
    assert re.fullmatch(r"All the same: 2 provinces, [\d,]+ numbers, \d+ files\.\n", done.stdout)


def test_what_was_tampered_with_is_named_and_nothing_else(book: Path, site: Path) -> None:
    row = next(row for row in result(site)["rankings"] if row["region_code"] == "13.74")
    score = row["score_middle"]
    change(site / RESULTS / "13.json", f'"score_middle": {score}', f'"score_middle": {score + 1}')
    change(site / RESULTS / "regions.csv", "Pesisir Selatan", "Pesisir Utara")
    (site / "award.html").unlink()
    (site / "extra.html").write_text("new", encoding="utf-8")
    code, said = verified(book, site)
    assert code == 1
    assert said == [
        "file missing: award.html",
        "file changed: results/2024/13.json",
        "file changed: results/2024/regions.csv",
        "file added: extra.html",
        "province 13: 1 value comes out differently",
        f"  rankings, all plausible 13.74, score_middle: {score + 1} is stored, {score} is computed "
        f"(-1, {-1 / (score + 1):+.2g} of what is stored)",
        "comes out differently: results/2024/regions.csv",
        said[-1],
    ]
    assert said[-1].startswith("Not the same: 4 files, 1 value, 1 table (of 2 provinces, ")


def test_results_that_cannot_be_read_are_one_sentence_each(book: Path, site: Path) -> None:
    (site / RESULTS / "13.json").write_text('{"year": 2024,\n"seed": NaN}', encoding="utf-8")
    (site / RESULTS / "95.json").unlink()
    code, said = verified(book, site)
    assert code == 1
    assert said[:-1] == [
        "file missing: results/2024/95.json",
        "file changed: results/2024/13.json",
        "results/2024/13.json cannot be read: NaN is no number of JSON",
    ]


def test_a_changed_observation_is_named_with_the_numbers_that_it_moves(book: Path, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    shutil.copytree(book / "_build" / "html", folder / "_build" / "html")
    row = next(row for row in result(book / "_build" / "html")["record"] if row["observations"] and row["low"] == 15386)
    path = folder / "data" / "observations.csv"
    line = next(
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(row["observations"][0])
    )
    change(path, line, line.replace(",15386,", ",15387,"))
    code, said = verified(folder, folder / "_build" / "html")
    assert code == 1
    assert said[0] == "input changed since: data/observations.csv"
    assert not [line for line in said if line.startswith(("file", "input")) and line != said[0]]
    assert any(
        re.match(r"  record, 2024 13\.74 active_participants all None, low: 15386\.0 is stored, 15387", line)
        for line in said
    )
    assert any(re.fullmatch(r"  and [\d,]+ more", line) for line in said)
    assert "comes out differently: results/2024/record.csv" in said


@pytest.mark.parametrize("content", [None, "{", '{"outputs": 3}'])
def test_a_site_without_a_sound_manifest_is_told_in_sentences(content: str | None, book: Path, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "results").mkdir()
        (tmp_path / "results" / "manifest.json").write_text(content, encoding="utf-8")
    done = paritrana(book, "verify", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert all("manifest.json" in line and line.endswith(".") for line in done.stderr.splitlines())


def test_the_sums_are_those_that_coreutils_check(book: Path) -> None:
    site = book / "_build" / "html"
    lines = (site / "results" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    summed = {line[66:]: line[:64] for line in lines}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert summed.keys() == files - {"results/SHA256SUMS"}
    assert all(hashlib.sha256((site / path).read_bytes()).hexdigest() == digest for path, digest in summed.items())
    if tool := shutil.which("sha256sum"):
        command = [tool, "--check", "--quiet", "results/SHA256SUMS"]
        done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_inputs_are_the_sources_and_nothing_that_a_build_makes(book: Path, tmp_path: Path) -> None:
    named = json.loads((book / "_build" / "html" / "results" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert inputs(book) == inputs(copy(tmp_path)) == named
    for part in (
        "data/observations.csv",
        "params/provinces/13.yml",
        "notebooks/budget.ipynb",
        "paritrana/analysis/province.py",
    ):
        assert named[part] == hashlib.sha256((book / part).read_bytes()).hexdigest()


def test_the_pages_show_the_numbers_of_the_results(book: Path) -> None:
    say, site = Text("id"), book / "_build" / "html"
    chances = {
        row["region_code"]: row
        for row in result(site)["acceptability"]
        if (row["candidates"], row["assumption"], row["weights"]) == ("all", "modelled", "any")
    }
    rows, plausible = (
        [row for row in result(site)["rankings"] if (row["candidates"], row["assumption"]) == ("all", assumption)]
        for assumption in ("modelled", "plausible")
    )
    page = (site / "provinces" / "13-sumatera-barat" / "sensitivity.html").read_text(encoding="utf-8")
    shown = table(page, "Peringkat semua kabupaten/kota, menurut rata-rata peringkat")
    assert len(shown) == len(rows) == 19
    for row, exact in zip(rows, plausible, strict=True):
        cells = shown[region(result(site), row["region_code"])]
        shares = chances[row["region_code"]]["acceptability"]
        assert cells[0] == say.number(sum(rank * share for rank, share in enumerate(shares, start=1)), 1)
        assert cells[1] == say.interval(row["any_rank_low"], row["any_rank_high"])
        assert cells[2] == say.percent(shares[0])
        assert cells[4] == say.interval(row["score_low"], row["score_high"], "number", 1)
        assert cells[5] == str(row["rank"] or "–")
        assert cells[6] == say.interval(exact["gaps_best"], exact["gaps_worst"])


def table(page: str, caption: str) -> dict[str, list[str]]:
    """The rows of a page's table by their headings."""
    wanted = next(part for part in page.split("<table") if f"<span>{caption}</span></caption>" in part)
    return {row[0]: row[1:] for row in rows_of(wanted)}


def region(province: dict[str, Any], code: str) -> str:
    """A region's name as the pages write it."""
    found = next(row for row in province["regions"] if row["region_code"] == code)
    twins = [row for row in province["regions"] if row["name"] == found["name"]]
    if found["level"] == "kota":
        return f"Kota {found['name']}"
    return f"Kab. {found['name']}" if len(twins) > 1 else str(found["name"])


RANKING = {"candidates": "all", "assumption": "plausible", "region_code": "13.74", "rank": 1, "score_low": 2.0}
CHANCES = {"candidates": "all", "assumption": "plausible", "weights": "any", "region_code": "13.74"}
STORED = {"name": "Bali", "rankings": [RANKING], "acceptability": [{**CHANCES, "acceptability": [0.5, 0.5]}]}


def found(**computed: Any) -> list[tuple[str, str, object, object]]:
    """The differences of a small result: place and values."""
    told = differences(STORED, {**STORED, **computed})
    return [(each.table, each.row + "/" + each.field, each.stored, each.computed) for each in told]


def test_equal_results_have_no_difference() -> None:
    assert found() == []


def test_numbers_texts_and_lists_that_differ_are_told_with_their_place() -> None:
    chances = [{**CHANCES, "acceptability": [0.5, 0.25, 0.25]}]
    assert found(name="Banten", rankings=[{**RANKING, "rank": 2}], acceptability=chances) == [
        ("", "/name", "Bali", "Banten"),
        ("rankings", "all plausible 13.74/rank", 1, 2),
        ("acceptability", "all plausible any 13.74/acceptability[2]", 0.5, 0.25),
        ("acceptability", "all plausible any 13.74/acceptability[3]", ABSENT, 0.25),
    ]


def test_rows_and_fields_that_are_missing_or_too_many_are_told() -> None:
    other = {**RANKING, "region_code": "13.01"}
    fields = [name for name in RANKING if name not in ("rank",)]
    lacking = {name: RANKING[name] for name in fields}
    assert ("rankings", "all plausible 13.74/rank", 1, ABSENT) in found(rankings=[lacking])
    told = found(rankings=[other])
    assert ("rankings", "all plausible 13.01/rank", ABSENT, 1) in told
    assert ("rankings", "all plausible 13.74/rank", 1, ABSENT) in told


def test_what_is_no_table_is_one_difference() -> None:
    assert found(rankings="nothing") == [
        ("", "/rankings", ABSENT, "nothing"),
        *[("rankings", f"all plausible 13.74/{name}", value, ABSENT) for name, value in RANKING.items()],
    ]


def test_differences_are_measured_in_the_stored_number() -> None:
    one = next(differences({"seed": 4}, {"seed": 5}))
    assert (one.absolute, one.relative) == (1.0, 0.25)
    none = next(differences({"seed": 0}, {"seed": 5}))
    assert (none.absolute, none.relative) == (5.0, None)
    text = next(differences({"seed": None}, {"seed": 5}))
    assert (text.absolute, text.relative) == (None, None)


SAME = Verification(3, Changes((), (), ()), Changes((), (), ()), {}, 10, {"13": ()}, (), ())


def test_other_versions_are_told_and_make_no_difference() -> None:
    other = replace(SAME, versions={"numpy": ("2.0.0", "2.4.6")})
    assert other.same
    assert list(sentences(other)) == [
        "made with numpy 2.0.0, verified with 2.4.6",
        "All the same: 1 province, 10 numbers, 3 files.",
    ]


def test_only_the_first_differences_of_a_province_are_told() -> None:
    many = tuple(differences({}, {f"field {at}": at for at in range(MOST + 5)}))
    said = list(sentences(replace(SAME, differences={"13": many})))
    assert said[0] == "province 13: 25 values come out differently"
    assert said[1] == "  field 0: nothing is stored, 0 is computed"
    assert said[-2:] == ["  and 5 more", "Not the same: 25 values (of 1 province, 10 numbers, 3 files)."]
