"""A whole site stands at every moment: half a site replaces nothing, and what ends a build the next makes good."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paritrana.build import locks
from paritrana.build.site import jupyter_book, publishing
from paritrana.build.site.settings import settings, settings_text
from paritrana.paths import ROOT
from tests.processes import at_work, running, wait_for
from tests.project import copy, edition, paritrana, python_path
from tests.small_book import Book, another

BUILD = ("build", "-p", "13", "-p", "95")
WORKSHOPS = {language: edition(Path(), language=language) / "sphinx" for language in ("id", "en")}
WORKSHOP = WORKSHOPS["id"]
JUPYTER_BOOK = "jupyter-book"
MADE = WORKSHOP / "_build" / "html"


@pytest.fixture(scope="module")
def built(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of these tests' own, to break: its pages need not run again, its site is made where a test says so."""
    return another(book, tmp_path_factory.mktemp("built"))


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def changed(folder: Path, book: Book) -> list[str]:
    """The files of the site that are not as a build without a fault made them."""
    now, then = files(folder / "_build" / "html"), files(book.site)
    return sorted(path for path in now | then if now.get(path) != then.get(path))


def left(folder: Path) -> list[str]:
    """What lies beside the sites."""
    return [path.name for path in (folder / "_build").glob(".*")]


def free(workshop: Path) -> bool:
    """Whether nobody holds the working folder of Sphinx."""
    with (workshop / "lock").open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def making(folder: Path, language: str = "id") -> Iterator[subprocess.Popen[str]]:
    """A build that makes the whole edition in a language anew."""
    (folder / WORKSHOPS[language] / "state.json").unlink(missing_ok=True)
    shutil.rmtree(folder / WORKSHOPS[language] / "_build", ignore_errors=True)
    with running(folder, *BUILD, "--quiet") as process:
        yield process


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "while files are copied": lambda html: (html / "_static").exists(),
    "after index.html": lambda html: (html / "index.html").exists(),
}


@pytest.mark.parametrize(("moment", "language"), list(zip(MOMENTS, WORKSHOPS, strict=True)))
def test_a_jupyter_book_of_one_language_that_is_killed_leaves_the_old_site_as_it_was(
    built: Path, book: Book, moment: str, language: str
) -> None:
    with making(built, language) as build:
        wait_for(lambda: MOMENTS[moment](built / WORKSHOPS[language] / "_build" / "html"), pause=0.005)
        for process in at_work(built, JUPYTER_BOOK):
            process.kill()
        said = build.communicate()[1]
    assert build.returncode == 1
    assert said.splitlines() == [
        "Jupyter Book was ended by signal 9 (Killed), so the site of before stays; "
        f"see {built / '_build' / 'logs'}/jupyter-book-{language}.log."
    ]
    assert changed(built, book) == []
    assert left(built) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_jupyter_book_outlives_its_build_and_the_next_gives_the_bytes_of_a_clean_one(
    built: Path, book: Book, number: int
) -> None:
    with making(built) as build:
        wait_for(lambda: len(list((built / MADE).glob("*.html"))) > 3, pause=0.005)
        assert at_work(built, JUPYTER_BOOK)
        assert not free(built / WORKSHOP)
        build.send_signal(number)
        build.wait(20)
        wait_for(lambda: not at_work(built, JUPYTER_BOOK) and free(built / WORKSHOP), 3)
    assert changed(built, book) == []
    if number == signal.SIGKILL:
        (built / "_build" / "html" / "index.html").unlink()
        done = paritrana(built, *BUILD)
        assert done.returncode == 0, done.stderr
        assert changed(built, book) == []


def task(folder: Path, lock: int, pages: Collection[str]) -> jupyter_book.Task:
    """A book of one edition for Jupyter Book."""
    return jupyter_book.Task(folder / "book", folder / "_config.yml", folder, pages, lock, folder / "log")


def test_a_site_is_whole_where_sphinx_wrote_every_page_and_came_to_its_end(tmp_path: Path) -> None:
    book, config = tmp_path / "book", tmp_path / "_config.yml"
    shutil.copytree(ROOT / "book" / "_static", book / "_static")
    (book / "references.bib").touch()
    page = book / "index.md"
    (book / "_toc.yml").write_text("{format: jb-book, root: index}", encoding="utf-8")
    config.write_text(settings_text(settings(ROOT / "_config.yml", "id", ["id"])), encoding="utf-8")

    def ended(text: str, *pages: str) -> jupyter_book.Ended:
        page.write_text(f"# Judul\n\n{text}\n", encoding="utf-8")
        with locks.held(tmp_path) as lock:
            return jupyter_book.run([task(tmp_path, lock, pages)])[0]

    assert ended("Satu.", "index") == jupyter_book.Ended((), None)
    assert (
        ended("Satu.", "index", "a", "b", "c", "d").failure == "left pages missing: a.html, b.html, c.html and 1 more"
    )
    warned = ended("{doc}`tiada`", "index")
    assert (len(warned.warnings), warned.failure) == (1, None)
    made = tmp_path / "_build" / "html" / "index.html"
    made.unlink()
    made.symlink_to("/dev/full")
    full = ended("Dua.", "index")
    assert full.failure == "stopped with exit code 1 before the site was whole"
    assert "No space left on device" in full.warnings[0]


