"""Every module of the library has a test file of its name, or stands here with the file that tests it and why."""

import ast
from itertools import chain
from pathlib import Path

import pytest

from paritrana.paths import ROOT
from tests.test_architecture import MODULES

# A test file -> the modules that it tests besides the one of its name, and why together.
ELSEWHERE: dict[str, tuple[str, str]] = {
    "analysis/test_own_table.py": ("numeric", "a table from its file to numbers, column by column"),
    "analysis/test_wanted.py": ("pages.wanted", "what is wanted, and how a page says it"),
    "contribution/test_differences.py": ("plan.effects", "what new rows change: figures and pages"),
    "contribution/test_faults.py": ("validation.additions", "each fault of new rows is a case"),
    "analysis/test_scoring.py": ("ranking scales", "a table from its values to its ranks, one step after the other"),
    "build/test_editions.py": ("plan.edition site.sitemap", "the editions of a site, by folder and address"),
    "build/test_executors.py": ("run.coordinator", "what the coordinator does with the pages that executors return"),
    "build/test_incremental.py": ("plan.stamps", "what makes a page run is what its stamp says that it was made from"),
    "build/test_paper.py": ("paper.binding paper.front paper.press paper.printer", "one print run, read as PDF"),
    "build/test_publishing.py": ("locks site.jupyter_book site.settings", "one site made and put in its place"),
    "build/test_run.py": ("run.outcome run.page", "one page, run"),
    "build/test_sources.py": ("site.contents site.state", "what the site is made of, and what has changed of it"),
    "cli/test_project.py": ("project paths", "which project a command works on"),
    "engine/test_acceptability.py": ("confidence rules sampled.draws sampled.shares", "SMAA-2, from a draw to shares"),
    "engine/test_attribution.py": ("sampled.sobol", "the indices of an attribution"),
    "engine/test_preference.py": ("exact.leads exact.polytope exact.programme", "leads proved in whole numbers"),
    "engine/test_rank_range.py": ("exact.boxes exact.solver", "the searches whose bounds the ranges prove"),
    "engine/test_smallest.py": ("exact.nearest", "the nearest weights of a smallest change"),
    "indicators/test_indicators.py": ("derive formulas frames regulation", "formulas, each against figures by hand"),
    "lab/test_data.py": ("record.example", "the fictional province, which the lab shows"),
    "lab/test_file.py": ("lab.reading", "what is said of a file, on the page that reads it"),
    "lab/test_panel_file.py": ("panel.browser", "the layout of the workbook that the lab reads"),
    "lab/test_dev.py": ("fixture", "what the page to try the lab on is made from"),
    "lab/test_page.py": ("build.site.sphinx_ext.lab", "the lab as the site has it"),
    "lab/test_scripts.py": ("build.site.bundle", "the scripts, put together"),
    "pages/test_awards.py": ("announced other_awards presentation.entries", "each result stands on one of two pages"),
    "pages/test_pages.py": ("budget coverage leaders national overview page podium", "each page by what it says"),
    "presentation/test_html.py": ("pages.fragments", "pieces of HTML that pages share"),
    "presentation/test_locale.py": ("build.site.catalogues", "the catalogues and the texts in them"),
    "record/test_regions.py": ("pages.titles pages.vocabulary", "how regions and figures are called"),
    "results/test_results.py": ("package province rows tidy", "the files of the results, read back"),
    "results/test_verify.py": ("differences manifest report", "what a verification compares and how it tells"),
    "indicators/test_nation.py": ("analysis.known pages.record_page", "a page sees no row that it was not handed"),
    "indicators/test_measures.py": ("analysis.province", "a province is measured once for all that shows it"),
    "lab/test_arithmetic.py": ("analysis.depth", "the lab and the analysis give the same for random choices"),
    "panel/test_judging.py": (
        "analysis.judging pages.judging presentation.document",
        "a panel's ranking, from its sheets to the page that tells it",
    ),
    "panel/test_overlay.py": ("template writing", "a workbook, from the command that makes it to what is kept of it"),
    "parameters/test_rubric.py": ("checked", "files of YAML and every fault of theirs, of which a rubric has most"),
    "validation/test_validate.py": ("files sheet", "each fault is a case of one list"),
}  # fmt: skip
# A test file that does not name these modules -> what of them it sees, and why it sees that from outside.
FROM_OUTSIDE: dict[str, tuple[str, str]] = {
    "analysis/test_store.py": ("kept", "a kept analysis that is damaged, or made from something else, is made again"),
    "analysis/test_backtest.py": ("contests", "the contests whose forecasts it scores"),
    "contribution/test_command.py": ("contribute cli.contribute order", "a folder of rows, taken in by the command"),
    "estimation/test_estimates.py": ("cells evidence field joint", "the parts of one model, held by what it says"),
    "plan/test_inputs.py": ("plan.inputs analysis.inputs", "what a build remembers of what it reads"),
    "analysis/test_headline.py": ("indicators.doubts", "what speaks against a value keeps it from being named"),
    "book/test_book.py": (
        "run.estimates run.kernels run.lab run.notebook run.overview pages.preload presentation.notebook lab.texts "
        "site.site site.sphinx_ext.tabs",
        "they put a book together: it is built for real and read in a browser",
    ),
    "build/test_faults.py": (
        "make cli.build cli.terminal",
        "the order of a build is what is left when it is cut short at any moment, and told on the terminal",
    ),
    "build/test_search.py": ("sphinx_ext.regions", "the search leads to the places that it names"),
    "build/test_publishing.py": ("site.leash", "it is a process that ends with another: real ones are killed"),
    "build/test_sphinx_ext.py": (
        "accessibility editions finished frame generated head incremental interface mathml numbers places references "
        "scripts security sidebar weight",
        "they are handlers of Sphinx's events: a book is built with them and read in a browser",
    ),
    "analysis/test_any_table.py": ("cli.rank ruled", "`paritrana rank` is this analysis, told in full"),
    "analysis/test_own_table.py": (
        "pages.own_table standing opened workbooks",
        "a table of any kind of file is read, ranked and shown by real commands",
    ),
    "cli/test_app.py": (
        "cli.app cli.check cli.options cli.serve paritrana.__main__",
        "they are the command line: real commands are run",
    ),
    "cli/test_project.py": ("cli.needs", "what a command lacks is told by real commands"),
    "engine/test_acceptability.py": ("sampled.tally", "acceptabilities are its counts, held against closed forms"),
    "indicators/test_indicators.py": ("coverage growth", "indicators of the catalogue, asked for through it"),
    "lab/test_dev.py": ("lab.__main__", "it writes the file that this test compares with what is computed"),
    "pages/test_pages.py": (
        "pages.engine others sensitivity.choices sensitivity.exact sensitivity.ranking",
        "sections, said through the page that has them",
    ),
    "panel/test_hostile.py": ("archive excel ods", "what reads files is held by the files that it must withstand"),
    "panel/test_mistakes.py": (
        "checks layout panel.panel reading",
        "each mistake in a workbook is a case: its sentence is told, and no other",
    ),
    "panel/test_overlay.py": ("cli.panel grids tables", "the same workbook in three formats, by the commands"),
    "refresh/test_command.py": ("cli.refresh", "real commands are run, from a portal or a folder to the door"),
    "results/test_results.py": ("ranked", "rows of the results, which are read back from their files"),
    "validation/test_boundaries.py": ("json_file", "boundaries are JSON, read as everywhere"),
    "validation/test_validate.py": (
        "cells validation.example meaning validation.notes validation.regions validation.rows values",
        "each of their checks is a case: the fault is told, at its place, and nothing else is",
    ),
}  # fmt: skip


