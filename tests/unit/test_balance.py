"""Money against work: four quarters, parted by the country's rate and by the plan."""

import math

import pandas as pd
import pytest

from data import balance, readers
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
    board = readers.board(SNAPSHOT, ALL, ALL, "2024Q3", "63")
    frame = balance.standing(board.units, 0.42)
    assert sum(balance.counted(frame).values()) == len(frame) == 58


def test_a_path_stays_in_its_budget_year():
    trend = readers.trend(SNAPSHOT, ALL, ALL, ("02",)).loc[:"2024Q3"]
    steps = balance.path(trend)
    assert set(steps.index) <= {"2024Q1", "2024Q2", "2024Q3"}
    last = trend.loc["2024Q3"].to_dict()
    assert steps.loc["2024Q3", "money"] == value(MEASURES["giai-ngan"], last)
