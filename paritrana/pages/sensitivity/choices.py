"""What is chosen and could be chosen otherwise: weights, scenarios, the interview, and what moves the ranks most."""

from __future__ import annotations

import numpy as np

from paritrana.analysis.ranking import Ranking
from paritrana.pages.page import Page
from paritrana.parameters.page import scenario_rubrics
from paritrana.parameters.rubric import Criterion
from paritrana.presentation.html import Cell, Column, Rows, paragraphs, table


def weights_table(page: Page) -> str:
    """The rubric's criteria and weights, with what they are: a hypothesis."""
    say, ranking = page.say, page.analysis.main
    if ranking is None:
        return ""
    rubric = ranking.rubric
    whole = sum(rubric.parts.values())
    used = sum(rubric.parts[name] for name in ranking.criteria)
    rows: Rows = []
    for criterion in rubric.criteria:
        part = rubric.parts[criterion.id]
        scored = criterion.id in ranking.criteria
        rows.append(
            [
                say.title(criterion.title),
                say.percent(part / whole),
                say.percent(part / used) if scored else Cell("–"),
                _goalposts(page, criterion),
            ]
        )
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column(say("Bobot hipotesis")),
        Column(say("Bobot tanpa wawancara")),
        Column(say("Titik acuan"), say("0 dan 100 poin")),
    ]
    caption = say("{title}: bobot hipotesis, bukan bobot resmi", title=say.title(rubric.title))
    return paragraphs([say.title(rubric.source), *_moving(page, ranking)]) + table(caption, columns, rows)


def _moving(page: Page, ranking: Ranking) -> list[str]:
    """What must be known of scores whose scale moves with the values of the table; nothing where all are fixed."""
    rubric = ranking.rubric
    if not any(rubric.criterion(name).scale for name in ranking.criteria):
        return []
    return [
        page.say(
            "Skala “menurut tabel” dibuat dari nilai yang diketahui di tabel ini dan bergeser bersamanya; kriteria yang nilainya mungkin sama di semua daerah tidak membedakan siapa pun."
        ),
        page.say(
            "Karena itu skor dan peringkat yang berupa rentang adalah batas aman: yang di luarnya mustahil, tetapi tidak semua yang di dalamnya mungkin, dan peluang dihitung seolah-olah skor merata di dalam batas itu."
        ),
    ]


def _goalposts(page: Page, criterion: Criterion) -> str:
    """The values that make 0 and 100 points, or that the table gives them."""
    if criterion.indicator is None:
        return page.say("tidak pernah publik")
    return (
        page.goalposts(criterion.indicator, *criterion.goalposts) if criterion.goalposts else page.say("menurut tabel")
    )


def attribution_table(page: Page) -> str:
    """Which choices move the ranks: grouped Sobol indices of the average rank shift."""
    ranking, depth = page.analysis.exact, page.analysis.depth
    if ranking is None or depth is None:
        return ""
    say, shift = page.say, depth.attribution.shift
    names = {
        "weights": say("Bobot"),
        "missing values": say("Data kosong"),
        "conflicting sources": say("Sumber yang berbeda"),
        "normalisation": say("Cara penskalaan"),
        "aggregation": say("Cara penggabungan"),
    }
    rows: Rows = [
        [
            names[group],
            _index(page, shift.first, shift.first_low, shift.first_high, at),
            _index(page, shift.total, shift.total_low, shift.total_high, at),
        ]
        for at, group in enumerate(shift.groups)
    ]
    lead = say(
        "Jika semua pilihan dibiarkan berubah, peringkat bergeser rata-rata {shift} ± {error} tempat.",
        shift=say.number(shift.mean[0], 2),
        error=say.number(shift.standard_error[0], 2),
    )
    columns = [
        Column(say("Pilihan"), numeric=False),
        Column(say("Pengaruh sendiri"), say("selang bootstrap 95 %")),
        Column(say("Pengaruh seluruhnya"), say("bersama pilihan lain")),
    ]
    return paragraphs([lead]) + table(
        say("Apa yang menggeser peringkat: bagian dari keragaman pergeseran rata-rata"), columns, rows
    )


