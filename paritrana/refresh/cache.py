"""Answers of portals, kept on the disk: a command that was interrupted goes on where it ended.

An answer is two files, its bytes and what is known of them. The second is written last and holds the digest of the
first: without both, or with bytes that were changed or cut, nothing was kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from paritrana import paths
from paritrana.digests import digest, sha256
from paritrana.files import write_whole

FOLDER = paths.BUILD / "refresh" / "answers"
KEPT = timedelta(days=7)  # an older answer is asked for again: portals correct what they publish


@dataclass(frozen=True)
class Answer:
    """What a portal said: `address` names it without any secret, `accessed` is the day on which it said it."""

    address: str
    content: bytes
    accessed: date


@dataclass(frozen=True)
class Cache:
    """Answers in a folder; those from more than a week before `today` count as none."""

    folder: Path
    today: date

    def find(self, address: str) -> Answer | None:
        """The answer that was kept of an address, if it is whole and young enough."""
        content, about = self._files(address)
        try:
            said = json.loads(about.read_text(encoding="utf-8"))
            accessed = date.fromisoformat(said["accessed"])
            answer = Answer(address, content.read_bytes(), accessed)
            whole = said["address"] == address and said["sha256"] == sha256(answer.content)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if whole and timedelta(0) <= self.today - accessed <= KEPT else None

    def keep(self, answer: Answer) -> None:
        """Keep an answer; raises OSError where it cannot be written."""
        content, about = self._files(answer.address)
        said = {
            "address": answer.address,
            "accessed": answer.accessed.isoformat(),
            "sha256": sha256(answer.content),
        }
        write_whole(content, answer.content)
        write_whole(about, json.dumps(said, indent=1))

    def _files(self, address: str) -> tuple[Path, Path]:
        stem = self.folder / digest(address)
        return stem.with_suffix(".answer"), stem.with_suffix(".json")
