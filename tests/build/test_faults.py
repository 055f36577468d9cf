"""What goes wrong in a build stays small: other pages finish, nothing is half written, the next build does the rest."""

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock

from paritrana.plan import stamps
from tests.processes import at_work, running, wait_for
from tests.project import copy, edition, log, made, paritrana
from tests.small_book import Book, another

CHAPTER = "provinces/95-papua-pegunungan"
CHAPTERS = ("provinces/13-sumatera-barat", CHAPTER)
LAB = "provinces/_lab"
BUILD = ("build", "-p", "95")
PAGES = {
    "national",
    "zones",
    "engine",
    "calibration",
    "awards",
    "other-awards",
    LAB,
    *(f"{CHAPTER}/{kind}" for kind in ("index", "coverage", "budget", "sensitivity")),
}


def rewrite(folder: Path, notebook: str, source: str, cell: int = 3) -> Callable[[], None]:
    """Put other code into a cell of a notebook; what is returned puts the notebook back."""
    path = folder / "notebooks" / f"{notebook}.ipynb"
    before = path.read_bytes()
    content = nbformat.read(path, as_version=4)
    content.cells[cell].source = source
    nbformat.write(content, path)

    def restore() -> None:
        path.write_bytes(before)

    return restore


def whole(folder: Path) -> None:
    """Every page that is there is as it was made, and no file is half written."""
    for path in (edition(folder) / "book").rglob("*.ipynb"):
        assert stamps.inputs_of(path) is not None, path
    site = folder / "_build" / "html"
    assert not site.exists() or (site / "index.html").exists()


def test_a_page_that_fails_is_explained_and_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    source = "from paritrana.checked import read_yaml\nfrom pathlib import Path\nread_yaml(Path('<b>{tidak}</b>.yml'))"
    restore = rewrite(folder, "budget", source)
    done = paritrana(folder, *BUILD, "--year", "2023")
    assert done.returncode == 1
    failed = done.stderr[done.stderr.index("failed: ") :]
    assert failed.startswith(f"failed: {CHAPTER}/budget")
    assert "InvalidInput: <b>{tidak}</b>.yml: this file was expected; there is none" in failed
    assert re.search(r"at: paritrana/checked\.py:\d+, in read_yaml", failed)
    assert "with: province='95', year=2023" in failed
    assert f"again: paritrana build --only {CHAPTER}/budget --year 2023" in failed
    path = Path(re.findall(r"log: (\S+)", failed)[0])
    assert "read_yaml" in path.read_text(encoding="utf-8")
    assert nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells
    html = folder / "_build" / "html-2023-hypothesis-a" / CHAPTER
    shown = (html / "budget.html").read_text(encoding="utf-8")
    assert "Halaman ini gagal dibuat" in shown
    assert "<b>{tidak}" not in shown
    assert made(folder) == PAGES - {f"{CHAPTER}/budget"}
    restore()
    again = paritrana(folder, *BUILD, "--year", "2023")
    assert (again.returncode, made(folder)) == (0, {f"{CHAPTER}/budget"})
    assert not path.exists()
    assert "Halaman ini gagal" not in (html / "budget.html").read_text(encoding="utf-8")


