"""Weighs the pages of a built site, and times their first figure on a slow phone.

The weight is that of the HTML alone, without pictures, scripts and styles. The phone is 390 points wide, with a
processor slowed by the browser itself; the first figure is the first number in a table, a chart or a fact of the
article, and its time ends with the frame that shows it. A second site is measured in turn with the first, page by
page, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from paritrana import paths
from tests.browser import chromium

BOUND = 300_000  # bytes of HTML that no page should pass
SLOWER = 4  # times
SHOWN = 12  # heaviest pages in the table
# Before anything of the page runs: watch until a figure is in it, then wait for the frame that shows it.
FIRST_FIGURE = """() => {
  const figures = "article :is(table.data td, svg.map, .fact .value, .cell_output img, td)";
  const look = () => {
    if (!document.querySelector(figures)) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { globalThis.firstFigure = performance.now(); }));
  };
  requestAnimationFrame(look);
}"""
TIMED = ("national.html", "lab.html", "provinces/*/index.html", "provinces/*/sensitivity.html")


def weights(site: Path) -> dict[str, int]:
    """Bytes of each HTML file of a site, by its place in it."""
    return {path.relative_to(site).as_posix(): path.stat().st_size for path in sorted(site.rglob("*.html"))}


def first_figure(browser: Browser, page: Path) -> float:
    """Milliseconds from the beginning of the navigation to the frame that shows the first figure."""
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.context.new_cdp_session(opened).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    opened.add_init_script(f"({FIRST_FIGURE})()")
    opened.goto(page.resolve().as_uri())
    opened.wait_for_function("() => globalThis.firstFigure !== undefined")
    found = float(opened.evaluate("() => globalThis.firstFigure"))
    opened.close()
    return found


def weight_rows(sites: Sequence[Path]) -> Iterator[str]:
    """A row for each of the heaviest pages of the first site, and how many pass the bound in each."""
    every = [weights(site) for site in sites]
    for name in sorted(every[0], key=lambda name: -every[0][name])[:SHOWN]:
        yield row(name, [f"{found[name]:,}" if name in found else "-" for found in every])
    over = [sum(size > BOUND for size in found.values()) for found in every]
    yield row(
        f"pages over {BOUND:,} bytes", [f"{count} of {len(found)}" for count, found in zip(over, every, strict=True)]
    )


def time_rows(browser: Browser, sites: Sequence[Path], rounds: int) -> Iterator[str]:
    """A row for each page that is timed: median, least and greatest time on each site."""
    names = [path.relative_to(sites[0]) for pattern in TIMED for path in sorted(sites[0].glob(pattern))[:1]]
    for name in names:
        there = [site for site in sites if (site / name).is_file()]
        times: dict[Path, list[float]] = {site: [] for site in there}
        for _ in range(rounds):
            for site in there:
                times[site].append(first_figure(browser, site / name))
        yield row(name.as_posix(), [span(times[site]) if site in times else "-" for site in sites])


def span(times: Sequence[float]) -> str:
    """Median, and from the least to the greatest."""
    return f"{statistics.median(times):.0f} ({min(times):.0f}–{max(times):.0f})"


def row(name: str, cells: Sequence[str]) -> str:
    """A row of a table."""
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print what was weighed and measured as two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sites", nargs="*", type=Path, default=[paths.BUILD / "html"], help="one site, or two to compare"
    )
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    heads = [f"site {at}" for at in range(1, len(given.sites) + 1)]
    ruled = row("---", ["---:"] * len(heads))
    print(row("HTML, bytes", heads), ruled, *weight_rows(given.sites), sep="\n")
    with chromium() as browser:
        print(f"\n{row('first figure, ms', heads)}", ruled, *time_rows(browser, given.sites, given.rounds), sep="\n")


if __name__ == "__main__":
    main()
