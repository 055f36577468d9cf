"""Files of YAML, read and checked against a model: every fault in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ValidationError,
)

from paritrana.faults import CONTROL, Fault, InvalidInput, nearest, one_line, relative, shown

PLAIN = re.compile(r"[+-]?(0|[1-9]\d*)")
PLAIN_FLOAT = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN)")
ONE_LINE = "a text on one line was expected, without line breaks and control characters"


Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.SafeLoader):  # not that of C: a deeply nested file ends the whole process
    """YAML that refuses a key that stands twice, of which PyYAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f'the key "{key.value}" stands twice', problem_mark=key.start_mark)
            seen |= {key.value} if isinstance(key, yaml.ScalarNode) else set()
        return super().construct_mapping(node, deep)

    def construct_plain_number(self, node: yaml.ScalarNode) -> int | float:
        """A number that means what it says: to YAML 010 is eight, 1:30 is ninety, 0x10 is sixteen."""
        whole = node.tag.endswith("int")
        value: int | float = (self.construct_yaml_int if whole else self.construct_yaml_float)(node)
        if not (PLAIN if whole else PLAIN_FLOAT).fullmatch(node.value):
            raise _OddNumber(problem=f"{node.value} {value:g}", problem_mark=node.start_mark)
        return value


for tag in ("int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{tag}", _Loader.construct_plain_number)


class _OddNumber(yaml.MarkedYAMLError):
    """A number that YAML reads as another one; the problem holds both."""


@cache
def _parsed(text: str) -> object:
    """What a text in YAML says; a process that has read a rubric spares its forks the reading, which is slow."""
    return yaml.load(text, _Loader)


