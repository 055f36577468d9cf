"""Who leads a province's ranking and how surely, in one sentence; or why nobody can be ranked."""

from __future__ import annotations

from paritrana.analysis.headline import Headline, Obstacle, headline
from paritrana.pages.page import Page
from paritrana.presentation.html import paragraphs
from paritrana.presentation.language import Text
from paritrana.presentation.likelihood import SURE, likelihood


def empty(page: Page) -> str:
    """What is said after the lead where nothing can be ranked: what is known all the same, and what data are needed."""
    say, regions = page.say, page.analysis.regions
    return paragraphs(
        [
            say(
                "Yang diketahui: {regions} kabupaten/kota dengan {force} angkatan kerja, {employed} orang bekerja, dan {informal} di antaranya pekerja informal (Sakernas Agustus {year}).",
                regions=len(regions),
                force=say.number(regions["labour_force"].sum()),
                employed=say.number(regions["employed"].sum()),
                informal=say.number(regions["informal_employed"].sum()),
                year=page.year,
            ),
            "" if page.is_administrative else needed(page),
        ]
    )


def needed(page: Page) -> str:
    """What data would make a ranking possible, in one sentence."""
    return page.say(
        "Agar dapat diperingkat, untuk sedikitnya {half} dari {all} kabupaten/kota diperlukan dua angka tahun {year} beserta sumbernya, misalnya peserta aktif BPJS Ketenagakerjaan per 31 Desember dan pekerja rentan yang iurannya dibayar APBD.",
        half=-(-len(page.codes) // 2),
        all=len(page.codes),
        year=page.year,
    )


def lead(page: Page) -> str:
    """Who may be called the leader and on what basis (`analysis.headline`), else what can be said, in two sentences."""
    say, ranking = page.say, page.analysis.main
    if page.is_administrative:
        return page.no_own_budget
    if ranking is None:
        return say(
            "Data tahun {year} kosong untuk kabupaten/kota provinsi ini; peringkat tidak dapat disusun, tetapi biaya perlindungan penuh dapat dihitung.",
            year=page.year,
        )
    found = headline(page.analysis.nation, ranking)
    return _named(page, found) if found.leader else f"{_unnamed(page, found)} {known_best(page, found)}"


def _named(page: Page, found: Headline) -> str:
    """The leader, how often it is first, and the basis, in one sentence."""
    say = page.say
    sure = likelihood(say, found.share) if found.share >= SURE else say("belum meyakinkan")
    return say(
        "Bila bobot diubah-ubah secara acak, {name} menempati peringkat 1 pada {share} percobaan, terbanyak di antara {all} daerah (peluang acak {baseline}; {sure}), berdasarkan {basis}; {name} sendiri {own} dari {each}.",
        name=page.name(found.first),
        share=say.percent(found.share),
        all=found.regions[1],
        baseline=say.percent(found.baseline),
        sure=sure,
        basis=basis(say, found),
        own=found.own_cells[0],
        each=found.own_cells[1],
    )


def _unnamed(page: Page, found: Headline) -> str:
    """That nobody may be called the leader, why, and on what basis, in one sentence."""
    return page.say(
        "Data belum dapat menunjukkan siapa yang teratas, karena {reason} ({basis}).",
        reason=why_nobody(page.say, found),
        basis=basis(page.say, found),
    )


def basis(say: Text, found: Headline) -> str:
    """How much is recorded behind a ranking."""
    return say(
        "{cells} dari {every} isian, {known} dari {all} daerah tercatat",
        cells=found.cells[0],
        every=found.cells[1],
        known=found.regions[0],
        all=found.regions[1],
    )


def why_nobody(say: Text, found: Headline) -> str:
    """The reason that weighs most against calling anybody the leader; empty where somebody may be."""
    reasons: dict[Obstacle, str] = {
        "few": say("kurang dari setengah daerahnya mempunyai angka yang dapat dibandingkan"),
        "disowned": say(
            "daerah yang paling sering di peringkat 1 bertumpu pada {doubts}",
            doubts=say.list([doubt(say, kind) for kind in found.doubts]),
        ),
        "single": say("daerah yang paling sering di peringkat 1 hanya mempunyai satu isian"),
        "rival": say("daerah lain, dengan atau tanpa data, hampir atau sama seringnya di peringkat 1"),
        "chance": say("tidak ada daerah yang peluang peringkat 1-nya melebihi peluang acak"),
    }
    return reasons[found.obstacles[0]] if found.obstacles else ""


def doubt(say: Text, kind: str) -> str:
    """What speaks against a value, in words (`indicators.doubts`)."""
    return {
        "branch": say("angka cabang BPJS yang wilayahnya lebih luas"),
        "mixed_group": say("angka kelompok yang lebih luas"),
        "over_100": say("angka di atas 100 %"),
        "inferred": say("angka yang tahunnya tidak disebut sumber"),
        "repeated": say("angka yang sama persis dengan angka tahun sebelumnya"),
    }.get(kind, say("angka yang diragukan"))


def known_best(page: Page, found: Headline) -> str:
    """What can be said in any case: the indicator that is recorded best, in how many regions and from where to where."""
    say, best = page.say, found.best_known
    if best is None:
        return say("Tidak ada angka yang dapat dipakai tanpa keraguan.")
    unit = page.unit(best.indicator)
    return say(
        "Data yang paling lengkap ialah {indicator}: {known} dari {all} daerah, nilainya {range}.",
        indicator=page.criterion(best.indicator).lower() + (f" ({unit})" if unit else ""),
        known=best.regions,
        all=found.regions[1],
        range=page.value(best.indicator, best.low, best.high),
    )


def starred(page: Page, code: str) -> str:
    """A region's name for a figure; a star where nothing is recorded of it."""
    return page.name(code) + ("" if code in page.recorded else " *")
