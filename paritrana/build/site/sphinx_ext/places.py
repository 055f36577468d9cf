"""Places of a page that no language changes, so that a reader who changes the language stays where they are.

Sphinx calls a section by its title. Of hand-written pages and notebooks that is the Indonesian one in every edition, as
they are translated after they are read; a heading that a build computes comes in the language of its page. The first
heading of a notebook is `TOP` therefore, and a cell's tag may name the section that it stands in.
"""

from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from paritrana.presentation.html import PLACE

TOP = "top"
NOTEBOOK = ".ipynb"
TAGGED = f"tag_{PLACE}"  # MyST-NB makes a class of each tag


class PlacesOfNoLanguage(SphinxTransform):
    """Call the sections of a notebook by what stands in it; before anything refers to them by their titles."""

    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        """Rename the sections."""
        if not str(self.env.doc2path(self.env.docname)).endswith(NOTEBOOK):
            return
        for section in self.document.findall(nodes.section):
            if place := TOP if section.parent is self.document else tagged(section):
                section["ids"] = [place]


def tagged(section: nodes.section) -> str:
    """The place that a cell right in the section names; empty where none does."""
    classes = (name for cell in section.children for name in cell.get("classes", ()))
    return next((str(name).removeprefix(TAGGED) for name in classes if name.startswith(TAGGED)), "")


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(PlacesOfNoLanguage)