def _index(page: Page, value: np.ndarray, low: np.ndarray, high: np.ndarray, at: int) -> Cell:
    """A Sobol index of the average shift with its bootstrap interval; an estimate below 0 is shown as 0."""
    ends = np.clip([value[at, 0], low[at, 0], high[at, 0]], 0, 1)
    return Cell(page.say.percent(ends[0], 0), note=page.say.interval(ends[1], ends[2], "percent", 0))


def scenarios_table(page: Page) -> str:
    """The rank of every region under each named set of weights."""
    ranking = page.analysis.main
    if ranking is None:
        return ""
    say, ranks = page.say, page.analysis.scenarios
    first = ranks.columns[0]
    rows: Rows = []
    for code in ranks.sort_values([first]).index:
        cells = [
            Cell(str(ranks.at[code, name]), note=_move(page, ranks.at[code, first] - ranks.at[code, name]))
            for name in ranks.columns
        ]
        rows.append([page.name(code), *cells])
    columns = [Column(say.title(rubric.title)) for rubric in scenario_rubrics(page.analysis.params.scenarios)]
    caption = say("Peringkat daerah tercatat di tengah rentang menurut beberapa himpunan bobot (semuanya hipotesis)")
    return table(caption, [Column(say("Kabupaten/kota"), numeric=False), *columns], rows)


def comparison_table(page: Page) -> str:
    """How alike each set of weights ranks to the first one, and who moves most."""
    found, ranks = page.analysis.comparison, page.analysis.scenarios
    if found is None:
        return ""
    say, first = page.say, found.names[0]
    titles = {rubric.id: say.title(rubric.title) for rubric in scenario_rubrics(page.analysis.params.scenarios)}
    rows: Rows = []
    for at, name in enumerate(found.names[1:], start=1):
        movers = found.movers(first, name, list(ranks.index), most=2)
        moved = [f"{page.name(mover.alternative)} ({mover.before} → {mover.after})" for mover in movers]
        measures = (found.kendall[0, at], found.spearman[0, at], found.weighted[0, at])
        rows.append([titles[name], *(say.number(value, 2) for value in measures), Cell("; ".join(moved) or "–")])
    columns = [
        Column(say("Bobot"), numeric=False),
        Column(say("Kendall tau-b")),
        Column(say("Spearman")),
        Column(say("Tau berbobot"), say("puncak lebih penting")),
        Column(say("Paling berpindah"), numeric=False),
    ]
    return table(say("Kesamaan urutan dengan {title}; 1 berarti sama persis", title=titles[first]), columns, rows)


def _move(page: Page, places: int) -> str:
    """How many places a region moves, with a word and an arrow."""
    if places == 0:
        return ""
    return page.say("▲ naik {places}", places=places) if places > 0 else page.say("▼ turun {places}", places=-places)


def interview(page: Page) -> str:
    """What the interview, which is never public, could still move."""
    ranking = page.analysis.exact
    if ranking is None or not ranking.left_out:
        return ""
    say = page.say
    share = sum(ranking.rubric.parts[name] for name in ranking.left_out) / sum(ranking.rubric.parts.values())
    return paragraphs(
        [
            say(
                "Butir wawancara memegang {share} dari bobot hipotesis dan tidak pernah diumumkan; peringkat di atas disusun tanpanya.",
                share=say.percent(share, 0),
            ),
            _widened(page, ranking),
        ]
    )


def _widened(page: Page, ranking: Ranking) -> str:
    """How many rank ranges the interview widens, or that they are as wide as can be without it."""
    say, count = page.say, len(ranking.regions)
    whole = (ranking.best == 1) & (ranking.worst == count)
    if whole.all():
        return say(
            "Tanpa wawancara pun setiap daerah sudah dapat menempati peringkat 1 sampai {count} karena datanya kosong, jadi pengaruh wawancara tidak dapat dilihat.",
            count=count,
        )
    if ranking.assumption != "plausible":
        return ""
    moved = page.analysis.interview.loc[list(ranking.regions)]
    wider = (moved["best"].to_numpy() < ranking.best) | (moved["worst"].to_numpy() > ranking.worst)
    return say(
        "Jika nilai wawancara boleh berapa pun, rentang peringkat {wider} dari {all} daerah melebar; {whole} daerah sudah berentang 1 sampai {all} tanpa wawancara.",
        wider=int(wider.sum()),
        all=count,
        whole=int(whole.sum()),
    )
