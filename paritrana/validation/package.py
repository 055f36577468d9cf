"""Stage 1, the description: is `data/datapackage.json` sound, and are the files there that it lists?"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import requests
from frictionless import FrictionlessException, Package, system

from paritrana.faults import Fault, nearest, one_line
from paritrana.files import visible
from paritrana.record.tables import NAMES, PACKAGE
from paritrana.validation.json_file import read_json
from paritrana.validation.sheet import Descriptor, fault_at

PACKAGE_FILE = f"data/{PACKAGE}"
ENCODINGS = ("utf-8", "utf8", "utf-8-sig")
REPEATED = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")  # a repetition inside of one: it can be tried without end
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # as the Data Package standard has it


class Offline(requests.Session):
    """A session that asks nothing of other machines, whatever address the description of the data names."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        """Refuse; raises ConnectionError."""
        raise requests.ConnectionError("it lies on another machine, and validation asks none")


def read_package(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Read datapackage.json; an unsound one is returned as {}: without a description nothing can be checked."""
    try:
        package, faults = read_json(folder / PACKAGE, PACKAGE_FILE)
    except FileNotFoundError:
        return {}, [fault_at(PACKAGE_FILE, None, None, None, "a file that describes the tables; there is none")]
    if faults:
        return {}, faults
    if faults := [fault_at(PACKAGE_FILE, None, None, None, note) for note in _unsound(package)]:
        return {}, faults
    return package, list(_unlisted(folder, package))


def _unsound(package: Any) -> Iterator[str]:
    """Yield what the description of the data should be and is not; each kind of fault hides the next."""
    for kind in (_remote, _refused, _unread, _incomplete):
        if notes := list(kind(package)):
            yield from notes
            return


def _remote(package: Any) -> Iterator[str]:
    """Yield schemas that lie elsewhere, before frictionless fetches them."""
    resources = package.get("resources") if isinstance(package, dict) else None
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict) and isinstance(resource.get("schema"), str):
            yield f"a Table Schema, in the resource {resource.get('name')}, not the address of one"
            return


def _refused(package: Any) -> Iterator[str]:
    """Yield what frictionless finds."""
    try:
        with system.use_context(http_session=Offline()):
            Package.from_descriptor(package)
    except FrictionlessException as error:
        yield from [f"a valid Data Package ({one_line(cause.note)})" for cause in error.reasons or [error.error]]
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        yield f"a valid Data Package ({one_line(str(error))})"


def _incomplete(package: Any) -> Iterator[str]:
    """Yield what frictionless finds only when it is too late: tables without a schema, bad patterns, lost keys."""
    names = {resource["name"] for resource in package["resources"]}
    for resource in package["resources"]:
        if not isinstance(resource.get("path"), str):
            yield f"a path, in the resource {resource['name']}"
        elif resource["path"].endswith(".csv") and not isinstance(resource.get("schema"), dict):
            yield f"a Table Schema, in the resource {resource['name']}"
        else:
            yield from _unsound_fields(resource["name"], resource.get("schema", {}))
            yield from _unsound_keys(resource["name"], resource.get("schema", {}), names)


def _unread(package: Any) -> Iterator[str]:
    """Yield what a resource says of its file and the build does not heed."""
    for resource in package["resources"]:
        name, dialect = resource["name"], resource.get("dialect", {})
        given = dialect.get("csv", dialect) if isinstance(dialect, dict) else {}
        if not NAME.fullmatch(name):
            yield f"a name of small letters, digits and . _ -, in the resource {name}"
        if str(resource.get("encoding", "utf-8")).lower() not in ENCODINGS:
            yield f"utf-8 as the encoding of {name}, not {resource['encoding']}"
        if isinstance(given, dict) and given.get("delimiter", ",") != ",":
            yield f"a comma as the delimiter of {name}, not {given['delimiter']}"


def _unsound_fields(name: str, schema: Descriptor) -> Iterator[str]:
    for field in schema.get("fields", []):
        limits = field.get("constraints", {})
        try:
            if REPEATED.search(re.compile(limits.get("pattern", "")).pattern):
                yield f"a pattern of {name}.{field['name']} without a repetition inside of another"
        except (re.error, TypeError) as error:
            yield f"a regular expression as the pattern of {name}.{field['name']} ({error})"
        for limit in sorted({"minimum", "maximum"} & limits.keys()):
            if isinstance(limits[limit], bool) or not isinstance(limits[limit], int | float):
                yield f"a number as the {limit} of {name}.{field['name']}"


def _unsound_keys(name: str, schema: Descriptor, names: Collection[str]) -> Iterator[str]:
    for key in schema.get("foreignKeys", []):
        target, columns = key["reference"].get("resource"), [key["fields"], key["reference"]["fields"]]
        if not all(isinstance(side, list) and len(side) == 1 for side in columns):
            yield f"a list of one column on each side of the foreign keys of {name}"
        if target not in names:
            yield f"the name of a resource in the foreign key of {name}, not {target}"


def _unlisted(folder: Path, package: Descriptor) -> Iterator[Fault]:
    """Yield the tables that the package lacks, the files that it lacks, and the files that it does not know."""
    names = {resource["name"] for resource in package["resources"]}
    for name in [name for name in NAMES if name not in names]:
        yield fault_at(PACKAGE_FILE, None, None, None, f"a resource named {name}{nearest(name, names - set(NAMES))}")
    files = {resource["path"] for resource in package["resources"]}
    for path in sorted(path for path in files if not (folder / path).is_file()):
        yield fault_at(f"data/{path}", None, None, None, f"this file, which {PACKAGE_FILE} lists; there is none")
    for path in [path.name for path in visible(folder, "*.csv") if path.name not in files]:
        yield fault_at(
            f"data/{path}", None, None, None, f"a table that {PACKAGE_FILE} describes; it does not know this one"
        )
