"""Measures: sums first, rates of sums after; the same classes in every quarter."""

import math

import numpy as np
import pandas as pd
import pytest

from data import codes, cubes, figures, measures, places, snapshots
from data.codes import ALL
from data.measures import MEASURES

PROGRESS = MEASURES["tien-do"]
ADDITIVE = [it for it in MEASURES.values() if it.over is None]


@pytest.fixture(scope="module")
def cube():
    place = str(snapshots.configured_place())
    snapshot = snapshots.load(place, snapshots.current_id(place))
    return snapshots.read_table(snapshot, "province_quarter").to_pandas()


@pytest.fixture(scope="module")
def national(cube):
    return cubes.member(cube, ALL, ALL)


def sums(**columns: list[float]) -> pd.DataFrame:
    codes63 = pd.Index(["01", "83", "84"][: len(next(iter(columns.values())))], name="province")
    return pd.DataFrame(columns, index=codes63, dtype="float64")


@pytest.mark.parametrize("form", [ALL, *codes.FORMS])
@pytest.mark.parametrize("source", [ALL, "khac"])
def test_63_provinces_are_6_regions_are_34_units_are_the_country(cube, form, source):
    national = cubes.member(cube, form, source)
    country = measures.over_time(national, places.country().members)
    assert (country.loc["2024Q3", ["models", "assigned"]] > 0).all()
    for quarter in national.index.levels[0]:
        for units, count in (("63", 63), ("34", 34), ("6", 6)):
            parts = measures.by_unit(national.loc[quarter], units)
            assert len(parts) == count
            assert parts.sum(min_count=1).equals(country.loc[quarter].astype("float64"))


@pytest.mark.parametrize("measure", ADDITIVE, ids=lambda it: it.key)
def test_an_amount_of_the_country_is_the_sum_of_its_units(national, measure):
    quarter = national.loc["2024Q3"]
    whole = measures.value(measure, quarter.sum())
    for units in ("63", "34", "6"):
        assert measures.values(measure, measures.by_unit(quarter, units)).sum() == whole


def test_over_time_sums_the_members_and_them_alone(national):
    two = measures.over_time(national, ("83", "84"))
    by_hand = national.loc[("2024Q3", "83")] + national.loc[("2024Q3", "84")]
    assert two.loc["2024Q3"].equals(by_hand.astype("float64"))
    assert list(two.index) == sorted(two.index)


def test_a_rate_is_recomputed_from_sums_never_averaged():
    two = sums(earned_value=[90, 1], planned_value=[100, 10])
    assert measures.values(PROGRESS, two).tolist() == [0.9, 0.1]
    assert measures.value(PROGRESS, two.sum()) == pytest.approx(91 / 110)
    assert measures.value(PROGRESS, two.sum()) != pytest.approx((0.9 + 0.1) / 2)


def test_the_country_s_rate_in_the_snapshot_is_not_the_average_of_its_provinces(national):
    quarter = national.loc["2024Q3"]
    average = measures.values(PROGRESS, quarter).mean()
    whole = measures.value(PROGRESS, quarter.sum())
    assert whole == quarter["earned_value"].sum() / quarter["planned_value"].sum()
    assert abs(whole - average) > 0.001


def test_a_group_with_one_report_is_that_report_and_with_none_is_missing():
    quarter = sums(models=[np.nan, 3, np.nan], reports=[0, 1, 0])
    by_region = measures.by_unit(quarter, "6")["models"]
    assert by_region["dong-bang-song-cuu-long"] == 3
    assert math.isnan(by_region["dong-bang-song-hong"])


def test_nothing_planned_is_no_rate_rather_than_infinity_or_zero():
    row = {"earned_value": 5.0, "planned_value": 0.0, "reports": 1.0}
    assert math.isnan(measures.value(PROGRESS, row))
    assert measures.values(PROGRESS, pd.DataFrame([row])).isna().all()
    assert measures.why_missing(PROGRESS, row) == "chưa có mô hình đến kỳ"
    assert measures.why_missing(PROGRESS, row | {"reports": 0.0}) == "chưa báo cáo"


def test_a_plan_is_known_without_a_report():
    unreported = {"reports": 0.0}
    assert measures.why_missing(MEASURES["ke-hoach-von"], unreported) == "không có kế hoạch vốn"


@pytest.mark.parametrize(
    ("value", "number"),
    [(0.0, 0), (0.599999, 0), (0.6, 1), (0.8, 2), (0.95, 3), (1.05, 4), (3.2, 4)],
)
def test_a_value_at_a_limit_belongs_above_it_and_over_100_percent_has_a_class(value, number):
    assert measures.classes(PROGRESS.breaks, pd.Series([value])).tolist() == [number]
    assert len(PROGRESS.scale) == len(PROGRESS.breaks) + 1


def test_a_missing_value_has_no_class():
    assert measures.classes(PROGRESS.breaks, pd.Series([float("nan")])).isna().all()


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("units", ["63", "34"])
def test_a_legend_has_five_rising_classes_whatever_the_quarter(national, key, units):
    limits = measures.breaks(MEASURES[key], figures.all_quarters(national, units))
    assert list(limits) == sorted(set(limits))
    assert len(limits) == 4
    if MEASURES[key].breaks:
        assert limits == MEASURES[key].breaks


def test_a_legend_of_amounts_knows_early_and_late_quarters_alike(national):
    households = MEASURES["ho"]
    limits = measures.breaks(households, figures.all_quarters(national, "63"))
    early, late = (measures.breaks(households, national.loc[q]) for q in ("2022Q4", "2025Q2"))
    assert early[-1] < limits[-1] < late[-1]


def test_data_without_spread_still_makes_rising_limits():
    even = measures.breaks(MEASURES["ho"], sums(households=[5, 5, 5]))
    assert even[0] == 5
    assert list(even) == sorted(set(even))
    assert measures.breaks(MEASURES["ho"], sums(households=[0, 0, 0])) == (1, 2, 3, 4)


def test_limits_of_things_that_are_counted_are_whole():
    few = sums(models=[1, 1, 3])
    assert all(limit == int(limit) for limit in measures.breaks(MEASURES["mo-hinh"], few))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda it: it.key)
def test_a_measure_names_columns_that_the_cube_has(national, measure):
    named = (measure.column, measure.over, measure.done, measure.planned, measure.part_of)
    assert {*named, measure.added} - {None} <= set(national.columns)
    assert measure.explained.endswith(".")
