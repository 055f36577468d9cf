"""The plan of a book: which pages it has, from which notebook and with which parameters each is made.

A page is a pure function of its `PageSpec` and the data; nothing here runs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from paritrana.faults import Fault, InvalidInput
from paritrana.parameters import page as parameters
from paritrana.parameters.page import Defaults, Given, Params

OVERVIEW = "overview"  # a province's first page: a notebook that the library writes without running one
LAB = "lab"  # the weight lab's part of its page, and its data: written by the library too
CHAPTERS = "provinces"  # the folder of all chapters, and of generated parts of hand-written pages
FOR_DEVELOPERS = "Untuk pengembang"  # the part of the table of contents that readers of results find closed
PUBLICATION = "_publication.json"  # the facts of an edition, for its pages
RESULT_FILE = "results.json"  # a province's numbers; its overview is made from the same analysis
LAB_DATA = "_static/lab/nation.js"
LAB_PROVINCES = "_static/lab/provinces"  # what is modelled of each province, a script of its own
ANALYSING = "sensitivity"  # the notebook that shows most of an analysis
PROVINCE_NOTEBOOKS = ("coverage", "budget", ANALYSING)
NATIONAL_NOTEBOOK = "national"
ZONES_NOTEBOOK = "zones"  # the province category: provinces beside those of their zone
ZONES_RUBRIC = "provinces"  # of that category: its kinds of regulation are others
ENGINE_NOTEBOOK = "engine"
CALIBRATION_NOTEBOOK = "calibration"
AWARDS_NOTEBOOKS = ("awards", "other-awards")  # what was announced: of kabupaten/kota, and all else
ESTIMATES_FILE = "estimates.json"  # the values behind it, of all regions and years
# What a notebook receives, in the order of its parameters cell.
PROVINCE_KEYS = ("province", "year", "rubric", "scenarios", "assumption", "language", "draws", "seed")
NATIONAL_KEYS = ("chapters", *PROVINCE_KEYS[1:])
ENGINE_KEYS = ("language", "draws", "seed")
AWARDS_KEYS = ("language",)
CALIBRATION_KEYS = ("rubric", *ENGINE_KEYS)
ZONES_KEYS = ("chapters", *CALIBRATION_KEYS)


@dataclass(frozen=True)
class PageSpec:
    """One page: its notebook (without suffix), the parameters it receives, and where it lies in an edition's book."""

    notebook: str
    path: str
    parameters: tuple[tuple[str, Any], ...]

    @property
    def name(self) -> str:
        """The page's path without its suffix, which is also how it is spoken of."""
        return self.path.rsplit(".", 1)[0]

    @property
    def files(self) -> tuple[str, ...]:
        """What is made for the page, in the book: itself, and the numbers that are kept beside it."""
        beside = {
            OVERVIEW: (self.path.replace("index.ipynb", RESULT_FILE),),
            LAB: (LAB_DATA, *(f"{LAB_PROVINCES}/{code}.js" for code in dict(self.parameters).get("chapters", ()))),
            CALIBRATION_NOTEBOOK: (ESTIMATES_FILE,),
        }
        return (self.path, *beside.get(self.notebook, ()))

    @property
    def stub(self) -> str:
        """Where the page that says why this one is missing lies."""
        return self.path if self.notebook == LAB else f"{self.name}.md"

    def present(self, book: Path) -> list[str]:
        """What there is of the page in an edition's book: its files, or else what says why they are missing."""
        files = self.files if (book / self.path).exists() else (self.stub,)
        return [file for file in files if (book / file).exists()]


def chapter(params: Params) -> str:
    """The folder of a province's chapter in an edition's book."""
    return f"{CHAPTERS}/{params.slug}"


def province_pages(params: Params) -> list[PageSpec]:
    """The pages of one province's chapter: its overview, then its notebooks."""
    values = tuple((key, getattr(params, key)) for key in PROVINCE_KEYS)
    notebooks = [PageSpec(name, f"{chapter(params)}/{name}.ipynb", values) for name in PROVINCE_NOTEBOOKS]
    return [PageSpec(OVERVIEW, f"{chapter(params)}/index.ipynb", values), *notebooks]