def test_one_page_can_be_run_alone(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    done = paritrana(folder, *BUILD, "--only", f"{CHAPTER}/bud*", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert made(folder) == {f"{CHAPTER}/budget"}
    assert not (folder / "_build" / "html").exists()
    unknown = paritrana(folder, *BUILD, "--only", f"{CHAPTER}/budgte")
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (1, 1)
    assert f'did you mean "{CHAPTER}/budget"?' in unknown.stderr


def test_a_kernel_that_is_killed_is_one_pages_failure(book: Book, tmp_path: Path) -> None:
    folder = another(book, tmp_path)
    rewrite(folder, "coverage", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", cell=6)
    rewrite(folder, "budget", "pass", cell=6)
    done = paritrana(folder, "build", "-p", "13", *BUILD[1:])
    assert done.returncode == 1
    for chapter in CHAPTERS:
        assert f'failed: {chapter}/coverage in "Cakupan atas penduduk bekerja": DeadKernelError' in done.stderr
        assert f"failed: en/{chapter}/coverage" in done.stderr
    assert made(folder) == {f"{place}{chapter}/budget" for place in ("", "en/") for chapter in CHAPTERS}


def test_a_build_that_is_interrupted_again_and_again_ends_at_once_and_the_next_goes_on(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    restore = rewrite(folder, "national", "import time; time.sleep(300)")
    before: set[str] = set()
    for number in (signal.SIGINT, signal.SIGTERM):
        with running(folder, *BUILD) as process:
            wait_for(lambda: bool(made(folder)))
            os.killpg(process.pid, number)
            said = process.communicate(timeout=30)[1]
            assert process.returncode == 130
        assert "Interrupted. What is made by now is kept" in said
        assert "Traceback" not in said
        wait_for(lambda: not at_work(folder), 20)
        whole(folder)
        assert not made(folder) & before
        before |= made(folder)
        (folder / "_build" / "logs" / "build.jsonl").unlink()
    restore()
    assert paritrana(folder, *BUILD).returncode == 0
    assert made(folder) == PAGES - before
    assert (folder / "_build" / "html" / "index.html").exists()


def test_a_build_killed_at_any_point_leaves_whole_files_and_no_process(tmp_path: Path) -> None:
    folder, chance = copy(tmp_path, "id"), random.Random(16800)
    for _ in range(4):
        with running(folder, *BUILD) as process:
            time.sleep(chance.uniform(1, 14))
            process.send_signal(signal.SIGKILL)
        wait_for(lambda: not at_work(folder), 30)
        whole(folder)
    done = paritrana(folder, *BUILD)
    assert done.returncode == 0, done.stderr
    whole(folder)
    assert [path for path in folder.rglob("*") if path.suffix == ".new" or path.name.endswith((".new", ".old"))] == []


def test_two_builds_in_one_folder_do_not_mix(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    (folder / "_build").mkdir()
    with FileLock(folder / "_build" / "lock"):
        done = paritrana(folder, *BUILD)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Another build is at work in this folder" in done.stderr
    assert not edition(folder).exists()


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """A small file system of its own at a place; it takes the rights of root."""
    place.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", place], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    with mounted(folder / "_build", "-o", "ro,size=1m"):
        done = paritrana(folder, *BUILD)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Read-only file system" in done.stderr


def test_a_full_disk_stops_the_build_with_whole_pages_and_the_next_goes_on(tmp_path: Path) -> None:
    folder = copy(tmp_path, "id")
    with mounted(edition(folder) / "book" / "provinces", "-o", "size=300k"):
        done = paritrana(folder, *BUILD)
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        whole(folder)
    assert paritrana(folder, *BUILD).returncode == 0


def test_every_event_is_a_line_of_json_and_is_kept_in_the_run_log(book: Book, tmp_path: Path) -> None:
    folder = another(book, tmp_path)
    rewrite(folder, "engine", "show(engine.summary(page))  # later")
    done = paritrana(folder, "build", "-p", "13", *BUILD[1:], "--json-log")
    assert (done.returncode, done.stderr) == (0, "")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records == log(folder)
    assert [record["event"] for record in records] == ["start", "page", "page", "site", "end"]


def test_the_run_log_has_the_time_and_the_memory_of_each_page(book: Book) -> None:
    pages = {record["page"]: record for record in log(book.folder) if record["event"] == "page"}
    assert pages.keys() > PAGES
    assert all(page["seconds"] > 0 for page in pages.values())
    in_kernels = [page for name, page in pages.items() if not name.endswith((LAB, "index"))]
    assert all(20 < page["peak_mb"] < 1500 for page in in_kernels)
