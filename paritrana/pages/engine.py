"""The page that asks whether the engine is right: published figures beside computed ones."""

from __future__ import annotations

from dataclasses import dataclass

from paritrana.analysis.cases import SIGMAS, Case, all_cases
from paritrana.parameters import page as parameters
from paritrana.presentation.html import Cell, Column, Rows, paragraphs, table
from paritrana.presentation.language import Text

CLOSED = "closed form"  # how a case without a publication names its source
EXACT = 1e-6  # below this only the last bits of a float may differ
DIGITS = 4  # decimals of a figure that is not a count


@dataclass(frozen=True)
class EnginePage:
    """The cases and the language of the page."""

    say: Text
    cases: tuple[Case, ...]


def open_engine(**given: object) -> EnginePage:
    """The page, with every case computed; raises InvalidInput where a parameter cannot be used."""
    defaults = parameters.national(given)
    return EnginePage(Text(defaults.language), tuple(all_cases(defaults.draws, defaults.seed)))


def summary(page: EnginePage) -> str:
    """How many cases agree."""
    say, agreeing = page.say, sum(case.agrees for case in page.cases)
    if agreeing == len(page.cases):
        lead = say("Semua {count} angka yang diterbitkan atau berbentuk tertutup dihasilkan kembali.", count=agreeing)
    else:
        lead = say("{agreeing} dari {count} angka dihasilkan kembali.", agreeing=agreeing, count=len(page.cases))
    return paragraphs([lead], "lead")


def cases_table(page: EnginePage) -> str:
    """Published beside computed, with how far apart they may lie."""
    say = page.say
    subjects = {
        "identity": say("enam alternatif, masing-masing terbaik pada satu kriteria"),
        "two criteria": say("tiga alternatif, dua kriteria"),
        "knife edge": say("alternatif yang hanya menang pada satu titik bobot"),
        "dominated": say("alternatif yang selalu kalah"),
        "HDI 2021": say("Indeks Pembangunan Manusia 2021, 191 negara"),
        "weighted sum": say("jumlah berbobot"),
        "Ishigami": say("fungsi Ishigami"),
    }
    rows: Rows = []
    for case in page.cases:
        verdict = ("known", say("cocok")) if case.agrees else ("doubtful", say("tidak cocok"))
        rows.append(
            [
                Cell(subjects[case.subject], note=case.source.replace(CLOSED, say("bentuk tertutup"))),
                _figure(say, case),
                _number(say, case.published),
                _number(say, case.computed),
                _number(say, case.allowed) if case.allowed > EXACT else say("tepat"),
                Cell("", badges=(verdict,)),
            ]
        )
    columns = [
        Column(say("Kasus"), numeric=False),
        Column(say("Angka"), numeric=False),
        Column(say("Diterbitkan")),
        Column(say("Dihitung")),
        Column(say("Selisih yang boleh"), say("{sigmas} galat baku bila diundi", sigmas=SIGMAS)),
        Column(say("Putusan"), numeric=False),
    ]
    return table(say("Diterbitkan dan dihitung"), columns, rows)


def _figure(say: Text, case: Case) -> str:
    """What a figure is, in words."""
    return {
        "acceptability": say("keterterimaan peringkat terbesar"),
        "central weight": say("bobot pusat kriterianya sendiri"),
        "first": say("peluang {of} menjadi yang pertama", of=case.of),
        "best rank": say("peringkat terbaik {of}", of=case.of),
        "worst rank": say("peringkat terburuk {of}", of=case.of),
        "lower breakpoint": say("batas bawah bobot yang menjaga {of} tetap pertama", of=case.of),
        "upper breakpoint": say("batas atas bobot yang menjaga {of} tetap pertama", of=case.of),
        "values": say("nilai yang sama sampai tiga desimal"),
        "ranks": say("peringkat yang sama"),
        "rounded ranks": say("peringkat yang berbeda bila tidak dibulatkan"),
        "largest score": say("skor terbesar"),
        "first-order index": say("indeks orde pertama {of}", of=case.of),
        "total index": say("indeks total {of}", of=case.of),
    }[case.figure]


def _number(say: Text, value: float) -> str:
    """A count as it is, anything else with a few decimals."""
    return say.number(value, 0 if value == int(value) else DIGITS)
