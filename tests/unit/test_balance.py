"""Money against work: four quarters, parted by the country's rate and by the plan."""

import math

import pandas as pd
import pytest

from data import balance, places, readers, view_readers
from data.codes import ALL
from data.measures import MEASURES, value

SNAPSHOT = readers.current().snapshot.id


@pytest.mark.parametrize(
    ("money", "work", "name"),
    [
        (0.42, 0.95, "cả hai tốt"),
        (0.50, 0.94, "tiền đi trước việc"),
        (0.41, 1.20, "việc đi trước tiền"),
        (0.10, 0.50, "cả hai chậm"),
    ],
)
def test_a_point_on_a_line_lies_on_its_good_side(money, work, name):
    assert balance.quarter(money, work, country_rate=0.42) == name


def sums(**columns):
    base = {"disbursed_ytd": 10.0, "plan_reported": 20.0, "earned_value": 9.0}
    return pd.DataFrame([base | {"planned_value": 10.0, "spent": 6.0} | columns], index=["83"])


def test_the_indices_are_those_of_earned_value():
    point = balance.standing(sums(), 0.4).loc["83"]
    assert (point["money"], point["work"], point["cost"]) == (0.5, 0.9, 1.5)
    assert point["quarter"] == "tiền đi trước việc"


@pytest.mark.parametrize("lost", [{"plan_reported": 0.0}, {"planned_value": math.nan}])
def test_a_province_without_plan_or_report_is_no_point(lost):
    assert balance.standing(sums(**lost), 0.4).empty


def test_models_that_spent_nothing_have_no_cost_index_but_a_place():
    point = balance.standing(sums(spent=0.0), 0.4).loc["83"]
    assert math.isnan(point["cost"])
    assert point["quarter"] == "tiền đi trước việc"


def test_every_reporting_province_lies_in_one_quarter():
    board = view_readers.board(SNAPSHOT, ALL, ALL, "2024Q3", "63")
    frame = balance.standing(board.units, 0.42)
    assert sum(balance.counted(frame).values()) == len(frame) == 58


def trend(quarter, members):
    return view_readers.trend(SNAPSHOT, ALL, ALL, members).loc[:quarter]


COUNTRY = places.country().members


def test_a_path_goes_back_four_quarters_across_the_new_year():
    steps = balance.path(trend("2025Q1", ("04",)), trend("2025Q1", COUNTRY))
    assert list(steps.index) == ["2024Q2", "2024Q3", "2024Q4", "2025Q1"]
    last = trend("2024Q4", ("04",)).loc["2024Q4"].to_dict()
    assert steps.loc["2024Q4", "money"] == value(MEASURES["giai-ngan"], last)


def test_a_path_sets_each_quarter_as_many_times_the_country_as_it_was_then():
    area, country = trend("2025Q1", ("04",)), trend("2025Q1", COUNTRY)
    steps = balance.path(area, country)
    rates = {it: balance.country_rate(country.loc[it].to_dict()) for it in steps.index}
    for quarter, step in steps.iterrows():
        assert step["place"] / rates["2025Q1"] == pytest.approx(step["money"] / rates[quarter])
    assert steps.loc["2025Q1", "place"] == pytest.approx(steps.loc["2025Q1", "money"])


def test_a_path_leads_to_the_quarter_looked_at_or_nowhere():
    area = trend("2024Q3", ("01",))
    silent = area.assign(planned_value=area["planned_value"].where(area.index < "2024Q3"))
    assert balance.path(silent, trend("2024Q3", COUNTRY)).empty
    gap = area.assign(planned_value=area["planned_value"].where(area.index != "2024Q2"))
    assert "2024Q2" not in balance.path(gap, trend("2024Q3", COUNTRY)).index
