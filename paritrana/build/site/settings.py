"""The settings of an edition: Indonesian as in _config.yml, English with the few lines that differ."""

from pathlib import Path
from typing import Any

import yaml

ENGLISH: dict[str, str] = {
    "title": "Paritrana Report Book",
    "author": "The authors of the Paritrana Report Book",
    "copyright": "The authors of the Paritrana Report Book",
}


def settings(config: Path, language: str) -> dict[str, Any]:
    """Return the book's settings for a language (`id` or `en`)."""
    found: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    found["sphinx"]["config"]["language"] = language
    return found | ENGLISH if language == "en" else found


def settings_text(config: Path, language: str) -> str:
    """The settings of an edition as YAML, for `jupyter-book build --config`."""
    return yaml.safe_dump(settings(config, language), allow_unicode=True, sort_keys=False)
