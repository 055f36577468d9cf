"""Names and codes of portals lead to one region or to none."""

import pytest

from paritrana.refresh.places import FORMER, Region, kind_of, plain, province_by_bps, provinces, regions
from tests.factories import REAL

ALL = regions(REAL)


def code(found: Region | str) -> str:
    return found.code if isinstance(found, Region) else found


def test_every_region_is_found_by_its_official_name_and_by_its_bps_code() -> None:
    for row in REAL.regencies.itertuples():
        own = regions(REAL, str(row.province_code))
        for name in (row.official_name, row.official_name.upper(), f"<b>{row.official_name}</b>"):
            assert code(own.named(name)) == row.kemendagri_code
            assert code(own.coded(row.bps_code, name)) == row.kemendagri_code


def test_a_name_alone_is_enough_where_no_other_region_of_the_province_has_it() -> None:
    names = REAL.regencies.groupby(["province_code", "name"])["kemendagri_code"].agg(list)
    for (province, name), codes in names.items():
        found, alone = regions(REAL, province).named(name), len(codes) == 1 and plain(name) not in FORMER
        assert code(found) == codes[0] if alone else "Kabupaten or Kota before the name" in str(found)


def test_a_name_that_another_region_had_before_needs_its_kind() -> None:
    expected = "Kabupaten or Kota before the name, which Kab. Mempawah and Kota Pontianak share"
    assert regions(REAL, "61").named("Pontianak") == expected


@pytest.mark.parametrize(
    ("province", "name", "expected"),
    [
        ("35", "Kab. Madiun", "35.19"),
        ("35", "Kota Madiun", "35.77"),
        ("35", "KOTA  Batu", "35.79"),
        ("31", "Kota Adm. Jakarta Pusat", "31.71"),
        ("31", "Kab. Adm. Kepulauan Seribu", "31.01"),
        ("12", "Toba Samosir", "12.12"),
        ("61", "Kab. Pontianak", "61.02"),
        ("61", "Kota Pontianak", "61.71"),
        ("71", "Kab. Kep. Sangihe", "71.03"),
        ("81", "Maluku Tenggara Barat", "81.03"),
        ("91", "Fak Fak", ""),
        ("92", "Fak Fak", "92.03"),
    ],
)
def test_portals_write_names_in_their_own_way(province: str, name: str, expected: str) -> None:
    found = regions(REAL, province).named(name)
    assert code(found) == expected if expected else isinstance(found, str)


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    assert regions(REAL, "35").named("Kab. Pacitam") == (
        'a kabupaten or kota of data/regencies.csv (did you mean "Kab. Pacitan"?)'
    )


def test_a_code_whose_name_is_another_is_told() -> None:
    """BPS 1101 is Simeulue, Kemendagri 11.01 is Aceh Selatan: the codes alone would mix them up."""
    assert ALL.coded("1101", "Aceh Selatan") == "Kab. Simeulue, which has the BPS code 1101"
    assert code(ALL.coded("1101", "SIMEULUE")) == "11.09"


def test_a_code_that_is_no_longer_used_leaves_the_name_to_decide() -> None:
    """9416 was Yahukimo before Papua was divided; the region is 9702 or 9707 today."""
    assert "9416" not in {region.bps_code for region in ALL.all}
    found = regions(REAL, "95").coded("9416", "Yahukimo")
    assert isinstance(found, Region) and found.name == "Yahukimo"


def test_kinds_and_plain_names() -> None:
    assert [kind_of(name) for name in ("Kab. Solok", "Kabupaten Solok", "KOTA SOLOK", "Kotabaru", "Solok")] == [
        *("kabupaten", "kabupaten", "kota", "", "")
    ]
    assert plain("Kotabaru") == "kotabaru" and plain("Kab. Kotabaru") == "kotabaru"
    assert plain("PROVINSI D.I. YOGYAKARTA") == plain("Daerah Istimewa Yogyakarta") == "diyogyakarta"


def test_no_two_provinces_share_a_plain_name_and_short_ones_are_known() -> None:
    found = provinces(REAL.provinces["name"])
    assert len({plain(name) for name in REAL.provinces["name"]}) == 38
    assert found[plain("Kep. Bangka Belitung")] == found["bangkabelitung"] == "Kepulauan Bangka Belitung"
    assert found["jakarta"] == "DKI Jakarta" and found["ntb"] == "Nusa Tenggara Barat"


def test_provinces_by_bps_code_clash_with_those_of_kemendagri_in_papua() -> None:
    assert [province_by_bps(REAL, code) for code in ("13", "91", "94", "99")] == ["13", "92", "91", None]
