"""The settings of an edition: Indonesian as in _config.yml, English with the few lines that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from paritrana.checked import read_yaml
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.plan.edition import place_of

ENGLISH: dict[str, str] = {
    "title": "Paritrana Report Book",
    "author": "The authors of the Paritrana Report Book",
    "copyright": "The authors of the Paritrana Report Book",
}
ADDRESS = "an address such as https://example.org/paritrana/ was expected, or nothing where the site has none yet"


def settings(config: Path, language: str, languages: Sequence[str]) -> dict[str, Any]:
    """The book's settings for one of its site's languages (`id` or `en`), of which the first is that of the root.

    The address of an edition is that of the site with its folder. Raises InvalidInput for an address that is none.
    """
    found: dict[str, Any] = read_yaml(config)
    found["sphinx"]["config"] |= {"language": language, "site_languages": list(languages)}
    if found["html"].get("baseurl"):
        found["html"]["baseurl"] = _address(found, relative(config)) + f"{place_of(language, languages)}/".lstrip("/")
    return found | ENGLISH if language == "en" else found


def _address(found: dict[str, Any], file: str) -> str:
    """The address of the whole site, with a slash at its end."""
    said = found["html"]["baseurl"]
    parts = urlsplit(said) if isinstance(said, str) else None
    if not parts or parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise InvalidInput([Fault(file, None, "html.baseurl", str(said), ADDRESS)])
    return f"{str(said).rstrip('/')}/"


def settings_text(made: Mapping[str, Any]) -> str:
    """The settings of an edition as YAML, for `jupyter-book build --config`."""
    return yaml.safe_dump(dict(made), allow_unicode=True, sort_keys=False)
