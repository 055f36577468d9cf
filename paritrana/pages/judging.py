"""A panel's ranking as one page that stands alone: who is ahead and by how much, what the weights and the jurors decide.

Jurors are called by their codes; their names stay in the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from paritrana.analysis.judging import JURORS, NOBODY, RECORD, Judging, Jury
from paritrana.engine.concordance import Concordance
from paritrana.pages.standing import ends, plain, proved, standing, weights_table
from paritrana.panel import layout
from paritrana.presentation.document import document
from paritrana.presentation.html import Cell, Column, Rows, bullets, facts, paragraphs, table
from paritrana.presentation.language import DASH, Text
from paritrana.presentation.likelihood import likelihood

PODIUM = 3
LIKELY_CHANCE = 0.05  # agreement that chance gives more often than this is not called agreement
Section = tuple[str, str]


def report(say: Text, judging: Judging, *, mark: bool) -> str:
    """The page; with `mark` every sheet of it says that it is confidential."""
    sections: list[Callable[[Text, Judging], Section]] = [headline, ranking, weights, values]
    sections += [agreement, without_jurors] if judging.jury else []
    made = [section(say, judging) for section in (*sections, origin)]
    return document(say.language, judging.panel.cover["title"], made, say("RAHASIA") if mark else "")


def headline(say: Text, judging: Judging) -> Section:
    """Who is first, how far ahead, and what that rests on."""
    cover = judging.panel.cover
    known, every = judging.known
    told = [
        cover["organiser"],
        dict(layout.categories(say))[cover["category"]],
        say("tahun penilaian {year}", year=cover["year"]),
        say.date(cover["date"]),
    ]
    first = [at for at in judging.order if judging.result.rank[at] == 1]
    figures = [
        (say.list([_name(judging, at) for at in first], 3), say("peringkat 1"), _score(say, judging, first[0])),
        (say.number(len(judging.order)), say("peserta yang diperingkat"), ""),
        (
            f"{say.number(known)}/{say.number(every)}",
            say("isian diketahui"),
            say("sisanya bisa bernilai apa pun") if known < every else "",
        ),
        (say.number(len(judging.panel.jurors)), say("juri"), ""),
    ]
    invented = say("Provinsi Contoh tidak ada: semua peserta, angka, dan nilai di halaman ini rekaan.")
    lines = [
        _ahead(say, judging),
        invented if judging.panel.invented else "",
        *_could(say, judging),
        _easiest(say, judging),
    ]
    return "", paragraphs([" · ".join(filter(None, told))], "note") + paragraphs(lines[:1], "lead") + facts(
        figures
    ) + bullets(lines[1:])


def _name(judging: Judging, at: int) -> str:
    return judging.result.table.alternatives[at]


def _score(say: Text, judging: Judging, at: int) -> str:
    """The points of a candidate, or between which they lie."""
    shown = say.interval(judging.result.score_low[at], judging.result.score_high[at], "number", 2)
    return say("{points} poin", points=shown)


def _ahead(say: Text, judging: Judging) -> str:
    """Who is first and by how many points; who shares the place."""
    first, *rest = judging.order
    tied = [at for at in rest if judging.result.rank[at] == 1]
    if tied:
        names = say.list([_name(judging, at) for at in (first, *tied)])
        return say("{names} seri di peringkat 1 menurut bobot panel.", names=names)
    second = rest[0]
    lead = judging.points[first] - judging.points[second]
    if not _certain(judging, first):
        return say(
            "Menurut bobot panel dan nilai tengah bagi isian yang tidak diketahui, {first} berada di peringkat 1, {lead} poin di depan {second}; isian yang tidak diketahui itu masih dapat mengubahnya.",
            first=_name(judging, first),
            lead=say.number(lead, 2),
            second=_name(judging, second),
        )
    return say(
        "Menurut bobot panel, {first} berada di peringkat 1, {lead} poin di depan {second}.",
        first=_name(judging, first),
        lead=say.number(lead, 2),
        second=_name(judging, second),
    )


def _certain(judging: Judging, first: int) -> bool:
    """Whether the first is so under the panel's weights whatever is not known."""
    others = np.delete(judging.result.score_high, first)
    return bool(judging.result.score_low[first] >= others.max())


def _could(say: Text, judging: Judging) -> Iterator[str]:
    """Whom other weights, and what is not known, could put first."""
    result, first = judging.result, judging.order[0]
    known, every = judging.known
    able = [_name(judging, at) for at in judging.order if result.ranges.best[at] == 1]
    near = [_name(judging, at) for at in judging.order if judging.near.best[at] == 1]
    if known < every:
        yield say("Sebagian isian belum diketahui; rentang peringkat memuat semua nilai yang mungkin baginya.")
    else:
        yield say("Semua isian diketahui: rentang peringkat hanya bergantung pada bobot.")
    yield say("Dengan bobot apa pun, yang dapat menjadi peringkat 1: {names}.", names=say.list(able))
    yield say("Dengan setiap bobot paling jauh 10 poin persentase dari bobot panel: {names}.", names=say.list(near))
    share = float(result.chances.share[first, 0])
    yield say(
        "Bila bobot diundi acak, {name} menempati peringkat 1 pada {share} percobaan ({words}).",
        name=_name(judging, first),
        share=say.percent(share),
        words=likelihood(say, share),
    )
    yield from _ties(say, judging)


