"""A project of two provinces, sound and quick to check: what the real one says of Jawa Timur and NTB."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from paritrana import paths
from paritrana.record.notes import TEXTS

PROVINCES = ("35", "52")  # the APBD table has the first, the one score sheet is of the second
Row = dict[str, str]
CODE = {"provinces": "kemendagri_code", "regencies": "province_code", "participants_province": "kemendagri_codes"}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def small_project(root: Path) -> Path:
    """Make it in a folder; returns the folder."""
    data = root / "data"
    shutil.copytree(paths.DATA / "example", data / "example")
    shutil.copytree(paths.PARAMS, root / "params", ignore=lambda _, names: [n for n in names if _other_province(n)])
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    kept: dict[str, list[Row]] = {}
    for resource in package["resources"]:
        path = paths.DATA / resource["path"]
        if path.suffix == ".geojson":
            content = json.loads(path.read_text(encoding="utf-8"))
            content["features"] = [each for each in content["features"] if str(each["id"])[:2] in PROVINCES]
            (data / path.name).write_text(json.dumps(content), encoding="utf-8")
        else:
            rows = [row for row in read(path) if _own(resource["name"], row, kept)]
            kept[resource["name"]] = rows
            write(data / path.name, rows)
    return root


def _other_province(name: str) -> bool:
    return name[:2].isdigit() and name[:2] not in PROVINCES


def _own(table: str, row: Row, kept: dict[str, list[Row]]) -> bool:
    """Whether a row is of the two provinces; all sources are kept."""
    tests: dict[str, Callable[[], bool]] = {
        "sources": lambda: True,
        "flags": lambda: row["observation_id"] in {each["observation_id"] for each in kept["observations"]},
        "notes": lambda: any(
            row["note"] in {each[name] for each in kept.get(at, [])} for at, names in TEXTS.items() for name in names
        ),
        "corrections": lambda: row["key"] in {each["observation_id"] for each in kept["observations"]},
        "labour_force": lambda: row["kemendagri_code"][:2] in PROVINCES,
        "apbd_jawa_timur": lambda: True,
    }
    return tests.get(table, lambda: row[CODE.get(table, "province_code")] in PROVINCES)()
