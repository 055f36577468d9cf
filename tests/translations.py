"""The two catalogues of the English edition, read: what is said in Indonesian, and how in English."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from paritrana.paths import BOOK, LOCALE

COMPUTED = LOCALE / "en" / "LC_MESSAGES" / "paritrana.po"
FIXED = BOOK / "locale" / "en" / "LC_MESSAGES" / "book.po"


def catalogue(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def entries(path: Path) -> list[Message]:
    """Return the entries of a catalogue without its header."""
    return [message for message in catalogue(path) if message.id]


def messages(path: Path) -> list[tuple[str, str]]:
    """Return every message of a catalogue with its translation; none has plural forms."""
    return [(str(message.id), str(message.string)) for message in entries(path)]
