"""What a page may load: its own files and nothing else, whoever serves it and also from a file."""

from typing import Any

from sphinx.application import Sphinx

# 'self' is the place that the page came from. `file:` says the same for browsers to which every file is a place of its
# own; on a page from a server it permits nothing, as browsers never let such a page read files.
HERE = "'self' file:"
POLICY = "; ".join(
    [
        f"default-src {HERE}",
        f"script-src {HERE} 'unsafe-inline'",  # the theme sets light or dark in an inline script before it draws
        f"style-src {HERE} 'unsafe-inline'",  # the cells of heat tables and bars carry their number in `style`
        f"img-src {HERE} data:",
        f"font-src {HERE} data:",
        "object-src 'none'",
        "base-uri 'none'",
        f"form-action {HERE}",
    ]
)
# The weight lab computes in a Worker made from its own scripts: one that is loaded would not run from a file.
MORE = {"lab": "; worker-src blob:"}


def add_policy(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Put the policy before everything else that the head of a page may load."""
    policy = POLICY + MORE.get(pagename, "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
    context["metatags"] = f"\n    {meta}{context.get('metatags', '')}"


def setup(app: Sphinx) -> None:
    """Give every page the policy; late, so that no other extension writes before it."""
    app.connect("html-page-context", add_policy, priority=900)
