"""Which pages a build has to run, and why: one definition of staleness, for the build and for its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paritrana.analysis.inputs import Inputs
from paritrana.plan import inputs, stamps
from paritrana.plan.book import PageSpec
from paritrana.plan.edition import Edition

NOT_MADE = "there is no such page yet"
NOT_AS_MADE = "the page is not as it was made"


@dataclass(frozen=True)
class Decision:
    """A page of an edition with what it is made from now, and why it has to run; `why` is empty where it need not."""

    edition: Edition
    spec: PageSpec
    inputs: Inputs
    why: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the page is spoken of in a build of several editions."""
        return self.edition.called(self.spec.name)


def decide(specs: Sequence[PageSpec], edition: Edition) -> list[Decision]:
    """Whether each page of an edition has to run."""
    now = inputs.of_pages(specs)
    return [Decision(edition, spec, now[spec.name], _why(spec, edition.book, now[spec.name])) for spec in specs]


def _why(spec: PageSpec, book: Path, now: Inputs) -> tuple[str, ...]:
    """What makes a page run: it is not there, was edited since, or something that it reads changed."""
    files = [book / file for file in spec.files]
    if not all(file.exists() for file in files):
        return (NOT_MADE,)
    found = [stamps.inputs_of(file) for file in files]
    if None in found:
        return (NOT_AS_MADE,)
    return tuple(dict.fromkeys(name for before in found if before is not None for name in inputs.changed(before, now)))
