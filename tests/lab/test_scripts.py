"""The lab's scripts in `lab/`: their order is told once, and the book gets one script made of them."""

import re

from paritrana import paths
from paritrana.build.site.bundle import bundle, parts, without_comments


def names(folder: str) -> list[str]:
    """The scripts of a folder in their order."""
    return [path.stem for path in parts() if path.parent.name == folder]


def test_every_script_has_its_place_in_the_order_once() -> None:
    there = sorted(path for folder in ("arithmetic", "reading", "view") for path in (paths.LAB / folder).iterdir())
    assert sorted(parts()) == there
    assert len(there) > 20


def test_the_arithmetic_comes_first_then_what_reads_files_and_the_element_last_of_all() -> None:
    assert [path.stem for path in parts()] == [*names("arithmetic"), *names("reading"), *names("view")]
    assert names("view")[-1] == "lab" and "customElements.define" in parts()[-1].read_text(encoding="utf-8")


def test_the_worker_is_made_of_the_whole_arithmetic() -> None:
    text = (paths.LAB / "arithmetic" / "worker.js").read_text(encoding="utf-8")
    named = re.findall(r"^ *ParitranaLab(\w+),$", text, re.MULTILINE)
    assert [name.lower() for name in named] == names("arithmetic")


def test_the_book_gets_every_script_without_its_comments() -> None:
    made = bundle()
    for path in parts():
        assert made.count(without_comments(path.read_text(encoding="utf-8"))) == 1
    assert not [line for line in made.splitlines() if line.lstrip().startswith(("//", "/*", "*"))]
    script = '// why\nconst a = "// no comment";\n  /* more\n   * of it */\n  b(); // stays\n'
    assert without_comments(script) == 'const a = "// no comment";\nb(); // stays\n'


def test_no_line_has_a_comment_before_its_code() -> None:
    """The next comment that ends its line would be taken for the end of it, and all between for a comment."""
    before = re.compile(r"^[ \t]*/\*.*\*/[ \t]*\S")
    lines = [(path.name, line) for path in parts() for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if before.match(line[1])] == []
