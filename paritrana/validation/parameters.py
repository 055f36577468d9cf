"""The parameter files, and that every province has its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from paritrana.faults import Fault
from paritrana.files import visible
from paritrana.parameters import page as params
from paritrana.validation.sheet import Sheets, fault_at


def check_parameters(root: Path, sheets: Sheets) -> Iterator[Fault]:
    """Yield every fault of the files in `params/`, and of the provinces that they should be of."""
    for fault in params.faults(root / "params"):
        file = Path(fault.file)
        yield replace(fault, file=file.relative_to(root).as_posix()) if file.is_relative_to(root) else fault
    yield from _of_provinces(root / "params", sheets)
    for path in visible(root / "params", "**/*"):
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yml":
            expected = f"the name {path.stem}.yml: a file of parameters that ends otherwise is not read"
            yield fault_at(path.relative_to(root).as_posix(), None, None, None, expected)


def _of_provinces(folder: Path, sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each province without parameters, and for parameters of no province."""
    codes, provinces = set(params.province_codes(folder)), sheets["provinces"]
    if not provinces.complete("kemendagri_code"):
        return
    known = set(provinces.text("kemendagri_code"))
    for code in sorted(known - codes):
        yield fault_at(_file(code), None, None, None, "the parameters of this province; there are none")
    for code in sorted(codes - known):
        yield fault_at(_file(code), None, "province", code, f"the code of a province of {provinces.file}")


def _file(code: str) -> str:
    return f"params/provinces/{code}.yml"
