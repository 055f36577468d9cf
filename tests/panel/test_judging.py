"""A panel's ranking: from its sheets to points, ranks without a juror, and the page that tells it."""

import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from paritrana.analysis.judging import PANEL, RECORD, Judging, judge
from paritrana.cli.app import app
from paritrana.engine.concordance import concordance
from paritrana.pages.judging import report
from paritrana.paths import ROOT
from paritrana.presentation.document import POLICY
from paritrana.presentation.language import Text
from tests.factories import REAL
from tests.panel.workbooks import GIVEN, POINTS, Book, filled, read

NONE_KNOWN = ("34.01", "34.03", "34.04")  # of whom neither the record nor the panel has a regulation
SECRET = "Ibu Rahasia Sekali"


def complete() -> Book:
    """The filled workbook with nothing left open: the panel says that these have no regulation."""
    book = filled()
    for row, code in enumerate(NONE_KNOWN, start=6):
        book.put("Regulasi", row, code=code, kind="tidak ada")
    book.put("Juri", 5, name=SECRET)
    return book


def judged(book: Book, folder: Path) -> Judging:
    return judge(read(book.saved(folder)), REAL, draws=2000, seed=1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Judging:
    return judged(complete(), tmp_path_factory.mktemp("panel"))


def test_with_a_complete_sheet_every_score_is_a_number_worked_out_by_hand(whole: Judging) -> None:
    employed, informal = 662040, 309742  # Sleman, Sakernas 2025
    now, before, workers, _, non_asn = GIVEN["34.04"]
    speaker = float(np.mean([points[3] for points in POINTS.values()]))
    shares: list[float] = [
        now / employed,
        workers / informal / 0.5,
        (now / before - 1) / 0.5,
        0,
        non_asn / 100,
        speaker / 100,
    ]
    expected = float(np.dot([30, 20, 10, 10, 10, 10, 10], [*shares, (speaker - 5) / 100]))
    at = list(whole.panel.ranked).index("34.04")
    assert whole.result.score_low[at] == whole.result.score_high[at] == pytest.approx(expected, abs=1e-5)
    assert whole.known == (35, 35)
    assert (whole.origins[4, 3], whole.origins[0, 3], whole.origins[1, 3]) == (RECORD, PANEL, PANEL)


def test_without_a_juror_the_ranking_is_that_of_a_workbook_that_never_had_the_juror(
    whole: Judging, tmp_path: Path
) -> None:
    assert whole.jury is not None
    for at, juror in enumerate(POINTS):
        book = complete()
        for code in GIVEN:
            book.put("Nilai", (juror, code), speaker=None, material=None)
        other = judged(book, tmp_path)
        assert other.result.rank.tolist() == whole.jury.without[at].tolist()
        assert whole.points - other.points == pytest.approx(whole.jury.pull[at], abs=1e-6)


def test_means_spreads_and_agreement_are_those_of_the_points(whole: Judging) -> None:
    given = np.array(list(POINTS.values()), dtype=float)
    assert whole.jury is not None
    assert whole.jury.mean[:, 0] == pytest.approx(given.mean(axis=0))
    assert whole.jury.spread[:, 0] == pytest.approx(given.std(axis=0, ddof=1))
    assert whole.jury.on["speaker"] == concordance(given, seed=1)
    assert whole.jury.totals == pytest.approx(given - 2.5)  # half of each: material is five points below speaker


def test_a_cell_that_a_juror_left_empty_is_left_out_of_the_mean(tmp_path: Path) -> None:
    book = complete()
    book.put("Nilai", ("J2", "34.71"), speaker=None)
    jury = judged(book, tmp_path).jury
    assert jury is not None
    assert jury.given[4].tolist() == [2, 3]
    assert jury.mean[4, 0] == pytest.approx((77 + 79) / 2)
    assert jury.on["speaker"] is not None
    assert jury.on["speaker"].alternatives == 4


def test_nobodys_points_leave_the_interview_open(tmp_path: Path) -> None:
    book = complete()
    for juror in POINTS:
        for code in GIVEN:
            book.put("Nilai", (juror, code), speaker=None, material=None)
    found = judged(book, tmp_path)
    assert found.jury is None
    assert (found.result.score_high - found.result.score_low) == pytest.approx(20)  # their weights
    assert "Kesepakatan juri" not in report(Text("id"), found, mark=False)


def test_who_is_tied_is_told(tmp_path: Path) -> None:
    book = complete()
    for row, criterion in enumerate(("coverage", "vulnerable_workers", "growth", "regulation", "non_asn")):
        book.put("Kriteria", 5 + row, weight=0)
        assert book.cell("Kriteria", 5 + row, "id").value == criterion
    for juror in POINTS:
        for code in ("34.04", "34.71"):
            book.put("Nilai", (juror, code), speaker=90, material=90)
    page = report(Text("id"), judged(book, tmp_path), mark=False)
    assert "Sleman dan Kota Yogyakarta seri di peringkat 1 menurut bobot panel." in page


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_the_page_says_who_leads_by_how_much_and_which_weight_would_change_it(whole: Judging) -> None:
    page = text_of(report(Text("id"), whole, mark=True))
    first, second = whole.order[:2]
    names, lead = list(whole.panel.ranked.values()), whole.points[first] - whole.points[second]
    assert (
        f"{names[first]} berada di peringkat 1, {lead:.2f}".replace(".", ",") + f" poin di depan {names[second]}."
        in page
    )
    assert "Semua isian diketahui: rentang peringkat hanya bergantung pada bobot." in page
    assert "Perubahan satu bobot yang paling kecil untuk mengganti peringkat 1:" in page
    assert "bukan bobot resmi" in page
    assert "bobot resmi:" not in page


def test_the_weight_that_is_said_to_change_the_first_does(whole: Judging) -> None:
    first = whole.order[0]
    span = whole.result.stability.leader
    at = int(np.argmin(np.where(span.below[:, 1] >= 0, whole.result.stability.weights - span.low, np.inf)))
    shares = whole.result.stability.weights.copy()
    moved = float(span.low[at]) - 1e-6
    shares[np.arange(len(shares)) != at] *= (1 - moved) / (1 - shares[at])
    shares[at] = moved
    goal = [(one.zero, one.full) for one in whole.panel.criteria]
    points = np.stack([np.clip((whole.result.table.low[:, k] - zero) / (full - zero), 0, 1) for k, (zero, full) in enumerate(goal)], axis=1)  # fmt: skip
    totals = points @ shares
    assert int(np.argmax(totals)) == int(span.below[at, 1]) != first


def test_the_page_is_whole_in_both_languages_loads_nothing_and_names_no_juror(whole: Judging) -> None:
    indonesian, english = (report(Text(language), whole, mark=True) for language in ("id", "en"))
    assert indonesian == report(Text("id"), whole, mark=True)
    for page, mark in ((indonesian, "RAHASIA"), (english, "CONFIDENTIAL")):
        assert page.count(f'<p class="mark">{mark}</p>') == 2
        assert SECRET not in page
        assert POLICY in page
        assert "<script" not in page
        assert set(re.findall(r'(?:src|href)="(\w+:)', page)) <= {"data:"}
    assert "Tanpa J2" in indonesian
    assert "Without J2" in english
    assert "RAHASIA" not in report(Text("id"), whole, mark=False)


def test_names_in_a_workbook_are_no_markup(tmp_path: Path) -> None:
    book = complete()
    book.put("Sampul", 5, title="<script>alert(1)</script>", organiser="<b>tim</b>")
    book.put("Kriteria", ("speaker",), title="<img src=x onerror=alert(1)>")
    page = report(Text("id"), judged(book, tmp_path), mark=True)
    assert "<script" not in page
    assert "<b>tim" not in page
    assert "<img src=x" not in page


def test_the_command_names_a_confidential_page_so_and_publishes_only_when_told(tmp_path: Path) -> None:
    def run(*words: object) -> str:
        done = CliRunner().invoke(app, ["-C", str(ROOT), *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.output

    path = complete().saved(tmp_path)
    assert "o-rahasia.html" in run("import", path, "--into", tmp_path / "o", "--report")
    assert "RAHASIA" in (tmp_path / "o-rahasia.html").read_text(encoding="utf-8")
    assert not (tmp_path / "o.html").exists()
    run("import", tmp_path / "o", "--into", tmp_path / "o", "--report", "--publish")
    assert "RAHASIA" not in (tmp_path / "o.html").read_text(encoding="utf-8")
