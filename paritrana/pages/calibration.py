"""The page that asks how good the estimates are: what was left out of them beside what they say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from paritrana.analysis import reliability
from paritrana.analysis.backtest import TOTAL, BackTest, bundled_backtest, report
from paritrana.analysis.contests import Contest, public
from paritrana.analysis.forecast import frozen_scores
from paritrana.engine.sampled.posterior import WeightPosterior
from paritrana.indicators.catalogue import COVERAGE, VULNERABLE
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.parameters.rubric import Rubric, rubric_path
from paritrana.presentation import charts
from paritrana.presentation.html import Cell, Column, Rows, bullets, paragraphs, table
from paritrana.presentation.language import Text
from paritrana.record.tables import bundled_tables

SHOWN = (COVERAGE.id, VULNERABLE.id)  # indicators with enough recorded values for a line of their own
LEVELS = np.linspace(0.1, 0.9, 9)  # of the ranges in the chart
ERRORS = 2.0  # standard errors within which a difference is none
Report = Mapping[str, Any]


@dataclass(frozen=True)
class CalibrationPage(Words):
    """The back test of the bundled record, its scores, and what results say of the rubric's weights."""

    rubric: Rubric
    tested: BackTest
    scores: Report
    weights: WeightPosterior | None = field(repr=False)
    frozen: Mapping[str, Report]

    @property
    def results(self) -> Sequence[Contest]:
        """The announced results among all regions."""
        return self.tested.contests["all"]


def open_calibration(**given: object) -> CalibrationPage:
    """The page, with everything left out once; raises InvalidInput where a parameter cannot be used."""
    defaults = parameters.national(given)
    tables = bundled_tables()
    tested = bundled_backtest(defaults)
    return CalibrationPage(
        Text(defaults.language),
        tables,
        "",
        parameters.book_rubric(rubric_path(defaults.rubric)),
        tested,
        report(tested),
        reliability.weights_told(tested.contests["all"], defaults.seed),
        frozen_scores(tables),
    )


def summary(page: CalibrationPage) -> str:
    """Three sentences for a juror: the ranges, the winners, and what follows."""
    say, first = page.say, page.scores["first_place"]["all"][TOTAL]
    values = [row for name in SHOWN for row in page.scores["ranges"][name].values()]
    count = sum(row["n"] for row in values)
    inside = sum(row["n"] * row["inside90"] for row in values)
    ranges = say(
        "Setiap angka cakupan dan pekerja rentan yang tercatat disembunyikan sekali lalu diperkirakan: {inside} dari {count} angka ({share}) jatuh di dalam rentang 90 %-nya.",
        inside=say.number(inside),
        count=say.number(count),
        share=say.percent(inside / count, 0),
    )
    return paragraphs([ranges], "lead") + (bullets(_of_winners(page, first)) if first["n"] else "")


def _of_winners(page: CalibrationPage, first: Report) -> list[str]:
    """How probable the announced winners were said to be, and how often the most probable one won."""
    say = page.say
    told = [contest for contest in page.results if contest.winner]
    favourites = [contest.candidates[int(contest.firsts(contest.shares).argmax())] for contest in told]
    right = sum(favourite == contest.winner for favourite, contest in zip(favourites, told, strict=True))
    return [
        say(
            "Pada {count} juara pertama yang diumumkan, peluang yang diberikan kepada sang juara rata-rata {times} kali peluang acak; pada anggapan wajar {other} kali (rata-rata geometrik).",
            count=first["n"],
            times=say.number(np.exp(first["log_score"] - first["chance"]), 2),
            other=say.number(np.exp(first["log_score_plausible"] - first["chance"]), 2),
        ),
        say(
            "Daerah dengan peluang terbesar benar-benar menjadi juara pada {right} dari {count} pengumuman: peluang di buku ini lebih baik daripada undian, dan jauh dari kepastian.",
            right=right,
            count=len(told),
        )
        if first["log_score"] - first["chance"] > ERRORS * first["error"]
        else say(
            "Daerah dengan peluang terbesar benar-benar menjadi juara pada {right} dari {count} pengumuman: bahwa peluang di buku ini lebih baik daripada undian tidak terbukti.",
            right=right,
            count=len(told),
        ),
    ]


