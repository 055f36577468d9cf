"""A built site as its files refer to each other: what its first page leads to, and what is referred to in vain."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

ATTRIBUTE = re.compile(r"""\s(?:href|src|action)="([^"]+)\"""")
STYLE = re.compile(r"""(?:url\(|@import )["']?([^"')]+)""")


def references(file: Path) -> Iterator[Path]:
    """The files that a page or a style sheet refers to, whether they are there or not."""
    found = {".html": ATTRIBUTE, ".css": STYLE}.get(file.suffix)
    for address in found.findall(file.read_text(encoding="utf-8")) if found else ():
        parts = urlsplit(address)
        if parts.path and not parts.scheme and not parts.netloc:
            yield (file.parent / unquote(parts.path)).resolve()


def reached(site: Path) -> tuple[set[Path], set[Path]]:
    """The files that the first page leads to, and those on the way that are not there; paths within the site."""
    root = site.resolve()
    left = [root / "index.html"]
    seen, missing = set(left), set[Path]()
    while left:
        for file in set(references(left.pop())) - seen - missing:
            if file.is_file():
                seen.add(file)
                left.append(file)
            else:
                missing.add(file)
    return {file.relative_to(root) for file in seen}, {file.relative_to(root) for file in missing}


def weight(site: Path, files: set[Path]) -> int:
    """Bytes of files of the site."""
    return sum((site / file).stat().st_size for file in files)
