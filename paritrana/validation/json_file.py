"""JSON as this project reads it: in UTF-8, each key once, numbers that are numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from paritrana.faults import Fault
from paritrana.validation.sheet import fault_at


class Unfit(ValueError):  # noqa: N818 - reads as what it is where it is caught
    """JSON that a parser would take and that says nothing certain; its message says what was expected."""


def read_json(path: Path, file: str) -> tuple[Any, list[Fault]]:
    """The content of a JSON file, which is told of as `file`; or None, and in a fault what keeps it from being read.

    Raises FileNotFoundError where there is none.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number), []
    except UnicodeDecodeError as error:
        return None, [fault_at(file, None, None, None, f"text in UTF-8, but byte {error.start + 1} is not")]
    except json.JSONDecodeError as error:
        return None, [fault_at(file, error.lineno, None, None, f"JSON ({error.msg}, character {error.colno})")]
    except (Unfit, RecursionError, FileNotFoundError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        expected = str(error) if isinstance(error, Unfit) else "JSON, not values nested hundreds of times"
        return None, [fault_at(file, None, None, None, expected)]
    except ValueError:  # a number of thousands of digits
        return None, [fault_at(file, None, None, None, "JSON whose numbers have at most hundreds of digits")]
    except OSError as error:
        return None, [fault_at(file, None, None, None, f"a readable file ({error.strerror})")]


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Unfit(
            f'each key of an object once, but "{next(key for key in keys if keys.count(key) > 1)}" stands twice'
        )
    return made


def _no_number(name: str) -> float:
    raise Unfit(f"JSON, which has no {name}: a number or null")
