"""The 63 provinces, 34 units and 6 regions, and the many ways people write them."""

import json
import unicodedata

import pytest
from vietnamadminunits.database import get_data

from data import places
from data.text import fold

CODES = list(places.provinces().index)


def test_there_are_63_provinces_34_units_and_6_regions():
    assert len(places.provinces()) == 63
    assert len(places.units34()) == 34
    assert len(places.regions()) == 6
    assert sorted(CODES) == CODES
    assert places.provinces()["slug"].is_unique


def test_regions_run_from_north_to_south():
    names = places.regions()["name"].to_list()
    assert names[0] == "Trung du và miền núi phía Bắc"
    assert names[-1] == "Đồng bằng sông Cửu Long"


def test_regions_and_units_each_partition_the_provinces():
    regions = [code for slug in places.regions().index for code in places.region(slug).members]
    units = [code for code34 in places.units34().index for code in places.unit34(code34).members]
    assert sorted(regions) == sorted(units) == list(places.country().members) == CODES


def test_codes_and_names_agree_with_vietnamadminunits():
    rows = get_data(["provinceCode", "province"], "admin_units_legacy")
    assert places.provinces()["full_name"].to_dict() == {
        row["provinceCode"]: row["province"] for row in rows
    }


def test_units_of_2025_agree_with_vietnamadminunits():
    rows = get_data(["provinceCode", "province"], "admin_units")
    assert places.units34()["full_name"].to_dict() == {
        row["provinceCode"]: row["province"] for row in rows
    }


def test_an_area_is_found_by_slug_or_code():
    ben_tre = places.Area("province", "83", "Bến Tre", "ben-tre", ("83",))
    assert places.province("ben-tre") == places.province("83") == ben_tre
    assert places.unit34("vinh-long").members == ("83", "84", "86")
    assert places.unit34(places.codes34("83")).name == "Vĩnh Long"


def test_a_unit_has_its_own_name_under_a_code_that_was_another_province():
    assert places.province("15").name == "Yên Bái"
    assert places.unit34("15").name == "Lào Cai"
    assert places.unit34("lao-cai").members == ("10", "15")
    assert places.units34().at["24", "region"] == "dong-bang-song-hong"


def test_an_unknown_area_is_none():
    assert places.province("khong-co") is None
    assert places.region("") is None
    assert places.unit34("ben-tre") is None


@pytest.mark.parametrize("code", CODES)
def test_every_province_is_found_however_its_name_is_spelled(code):
    name, full_name, slug = places.provinces().loc[code, ["name", "full_name", "slug"]]
    written = {name, full_name, slug, name.upper(), fold(name), fold(full_name), f"T. {name}"}
    written |= {fold(name).replace(" ", ""), f"TP.{name}", f"\u00a0{name} "}
    written |= {unicodedata.normalize("NFD", text) for text in written}
    assert {text: places.find(text) for text in written} == dict.fromkeys(written, code)


def test_every_keyword_of_vietnamadminunits_leads_to_the_same_province():
    for row in get_data(["provinceCode", "provinceKeywords"], "admin_units_legacy"):
        for keyword in json.loads(row["provinceKeywords"]):
            assert places.find(keyword) in (row["provinceCode"], None), keyword


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TP HCM", "79"),
        ("tp.hcm", "79"),
        ("TPHCM", "79"),
        ("T.P. Hồ Chí Minh", "79"),
        ("Sài Gòn", "79"),
        ("TT Huế", "46"),
        ("TT. Huế", "46"),
        ("Thừa Thiên - Huế", "46"),
        ("Tỉnh Thừa Thiên Huế", "46"),
        ("Thành phố Huế", "46"),
        ("BRVT", "77"),
        ("BR-VT", "77"),
        ("br vt", "77"),
        ("Bà Rịa – Vũng Tàu", "77"),
        ("vung tau", "77"),
        ("Đăk Lăk", "66"),
        ("Đắc Lắc", "66"),
        ("Daklak", "66"),
        ("Đắc Nông", "67"),
        ("Kontum", "62"),
        ("Bắc Cạn", "06"),
        ("Hoà Bình", "17"),
        ("Khánh Hoà", "56"),
        ("HN", "01"),
        ("hp", "31"),
    ],
)
def test_short_forms_and_old_spellings_are_understood(written, code):
    assert places.find(written) == code


@pytest.mark.parametrize(
    ("written", "code"), [("Thái Nguyênn", "19"), ("Tuyen Qaung", "08"), ("Soc Tranng", "94")]
)
def test_a_letter_missing_doubled_or_swapped_is_forgiven(written, code):
    assert places.find(written) == code


@pytest.mark.parametrize("written", ["", " ", "83", "DN", "BT", "QN", "HG", "Quang Na", "Tỉnh"])
def test_what_is_empty_a_number_or_ambiguous_is_not_guessed(written):
    assert places.find(written) is None


@pytest.mark.parametrize("written", ["Hà Tây", "Vĩnh Phú", "Cao Lạng", "Minh Long", "Gia Lâm"])
def test_former_provinces_and_districts_are_not_taken_for_typing_errors(written):
    assert places.find(written) is None


def test_no_district_is_taken_for_another_province():
    names = set(places.provinces()["name"].map(fold))
    for row in get_data(["provinceCode", "districtShort"], "admin_units_legacy"):
        if fold(row["districtShort"]) not in names:
            assert places.find(row["districtShort"]) in (row["provinceCode"], None), row


def test_no_alias_belongs_to_two_provinces():
    aliases = [key for code in CODES for key in places.aliases(places.province(code))]
    assert len(aliases) == len(set(aliases))


def test_every_alias_is_folded_and_leads_home():
    for code in CODES:
        for alias in places.aliases(places.province(code)):
            assert fold(alias) == alias
            assert places.find(alias) == code


def test_a_unit_answers_to_the_provinces_in_it():
    aliases = places.aliases(places.unit34("lao-cai"))
    assert aliases[0] == "lao cai"
    assert "yen bai" in aliases
