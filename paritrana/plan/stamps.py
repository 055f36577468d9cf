"""The stamp of a generated page: what it was made from, and a digest of its own content.

The stamp travels in the file itself, so that no second record can disagree with it: in a notebook as metadata, in
Markdown and JavaScript as a comment at its end, in JSON as a last key. A file without a stamp, or one that was edited
or cut short since, counts as not made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paritrana.digests import sha256

NAME = "made_from"
COMMENTS = {".md": f"% {NAME}: ", ".js": f"// {NAME}: "}
UNKNOWN = "0" * 64  # stands in place of the content's own digest while that is taken


def stamped(path: str, content: str, inputs: Mapping[str, str]) -> str:
    """The page's text with its stamp."""
    stamp = {"content": UNKNOWN, "inputs": dict(sorted(inputs.items()))}
    if path.endswith(".ipynb"):
        notebook = json.loads(content)
        notebook["metadata"][NAME] = stamp
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    elif path.endswith(".json"):
        text = json.dumps({**json.loads(content), NAME: stamp}, ensure_ascii=False) + "\n"
    else:
        text = f"{content.rstrip()}\n\n{COMMENTS[Path(path).suffix]}{json.dumps(stamp)}\n"
    before, after = text.rsplit(UNKNOWN, 1)
    return before + sha256(text) + after


def inputs_of(path: Path) -> dict[str, str] | None:
    """What a page says it was made from; None where there is no such page, or it is not as it was made."""
    try:
        text = path.read_text(encoding="utf-8")
        stamp = _stamp(path, text)
        own, inputs = stamp["content"], stamp["inputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return inputs if sha256(text.replace(own, UNKNOWN, 1)) == own else None


def _stamp(path: Path, text: str) -> dict[str, Any]:
    if path.suffix == ".ipynb":
        return dict(json.loads(text)["metadata"][NAME])
    if path.suffix == ".json":
        return dict(json.loads(text)[NAME])
    return dict(json.loads(text.rpartition(COMMENTS[path.suffix])[2]))
