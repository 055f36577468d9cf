"""The fictional province of the weight lab."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from paritrana.faults import Fault, InvalidInput
from paritrana.record.example import FILE, read_example


def check_example(folder: Path) -> Iterator[Fault]:
    """Yield every fault of the fictional province in a folder of data."""
    try:
        read_example(folder)
    except InvalidInput as error:
        yield from (replace(fault, file=f"data/{FILE}") for fault in error.faults)
