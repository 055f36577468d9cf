"""Only what changed is run, and what comes out is what a build from nothing would make."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from paritrana.plan import stamps
from tests.project import copy, edition, log, made, paritrana, python_path, speak
from tests.small_book import Book, another

CHAPTERS = {"13": "provinces/13-sumatera-barat", "95": "provinces/95-papua-pegunungan"}
BUILD = ("build", "--province", "13", "--province", "95")
LAB = "provinces/_lab"
KINDS = ("index", "coverage", "budget", "sensitivity")
LATER = "{}\n# later\n".format
AWARDS = {"awards", "other-awards"}
EVERY = {
    "national",
    "zones",
    "engine",
    "calibration",
    *AWARDS,
    LAB,
    *(f"{chapter}/{kind}" for chapter in CHAPTERS.values() for kind in KINDS),
}
DECIDE = """
import json
from paritrana.build import make
ready = make.planned(make.Request(["13", "95"], {}, "local", 1))
print(json.dumps({each.spec.name: each.why for each in ready.decisions}))
"""


def of_each(*kinds: str) -> set[str]:
    """Pages of these kinds of each chapter."""
    return {f"{chapter}/{kind}" for chapter in CHAPTERS.values() for kind in kinds}


@pytest.fixture(scope="module")
def built(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of these tests' own, in one language: the other would only take as long again."""
    folder = another(book, tmp_path_factory.mktemp("built"))
    assert log(folder)[0]["to_run"] == 2 * len(EVERY)
    speak(folder, "id")
    assert paritrana(folder, *BUILD).returncode == 0
    assert (made(folder), (folder / "_build" / "html" / "en").exists()) == (set(), False)
    return folder


