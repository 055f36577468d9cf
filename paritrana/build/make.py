"""A whole build: checked input, the pages that changed, the site. Nothing is begun before the input is sound."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paritrana import paths
from paritrana.build.progress import Tell
from paritrana.build.run.outcome import Report
from paritrana.build.site import site
from paritrana.build.site.contents import table_of_contents
from paritrana.build.site.publishing import refuse_what_is_no_folder
from paritrana.build.site.settings import settings
from paritrana.build.site.sources import refuse_what_is_made
from paritrana.code import files_of_modules
from paritrana.digests import digest_of_files
from paritrana.faults import Fault, InvalidInput, nearest
from paritrana.files import write_whole
from paritrana.parameters.page import Defaults, Params, languages
from paritrana.plan import book as plan
from paritrana.plan.edition import edition_of, site_asked_for
from paritrana.plan.stale import Decision, decide

ASKED_FOR = "it was asked for"
CONFIG = "_config.yml"
VALID = paths.BUILD / "valid"  # the digest of the input that was last found without fault


@dataclass(frozen=True)
class Request:
    """What is asked for: provinces (all where none is named), parameters in place of those in params/, where to run.

    `only`: patterns of page names; where there are any, these pages are run whatever they were made from, and no site
    is made. `pdf`: whether the site is printed too.
    """

    provinces: Sequence[str]
    given: Mapping[str, object]
    executor: str
    jobs: int
    only: Sequence[str] = ()
    pdf: bool = False


@dataclass(frozen=True)
class Planned:
    """What a build will do: the place of the site, its book in each language, and the decision on every page.

    `input`: the digest of what was found sound.
    """

    input: str
    place: Path
    books: Sequence[site.Book]
    decisions: Sequence[Decision]


@dataclass(frozen=True)
class Outcome:
    """What a build did; `site` is None where only some pages were asked for, `paper` where no site was printed."""

    report: Report
    site: site.Site | None
    seconds: float
    paper: Path | None = None
    unprinted: Sequence[str] = ()

    @property
    def faulty(self) -> bool:
        """Whether anything is not as it should be: a page, the site, or what was printed of it."""
        site = self.site
        return bool(self.report.failed or self.unprinted or (site and (site.failure or site.warnings)))


def planned(request: Request) -> Planned:
    """Check the input and decide on every page; nothing is written. Raises InvalidInput with every fault."""
    defaults, provinces = plan.book(request.provinces, request.given)
    spoken = languages(request.given)
    place = site_asked_for(request.given)
    if not request.only:
        refuse_what_is_no_folder(place)
    state = state_of_input()
    if not (VALID.is_file() and VALID.read_text(encoding="utf-8") == state):
        from paritrana.validation import validate

        if faults := validate():
            raise InvalidInput(faults)
    books = [_book(defaults, provinces, language, spoken) for language in spoken]
    refuse_what_is_made(books[0].specs, [book.edition.place for book in books[1:]])
    decisions = [decision for book in books for decision in decide(book.specs, book.edition)]
    return Planned(state, place, books, _only(decisions, request.only) if request.only else decisions)


def _book(defaults: Defaults, provinces: Sequence[Params], language: str, spoken: Sequence[str]) -> site.Book:
    """The book in one of its site's languages; the data are read for it, which have to be sound.

    Raises InvalidInput for settings that are not.
    """
    told = {"language": language}
    own, chapters = defaults.model_copy(update=told), [each.model_copy(update=told) for each in provinces]
    return site.Book(
        edition=edition_of(own, spoken),
        defaults=own,
        provinces=chapters,
        contents=table_of_contents(chapters, language),
        settings=settings(paths.ROOT / CONFIG, language, spoken),
        specs=plan.pages(own, chapters),
    )


def state_of_input() -> str:
    """The digest of everything that validation reads, and of its rules, wherever in this library they stand."""
    read = [path for folder in (paths.DATA, paths.PARAMS) for path in folder.rglob("*") if path.is_file()]
    return digest_of_files([*read, *files_of_modules(["paritrana.validation"])])


def _only(decisions: Sequence[Decision], patterns: Sequence[str]) -> list[Decision]:
    """The pages that were asked for by name. Raises InvalidInput for a pattern that names none."""
    names = [decision.name for decision in decisions]
    if faults := [
        Fault("only", None, None, pattern, f"the name of a page was expected{nearest(pattern, names)}")
        for pattern in patterns
        if not fnmatch.filter(names, pattern)
    ]:
        raise InvalidInput(faults)
    wanted = {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return [replace(decision, why=(ASKED_FOR,)) for decision in decisions if decision.name in wanted]


def make(request: Request, ready: Planned, tell: Tell) -> Outcome:
    """Build what was planned; for one build at a time (`locks.alone`).

    Raises OSError where something cannot be written, RuntimeError where the executor, Jupyter Book or a Chromium cannot
    be had.
    """
    start = time.monotonic()
    write_whole(VALID, ready.input)
    report = _pages(request, ready, tell)
    made = None if request.only else _site(ready, tell)
    paper, unprinted = _paper(ready, tell) if request.pdf and made and not made.failure else (None, ())
    counts = {name: len(pages) for name, pages in vars(report).items()}
    seconds = time.monotonic() - start
    tell({"event": "end", **counts, "seconds": round(seconds, 3)})
    return Outcome(report, made, seconds, paper, unprinted)


def _pages(request: Request, ready: Planned, tell: Tell) -> Report:
    """Run the pages that have to run."""
    to_run = sum(bool(decision.why) for decision in ready.decisions)
    tell({"event": "start", "pages": len(ready.decisions), "to_run": to_run})
    if not to_run:
        return Report(kept=[decision.name for decision in ready.decisions])
    from paritrana.build.run.executors import named

    with named(request.executor, request.jobs) as executor:
        # Imported here: a build that runs nothing should not wait for papermill and matplotlib, and one that does waits
        # while the kernels' own process imports the like.
        from paritrana.build.run.coordinator import make_pages

        return make_pages(ready.decisions, executor, tell)


def _site(ready: Planned, tell: Tell) -> site.Site:
    """The site."""
    start = time.monotonic()
    made = site.make_site(ready.place, ready.books)
    seconds = round(time.monotonic() - start, 3)
    told = {"why": made.why, "warnings": made.warnings, "failure": made.failure}
    tell({"event": "site", **told, "seconds": seconds})
    return made


def _paper(ready: Planned, tell: Tell) -> tuple[Path, Sequence[str]]:
    """The PDF files of the site."""
    from paritrana.build.paper.press import print_site  # of the extra [pdf]

    start = time.monotonic()
    folder, failures = print_site(ready.place, ready.books, lambda page: tell({"event": "running", "pages": [page]}))
    tell({"event": "paper", "failures": list(failures), "seconds": round(time.monotonic() - start, 3)})
    return folder, failures