def _ties(say: Text, judging: Judging) -> Iterator[str]:
    """Who shares a place below the first."""
    by_rank: dict[int, list[str]] = {}
    for at in judging.order:
        by_rank.setdefault(int(judging.result.rank[at]), []).append(_name(judging, at))
    for rank, names in by_rank.items():
        if rank > 1 and len(names) > 1:
            yield say("{names} seri di peringkat {rank}.", names=say.list(names), rank=rank)


def _easiest(say: Text, judging: Judging) -> str:
    """The smallest change of one weight that changes who is first."""
    found = [end for at in range(len(judging.panel.criteria)) for end in ends(judging.result, at)]
    if not found:
        return say("Tidak ada satu bobot pun yang, bila diubah sendiri, mengubah peringkat 1.")
    at, weight, rival = min(found, key=lambda end: abs(end[1] - judging.result.stability.weights[end[0]]))
    return say(
        "Perubahan satu bobot yang paling kecil untuk mengganti peringkat 1: {criterion} dari {now} menjadi {then}, bobot lain tetap sebanding; lalu {rival} menyusul.",
        criterion=judging.panel.criteria[at].title,
        now=say.percent(judging.result.stability.weights[at]),
        then=say.percent(weight),
        rival=_name(judging, rival),
    )


def ranking(say: Text, judging: Judging) -> Section:
    """Each candidate's rank and score, and the ranks that other weights can give."""
    caption = say("Peringkat menurut panel")
    told = standing(say, judging.result, judging.near, say("Peserta"), say("bobot panel"), caption)
    return say("Peringkat"), told


def weights(say: Text, judging: Judging) -> Section:
    """The panel's weights, and how far each can move before another is first."""
    criteria = [
        (one.title, f"{plain(say, one.zero)}{DASH}{plain(say, one.full)} {one.unit}".strip())
        for one in judging.panel.criteria
    ]
    told = say("Bobot ini pilihan panel, bukan bobot resmi; tidak ada bobot resmi yang diumumkan.")
    caption = say("Bobot panel dan seberapa jauh dapat digeser")
    return say("Bobot"), paragraphs([told]) + weights_table(say, judging.result, criteria, caption)


def values(say: Text, judging: Judging) -> Section:
    """What each candidate is ranked by: values with what must be known of them."""
    result, jury = judging.result, judging.jury
    judged = list(judging.panel.judged)
    rows: Rows = []
    for at in judging.order:
        cells: list[Cell | str] = [Cell(_name(judging, at))]
        for column, one in enumerate(judging.panel.criteria):
            spread = jury.spread[at, judged.index(one)] if jury and one in judged else np.nan
            cells.append(
                _value(
                    say,
                    result.table.low[at, column],
                    result.table.high[at, column],
                    str(judging.origins[at, column]),
                    spread,
                )
            )
        rows.append(cells)
    columns = [Column(say("Peserta"), numeric=False), *(Column(one.title, one.unit) for one in judging.panel.criteria)]
    told = say(
        "± di bawah nilai juri ialah simpangan baku antarjuri. Isian kosong dapat bernilai apa pun di antara batasnya."
    )
    return say("Isian"), paragraphs([told]) + table(say("Nilai yang dipakai"), columns, rows)


def _value(say: Text, low: float, high: float, origin: str, spread: float) -> Cell:
    """A value, what it rests on, and how far the jurors are apart."""
    if origin == NOBODY:
        return Cell(DASH, badges=(("gap", say("tidak diketahui")),), classes="gap")
    note = f"± {say.number(spread, 1)}" if origin == JURORS and not np.isnan(spread) else ""
    badges = (("interval", say("catatan publik")),) if origin == RECORD else ()
    return Cell(say.interval(low, high, "number", 1), note=note, badges=badges)


def agreement(say: Text, judging: Judging) -> Section:
    """How far the jurors agree: Kendall's W of the whole and of each criterion, with its tests."""
    jury = _jury(judging)
    every = [(say("Semua kriteria juri, menurut bobotnya"), jury.agreement)]
    every += [(one.title, jury.on[one.id]) for one in judging.panel.judged]
    rows: Rows = [[title, *_concordance(say, found)] for title, found in every]
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column("W", say("Kendall, 0–1")),
        Column("p", say("permutasi")),
        Column("p", say("khi-kuadrat")),
        Column(say("Juri dan peserta")),
    ]
    html = paragraphs([_agree(say, jury.agreement)]) + table(say("Kesepakatan juri"), columns, rows)
    told = say("W = 1 bila semua juri mengurutkan peserta dengan urutan yang sama, 0 bila urutannya saling meniadakan. p ialah peluang kesepakatan sebesar itu bila setiap juri mengurutkan secara acak; permutasi tepat juga untuk sedikit juri.")  # fmt: skip
    return say("Kesepakatan juri"), html + paragraphs([told], "note")