def why(folder: Path) -> dict[str, list[str]]:
    """What would make each page of the copy run."""
    done = subprocess.run(
        [sys.executable, "-c", DECIDE],
        cwd=folder,
        env={"PYTHONPATH": python_path(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return {name: reasons for name, reasons in json.loads(done.stdout).items() if reasons}


def files(folder: Path) -> dict[str, bytes]:
    """Everything that a build publishes, by its path."""
    roots = [folder / "_build" / "html", edition(folder) / "book"]
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def modelled(folder: Path) -> str:
    """What the weight lab's page can load of what is modelled of a province, without the stamp."""
    script = folder / "_build" / "html" / "_static" / "lab" / "provinces" / "13.js"
    return script.read_text(encoding="utf-8").splitlines()[0]


def edited(path: Path, change: Callable[[str], str]) -> Callable[[], None]:
    """Change a file; what is returned puts it back."""
    before = path.read_text(encoding="utf-8")
    assert change(before) != before
    path.write_text(change(before), encoding="utf-8")

    def restore() -> None:
        path.write_text(before, encoding="utf-8")

    return restore


def test_a_second_build_runs_nothing_and_touches_nothing(built: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in (built / "_build" / "html").rglob("*")}
    done = paritrana(built, *BUILD, "--explain")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{name}: as it was" for name in (line.split(":")[0] for line in done.stdout.splitlines())
    ]
    assert made(built) == set()
    assert {path: path.stat().st_mtime_ns for path in (built / "_build" / "html").rglob("*")} == times


def test_one_figure_runs_its_provinces_pages_and_every_ranking_and_gives_the_bytes_of_a_clean_build(
    built: Path, tmp_path: Path
) -> None:
    # Padang Panjang's 15,386 participants: not among the lowest or the highest of the nation, so that no spread moves;
    # the model of gaps is fitted to every figure, so that each ranking is made anew.
    before = modelled(built)
    changed = shutil.copytree(built, tmp_path / "changed")
    edited(changed / "data" / "observations.csv", lambda text: text.replace(",15386,", ",15387,"))
    done = paritrana(changed, *BUILD, "--explain")
    assert done.returncode == 0, done.stderr
    ranked = of_each("index", "sensitivity")
    assert (
        made(changed)
        == {"national", "zones", "calibration", LAB, *(f"{CHAPTERS['13']}/{kind}" for kind in KINDS)} | ranked
    )
    assert f"{CHAPTERS['13']}/budget: runs: indicators of 2024; rows of observations" in done.stdout.splitlines()
    assert f"{CHAPTERS['95']}/budget: as it was" in done.stdout.splitlines()
    assert modelled(changed) != before
    clean = copy(tmp_path / "clean", "id")
    edited(clean / "data" / "observations.csv", lambda text: text.replace(",15386,", ",15387,"))
    assert paritrana(clean, *BUILD).returncode == 0
    mended, anew = files(changed), files(clean)
    assert mended.keys() == anew.keys()
    assert [name for name, content in mended.items() if content != anew[name]] == []


def test_an_extreme_figure_runs_every_ranking_because_it_moves_a_spread(built: Path) -> None:
    restore = edited(built / "data" / "observations.csv", lambda text: text.replace(",15386,", ",27000,"))
    reasons = why(built)
    restore()
    other = {name: said for name, said in reasons.items() if name.startswith(CHAPTERS["95"])}
    assert set(other) == {f"{CHAPTERS['95']}/{kind}" for kind in ("index", "sensitivity")}
    reasons_of_gaps = ("nationwide spread of", "what gaps are modelled from")
    assert all(reason.startswith(reasons_of_gaps) for said in other.values() for reason in said)
    assert all(any(reason.startswith("nationwide spread of") for reason in said) for said in other.values())


@pytest.mark.parametrize(
    ("file", "change", "pages", "reason"),
    [
        ("requirements.txt", lambda text: text + "# later\n", EVERY, "lock"),
        (
            "notebooks/budget.ipynb",
            lambda text: text.replace("## Uang provinsi", "## Uang dari provinsi"),
            of_each("budget"),
            "notebook",
        ),
        (
            "paritrana/pages/budget.py",
            lambda text: text + "\n# later\n",
            of_each("budget"),
            "library",
        ),
        (
            "paritrana/engine/scores.py",  # what is recorded is shown without it
            LATER,
            EVERY - of_each("coverage", "budget") - AWARDS,
            "library",
        ),
        ("paritrana/lab/texts.py", LATER, {LAB}, "library"),
        ("paritrana/results/rows.py", LATER, of_each("index") | {"calibration"}, "library"),
        ("paritrana/pages/awards.py", LATER, AWARDS, "library"),
        ("paritrana/pages/overview.py", LATER, of_each("index"), "library"),
        ("paritrana/pages/sensitivity/ranking.py", LATER, of_each("sensitivity"), "library"),
        ("paritrana/pages/leaders.py", LATER, of_each("index", "sensitivity"), "library"),
        ("paritrana/build/run/coordinator.py", LATER, set(), ""),
        ("params/rubrics/equal.yml", lambda text: "# later\n" + text, set(), ""),
        (
            "params/provinces/95.yml",
            lambda text: text + "seed: 7\n",
            {f"{CHAPTERS['95']}/{kind}" for kind in KINDS},
            "parameters",
        ),
        ("README.md", lambda text: text + "later\n", set(), ""),
        ("paritrana/cli/app.py", LATER, set(), ""),
    ],
)
def test_a_change_runs_the_pages_that_read_it(
    built: Path, file: str, change: Callable[[str], str], pages: set[str], reason: str
) -> None:
    if not (built / file).exists():
        (built / file).write_text("a book\n", encoding="utf-8")
    restore = edited(built / file, change)
    reasons = why(built)
    restore()
    assert set(reasons) == pages
    assert all(said == [reason] for said in reasons.values())


@pytest.mark.parametrize("page", [f"{CHAPTERS['95']}/budget.ipynb", f"{CHAPTERS['95']}/index.ipynb"])
@pytest.mark.parametrize("damage", ["edited", "cut short", "removed"])
def test_a_page_that_is_not_as_it_was_made_runs_again(built: Path, page: str, damage: str) -> None:
    path = edition(built) / "book" / page
    before = path.read_bytes()
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(
            before[: len(before) // 2] if damage == "cut short" else before.replace(b"Papua", b"Papoea", 1)
        )
    reasons = why(built)
    path.write_bytes(before)
    expected = "there is no such page yet" if damage == "removed" else "the page is not as it was made"
    assert reasons == {page.rsplit(".", 1)[0]: [expected]}


def test_a_stamp_is_read_back_and_no_content_passes_for_another() -> None:
    made_from = {"notebook": "a", "rows": "b"}
    text = stamps.stamped("x.md", "# Judul\n\n" + "0" * 64, made_from)
    assert text.startswith("# Judul\n\n" + "0" * 64)
    notebook = stamps.stamped("x.ipynb", nbformat.writes(nbformat.v4.new_notebook()), made_from)
    assert nbformat.reads(notebook, as_version=4).metadata[stamps.NAME]["inputs"] == made_from


def test_a_hand_written_page_or_another_table_of_contents_makes_the_whole_site_anew(built: Path) -> None:
    restore = edited(built / "book" / "traps.md", lambda text: text + "\nSatu kalimat lagi.\n")
    assert paritrana(built, *BUILD).returncode == 0
    site = next(record for record in log(built) if record["event"] == "site")
    assert site["why"] == ["hand-written pages"]
    assert "Satu kalimat lagi" in (built / "_build" / "html" / "traps.html").read_text(encoding="utf-8")
    restore()
    assert paritrana(built, *BUILD[:-2]).returncode == 0
    assert "95-papua" not in (built / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert not (built / "_build" / "html" / CHAPTERS["95"]).exists()


def test_a_site_that_lost_a_file_is_mended(built: Path) -> None:
    assert paritrana(built, *BUILD).returncode == 0
    page = built / "_build" / "html" / "traps.html"
    before = page.read_bytes()
    page.unlink()
    assert paritrana(built, *BUILD).returncode == 0
    assert page.read_bytes() == before


def test_a_changed_script_of_the_lab_makes_its_page_anew_and_gives_the_bytes_of_a_clean_site(built: Path) -> None:
    assert paritrana(built, *BUILD).returncode == 0
    site, workshop = built / "_build" / "html", edition(built) / "sphinx"
    before, drawn = files(built), (workshop / "_build" / "html" / "traps.html").stat().st_mtime_ns
    script = built / "lab" / "view" / "lab.js"
    time = script.stat().st_mtime
    restore = edited(script, lambda text: text.replace("const SOON = 100;", "const SOON = 120;"))
    os.utime(script, (time, time))  # what counts is what a file holds, not when it was written
    assert paritrana(built, *BUILD).returncode == 0
    assert made(built) == set()
    assert next(record for record in log(built) if record["event"] == "site")["why"] == ["the weight lab"]
    now = files(built)
    assert before.keys() == now.keys()
    assert {name.removeprefix("_build/html/") for name in now if now[name] != before[name]} == {
        "_static/lab/all.js", "lab.html", "results/manifest.json", "results/SHA256SUMS",
    }  # fmt: skip
    assert (workshop / "_build" / "html" / "traps.html").stat().st_mtime_ns == drawn
    shutil.rmtree(workshop)
    shutil.rmtree(site)
    assert paritrana(built, *BUILD).returncode == 0
    assert files(built) == now
    restore()
