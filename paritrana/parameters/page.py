"""The parameters of a page, checked before anything runs.

Defaults come from `params/national.yml`, a province overrides them in `params/provinces/NN.yml`, a
build overrides both. The same model is what a notebook receives from Papermill, so that an unknown
or impossible parameter stops with a sentence instead of running with a default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from paritrana import paths
from paritrana.checked import Model, Strict, checked, like, read_yaml
from paritrana.faults import Fault, InvalidInput, nearest, relative
from paritrana.files import visible
from paritrana.indicators.catalogue import CRITERION_INDICATORS, REGULATION
from paritrana.parameters.rubric import Criterion, Rubric, load_rubric, rubric_ids, rubric_path, strength_of
from paritrana.presentation.language import SOURCE_LANGUAGE, Titled
from paritrana.record.years import YEARS

ONE_PLACE = "this key is not known: the languages of the site stand in params/national.yml, as in languages: [id, en]"
CODE_IN_QUOTES = 'a two-digit code in quotes was expected, as in province: "13"'

Assumption = Literal["plausible", "anything", "known", "modelled"]
Language = Literal["id", "en"]
Given = Mapping[str, object] | None  # parameters that are given instead of those in the files
NATIONAL = "national.yml"


class Languages(Strict):
    """The languages of a site, as `params/national.yml` names them: the first is that of its root."""

    languages: list[Language] = Field(min_length=1)

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: list[Language]) -> list[Language]:
        if len(set(languages)) < len(languages):
            raise ValueError("each language once was expected, that of the site's root first, as in [id, en]")
        return languages


class Defaults(Strict):
    """What decides what every page of an edition says: `params/national.yml`, in one of the site's languages."""

    year: int = Field(ge=YEARS[0], le=YEARS[-1])
    rubric: str
    scenarios: str
    assumption: Assumption
    language: Language
    draws: int = Field(ge=100, le=10_000_000)
    seed: int = Field(ge=0, lt=2**32)


class Params(Defaults):
    """Everything that decides what a province's page says, besides the data."""

    province: str
    slug: Annotated[
        str, like(r"[0-9]{2}(-[a-z0-9]+)+", "a code and a name in small letters were expected, such as 51-bali")
    ]

    @field_validator("province", mode="before")
    @classmethod
    def _code(cls, code: object) -> object:
        if not isinstance(code, str) or len(code) != 2 or not code.isdigit():
            raise ValueError(CODE_IN_QUOTES)
        return code


class Scenarios(Strict):
    """Rubrics that are set side by side, in their order."""

    id: str
    title: Titled
    rubrics: list[str] = Field(min_length=1)


def province_codes(folder: Path = paths.PARAMS) -> list[str]:
    """The codes of the provinces that have parameters, sorted."""
    return sorted(path.stem for path in visible(folder / "provinces", "*.yml"))


def scenarios_path(name: str, folder: Path = paths.PARAMS) -> Path:
    """Where the scenarios of this name lie."""
    return folder / "scenarios" / f"{name}.yml"


def languages(given: Given = None, folder: Path = paths.PARAMS) -> list[str]:
    """The languages of a site, that of its root first: the one that is given alone, else those of the file.

    Raises InvalidInput with every fault in them.
    """
    if given and given.get("language"):
        return [national(given, folder).language]
    path = folder / NATIONAL
    return list(_languages_in(read_yaml(path), relative(path)))


def _languages_in(content: Mapping[str, object], file: str) -> list[Language]:
    """The languages that a file names; raises InvalidInput where they are none."""
    found = {key: content[key] for key in Languages.model_fields if key in content}
    return checked(Languages, found, file).languages


def national(given: Given = None, folder: Path = paths.PARAMS) -> Defaults:
    """The defaults, in the language of the site's root, with what was given in their place.

    Raises InvalidInput with every fault.
    """
    return _resolved(Defaults, [folder / NATIONAL], given, folder)


def province(code: str, given: Given = None, folder: Path = paths.PARAMS) -> Params:
    """The parameters of one province; raises InvalidInput with every fault."""
    codes = province_codes(folder)
    if code not in codes:
        known = f"one of {codes[0]} to {codes[-1]}" if codes else "a file in params/provinces/"
        expected = f"the code of a province was expected, {known}"
        raise InvalidInput([Fault("province", None, None, str(code), expected)])
    path = folder / "provinces" / f"{code}.yml"
    params = _resolved(Params, [folder / NATIONAL, path], given, folder)
    if faults := list(_misplaced(params, code, relative(path))):
        raise InvalidInput(faults)
    return params


def _misplaced(params: Params, code: str, file: str) -> Iterator[Fault]:
    """Faults for parameters that belong into another file: its pages would stand in place of that province's."""
    if params.province != code:
        yield Fault(file, None, "province", params.province, f'"{code}" was expected, as in the name of the file')
    if not params.slug.startswith(f"{code}-"):
        yield Fault(file, None, "slug", params.slug, f"an address that begins with {code}- was expected")


def _resolved(model: type[Model], files: list[Path], given: Given, folder: Path) -> Model:
    """The files, later ones over earlier ones, then what was given (a value of None is not), as the model."""
    overrides = {key: value for key, value in (given or {}).items() if value is not None}
    content: dict[str, object] = {}
    origin: dict[str, str] = {}
    read = _read_all(files)
    language, faults = _first_language(files, read)
    for file, values in zip(files, read, strict=True):
        content |= values
        origin |= dict.fromkeys(map(str, values), relative(file))
    content |= {"language": language, **overrides}
    origin |= dict.fromkeys(overrides, "parameter")
    faults += _dangling(content, folder)
    made = None
    try:
        made = checked(model, content, relative(files[-1]))
    except InvalidInput as error:
        faults += error.faults
    if faults or made is None:
        # What no file holds should stand in the first, unless it is a province's own.
        origin = dict.fromkeys(Defaults.model_fields, relative(files[0])) | origin
        raise InvalidInput(replace(fault, file=origin.get(fault.column or "", fault.file)) for fault in faults)
    return made


