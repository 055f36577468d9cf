"""Times the weight lab in a real Chromium: its arithmetic alone, and a whole frame of the built page.

The arithmetic is timed on the nation with every criterion open (514 regions x 7 criteria), the hardest table there is.
A frame is a weight moved by its slider on the built page: what the browser's own counters say the main thread did for
it (script, style, layout, all tasks), so that waiting for the screen does not count. A choice is that of a province
whose script has to be loaded; its rows give the longest time in place of the 95th percentile.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from paritrana import paths
from paritrana.lab import NATION, as_script, nation_data
from paritrana.parameters import page as params
from paritrana.record.tables import load
from tests.browser import chromium
from tests.lab import parity as lab

BUDGET = 1000 / 60  # milliseconds of a frame
DRAWS = 10_000
NATIONWIDE, ASSUMPTION, EXAMPLE = "ID", "anything", "99"
HARDEST = [params.national().year, NATIONWIDE, params.national().rubric, "all", ASSUMPTION]
# Medians and 95th percentiles of so many calls, each with weights of its own. The first calls warm up.
QUESTIONS = {
    "rank (scores, ranks, ranges, order, contributions)": "core.rank(table, parts)",
    "next overtakings": "core.nextOvertaking(table, parts)",
    "where one region leads another": "core.leads(table, parts, 202, 359)",
    "smallest change to be first": "core.smallestFirst(table, parts, at % table.codes.length)",
}
TIMED = """({choice, rounds, warm}) => {
  const table = tableOf(choice);
  const times = [];
  for (let at = 0; at < rounds + warm; at++) {
    const parts = table.parts.map((_, k) => 1 + ((at + 3) * (k + 7) ** 2) % 97);
    const start = performance.now();
    QUESTION;
    if (at >= warm) times.push(performance.now() - start);
  }
  return times;
}"""
SAMPLE = """async ({choice, draws}) => {
  const table = tableOf(choice);
  const worker = new Worker(URL.createObjectURL(new Blob([ParitranaLabWorkerText()], {type: "text/javascript"})));
  const start = performance.now();
  await new Promise((done) => {
    worker.onmessage = ({data}) => data.result && done();
    worker.postMessage({id: 1, kind: "sample", table, parts: table.parts, radius: 0.05, draws, seed: 1});
  });
  worker.terminate();
  return performance.now() - start;
}"""
# A slider is moved, and the frame that shows it is waited for.
MOVE = """async (value) => {
  const slider = document.querySelector("paritrana-lab input[type=range]");
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  await new Promise((shown) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = shown;
    channel.port2.postMessage(0);
  }));
}"""
# A province is chosen whose script was not loaded yet; its ranking is waited for, then its probabilities.
CHOOSE = """async (province) => {
  const until = async (there) => { while (!there()) await new Promise((next) => setTimeout(next)); };
  const select = document.querySelector("#lab-province");
  const start = performance.now();
  select.value = province;
  select.dispatchEvent(new Event("change"));
  await until(() => !document.querySelector("paritrana-lab [inert]"));
  const ranked = performance.now() - start;
  await until(() => document.querySelector(".lab-ranking td:nth-child(5)").textContent.includes("%"));
  return [ranked, performance.now() - start];
}"""
RANKABLE = """(province) => {
  const data = ParitranaLabData;
  return ParitranaLabCore().table(data, {...data, province, candidates: "all"}).rankable;
}"""
COUNTERS = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration")


def core_rows(browser: Browser, rounds: int) -> Iterator[str]:
    """One row for each question to the arithmetic, in a blank page and, for the draws, in a Worker."""
    with lab.blank_page(browser, lab.core()) as page:
        for name, call in QUESTIONS.items():
            given = {"choice": HARDEST, "rounds": rounds, "warm": rounds // 5}
            times = sorted(lab.ask(page, TIMED.replace("QUESTION", call), given))
            yield row(name, statistics.median(times), times[int(0.95 * len(times))])
        times = sorted(lab.ask(page, SAMPLE, {"choice": HARDEST, "draws": DRAWS}) for _ in range(5))
        yield row(f"{DRAWS:,} draws in the Worker, with all messages (longest of 5)", times[2], times[-1])


def frame_rows(page: Page, rounds: int) -> Iterator[str]:
    """One row for each of the browser's counters, per move of a slider."""
    page.select_option("#lab-assumption", ASSUMPTION)
    page.select_option("#lab-province", NATIONWIDE)
    counters = page.context.new_cdp_session(page)
    counters.send("Performance.enable")
    times: dict[str, list[float]] = {name: [] for name in COUNTERS}
    for move in range(rounds + rounds // 5):
        before = read(counters.send("Performance.getMetrics"))
        page.evaluate(MOVE, 5 + 37 * move % 60)
        after = read(counters.send("Performance.getMetrics"))
        if move >= rounds // 5:
            for name in COUNTERS:
                times[name].append(1000 * (after[name] - before[name]))
    for name, values in times.items():
        values.sort()
        yield row(f"frame: {name}", statistics.median(values), values[int(0.95 * len(values))])


def choice_rows(page: Page, address: str) -> Iterator[str]:
    """Rows for the choice of each province of the book that can be ranked, each on a page that has loaded no other."""
    times = []
    page.goto(address)
    provinces = page.evaluate("() => Object.keys(ParitranaLabData.scripts)")
    for province in provinces:
        page.goto("about:blank")
        page.goto(f"{address}#p={EXAMPLE}")
        page.wait_for_selector(".lab-ranking td:nth-child(5):has-text('%')")
        if page.evaluate(RANKABLE, province):
            times.append(page.evaluate(CHOOSE, province))
    for name, values in zip(("its ranking", "its probabilities"), zip(*times, strict=True), strict=True):
        yield row(f"from the choice of a province to {name}", statistics.median(values), max(values))


def read(answer: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    """Counters by name, seconds."""
    return {str(metric["name"]): metric["value"] for metric in answer["metrics"]}


def row(name: str, median: float, high: float) -> str:
    """A row of the table, milliseconds."""
    return f"| {name} | {median:.2f} | {high:.2f} |"


def main() -> None:
    """Print what was measured as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--page", type=Path, default=paths.BUILD / "html" / "lab.html")
    given = parser.parse_args()
    data = as_script(NATION, nation_data(load(), params.national())).encode()
    print(f"nation: {len(data):,} bytes, {len(gzip.compress(data)):,} compressed; a frame at 60 Hz: {BUDGET:.1f} ms\n")
    print("| 514 regions x 7 criteria | median, ms | 95 %, ms |\n| --- | ---: | ---: |")
    with chromium() as browser:
        print(*core_rows(browser, given.rounds), sep="\n")
        if given.page.is_file():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(given.page.resolve().as_uri())
            print(*frame_rows(page, given.rounds), sep="\n")
            print(*choice_rows(page, given.page.resolve().as_uri()), sep="\n")


if __name__ == "__main__":
    main()
