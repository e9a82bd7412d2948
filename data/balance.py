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

STEPS = 4
"""Quarters that an area's path goes back, the last one among them."""

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


NO_PATH = pd.DataFrame(columns=["money", "work", "place"], dtype="float64")


def path(trend: pd.DataFrame, country: pd.DataFrame) -> pd.DataFrame:
    """money, work and place of one area in its last `STEPS` quarters (index), those known.

    The rate starts anew each January, so quarters are compared by their share of the country's:
    `place` is the last quarter's country rate, as many times as the area had the country's rate
    then; in the last quarter it is `money`. Empty where the last quarter itself is not known.
    """
    own, whole = trend.tail(STEPS), country.reindex(trend.index[-STEPS:])
    rate = MEASURES["giai-ngan"]
    money, rates = measures.values(rate, own), measures.values(rate, whole)
    frame = pd.DataFrame({"money": money, "work": measures.values(MEASURES["tien-do"], own)})
    frame["place"] = money / rates.where(rates > 0) * rates.iloc[-1]
    known = frame.dropna()
    return known if trend.index[-1] in known.index else known[:0]


def counted(frame: pd.DataFrame) -> dict[str, int]:
    """How many units lie in each quarter, in the order of `QUARTERS`."""
    found = frame["quarter"].value_counts()
    return {name: int(found.get(name, 0)) for name in QUARTERS.values()}
