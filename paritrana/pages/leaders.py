"""Who leads a province's ranking and how surely, in one sentence; or why nobody can be ranked."""

from __future__ import annotations

from paritrana.pages.page import Page
from paritrana.presentation.html import paragraphs
from paritrana.presentation.likelihood import likelihood


def empty(page: Page) -> str:
    """What is said where nothing can be ranked."""
    say, regions = page.say, page.analysis.regions
    return paragraphs(
        [
            say(
                "Untuk tahun {year} tidak ada satu pun indikator yang tercatat bagi kabupaten/kota provinsi ini, jadi tidak ada peringkat yang dapat dipertanggungjawabkan.",
                year=page.year,
            ),
            say(
                "Yang diketahui: {regions} kabupaten/kota dengan {force} angkatan kerja, {employed} orang bekerja, dan {informal} di antaranya pekerja informal (Sakernas Agustus {year}).",
                regions=len(regions),
                force=say.number(regions["labour_force"].sum()),
                employed=say.number(regions["employed"].sum()),
                informal=say.number(regions["informal_employed"].sum()),
                year=page.year,
            ),
        ]
    )


def lead(page: Page) -> str:
    """Who is most often first and how surely, or why nobody can be named, in one sentence."""
    say, ranking = page.say, page.analysis.main
    if ranking is None:
        return say(
            "Rekaman tahun {year} kosong untuk kabupaten/kota provinsi ini; peringkat tidak dapat disusun, tetapi biaya perlindungan penuh dapat dihitung.",
            year=page.year,
        )
    first, leader = ranking.any_weights.share[:, 0], page.leader(ranking)
    if first.max() > first[leader]:
        return say(
            "Rekaman terlalu tipis untuk menyebut siapa yang teratas: daerah tanpa satu pun angka sama mungkinnya atau lebih mungkin menempati peringkat pertama."
        )
    return say(
        "Jika semua bobot sama mungkinnya, {name} paling sering teratas: peringkat pertama dalam {share} percobaan ({word}).",
        name=page.name(ranking.regions[leader]),
        share=say.percent(first[leader]),
        word=likelihood(say, first[leader]),
    )


def starred(page: Page, code: str) -> str:
    """A region's name for a figure; a star where nothing is recorded of it."""
    return page.name(code) + ("" if code in page.recorded else " *")