def _first_language(files: Sequence[Path], read: Sequence[dict[str, object]]) -> tuple[str, list[Fault]]:
    """The language of the site's root, and a fault for every other word on languages; all of them are taken out."""
    language: str = SOURCE_LANGUAGE
    faults: list[Fault] = []
    try:
        language = _languages_in(read[0], relative(files[0]))[0]
    except InvalidInput as error:
        faults += error.faults
    read[0].pop("languages", None)
    for file, values in zip(files, read, strict=True):
        for key in ("language", "languages"):
            if values.pop(key, None) is not None:
                faults.append(Fault(relative(file), None, key, None, ONE_PLACE))
    return language, faults


def _read_all(files: list[Path]) -> list[dict[str, object]]:
    """What each file holds; raises InvalidInput with the faults of all of them."""
    read: list[dict[str, object]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            read.append(read_yaml(file))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(faults)
    return read


def _dangling(content: dict[str, object], folder: Path) -> Iterator[Fault]:
    """Faults for names of rubrics and scenarios that have no file."""
    scenarios = sorted(path.stem for path in visible(folder / "scenarios", "*.yml"))
    for key, known in (("rubric", rubric_ids(folder)), ("scenarios", scenarios)):
        if isinstance(content.get(key), str) and content[key] not in known:
            expected = f"one of {', '.join(known)} was expected{nearest(content[key], known)}"
            yield Fault("", None, key, str(content[key]), expected)


def scenario_rubrics(name: str, folder: Path = paths.PARAMS) -> list[Rubric]:
    """The rubrics of a set of scenarios, in its order; raises InvalidInput with every fault."""
    return [book_rubric(rubric_path(rubric, folder)) for rubric in _named_together(name, folder)]


def _named_together(name: str, folder: Path) -> list[str]:
    """The ids of the rubrics of a set of scenarios; raises InvalidInput with every fault of its file."""
    path = scenarios_path(name, folder)
    scenarios = checked(Scenarios, read_yaml(path), relative(path))
    known = rubric_ids(folder)
    unknown = [rubric for rubric in scenarios.rubrics if rubric not in known]
    if unknown:
        raise InvalidInput(
            Fault(relative(path), None, "rubrics", rubric, f"the name of a rubric was expected{nearest(rubric, known)}")
            for rubric in unknown
        )
    return scenarios.rubrics


def book_rubric(path: Path) -> Rubric:
    """The rubric in a YAML file, for the book, whose criteria score its own indicators.

    Raises InvalidInput with every fault in it: a slip here would not stop a page but change its numbers.
    """
    rubric = load_rubric(path)
    if found := list(_misread(rubric, relative(path))):
        raise InvalidInput(found)
    return rubric


def strength_under(rubric: str) -> Mapping[str, float]:
    """The value of each kind of regulation under a rubric of the book; raises InvalidInput where it is faulty."""
    return strength_of(book_rubric(rubric_path(rubric)))


def _misread(rubric: Rubric, file: str) -> Iterator[Fault]:
    """Faults for indicators that the book has not, and for strengths of regulation that it would not read as meant."""
    for criterion in rubric.criteria:
        name = criterion.indicator
        if name is not None and name not in CRITERION_INDICATORS:
            expected = f"one of {', '.join(CRITERION_INDICATORS)}, or null where nothing is public, was expected"
            expected += nearest(name, CRITERION_INDICATORS)
            yield Fault(file, None, f"criteria.{criterion.id}.indicator", name, expected)
        elif expected := _of_strength(rubric, criterion):
            yield Fault(file, None, f"criteria.{criterion.id}.strength", None, expected)


def _of_strength(rubric: Rubric, criterion: Criterion) -> str:
    """What was expected in place of a criterion's strengths of regulation; nothing where they are right."""
    if criterion.indicator != REGULATION.id:
        expected = f"this key was expected only where the indicator is {REGULATION.id}"
        return "" if criterion.strength is None else expected
    if not criterion.strength:
        return "the value of each kind of regulation was expected, such as {Perda: 1, Perbup: 0.7}"
    others = [other for other in rubric.criteria if other.indicator == REGULATION.id and other.strength]
    if criterion.strength != others[0].strength:
        return f"the same values as in {others[0].id} were expected: a regulation has one strength in a book"
    return ""


def faults(folder: Path = paths.PARAMS) -> list[Fault]:
    """Every fault in every file of params/; an empty list where there is none."""
    checks: list[Callable[[], object]] = [partial(national, None, folder)]
    checks += [partial(province, code, None, folder) for code in province_codes(folder)]
    checks += [partial(_called_as_its_file, rubric_path(name, folder)) for name in rubric_ids(folder)]
    checks += [partial(_named_together, path.stem, folder) for path in visible(folder / "scenarios", "*.yml")]
    found: dict[Fault, None] = {}
    for check in checks:
        try:
            check()
        except InvalidInput as error:
            found |= dict.fromkeys(error.faults)
    return list(found)


def _called_as_its_file(path: Path) -> None:
    """Raise InvalidInput where a rubric is faulty, or carries the id of another: two of one id would be one."""
    rubric = book_rubric(path)
    if rubric.id != path.stem:
        expected = f'"{path.stem}" was expected, as in the name of the file'
        raise InvalidInput([Fault(relative(path), None, "id", rubric.id, expected)])