def test_a_jupyter_book_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jupyter_book, "SPHINX_SECONDS", 0.05)
    monkeypatch.setenv("PYTHONPATH", python_path(tmp_path))
    with locks.held(tmp_path) as lock:
        (ended,) = jupyter_book.run([task(tmp_path, lock, [])])
    assert ended.failure == "was not done after 0.05 s and was ended"
    assert at_work(tmp_path, JUPYTER_BOOK) == []


def test_a_build_waits_for_a_jupyter_book_that_another_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = subprocess.Popen(["sleep", "0.6"], pass_fds=[locked(tmp_path)])
    with locks.held(tmp_path):
        assert other.poll() is not None or other.wait(0.2) == 0
    monkeypatch.setattr(locks, "LEFT_OVER_SECONDS", 0.1)
    with (
        subprocess.Popen(["sleep", "60"], pass_fds=[locked(tmp_path)]) as other,
        pytest.raises(RuntimeError, match="still works in"),
    ):
        try:
            locks.held(tmp_path).__enter__()
        finally:
            other.kill()


def locked(workshop: Path) -> int:
    """A lock on a working folder that only a child goes on to hold."""
    file = os.open(workshop / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(file, fcntl.LOCK_EX)
    threading.Timer(0.2, os.close, [file]).start()
    return file


def a_site(site: Path, text: str) -> Path:
    site.mkdir(parents=True)
    (site / "index.html").write_text(text, encoding="utf-8")
    return site


def never(first: Path, second: Path) -> bool:
    """A system that cannot exchange two names in one step."""
    return False


def found_missing(folder: Path, times: int, exchanged: publishing.Exchange | None) -> int:
    """How often a reader who looks without a pause finds no first page while sites take each other's place."""
    site, fresh = a_site(folder / "html", "old"), a_site(folder / ".html.new", "new")
    looks, missing, over = [0], [0], threading.Event()

    def look() -> None:
        while not over.is_set():
            looks[0] += 1
            missing[0] += not (site / "index.html").exists()

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(times):
        publishing.take_place(fresh, site, exchanged)
    over.set()
    reader.join()
    assert looks[0] > times / 10
    return missing[0]


def test_no_reader_finds_the_site_missing_while_another_takes_its_place(tmp_path: Path) -> None:
    assert found_missing(tmp_path / "one step", 5000, None) == 0
    assert found_missing(tmp_path / "two renames", 5000, never) > 0  # such a reader sees a gap where there is one


@pytest.mark.parametrize("exchanged", [publishing.at_once, never])
def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path, exchanged: publishing.Exchange) -> None:
    site, fresh = tmp_path / "html", a_site(tmp_path / ".html.new", "first")
    publishing.take_place(fresh, site, exchanged)
    assert files(tmp_path) == {"html/index.html": b"first"}
    publishing.take_place(a_site(fresh, "second"), site, exchanged)
    assert files(tmp_path) == {"html/index.html": b"second", ".html.new/index.html": b"first"}


def test_where_publishing_fails_the_old_site_stays_and_nothing_is_left(tmp_path: Path) -> None:
    made, site = a_site(tmp_path / "made", "new"), a_site(tmp_path / "html", "old")

    def fail(_: Path) -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        publishing.publish({"": made}, site, fail)
    (made / "gone").symlink_to("nowhere")
    with pytest.raises(OSError, match="No such file") as told:
        publishing.publish({"": made}, site, lambda _: None)
    assert isinstance(told.value.filename, str)
    shutil.rmtree(made)
    assert files(tmp_path) == {"html/index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


@pytest.mark.parametrize("words", [("build", "-p", "99"), ("verify",), ("serve", "--port", "0")])
def test_the_next_command_gives_a_site_the_place_back_that_it_lost_between_two_renames(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = copy(tmp_path)
    for name in ("html", "html-en"):
        site = a_site(folder / "_build" / name, "old")
        with pytest.raises(FileNotFoundError):  # ends between the two: there is no new site
            publishing.take_place(folder / "_build" / "nothing", site, never)
        a_site(folder / "_build" / f".{name}.new", "half")
    with running(folder, *words):
        wait_for(lambda: not left(folder), 30)
    assert files(folder / "_build" / "html") == files(folder / "_build" / "html-en") == {"index.html": b"old"}


def test_what_a_build_at_work_has_beside_its_site_is_left_alone(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    a_site(folder / "_build" / ".html.new", "in the making")
    code = "from paritrana.build import locks\nfrom paritrana.cli.app import app\nwith locks.alone(): app(['verify'])"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", python_path(folder))
        subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False)
    assert left(folder) == [".html.new"]


@pytest.mark.parametrize("kind", ["file", "link", "link to nothing"])
def test_what_is_no_folder_is_not_replaced(tmp_path: Path, kind: str) -> None:
    (tmp_path / "project").mkdir()
    folder = copy(tmp_path / "project")
    site, published = folder / "_build" / "html", tmp_path / "published"
    site.parent.mkdir()
    if kind == "link":
        a_site(published, "read by others")
    if kind == "file":
        site.write_text("mine", encoding="utf-8")
    else:
        site.symlink_to(published)
    done = paritrana(folder, *BUILD)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "_build/html: a folder or nothing was expected where the site goes, "
        f"and this is a {kind.split()[0]}: move it away first."
    ]
    assert site.is_file() if kind == "file" else site.is_symlink()
    assert not edition(folder).exists()
