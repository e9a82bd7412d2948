"""The sums behind a view, on a made-up country of four provinces that report."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data import figures, measures, places
from data import view as views
from data.measures import MEASURES

QUARTERS = ("2024Q2", "2024Q3")
PROGRESS = MEASURES["tien-do"]
# earned of 100 planned, by province: before, now; 83 Bến Tre, 84 Trà Vinh and 86 Vĩnh Long are
# one unit from 01/07/2025; 01 is Hà Nội.
EARNED = {"83": (50, 90), "84": (80, 85), "86": (70, None), "01": (None, 95)}


@pytest.fixture(scope="module")
def national():
    columns = ["earned_value", "planned_value", "disbursed_ytd", "plan_reported", "reports"]
    cells = [(quarter, code) for quarter in QUARTERS for code in places.provinces().index]
    index = pd.MultiIndex.from_tuples(cells, names=["quarter", "province"])
    frame = pd.DataFrame(np.nan, index, columns).assign(reports=0.0, reports_due=1.0)
    for code, earned in EARNED.items():
        for quarter, value in zip(QUARTERS, earned, strict=True):
            if value is not None:
                frame.loc[(quarter, code), columns] = [value, 100, value, 400, 1]
    return frame


@pytest.fixture
def view():
    return views.opening(QUARTERS)


def ranking(national, view, *, change=False, quarter="2024Q3"):
    found = figures.board(national, quarter, view.units)
    rows = figures.ranked(PROGRESS, found, view, change)
    return list(zip(rows["rank"], rows["name"], rows["value"].round(3), strict=True))


def test_provinces_rank_from_best_and_those_without_a_report_have_no_rank(national, view):
    assert ranking(national, view) == [
        (1, "Hà Nội", 0.95),
        (2, "Bến Tre", 0.9),
        (3, "Trà Vinh", 0.85),
    ]


def test_improvement_needs_both_quarters(national, view):
    assert ranking(national, view, change=True) == [(1, "Bến Tre", 0.4), (2, "Trà Vinh", 0.05)]


def test_the_first_quarter_has_no_improvement_to_rank(national, view):
    assert ranking(national, view, change=True, quarter="2024Q2") == []
    units = replace(view, units="34")
    assert ranking(national, units, change=True, quarter="2024Q2") == []


def test_a_region_ranks_its_own_provinces(national, view):
    here = views.with_area(view, "vung:dong-bang-song-cuu-long")
    assert [name for _, name, _ in ranking(national, here)] == ["Bến Tre", "Trà Vinh"]


def test_a_unit_of_the_34_has_the_rate_of_its_sums(national, view):
    units = replace(view, units="34")
    assert ranking(national, units) == [(1, "Hà Nội", 0.95), (2, "Vĩnh Long", 0.875)]
    here = views.with_area(units, "vung:dong-bang-song-cuu-long")
    assert ranking(national, here) == [(1, "Vĩnh Long", 0.875)]


def test_a_board_says_how_many_members_of_a_unit_reported(national):
    unit = figures.board(national, "2024Q3", "34").sums[places.codes34("83")]
    assert (unit["reports"], unit["reports_due"]) == (2, 3)


def test_what_needs_attention_is_told_by_province_in_34_units_too(national):
    concerns = [figures.board(national, "2024Q3", units).concerns for units in ("63", "34")]
    assert concerns[0] == concerns[1]
    assert {it.code for it in concerns[0]} == set(places.provinces().index) - {"01", "83", "84"}


def test_all_quarters_stand_below_each_other(national):
    assert len(figures.all_quarters(national, "63")) == 126
    assert len(figures.all_quarters(national, "34")) == 68
    assert measures.values(PROGRESS, figures.all_quarters(national, "63")).count() == 6


@pytest.mark.parametrize(
    ("key", "units", "names"),
    [
        ("", "63", []),
        ("vung:tay-nguyen", "63", ["Cả nước"]),
        ("tinh:ben-tre", "63", ["Đồng bằng sông Cửu Long", "Cả nước"]),
        ("tinh:vinh-long", "34", ["Đồng bằng sông Cửu Long", "Cả nước"]),
        # 15 is Yên Bái among the 63, Lào Cai among the 34; both lie in the same region.
        ("tinh:lao-cai", "34", ["Trung du và miền núi phía Bắc", "Cả nước"]),
        # 52: Bình Định among the 63, Gia Lai (Tây Nguyên) among the 34.
        ("tinh:gia-lai", "34", ["Tây Nguyên", "Cả nước"]),
    ],
)
def test_a_province_stands_beside_its_region_and_the_country(key, units, names):
    area = views.find_area(key, units)
    assert [place.name for _, place in figures.beside(area)] == names
