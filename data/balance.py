"""Money against work: where a unit stands by its disbursement and its models' progress.

Money is the year's disbursement rate, work is earned / planned value (the schedule index, SPI);
the cost index (CPI) is earned value / what was spent on the models. Terms: ISO 21508.
"""

from collections.abc import Mapping

import pandas as pd

from data import measures
from data.measures import MEASURES

ON_PLAN = 0.95
"""Earned / planned from which work is “đúng tiến độ”."""

QUARTERS = {
    (True, True): "cả hai tốt",
    (True, False): "tiền đi trước việc",
    (False, True): "việc đi trước tiền",
    (False, False): "cả hai chậm",
}
"""(money at the country's rate or above, work on plan) → name."""


def standing(units: pd.DataFrame, country_rate: float) -> pd.DataFrame:
    """money, work, cost, quarter by unit of summed columns; units lacking one are left out."""
    money = measures.values(MEASURES["giai-ngan"], units)
    work = measures.values(MEASURES["tien-do"], units)
    cost = units["earned_value"] / units["spent"].where(units["spent"] > 0)
    frame = pd.DataFrame({"money": money, "work": work, "cost": cost}).dropna(
        subset=["money", "work"]
    )
    pairs = zip(frame["money"].tolist(), frame["work"].tolist(), strict=True)
    named = [quarter(rate, progress, country_rate) for rate, progress in pairs]
    return frame.assign(quarter=pd.Series(named, frame.index, dtype="str"))


def quarter(money: float, work: float, country_rate: float) -> str:
    """The name of the quarter that a point lies in."""
    return QUARTERS[money >= country_rate, work >= ON_PLAN]


def country_rate(sums: Mapping[str, float]) -> float:
    """The country's disbursement rate, which parts fast money from slow; NaN if unknown."""
    return measures.value(MEASURES["giai-ngan"], sums)


def path(trend: pd.DataFrame) -> pd.DataFrame:
    """money and work of one area in the quarters (index) of the last one's budget year.

    Those that are known; not further back, since the rate starts anew with each year.
    """
    year = str(trend.index[-1])[:4]
    frame = trend[trend.index.str.startswith(year)]
    known = {
        "money": measures.values(MEASURES["giai-ngan"], frame),
        "work": measures.values(MEASURES["tien-do"], frame),
    }
    return pd.DataFrame(known).dropna()


def counted(frame: pd.DataFrame) -> dict[str, int]:
    """How many units lie in each quarter, in the order of `QUARTERS`."""
    found = frame["quarter"].value_counts()
    return {name: int(found.get(name, 0)) for name in QUARTERS.values()}