def _jury(judging: Judging) -> Jury:
    if judging.jury is None:
        raise ValueError("a panel whose jurors gave points was expected")
    return judging.jury


def _concordance(say: Text, found: Concordance | None) -> list[str]:
    if found is None or np.isnan(found.w):
        return [DASH] * 4
    tests = [say.number(found.by_permutation, 4), say.number(found.by_chi_square, 4)]
    return [say.number(found.w, 2), *tests, f"{found.judges} × {found.alternatives}"]


def _agree(say: Text, found: Concordance | None) -> str:
    """Whether the jurors agree more than by chance, in one sentence."""
    if found is None:
        return say(
            "Kesepakatan tidak dapat dihitung: diperlukan sedikitnya dua juri yang menilai tiga peserta yang sama."
        )
    if np.isnan(found.w):
        return say("Kesepakatan tidak dapat dihitung: ada juri yang memberi semua peserta nilai yang sama.")
    values = {"w": say.number(found.w, 2), "p": say.number(found.by_permutation, 3)}
    if found.by_permutation <= LIKELY_CHANCE:
        return say("Juri sepakat lebih dari kebetulan (W = {w}, p = {p}).", **values)
    return say("Kesepakatan juri tidak dapat dibedakan dari kebetulan (W = {w}, p = {p}).", **values)


def without_jurors(say: Text, judging: Judging) -> Section:
    """The ranks without each juror, and by how much each pulls the podium."""
    jury, panel = _jury(judging), judging.panel
    podium = [at for at in judging.order if judging.result.rank[at] <= PODIUM]
    rows: Rows = [_of_juror(say, judging, juror, podium) for juror in range(len(panel.jurors))]
    columns = [
        Column(say("Juri"), numeric=False),
        Column(say("Rata-rata nilai"), say("dari 100")),
        Column(say("Tanpa juri ini: peringkat 1"), numeric=False),
        Column(say("Tiga besar berubah"), numeric=False),
        Column(say("Tarikan terbesar di tiga besar"), say("poin nilai akhir"), numeric=False),
    ]
    ranks: Rows = [
        [
            _name(judging, at),
            str(judging.result.rank[at]),
            *(str(jury.without[juror, at]) for juror in range(len(panel.jurors))),
        ]
        for at in judging.order
    ]
    heads = [Column(say("Peserta"), numeric=False), Column(say("Semua juri"))]
    heads += [Column(say("Tanpa {juror}", juror=juror)) for juror in panel.jurors]
    told = say(
        "Tarikan ialah selisih nilai akhir dengan dan tanpa juri itu; positif berarti juri itu menaikkan peserta."
    )
    html = paragraphs([_steady(say, judging), told]) + table(say("Setiap juri"), columns, rows)
    return say("Tanpa salah satu juri"), html + table(say("Peringkat tanpa salah satu juri"), heads, ranks)


def _steady(say: Text, judging: Judging) -> str:
    """Without whom another is first, or that this is so without nobody."""
    jury, first = _jury(judging), judging.result.rank == 1
    changed = [juror for at, juror in enumerate(judging.panel.jurors) if ((jury.without[at] == 1) != first).any()]
    if not changed:
        return say("Peringkat 1 tetap sama tanpa juri mana pun.")
    return say("Peringkat 1 berubah tanpa {jurors}.", jurors=say.list(changed))


def _of_juror(say: Text, judging: Judging, juror: int, podium: list[int]) -> list[Cell | str]:
    jury = _jury(judging)
    given = jury.totals[juror]
    mean = say.number(float(np.nanmean(given)), 1) if not np.isnan(given).all() else DASH
    ranks = jury.without[juror]
    first = [_name(judging, at) for at in judging.order if ranks[at] == 1]
    before = {at for at in judging.order if judging.result.rank[at] <= PODIUM}
    now = {at for at in judging.order if ranks[at] <= PODIUM}
    moved = say.list([_name(judging, at) for at in sorted(before ^ now)]) if before != now else DASH
    strongest = max(podium, key=lambda at: abs(float(jury.pull[juror, at])))
    pull = float(jury.pull[juror, strongest])
    told = f"{_name(judging, strongest)}: {'+' if pull > 0 else ''}{say.number(pull, 2)}"
    return [judging.panel.jurors[juror], mean, say.list(first), moved, told]


def origin(say: Text, judging: Judging) -> Section:
    """What the page was made from."""
    panel = judging.panel
    lines = [say("Dihitung dari lembar panel sendiri.")]
    if panel.regional:
        lines = [say("Dihitung dari lembar panel di atas catatan publik buku ini; yang diisi panel menggantikan angka catatan untuk daerah, indikator, dan tahun yang sama.")]  # fmt: skip
    lines.append(
        say(
            "{draws} percobaan acak, benih {seed}; nilai yang seri berbagi peringkat yang lebih baik.",
            draws=say.number(judging.result.chances.draws),
            seed=judging.result.chances.seed,
        )
    )
    lines.append(proved(say, judging.result.ranges, judging.near))
    lines += [
        " · ".join(filter(None, (row["title"], row["publisher"], say.date(row["date"]))))
        for row in panel.rows["documents"]
    ]
    return say("Dasar"), bullets(lines)
