"""Texts that would be markup, were they ever read as it: for every place in which data or parameters are shown."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

# LF, CR, CRLF, U+2028, U+2029, NEL, VT, FF, each also as the blank line that ends a block.
BREAKS = ("\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1e", "\x00")
INDENTS = ("", "  ", "    ", "\t", "> ", "- ", "1. ")
MARK = "pwned"  # no text of the project has it; what is made of a hostile text would
SCRIPT = f"<script>document.title = '{MARK}'</script>"
MARKUP = (
    "```{include} OUTSIDE\n```",
    "~~~{literalinclude} OUTSIDE\n~~~",
    ":::{include} OUTSIDE\n:::",
    f"```{{raw}} html\n{SCRIPT}\n```",
    "```{raw} html\n:file: OUTSIDE\n```",
    "```{raw} html\n:url: ADDRESS\n```",
    "```{csv-table}\n:url: ADDRESS\n```",
    f"```{{figure}} OUTSIDE\n:alt: {MARK}\n```",
    f"```{{image}} ADDRESS\n:alt: {MARK}\n```",
    "```{generated} headline\n```",
    f"```{{admonition}} {MARK}\nx\n```",
    "```{eval-rst}\n.. include:: OUTSIDE\n```",
    f"{{raw-html}}`{SCRIPT}` {{abbr}}`{MARK} (x)` {{download}}`OUTSIDE`",
    f"[{MARK}](javascript:alert(1)) ![{MARK}](ADDRESS) <ADDRESS> ADDRESS",
    f"[{MARK}]{{.{MARK}}} [^1]\n\n[^1]: {MARK}",
    f"({MARK})=\n# {MARK}\n\n{MARK}\n===",
    f"{{#{MARK} .x}}\n{MARK}",
    f"| {MARK} | b |\n| --- | --- |\n| 1 | 2 |",
    f"% {MARK}\n+++\n---\n* * *",
    f"<!-- {MARK} --> <b class='{MARK}'>x</b> <img src=x onerror=document.title='{MARK}'> {SCRIPT}",
    f"</title></td></table></script><iframe src='ADDRESS'></iframe><form action=x><base href='ADDRESS'>{SCRIPT}",
    f"<svg onload=document.title='{MARK}'><a xlink:href='javascript:1'>x</a></svg>",
    f"{{% raw %}}{{{{ cycler.__init__.__globals__ }}}}{{{{ {MARK} }}}}{{% endraw %}} ⟦title⟧ $\\href{{ADDRESS}}{{x}}$",
    f"&lt;script&gt;document.title='{MARK}'&lt;/script&gt; &#60;b&#62; \\<b\\>",
    f"\"'> onmouseover=document.title='{MARK}' style=display:none",
)


def texts(outside: str = "../../../outside.txt", address: str = "http://127.0.0.1:9/") -> Iterator[str]:
    """Every markup behind every kind of break and indent; OUTSIDE and ADDRESS are filled in."""
    for markup, line, indent in product(MARKUP, BREAKS, INDENTS):
        lines = markup.replace("OUTSIDE", outside).replace("ADDRESS", address).replace("\n", line)
        yield f"x{line}{line}{indent}{lines}{line}{line}y"


@st.composite
def hostile(draw: st.DrawFn) -> str:
    """Pieces of markup, breaks and ordinary text in any order."""
    pieces = st.one_of(
        st.sampled_from(MARKUP),
        st.sampled_from(BREAKS),
        st.sampled_from(INDENTS),
        st.text(alphabet="`{}[]()<>#|!~$&*_-+=:%\\^\"' \n\r\t\u2028ab1.", max_size=12),
    )
    return "".join(draw(st.lists(pieces, min_size=1, max_size=8)))