def national_page(defaults: Defaults, chapters: Sequence[Params]) -> PageSpec:
    """The notebook that sets the provinces side by side; it leads to the chapters that are in the book."""
    return PageSpec(NATIONAL_NOTEBOOK, f"{NATIONAL_NOTEBOOK}.ipynb", _with_chapters(defaults, chapters, NATIONAL_KEYS))


def zones_page(defaults: Defaults, chapters: Sequence[Params]) -> PageSpec:
    """The notebook that ranks provinces in their zones; it leads to the chapters that are in the book."""
    own = defaults.model_copy(update={"rubric": ZONES_RUBRIC})
    return PageSpec(ZONES_NOTEBOOK, f"{ZONES_NOTEBOOK}.ipynb", _with_chapters(own, chapters, ZONES_KEYS))


def engine_page(defaults: Defaults) -> PageSpec:
    """The notebook that holds the engine against the literature."""
    values = tuple((key, getattr(defaults, key)) for key in ENGINE_KEYS)
    return PageSpec(ENGINE_NOTEBOOK, f"{ENGINE_NOTEBOOK}.ipynb", values)


def calibration_page(defaults: Defaults) -> PageSpec:
    """The notebook that holds the estimates against what was left out of them."""
    values = tuple((key, getattr(defaults, key)) for key in CALIBRATION_KEYS)
    return PageSpec(CALIBRATION_NOTEBOOK, f"{CALIBRATION_NOTEBOOK}.ipynb", values)


def awards_pages(defaults: Defaults) -> list[PageSpec]:
    """The notebooks that list every announced result."""
    values = tuple((key, getattr(defaults, key)) for key in AWARDS_KEYS)
    return [PageSpec(name, f"{name}.ipynb", values) for name in AWARDS_NOTEBOOKS]


def lab_page(defaults: Defaults, chapters: Sequence[Params]) -> PageSpec:
    """The weight lab's part of its page, with the data that its script reads: the nation's, and each chapter's."""
    return PageSpec(LAB, f"{CHAPTERS}/_{LAB}.json", _with_chapters(defaults, chapters, NATIONAL_KEYS))


def _with_chapters(defaults: Defaults, chapters: Sequence[Params], keys: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    """What a page of the whole country receives: of the national parameters, and which chapters are in the book."""
    given = {**defaults.model_dump(), "chapters": [params.province for params in chapters]}
    return tuple((key, given[key]) for key in keys)


def pages(defaults: Defaults, provinces: Sequence[Params]) -> list[PageSpec]:
    """Every generated page of a book, in the order in which they are best made.

    First come those that take longest, and whose analyses the national page, the lab and the overviews read.
    """
    chapters = [spec for params in provinces for spec in province_pages(params)]
    ranked = [spec for spec in chapters if spec.notebook == ANALYSING]
    others = [spec for spec in chapters if spec.notebook != ANALYSING]
    whole = [national_page(defaults, provinces), engine_page(defaults), lab_page(defaults, provinces)]
    return [
        calibration_page(defaults),
        *ranked,
        *whole,
        zones_page(defaults, provinces),
        *awards_pages(defaults),
        *others,
    ]


def book(codes: Iterable[str] = (), given: Given = None) -> tuple[Defaults, list[Params]]:
    """The parameters of a book: the national ones, and those of the chosen provinces (all where none is named).

    Raises InvalidInput with every fault.
    """
    chosen = sorted(set(codes)) or parameters.province_codes()
    faults: dict[Fault, None] = {}
    made: list[Any] = []
    resolvers: list[Callable[[], Any]] = [partial(parameters.national, given)]
    resolvers += [partial(parameters.province, code, given) for code in chosen]
    for resolve in resolvers:
        try:
            made.append(resolve())
        except InvalidInput as error:
            faults |= dict.fromkeys(error.faults)
    if faults:
        raise InvalidInput(faults)
    return made[0], made[1:]