def ranges_chart(page: CalibrationPage) -> charts.Picture:
    """How many of the left-out values the ranges of each level hold."""
    say, left = page.say, [one for one in page.tested.left if one.indicator in SHOWN]
    series = []
    for name in SHOWN:
        reach = np.concatenate([one.reach for one in left if one.indicator == name])
        series.append(_held(say("{name} ({count} angka)", name=page.criterion(name), count=len(reach)), reach))
    plausible = np.concatenate([one.reach_plausible for one in left])
    series.append(_held(say("keduanya, anggapan wajar"), plausible))
    inside = [
        say.percent(float((np.concatenate([one.reach for one in left]) <= level).mean()), 0) for level in (0.5, 0.9)
    ]
    drawn = charts.calibration(
        series,
        said=say("tingkat rentang (%)"),
        seen=say("angka yang jatuh di dalamnya (%)"),
        agree=say("tepat seperti yang dikatakan"),
        alt=say(
            "Grafik tingkat rentang terhadap bagian angka tersembunyi yang jatuh di dalamnya: rentang 50 % memuat {half} dan rentang 90 % memuat {most}.",
            half=inside[0],
            most=inside[1],
        ),
    )
    caption = say(
        "Angka tersembunyi yang jatuh di dalam rentang perkiraannya, persen, semua tahun yang tercatat. Sumber: perhitungan buku ini atas data yang tercatat."
    )
    return replace(drawn, caption=caption)


def _held(label: str, reach: np.ndarray) -> charts.Series:
    """The share of values that ranges of each of LEVELS hold."""
    return charts.Series(label, LEVELS, np.array([(reach <= level).mean() for level in LEVELS]))


def ranges_table(page: CalibrationPage) -> str:
    """Coverage and scores of ranges, by indicator and year."""
    say = page.say
    rows: Rows = []
    for name, by_year in page.scores["ranges"].items():
        for year, row in by_year.items():
            held = [say.percent(row[f"inside{level}"], 0) for level in (50, 80, 90)]
            scores = [
                Cell(say.number(row[key], 3), note=say.number(row[f"{key}_plausible"], 3))
                for key in ("interval_score", "crps")
            ]
            rows.append([f"{page.criterion(name)}, {year}", str(row["n"]), *held, *scores])
    columns = [
        Column(say("Indikator dan tahun"), numeric=False),
        Column(say("Angka"), say("disembunyikan")),
        *(Column(say("Rentang {level} %", level=level), say("memuat")) for level in (50, 80, 90)),
        Column(say("Skor selang"), say("kecil: anggapan wajar")),
        Column(say("CRPS"), say("kecil: anggapan wajar")),
    ]
    return table(say("Angka yang disembunyikan dan rentangnya"), columns, rows)


def places_table(page: CalibrationPage) -> str:
    """Scores of announced first places, against chance and against plausible ranges."""
    return _scored(page, "first_place", "log_score", page.say("Juara pertama: skor log"))


def podium_table(page: CalibrationPage) -> str:
    """Scores of announced podiums, against the same."""
    return _scored(page, "podium", "ranked_probability_score", page.say("Podium: skor peluang berperingkat"))


