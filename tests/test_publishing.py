"""A whole site stands at every moment: half a site replaces nothing, and what ends a build the next makes good."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from paritrana import publishing
from tests.project import copy, paritrana

BUILD = ("build", "-p", "13", "-p", "95")


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def left(folder: Path) -> list[str]:
    """What lies beside the sites."""
    return [path.name for path in (folder / "_build").glob(".*")]


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


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
        publishing.publish(made, site, fail)
    (made / "gone").symlink_to("nowhere")
    with pytest.raises(OSError, match="No such file") as told:
        publishing.publish(made, site, lambda _: None)
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
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    with subprocess.Popen([sys.executable, "-m", "paritrana", *words], cwd=folder, env=environment) as process:
        try:
            wait_for(lambda: not left(folder), 30)
        finally:
            process.kill()
    assert files(folder / "_build" / "html") == files(folder / "_build" / "html-en") == {"index.html": b"old"}


def test_what_a_build_at_work_has_beside_its_site_is_left_alone(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    a_site(folder / "_build" / ".html.new", "in the making")
    code = "from paritrana import locks, cli\nwith locks.alone(): cli.app(['verify'])"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
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
    assert not (folder / "book" / "provinces").exists()
