"""The two catalogues of the English edition: complete, and true to the markup, the values and the numbers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from paritrana.build.site.catalogues import KEYWORDS
from paritrana.paths import ROOT
from tests.translations import COMPUTED, FIXED, catalogue, entries, messages

CODE = ROOT / "paritrana"
SAYS = {word.removeprefix("--keyword=") for word in KEYWORDS if word.startswith("--keyword=")}
TARGET = re.compile(r"\]\(([^)]*)\)")  # of a link
ROLE = re.compile(r"\{[\w:]+\}`[^`]*`")
TITLE_OF_ROLE = re.compile(r"`[^`<]*<")
FILLED_LATER = re.compile(r"⟦\w+⟧")
CODE_SPAN = re.compile(r"`([^`]+)`")
FORMULA = set("÷×−")  # a code span with one of these is a formula in words, which is translated
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

both = pytest.mark.parametrize("path", [COMPUTED, FIXED], ids=["computed", "fixed"])


def fields(sentence: str) -> set[str]:
    """Return the placeholders of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def markup(text: str) -> dict[str, list[str]]:
    """Return what a translation must leave alone."""
    roles = [TITLE_OF_ROLE.sub("`<", role) for role in ROLE.findall(text)]
    spans = [span for span in CODE_SPAN.findall(ROLE.sub("", text)) if not FORMULA & set(span)]
    spans = [span.replace("NAMA", "NAME").replace("TAHUN", "YEAR") for span in spans]
    found = {"targets": TARGET.findall(text), "roles": roles, "tokens": FILLED_LATER.findall(text)}
    return {kind: sorted(parts) for kind, parts in (found | {"code": spans}).items()}


def numbers(text: str) -> list[str]:
    """Return the digits of every number outside link targets; separators differ between the languages."""
    return sorted(re.sub("[.,]", "", number) for number in NUMBER.findall(TARGET.sub("]", text)))


def extracted(file: Path) -> set[str]:
    """Return the sentences that Babel finds in the code, by way of a template as `make texts` writes it."""
    template = Catalog()
    for _, _, sentence, _, _ in extract_from_dir(CODE, keywords=dict.fromkeys(SAYS)):
        template.add(sentence)
    with file.open("wb") as target:
        write_po(target, template)
    return {sentence for sentence, _ in messages(file)}


def said() -> Iterator[str]:
    """Yield every sentence in a call that says one, those inside f-strings too, where Babel does not always look."""
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called, first = node.func, node.args[0]
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in SAYS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@both
def test_every_message_is_translated(path: Path) -> None:
    assert [message for message, english in messages(path) if not english.strip()] == []


@both
def test_nothing_is_fuzzy(path: Path) -> None:
    assert [message.id for message in entries(path) if message.fuzzy] == []
    assert not catalogue(path).fuzzy


@both
def test_percentages_have_no_space_in_english(path: Path) -> None:
    assert [english for _, english in messages(path) if re.search(r"\d\s%", english)] == []


@both
def test_translation_has_the_numbers_of_its_message(path: Path) -> None:
    assert [message for message, english in messages(path) if numbers(message) != numbers(english)] == []


def test_translation_has_the_placeholders_of_its_sentence() -> None:
    assert [sentence for sentence, english in messages(COMPUTED) if fields(sentence) != fields(english)] == []


def test_translation_leaves_links_roles_and_code_alone() -> None:
    assert [message for message, english in messages(FIXED) if markup(message) != markup(english)] == []


def test_every_sentence_of_the_code_is_in_the_catalogue(tmp_path: Path) -> None:
    known = {sentence for sentence, _ in messages(COMPUTED)}
    assert (extracted(tmp_path / "paritrana.pot") | set(said())) - known - {""} == set()


def test_catalogue_has_no_sentence_that_the_code_does_not_say(tmp_path: Path) -> None:
    known = {sentence for sentence, _ in messages(COMPUTED)}
    assert known - extracted(tmp_path / "paritrana.pot") - set(said()) == set()
