"""What a verification found, in sentences for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from paritrana.faults import shown
from paritrana.results.differences import ABSENT, Difference
from paritrana.results.verify import Changes, Verification

MOST = 20  # differences told of a province, and files told of a kind


def sentences(found: Verification) -> Iterator[str]:
    """Everything that differs, a line each, and the sum of it in the last line."""
    for name, (then, now) in found.versions.items():
        yield f"made with {name} {then}, verified with {now}"
    yield from _changes("input", found.inputs, " since")
    yield from _changes("file", found.outputs, "")
    yield from found.faults
    for code, differences in found.differences.items():
        if differences:
            come = "comes" if len(differences) == 1 else "come"
            yield f"province {code}: {_count(len(differences), 'value')} {come} out differently"
            yield from _cut([f"  {_sentence(difference)}" for difference in differences])
    yield from _cut([f"comes out differently: {path}" for path in found.rewritten])
    yield _sum(found)


def _changes(kind: str, changes: Changes, since: str) -> Iterator[str]:
    yield from _cut([f"{kind} missing{since}: {path}" for path in changes.missing])
    yield from _cut([f"{kind} changed{since}: {path}" for path in changes.changed])
    yield from _cut([f"{kind} added{since}: {path}" for path in changes.added])


def _cut(lines: Sequence[str]) -> list[str]:
    """The first lines, and how many more there are."""
    return [*lines[:MOST], *([f"  and {len(lines) - MOST:,} more"] if len(lines) > MOST else [])]


def _sentence(difference: Difference) -> str:
    """Where a value stands, what is stored, what is computed, and by how much it differs."""
    place = ", ".join(part for part in (difference.table, difference.row, difference.field) if part)
    sentence = f"{place}: {_shown(difference.stored)} is stored, {_shown(difference.computed)} is computed"
    if difference.absolute is None:
        return sentence
    share = "" if difference.relative is None else f", {difference.relative:+.2g} of what is stored"
    return f"{sentence} ({difference.absolute:+.3g}{share})"


def _shown(value: object) -> str:
    return "nothing" if value is ABSENT else shown(json.dumps(value, ensure_ascii=False))


def _sum(found: Verification) -> str:
    """One sentence over all."""
    counts = {"province": len(found.differences), "number": found.numbers, "file": found.files}
    made = ", ".join(_count(count, word) for word, count in counts.items())
    if found.same:
        return f"All the same: {made}."
    values = sum(map(len, found.differences.values()))
    differing = {
        "input": _total(found.inputs),
        "file": _total(found.outputs),
        "fault": len(found.faults),
        "value": values,
        "table": len(found.rewritten),
    }
    told = [_count(count, word) for word, count in differing.items() if count]
    return f"Not the same: {', '.join(told)} (of {made})."


def _total(changes: Changes) -> int:
    return len(changes.missing) + len(changes.changed) + len(changes.added)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
