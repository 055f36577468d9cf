"""A table of one's own, as people have it: read whatever its marks, asked back where it can mean two things."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from typer.testing import CliRunner

from paritrana.analysis.numeric import ends_of, is_number
from paritrana.analysis.own_table import read_alone
from paritrana.cli.app import app
from paritrana.faults import InvalidInput
from paritrana.parameters.rubric import Criterion
from paritrana.presentation.language import Title
from paritrana.sheets.grids import Raw
from tests.panel.test_hostile import ods

ROWS = "wilayah;cakupan;anggaran\nBadung;0,75;1.250.000\nGianyar;0,5;900.000\nBuleleng;0,6;750.500\n"
VALUES = [[0.75, 1250000], [0.5, 900000], [0.6, 750500]]


def workbook(rows: list[list[Any]], percent: str = "", sheets: tuple[str, ...] = ("Nilai",)) -> bytes:
    book, out = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if percent:
            for (cell,) in sheet[percent]:
                cell.number_format = "0%"
    book.save(out)
    return out.getvalue()


def cell(value: object) -> str:
    sort = f'office:value-type="float" office:value="{value}"' if isinstance(value, float | int) else ""
    return f"<table:table-cell {sort}><text:p>{value}</text:p></table:table-cell>"


def spreadsheet(rows: list[list[object]]) -> bytes:
    return ods("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows))


PLAIN: list[list[object]] = [["wilayah", "cakupan", "anggaran"], ["Badung", 0.75, 1250000], ["Gianyar", 0.5, 900000]]
PLAIN.append(["Buleleng", 0.6, 750500])


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (ROWS.encode(), ""),
        (b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode(), ""),
        (ROWS.replace("\n", "\r").encode(), ""),
        (ROWS.replace(";", "\t").encode(), ""),
        (ROWS.replace(";", "|").encode(), ""),
        (b"sep=;\n" + ROWS.encode(), ""),
        (ROWS.encode("utf-16"), "UTF-16"),
        (ROWS.encode("utf-16-be"), "UTF-16"),
        (b"Tabel 3. Cakupan\n\n# disalin\n" + ROWS.encode(), ""),
        (ROWS.replace("\n", ";\n").encode(), ""),
        (workbook(PLAIN), ""),
        (spreadsheet(PLAIN), ""),
        (ROWS.replace("0,75", "75%").replace("0,5", "50 %").replace("0,6", "60 persen").encode(), ""),
        (workbook(PLAIN, percent="B2:B4"), ""),
        (ROWS.replace("1.250.000", "Rp1.250.000,00").encode(), ""),
        (
            b"No;wilayah;cakupan;anggaran\n1;Badung;0,75;1.250.000\n2;Gianyar;0,5;900.000\n3;Buleleng;0,6;750.500\n",
            "No",
        ),
        (b'name,cakupan,anggaran\nBadung,0.75,"1,250,000"\nGianyar,0.5,900000\nBuleleng,.6,750500\n', ""),
        (b"name,cakupan,anggaran,catatan\nBadung,0.75,1250000,x\nGianyar,0.5,9e5,y\nBuleleng,.6,750500,\n", "catatan"),
        (workbook(PLAIN, sheets=("Nilai", "Lain")), "Nilai"),
    ],
)
def test_a_table_is_read_as_people_have_it(tmp_path: Path, content: bytes, note: str) -> None:
    path = tmp_path / "table"
    path.write_bytes(content)
    read, rubric = read_alone(path)
    assert read.alternatives == ("Badung", "Gianyar", "Buleleng")
    assert read.low.tolist() == read.high.tolist() == VALUES
    assert [one.id for one in rubric.criteria] == ["cakupan", "anggaran"]
    assert [one.goalposts for one in rubric.criteria] == [(0.5, 0.75), (750500, 1250000)]
    assert len(read.notes) == (2 if note else 1) and note in " ".join(read.notes)
    assert "equal weights for cakupan, anggaran" in " ".join(read.notes)


def test_names_in_windows_1252_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(ROWS.replace("Badung", "Badung – é").encode("cp1252"))
    read, _ = read_alone(path)
    assert read.alternatives[0] == "Badung – é"
    assert read.notes[0] == "It was read as Windows-1252, as it is not UTF-8."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,a\nA,15.386\nB,740.174\n", 'row 2, column a: "15.386" was found, which can be 15386 or 15.386: run'),
        ("name;a\nA;1,234\nB;2,345\n", 'row 2, column a: "1,234" was found, which can be 1.234 or 1234: run again'),
        ("name,a,b\nA,15.386,0.5\nB,12.000,0.1\n", 'row 2, column a: "15.386" was found, which can be 15386'),
        ('name,a\nA,0.5\nB,"0,7"\nC,0.1\n', 'row 3, column a: "0,7" was found, a number with decimals behind a point'),
        ("name,a\nA,70%\nB,0.5\nC,80%\n", 'row 3, column a: "0.5" was found, a percent sign was expected, as in'),
        (
            "name,a\nA,1\nB,2\nJumlah,3\n",
            'row 4, column name: "Jumlah" was found, is this a sum or a mean of the others?',
        ),
        ("name,a\nA,1\nB,2\nTOTAL,3\n", 'row 4, column name: "TOTAL" was found, is this a sum'),
        ("name,a\nA,1\nB,2\nRata-rata,3\n", '"Rata-rata" was found, is this a sum'),
        (
            "name,a\nA,1\nB,2\nSumber: BPS\n",
            'row 4, column name: "Sumber: BPS" was found, an alternative was expected;',
        ),
        ("name,a\nA,1\nB,2,3\n", 'row 3: "3 cells" was found, 2 cells were expected'),
        ("name,a\nA,1\nB,2–3\n", '"2–3" was found, a number such as 12.5, an interval such as 10..15'),
        ("name,a,a\nA,1,2\nB,2,3\n", 'row 1, column a: "a" was found, each column once was expected'),
        ("name,a,\nA,1,2\nB,2,3\n", 'row 1, column 3: "" was found, the name of a criterion was expected'),
        ("A\nB\n", '"1 column" was found, names and at least one column of numbers were expected'),
        ("", "a header and rows were expected, the file is empty"),
        ("<table><tr></tr></table>", "this is HTML or XML"),
        ("a,b\n\0,1\n", "zero bytes"),
        ('name,a\n"A,1\nB,2\n', "a row of CSV was expected"),
    ],
)
def test_what_is_wrong_or_open_is_asked_back_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_alone(path)
    (said,) = [str(fault) for fault in raised.value.faults if "at least two" not in fault.expected]
    assert sentence in said


@pytest.mark.parametrize(("decimal", "expected"), [("comma", [15386, 740174]), ("point", [15.386, 740.174])])
def test_the_question_is_settled_by_an_option(tmp_path: Path, decimal: str, expected: list[float]) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,a,b\nA,15.386,0.5\nB,740.174,0.1\n", encoding="utf-8")
    read, _ = read_alone(path, decimal=decimal)
    assert read.low.T.tolist() == [expected, [0.5, 0.1]]


def test_a_file_that_writes_decimals_with_commas_settles_what_a_point_means(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name;a;b\nA;15.386;0,5\nB;740.174;0,1\n", encoding="utf-8")
    assert read_alone(path)[0].low[:, 0].tolist() == [15386, 740174]


def criterion(**given: Any) -> Criterion:
    return Criterion(id="a", title=Title(id="a", en="a"), weight=1, **given)  # type: ignore[arg-type]


NUMBERS = st.floats(-1e9, 1e9).map(lambda value: round(value, 2)).filter(lambda value: value * 10 % 1 != 0)


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans(), st.booleans())
def test_numbers_are_read_back_under_either_mark_and_with_thousands_parted(
    values: list[float], comma: bool, parted: bool
) -> None:
    texts = [f"{value:,.2f}" if parted else f"{value:.2f}" for value in values]
    texts = [text.translate(str.maketrans(".,", ",.")) for text in texts] if comma else texts
    cells = [(at, Raw("text", text)) for at, text in enumerate(texts)]
    ends, faults = ends_of("file", [(criterion(scale="minmax"), cells)], None)
    assert faults == []
    assert ends[:, 0, 0].tolist() == ends[:, 0, 1].tolist() == values


@pytest.mark.parametrize(("posts", "expected"), [((0, 1), 0.7), ((0, 0.5), 0.7), ((0, 100), 70)])
def test_a_percent_sign_means_hundredths_unless_the_goalposts_count_percent(posts: Any, expected: float) -> None:
    for raw in (Raw("text", "70%"), Raw("number", 0.7, percent=True)):
        ends, faults = ends_of("file", [(criterion(goalposts=posts), [(2, raw), (3, Raw("text", "0"))])], None)
        assert (ends[0, 0].tolist(), faults) == ([expected, expected], [])


def test_what_programs_write_for_nothing_is_unknown() -> None:
    cells = [(1, Raw("text", "NA")), (2, None), (3, Raw("text", "n/a")), (4, Raw("text", "1"))]
    ends, faults = ends_of("file", [(criterion(scale="minmax"), cells)], None)
    assert faults == [] and ends[:, 0, 0].tolist()[3] == 1
    assert all(value != value for value in ends[:3, 0].ravel())
    assert not is_number(Raw("text", "-")) and is_number(Raw("text", "10..15"))


def test_many_cells_of_one_kind_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [f"x{at},{at}0%,{'?' if at % 3 == 0 else at}" for at in range(1, 3001)]
    path.write_text("\n".join(["name,a,b", *rows]), encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_alone(path)
    (fault,) = raised.value.faults
    assert str(fault).endswith(
        'row 4, column b: "? and 999 more like it" was found, a number such as 12.5, an interval such as 10..15, or '
        "nothing was expected."
    )


def asked(*words: str, stdin: bytes | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["rank", *words, "--draws", "200"], input=stdin)
    return done.exit_code, done.stdout, done.stderr


def rubric(folder: Path, criteria: str) -> str:
    path = folder / "mine.yml"
    path.write_text(f"criteria: {criteria}\n", encoding="utf-8")
    return str(path)


def test_the_smallest_rubric_is_criteria_and_a_title_finds_a_column(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("negara,C1: Keamanan, Aparat \nA,3,0.5\nB,7,0.1\n", encoding="utf-8")
    mine = rubric(
        tmp_path,
        "[{id: c1, title: 'C1: Keamanan', weight: 1, goalposts: [0, 10]}, {id: aparat, weight: 1, scale: rank}]",
    )
    code, out, said = asked(str(path), "--rubric", mine, "--json")
    assert (code, said) == (0, "")
    assert json.loads(out)["score"] == {"A": 65, "B": 35}


def test_a_decimal_comma_in_a_mapping_of_a_rubric_is_told_as_one(tmp_path: Path) -> None:
    mine = rubric(tmp_path, "[{id: cakupan, weight: 0,6, scale: rank}, {id: anggaran, weight: 0,4, scale: rank}]")
    code, _, said = asked("-", "--rubric", mine, stdin=ROWS.encode())
    assert code == 2
    first, second = said.splitlines()
    assert first.endswith('key criteria.cakupan.weight: "0,6" was found, a point for decimals was expected.')
    assert second.endswith('key criteria.anggaran.weight: "0,4" was found, a point for decimals was expected.')


def test_a_table_comes_from_standard_input_and_goes_out_as_csv() -> None:
    code, out, said = asked("-", "--csv", stdin=ROWS.encode())
    assert (code, said) == (0, "")
    head, first, *_ = out.splitlines()
    assert head == "rank,alternative,score_low,score_high,best_rank,worst_rank,first,top_three,proved"
    assert first == "1,Badung,100.0,100.0,1,1,1.0,1.0,true"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--json", "--csv"], "--json and --csv: one of them was expected."),
        (["--decimal", "koma"], '--decimal: "koma" was found, point or comma was expected'),
        (["--radius", "0.1"], "--radius: --space box or dirichlet was expected with it"),
        (["--space", "box", "--radius", "10"], "a share below 1 was expected, such as 0.1 for 10 points of a hundred"),
        (["--sheet", "Nilai"], "a workbook was expected, of which --sheet Nilai names a sheet"),
        (["--language", "jv"], '--language: "jv" was found, id or en was expected.'),
    ],
)
def test_options_that_do_not_go_together_have_a_sentence(words: list[str], sentence: str) -> None:
    code, out, said = asked("-", *words, stdin=ROWS.encode())
    assert (code, out) == (2, "")
    assert sentence in said and len(said.splitlines()) == 1


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook(PLAIN, sheets=("Nilai", "Lain")))
    assert asked(str(path), "--sheet", "Lain", "--csv")[0] == 0
    code, _, said = asked(str(path), "--sheet", "Lian")
    assert code == 2
    assert 'a sheet called Lian was expected (did you mean "Lain"?); there are Nilai, Lain.' in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[1].__setitem__(2, "=1+1"), 'column anggaran: "=1+1" was found, a number was expected; this'),
        (lambda rows: rows[1].__setitem__(1, True), 'column cakupan: "True" was found, a number such as 12.5'),
        (lambda rows: rows[1].__setitem__(2, "1.234"), '"1.234" was found, which can be 1234 or 1.234'),
        (lambda rows: rows[1].__setitem__(0, None), 'table.xlsx, Nilai, row 2, column wilayah: "" was found, the name'),
    ],
)
def test_a_cell_of_a_workbook_is_named(tmp_path: Path, change: Callable[[Any], None], sentence: str) -> None:
    rows = [list(row) for row in PLAIN]
    change(rows)
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook(rows))
    code, _, said = asked(str(path))
    assert code == 2
    assert sentence in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_stands_alone_and_says_what_the_ranking_rests_on(tmp_path: Path, language: str) -> None:
    page = tmp_path / "page.html"
    text = ROWS.replace("Badung", "<b>Badung</b>").replace("0,6", "")
    assert asked("-", "--html", str(page), "--language", language, "--csv", stdin=text.encode())[0] == 0
    html = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;Badung&lt;/b&gt;" in html and "<b>Badung" not in html
    assert html.count("data:image/svg+xml") == 2
    assert f'<html lang="{language}">' in html and "http://" not in html and "<script" not in html
    assert "equal weights for cakupan, anggaran" in html
    first = {"id": "Menurut bobot rubrik, peringkat 1:", "en": "Under the weights of the rubric, rank 1:"}
    assert first[language] in html
