"""Citations and references with Indonesian words between the names: "dan", "dkk."."""

from dataclasses import dataclass, field
from typing import Any

import pybtex.plugin  # type: ignore[import-untyped]
from pybtex.style.formatting.unsrtalpha import Style as UnsortedStyle  # type: ignore[import-untyped]
from pybtex.style.template import names, sentence  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex import plugin
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

NAMES: dict[str, Any] = {"sep2": " dan ", "last_sep": ", dan "}


class IndonesianStyle(UnsortedStyle):  # type: ignore[misc]  # pybtex has no types
    """The list of references."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Join names as pybtex does, with "dan"."""
        joined = names(role, sep=", ", **NAMES)
        return sentence[joined] if as_sentence else joined


@dataclass
class IndonesianCitation(AuthorYearReferenceStyle):
    """Citations in the text."""

    person: PersonStyle = field(default_factory=lambda: PersonStyle(other=" dkk.", **NAMES))


def choose_styles(app: Sphinx, config: Config) -> None:
    """Use the Indonesian styles in the Indonesian edition."""
    if config.language == "id":
        config.bibtex_default_style = config.bibtex_reference_style = "indonesian"


def setup(app: Sphinx) -> None:
    """Offer both styles under one name."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", "indonesian", IndonesianStyle)
    plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", "indonesian", IndonesianCitation)
    app.connect("config-inited", choose_styles)
