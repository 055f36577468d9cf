"""What others made and this project runs is pinned to the very bytes: nobody can put something else in its place."""

import re
from pathlib import Path

import pytest

from paritrana.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_of_others_is_named_by_its_commit_with_the_release_beside_it(workflow: Path) -> None:
    uses = re.findall(r"uses: *(.+)", workflow.read_text(encoding="utf-8"))
    assert uses
    assert [one for one in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def test_every_locked_package_is_known_by_the_digests_of_its_files() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^[^\s#].*(?:\n    --hash=.*)*", lock, flags=re.MULTILINE)
    assert len(packages) > 100
    assert [one for one in packages if not re.search(r"==[^\n]+\n    --hash=sha256:[0-9a-f]{64}", one)] == []
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install .*-r requirements\.txt", recipe)
    assert len(installs) == 2
    assert all("--require-hashes" in one for one in installs)
