"""A view and its URL: any address opens something, and says what of it was not understood."""

import random
from dataclasses import replace

import pytest

from data import codes, measures, places
from data import view as views
from data.codes import ALL

QUARTERS = ("2024Q2", "2024Q3", "2024Q4")
NAMES = ("tinh", "vung", "don_vi", "ky", "hinh_thuc", "nguon", "chi_so", "trinh_chieu")
GOOD = {
    "tinh": [*places.provinces()["slug"], *places.units34()["slug"]],
    "vung": list(places.regions().index),
    "don_vi": ["63", "34"],
    "ky": QUARTERS,
    "hinh_thuc": [ALL, *codes.FORMS],
    "nguon": [ALL, *codes.SOURCES],
    "chi_so": list(measures.MEASURES),
    "trinh_chieu": ["0", "1"],
}
BAD = ["", " ", "00", "khong-co", "Bến Tre", "Be\u0302\u0301n Tre", "ben-tre:x", ":", "%00", "\0"]
BAD += ["２０２４Q3", "2024Q3\n", "'; drop table models --", "<script>", "🌾", "x" * 100_000, "NaN"]


def opened(**query: str) -> views.View:
    view, dropped = views.from_query(query, QUARTERS)
    assert dropped == []
    return view


def dropped(**query: str) -> list[str]:
    return views.from_query(query, QUARTERS)[1]


def generated(count: int):
    dice = random.Random(63)
    for _ in range(count):
        names = dice.sample(NAMES, dice.randint(0, len(NAMES)))
        query = {name: dice.choice([*GOOD[name], *BAD]) for name in names}
        yield query | {dice.choice(BAD): dice.choice(BAD)}


def test_a_thousand_addresses_open_a_view_that_its_own_address_opens_again():
    for query in generated(1000):
        view, _ = views.from_query(query, QUARTERS)
        again = views.to_query(view)
        assert views.from_query(again, QUARTERS) == (view, [])
        assert set(again) <= set(NAMES)


def test_a_thousand_addresses_lose_no_value_in_silence():
    for query in generated(1000):
        lost = {f"{name}={query[name]}" for name in NAMES if query.get(name) in BAD}
        assert lost <= set(views.from_query(query, QUARTERS)[1])


def test_the_saved_link_of_a_province():
    view = opened(tinh="ben-tre", ky="2024Q3")
    assert (view.area.code, view.area.name, view.quarter) == ("83", "Bến Tre", "2024Q3")
    assert views.to_query(view) == {"tinh": "ben-tre", "ky": "2024Q3"}


def test_an_address_of_nothing_known_opens_the_country_and_names_all_three():
    query = {"tinh": "khong-co", "ky": "9999Q9", "chi_so": "x"}
    view, lost = views.from_query(query, QUARTERS)
    assert view == views.opening(QUARTERS)
    assert sorted(lost) == ["chi_so=x", "ky=9999Q9", "tinh=khong-co"]


def test_a_link_without_a_period_opens_the_newest_one_next_quarter_too():
    link = views.to_query(opened(tinh="ben-tre"))
    view, _ = views.from_query(link, (*QUARTERS, "2025Q1"))
    assert view.quarter == "2025Q1"


@pytest.mark.parametrize("units", ["63", "34"])
def test_every_place_has_a_link_that_leads_back_to_it(units):
    frame = places.units34() if units == "34" else places.provinces()
    for code, slug in frame["slug"].items():
        view = opened(tinh=slug, don_vi=units)
        assert (view.area.code, views.to_query(view)["tinh"]) == (code, slug)


def test_a_region_opens_as_a_region():
    assert opened(vung="tay-nguyen").area == places.region("tay-nguyen")


def test_a_province_and_a_region_at_once_are_one_too_many():
    assert dropped(tinh="ben-tre", vung="tay-nguyen") == ["vung=tay-nguyen"]


@pytest.mark.parametrize("code", places.provinces().index)
def test_switching_to_34_units_keeps_the_place(code):
    there = views.with_units(replace(opened(), area=places.province(code)), "34")
    assert there.area.kind == "unit34"
    assert code in there.area.members


@pytest.mark.parametrize("code", places.units34().index)
def test_switching_back_to_63_provinces_lands_on_the_namesake(code):
    unit = places.unit34(code)
    back = views.with_units(replace(opened(), units="34", area=unit), "63")
    assert (back.area.kind, back.area.name) == ("province", unit.name)
    assert views.with_units(back, "34").area == unit


def test_a_code_of_the_34_is_not_that_of_the_63():
    yen_bai = opened(tinh="yen-bai")
    lao_cai = views.with_units(yen_bai, "34")
    assert (yen_bai.area.code, lao_cai.area.code, lao_cai.area.name) == ("15", "15", "Lào Cai")
    assert views.with_units(lao_cai, "63").area.code == "10"


@pytest.mark.parametrize("key", ["", "vung:tay-nguyen"])
def test_the_country_and_regions_are_the_same_in_both_units(key):
    view = views.with_area(opened(), key)
    assert views.with_units(view, "34").area == view.area


def test_an_unknown_area_leaves_the_view_as_it_is():
    view = opened(tinh="ben-tre")
    for key in ("tinh:khong-co", "vung:", "tinh", "khac:ben-tre", "ben-tre"):
        assert views.with_area(view, key) == view


def test_clearing_takes_back_filters_but_not_the_measure_nor_the_presentation():
    view = opened(tinh="ben-tre", ky="2024Q2", nguon="khac", chi_so="ho", trinh_chieu="1")
    assert views.cleared(view) == opened(chi_so="ho", trinh_chieu="1")