def read_yaml(path: Path) -> dict[str, object]:
    """The mapping in a YAML file.

    Raises InvalidInput where the file is missing, is not YAML or holds something other than a mapping.
    """
    file = relative(path)
    try:
        content = deepcopy(_parsed(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise InvalidInput([Fault(file, None, None, None, "this file was expected; there is none")]) from error
    except OSError as error:
        raise InvalidInput(
            [Fault(file, None, None, None, f"a readable file was expected ({error.strerror})")]
        ) from error
    except UnicodeDecodeError as error:
        expected = f"text in UTF-8 was expected, but byte {error.start + 1} is not"
        raise InvalidInput([Fault(file, None, None, None, expected)]) from error
    except yaml.YAMLError as error:
        raise InvalidInput([_unparsed(file, error)]) from error
    except RecursionError as error:
        expected = "a mapping of keys to values was expected, not values nested hundreds of times"
        raise InvalidInput([Fault(file, None, None, None, expected)]) from error
    except ValueError as error:  # a date that does not exist, a number of thousands of digits
        raise InvalidInput([Fault(file, None, None, None, f"YAML was expected ({one_line(str(error))})")]) from error
    if not isinstance(content, dict):
        raise InvalidInput([Fault(file, None, None, _quoted(content), "a mapping of keys to values was expected")])
    broken = [(".".join(_path(content, steps)) or None, text) for steps, text in _several_lines(content)]
    if faults := [Fault(file, None, key, text, ONE_LINE) for key, text in broken]:
        raise InvalidInput(faults)
    return content


def _several_lines(content: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The keys and texts that a page could not show on one line, each behind the steps that lead to it."""
    if isinstance(content, str) and CONTROL.search(content):
        yield steps, content
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _several_lines(key, steps)
            yield from _several_lines(value, (*steps, key))
    if isinstance(content, list):
        for at, value in enumerate(content):
            yield from _several_lines(value, (*steps, at))


def _unparsed(file: str, error: yaml.YAMLError) -> Fault:
    """What is no YAML, with the line of a text editor where the parser knows it."""
    mark = getattr(error, "problem_mark", None)
    if isinstance(error, _OddNumber):
        written, meant = str(error.problem).split()
        expected = f"a number in plain decimals was expected, such as {meant}, as which YAML reads this"
        return Fault(file, mark.line + 1 if mark else None, None, written, expected)
    reason = getattr(error, "problem", None) or " ".join(str(error).split())
    return Fault(file, mark.line + 1 if mark else None, None, None, f"YAML was expected ({one_line(reason)})")


def checked(model: type[Model], content: object, file: str) -> Model:
    """The content as the model; raises InvalidInput with one sentence for every fault in it."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InvalidInput(_fault(model, content, dict(item), file) for item in error.errors()) from error


def _fault(model: type[BaseModel], content: object, item: dict[str, Any], file: str) -> Fault:
    """One pydantic error as a fault; its key is the path that leads to the value."""
    steps: tuple[str | int, ...] = item["loc"]
    steps = steps[:-1] if steps[-1:] == ("[key]",) else steps  # pydantic's sign that the key is meant, not its value
    key = ".".join(_path(content, steps)) or None
    if cut := _cut_decimal(content, steps):
        before, text = cut
        return Fault(
            file, None, ".".join(_path(content, (*steps[:-1], before))), text, "a point for decimals was expected"
        )
    if item["type"] == "extra_forbidden":
        return Fault(file, None, key, None, f"this key is not known{nearest(steps[-1], _keys(model, steps[:-1]))}")
    if item["type"] == "missing":
        return Fault(file, None, key, None, "this key is missing")
    context = item.get("ctx", {})
    found = context.get("found", item["input"])
    return Fault(file, None, key, _quoted(found) if key else None, one_line(_expected(item, context)))


def _cut_decimal(content: object, steps: Sequence[str | int]) -> tuple[str, str] | None:
    """The key whose decimal comma YAML took for the next entry of a mapping, and the number that was meant."""
    inside = content
    for step in steps[:-1]:
        inside = _inside(inside, step)
    keys = list(inside) if isinstance(inside, dict) else []
    at = next((at for at, key in enumerate(keys) if steps and str(key) == str(steps[-1]) and type(key) is int), 0)
    if not isinstance(inside, dict) or not at or inside[keys[at]] is not None or type(inside[keys[at - 1]]) is not int:
        return None
    return str(keys[at - 1]), f"{inside[keys[at - 1]]},{keys[at]}"


# What pydantic calls an error -> what was expected, in words; the context holds the limits of the field.
EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "int_type": lambda _: "a whole number was expected",
    "float_type": lambda _: "a number was expected",
    "string_type": lambda _: "a text was expected; one that looks like a number needs quotes",
    "bool_type": lambda _: "true or false was expected",
    "list_type": lambda _: "a list was expected",
    "dict_type": lambda _: "a mapping of keys to values was expected",
    "model_type": lambda _: "a mapping of keys to values was expected",
    "finite_number": lambda _: "a finite number was expected",
    "invalid_key": lambda _: "a key that is a text was expected",
    "literal_error": lambda limits: f"{limits['expected'].replace(chr(39), '')} was expected",
    "too_short": lambda limits: f"a list with at least {limits['min_length']} in it was expected",
    "greater_than_equal": lambda limits: f"{_number(limits['ge'])} of at least {limits['ge']} was expected",
    "less_than_equal": lambda limits: f"{_number(limits['le'])} of at most {limits['le']} was expected",
    "greater_than": lambda limits: f"{_number(limits['gt'])} above {limits['gt']} was expected",
    "less_than": lambda limits: f"{_number(limits['lt'])} below {limits['lt']} was expected",
}


def _number(limit: object) -> str:
    return "a whole number" if isinstance(limit, int) else "a number"


def _expected(item: dict[str, Any], context: dict[str, Any]) -> str:
    """What was expected in place of the value of a pydantic error; validators of this project say it themselves."""
    if item["type"] not in EXPECTED:
        return str(item["msg"]).removeprefix("Value error, ")
    words = EXPECTED[item["type"]](context)
    if item["type"] == "literal_error":
        words += nearest(item["input"], words.replace(" or ", ", ").removesuffix(" was expected").split(", "))
    return words


def _quoted(value: object) -> str:
    """A YAML value as it may stand in the file: an empty one is empty, true is not True."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return shown(str(value))


def _path(content: object, steps: Sequence[str | int]) -> list[str]:
    """The steps that lead to a value, where a list's place is called by the id it holds, else counted from 1."""
    path = []
    for step in steps:
        place = step + 1 if isinstance(step, int) and isinstance(content, list) else None
        content = _inside(content, step)
        name = content.get("id") if place and isinstance(content, dict) else None
        path.append(name if isinstance(name, str) else str(place or step))
    return path


def _inside(content: object, step: str | int) -> object:
    """What lies one step further in, or nothing."""
    try:
        return content[step]  # type: ignore[index]
    except (LookupError, TypeError):
        return None


def _keys(model: type[BaseModel], steps: Sequence[str | int]) -> list[str]:
    """The keys that are known at the end of the steps."""
    for step in [step for step in steps if isinstance(step, str)]:
        kind = model.model_fields[step].annotation
        kinds = [part for part in (kind, *get_args(kind)) if isinstance(part, type) and issubclass(part, BaseModel)]
        if not kinds:
            return []
        model = kinds[0]
    return list(model.model_fields)


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def like(pattern: str, expected: str) -> AfterValidator:
    """A text of this form; `expected` is the sentence for any other."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(expected)
        return text

    return AfterValidator(check)