def _scored(page: CalibrationPage, key: str, score: str, caption: str) -> str:
    """A score among all regions and among nominees, by year; nothing where nothing was announced."""
    say = page.say
    rows: Rows = []
    for group, among in (("all", say("Semua daerah")), ("nominees", say("Nomine"))):
        for year, row in page.scores[key][group].items():
            if row["n"]:
                when = say("semua tahun") if year == TOTAL else year
                scores = [say.number(row[name], 2) for name in (score, f"{score}_plausible", "chance")]
                error = f"{_signed(say, row[score] - row['chance'])} ± {say.number(row['error'], 2)}"
                rows.append([f"{among}, {when}", str(row["n"]), *scores, error])
    columns = [
        Column(say("Calon dan tahun penilaian"), numeric=False),
        Column(say("Pengumuman")),
        Column(say("Perkiraan")),
        Column(say("Anggapan wajar")),
        Column(say("Peluang sama")),
        Column(say("Selisih dengan peluang sama"), say("± galat baku bootstrap")),
    ]
    return table(caption, columns, rows) if rows else ""


def _signed(say: Text, value: float) -> str:
    """A difference with its sign."""
    return f"{'+' if value > 0 else ''}{say.number(value, 2)}"


def _reliabilities(page: CalibrationPage) -> dict[str, list[reliability.Bin]]:
    """Probabilities of places in bins beside how often they were taken, by what the places are called."""
    say = page.say
    made = {
        say("juara pertama"): reliability.first_places(page.results),
        say("tiga besar"): reliability.podium_places(page.results),
    }
    binned = {name: reliability.reliability(*told) for name, told in made.items()}
    return {name: bins for name, bins in binned.items() if bins}


def places_chart(page: CalibrationPage) -> charts.Picture | None:
    """How often regions took places that they were given a probability of."""
    say, made = page.say, _reliabilities(page)
    if not made:
        return None
    series = [_series(label, bins) for label, bins in made.items()]
    largest = next(iter(made.values()))[-1]
    drawn = charts.calibration(
        series,
        said=say("peluang yang diberikan (%), rata-rata kelompok"),
        seen=say("yang benar-benar terjadi (%)"),
        agree=say("tepat seperti yang dikatakan"),
        alt=say(
            "Grafik peluang yang diberikan terhadap seberapa sering hal itu terjadi; pada kelompok peluang juara tertinggi, rata-rata {forecast}, itu terjadi pada {observed} dari {count} daerah.",
            forecast=say.percent(largest.forecast, 0),
            observed=say.percent(largest.observed, 0),
            count=largest.count,
        ),
    )
    caption = say(
        "Peluang yang diberikan kepada daerah dan seberapa sering itu terjadi, persen, semua tahun yang hasilnya diumumkan; garis tegak: rentang bagi yang terjadi. Sumber: perhitungan buku ini; hasil dari pengumuman."
    )
    return replace(drawn, caption=caption)


def places_findings(page: CalibrationPage) -> str:
    """Whether the highest probabilities of a first place were too high, too low, or neither."""
    say, bins = page.say, reliability.reliability(*reliability.first_places(page.results))
    if not bins or bins[-1].forecast < reliability.HIGH:
        return ""
    most = bins[-1]
    values = {
        "least": say.percent(reliability.HIGH, 0),
        "forecast": say.percent(most.forecast, 0),
        "observed": say.percent(most.observed, 0),
        "count": most.count,
    }
    if most.high < most.forecast:
        told = say(
            "Peluang juara di atas {least} ternyata terlalu yakin: rata-ratanya {forecast}, tetapi hanya {observed} dari {count} daerah itu yang menang.",
            **values,
        )
    elif most.low > most.forecast:
        told = say(
            "Peluang juara di atas {least} ternyata terlalu rendah: rata-ratanya {forecast}, sedangkan {observed} dari {count} daerah itu menang.",
            **values,
        )
    else:
        told = say(
            "Peluang juara di atas {least} rata-ratanya {forecast}; {observed} dari {count} daerah itu menang, selisih yang dapat terjadi karena kebetulan.",
            **values,
        )
    return bullets([told])


def _series(label: str, bins: Sequence[reliability.Bin]) -> charts.Series:
    return charts.Series(label, *np.array([(one.forecast, one.observed, one.low, one.high) for one in bins]).T)


