"""The list of chapters beside every page, read once from the first page's tables of contents.

The theme would have Sphinx resolve the whole table of contents for every page, parse what comes out and write it
again: a quarter of the time that a large book takes, for a list of which only the mark changes.
"""

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from paritrana.plan.book import FOR_DEVELOPERS
from paritrana.presentation.language import Text

Parts = list[tuple[str | None, list[tuple[str, str]]]]  # (caption, [(first page of a chapter, its title)])


def parts(env: BuildEnvironment) -> Parts:
    """The parts of the book with their chapters."""
    return [
        (toctree["caption"], [(page, title or env.titles[page].astext()) for title, page in toctree["entries"]])
        for toctree in env.master_doctree.findall(addnodes.toctree)
    ]


def chapters(env: BuildEnvironment) -> dict[str, str]:
    """The first page of the chapter that each page belongs to: the one right under the book's own first page."""
    found: dict[str, str] = {}
    for page, (parent, *_) in env.collect_relations().items():  # from the first page down
        found[page] = page if parent in (None, env.config.root_doc) else found[str(parent)]
    return found


def offer(app: Sphinx, env: BuildEnvironment) -> None:
    """Give both to the templates, once every page has been read."""
    folded = Text(env.config.language)(FOR_DEVELOPERS)
    given = {"parts": parts(env), "chapter_of": chapters(env), "folded_part": folded}
    app.config.html_context = {**app.config.html_context, **given}


def setup(app: Sphinx) -> None:
    """Look between the reading and the writing of pages."""
    app.connect("env-updated", offer)