TESTS = ROOT / "tests"


def imports(file: Path) -> set[str]:
    """The modules and names that a test file imports; none where there is no such file."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8") if file.exists() else "")):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def has_its_own(module: str) -> bool:
    """Whether the test file of its name, in its room's folder, imports the module."""
    _, *rooms, name = module.split(".")
    return module in imports(Path(TESTS, *rooms[:1], f"test_{name}.py"))


# A package's face holds what its modules give it.
LACKING = {name for name, path in MODULES.items() if path.name != "__init__.py" and not has_its_own(name)}


def modules_of(file: str, names: str) -> list[str]:
    """The modules that the names of a table mean: those of the test file's room, where another room has one too."""
    found = []
    for name in names.split():
        ends = [module for module in LACKING if f".{module}".endswith(f".{name}")]
        own_room = [module for module in ends if module.startswith(f"paritrana.{file.split('/')[0]}.")]
        assert len(own_room or ends) == 1, f"{file}: {name} means {sorted(ends)}"
        found += own_room or ends
    return found


def test_every_module_has_a_test_file_or_is_named_with_the_one_that_tests_it() -> None:
    named = [modules_of(file, names) for table in (ELSEWHERE, FROM_OUTSIDE) for file, (names, _) in table.items()]
    assert sorted(chain.from_iterable(named)) == sorted(LACKING)


@pytest.mark.parametrize("file", ELSEWHERE)
def test_a_test_file_imports_what_it_is_named_for(file: str) -> None:
    assert set(modules_of(file, ELSEWHERE[file][0])) - imports(TESTS / file) == set()


def test_every_file_that_sees_a_module_from_outside_is_there() -> None:
    assert [file for file in FROM_OUTSIDE if not (TESTS / file).exists()] == []