def groups_table(page: CalibrationPage) -> str:
    """The points of the chart with how many regions are in each."""
    say = page.say
    rows: Rows = [
        [
            f"{label}, {say.percent(one.forecast, 0)}",
            say.percent(one.observed, 0),
            say.interval(one.low, one.high, "percent"),
            say.number(one.count),
        ]
        for label, bins in _reliabilities(page).items()
        for one in bins
    ]
    columns = [
        Column(say("Tempat dan peluang rata-rata"), numeric=False),
        Column(say("Terjadi")),
        Column(say("Rentang 90 %")),
        Column(say("Daerah")),
    ]
    return table(say("Peluang yang diberikan dan yang terjadi"), columns, rows) if rows else ""


def weights_table(page: CalibrationPage) -> str:
    """What all announced first places say together of the weights, criterion by criterion."""
    say, told = page.say, page.weights
    if told is None:
        return ""
    prior = say.interval(told.prior_low, told.prior_high, "percent")
    rows: Rows = [
        [
            say.title(criterion.title),
            say.percent(1 / len(told.mean), 0),
            prior,
            say.percent(told.mean[at], 0),
            say.interval(told.low[at], told.high[at], "percent"),
        ]
        for at, criterion in enumerate(public(page.rubric))
    ]
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column(say("Rata-rata sebelum")),
        Column(say("Rentang 90 % sebelum")),
        Column(say("Rata-rata sesudah")),
        Column(say("Rentang 90 % sesudah")),
    ]
    return paragraphs([_weights_sentence(page, told)]) + table(
        say("Bobot sebelum dan sesudah melihat {count} juara pertama", count=len(told.after)), columns, rows
    )


def _weights_sentence(page: CalibrationPage, told: WeightPosterior) -> str:
    """Whether the other results predict one better than uniform weights do."""
    say, gain = page.say, told.after - told.before
    mean, error = float(gain.mean()), float(gain.std() / np.sqrt(len(gain)))
    values = {
        "count": len(gain),
        "gain": _signed(say, mean),
        "error": say.number(error, 2),
        "effective": say.number(told.effective),
        "draws": say.number(len(told.draws)),
    }
    if mean > ERRORS * error:
        return say(
            "Hasil provinsi lain membantu menebak hasil suatu provinsi: skor log-nya berubah {gain} ± {error} dibanding bobot acak merata ({count} hasil; setara {effective} dari {draws} tarikan bobot).",
            **values,
        )
    return say(
        "Hasil yang diumumkan hampir tidak mengatakan apa-apa tentang bobot: dengan bobot yang dipelajari dari provinsi lain, skor log suatu provinsi berubah {gain} ± {error} dibanding bobot acak merata ({count} hasil; setara {effective} dari {draws} tarikan bobot). Rentang yang menyempit di tabel belum terbukti lebih dari kebetulan.",
        **values,
    )


def frozen_forecasts(page: CalibrationPage) -> str:
    """Each frozen forecast: its date, where it lies, and how good it was as far as results are known."""
    return bullets(_of_frozen(page.say, year, row) for year, row in page.frozen.items())


def _of_frozen(say: Text, year: str, row: Report) -> str:
    """A frozen forecast in a sentence."""
    file = f"results/{year}/forecast.csv"
    if not row["n"]:
        return say(
            "Tahun penilaian {year}: dibekukan pada {date} di {file}; sejauh ini belum ada juara pertama yang diumumkan.",
            year=year,
            date=say.date(row["dated"]),
            file=file,
        )
    return say(
        "Tahun penilaian {year}: dibekukan pada {date} di {file}; sejauh ini {count} juara pertama diumumkan, dengan peluang rata-rata {times} kali peluang acak.",
        year=year,
        date=say.date(row["dated"]),
        file=file,
        count=row["n"],
        times=say.number(np.exp(row["log_score"] - row["chance"]), 2),
    )
