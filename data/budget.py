"""Budget years: by unit, the share of the plan disbursed month by month, and what is to come.

Everything is a sum of the cube `province_month`: rates are sums over sums, of the provinces
whose months are all known (`plan_known`, đồng). Positions 1–12 are the year's months, 13 is the
January in which its books close. Months after the view's period are left out, but for the
closing January of a year whose last quarter is looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data import periods, places
from data.codes import ALL
from data.forecast import (
    CLOSING,
    METHODS,
    MIN_YEARS,
    Method,
    Outlook,
    Past,
    choose,
    mean_errors,
    outlooks,
)
from data.places import Area

COUNTRY = "VN"


def prepared(cube: pd.DataFrame) -> pd.DataFrame:
    """The cube with `position`, and with sums that count known months only.

    Adds `plan_known`: assigned + carried over, where the sum to date is known; `known`: 1 there;
    `disbursed` is the sum to date.
    """
    months = cube["month"].str
    later = months[:4].astype("int64") - cube["year"]
    known = cube["disbursed_ytd"].notna()
    plan = (cube["assigned"] + cube["carried_over"]).astype("float64")
    return cube.assign(
        position=later * 12 + months[5:].astype("int64"),
        plan_known=plan.where(known),
        disbursed=cube["disbursed_ytd"],
        known=(known & (plan > 0)).astype("int64"),
    )


def last_position(quarter: str) -> int:
    """The quarter's last month."""
    return 3 * int(quarter[5])


def shown_until(quarter: str) -> int:
    """The last position that a view of the quarter may show."""
    return CLOSING if quarter[5] == "4" else last_position(quarter)


def units_of(by: str) -> "pd.Series[str]":
    """GSO code → the unit it is counted in: `63`, `34`, `6` (regions), else the country."""
    table = places.provinces()
    if by in ("34", "6"):
        return table[{"34": "unit34", "6": "region"}[by]]
    own = table.index.to_series() if by == "63" else pd.Series(COUNTRY, table.index)
    return own.astype("str")


def order_of(by: str) -> list[str]:
    """The units of `units_of`, in official order."""
    tables = {"63": places.provinces, "34": places.units34, "6": places.regions}
    return list(tables[by]().index) if by in tables else [COUNTRY]


def curves(months: pd.DataFrame, source: str, by: str) -> pd.DataFrame:
    """(unit, year) × positions 1–13: share of the plan disbursed so far, NaN where unknown.

    The country stands after the regions, so that both are judged by the same back-test.
    """
    if by == "6":
        return pd.concat([_curves(months, source, by), _curves(months, source, COUNTRY)])
    return _curves(months, source, by)


def country_curve(groups: pd.DataFrame) -> pd.DataFrame:
    """year × 13 of the country, from the curves of the regions (`6`)."""
    return groups[groups.index.get_level_values("unit") == COUNTRY].droplevel("unit")


def _curves(months: pd.DataFrame, source: str, by: str) -> pd.DataFrame:
    rows = months[(months["source"] == source) & (months["kind"] == ALL)]
    unit = rows["province"].map(units_of(by)).rename("unit")
    sums = rows.groupby([unit, "year", "position"])[["plan_known", "disbursed"]].sum(min_count=1)
    rate = sums["disbursed"] / sums["plan_known"].replace(0.0, np.nan)
    years = sorted(rows["year"].unique())
    grid = pd.MultiIndex.from_product([order_of(by), years], names=["unit", "year"])
    return rate.unstack("position").reindex(index=grid, columns=range(1, CLOSING + 1))


def area_key(area: Area) -> tuple[str, str]:
    """The grouping that an area is a unit of, and its key there."""
    by = {"country": "6", "region": "6", "unit34": "34"}.get(area.kind, "63")
    return by, area.code


def this_year(found: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Unit × 13 of the quarter's year, later months than the view's left unknown."""
    units, years = (found.index.get_level_values(name) for name in ("unit", "year"))
    year = found[years == periods.year_of(quarter)].droplevel("year").reindex(units.unique())
    return year[list(range(1, shown_until(quarter) + 1))].reindex(columns=year.columns)


@dataclass(frozen=True)
class Judged:
    """The method that earlier years recommend, and every method's mean error (fraction)."""

    method: Method
    errors: dict[str, float]
    years: tuple[int, ...]


def judged(provinces: pd.DataFrame, country: pd.DataFrame, year: int) -> Judged | None:
    """Judged on the 63 provinces' closed years; None while there are too few of them."""
    past = Past.of(provinces, country, year)
    errors = mean_errors(past) if len(past.country) >= MIN_YEARS else {}
    if not errors:
        return None
    tested = [each for each in country.index if each < year][1:]
    return Judged(METHODS[choose(errors)], errors, tuple(tested))


@dataclass(frozen=True)
class Year:
    """A budget year as a quarter sees it, for every unit of a grouping.

    `rates`: unit × 13, later months unknown; `plans`: unit × (assigned, carried_over);
    `ahead`: unit → outlook, empty where nothing can be said.
    """

    rates: pd.DataFrame
    plans: pd.DataFrame
    ahead: dict[str, Outlook]


def year_of(
    months: pd.DataFrame,
    found: pd.DataFrame,
    country: pd.DataFrame,
    quarter: str,
    source: str,
    by: str,
    judge: Judged | None,
) -> Year:
    """The year of `found`, the curves of grouping `by`; the country's curve helps to forecast."""
    rates = this_year(found, quarter)
    past = Past.of(found, country, periods.year_of(quarter))
    ahead = outlooks(judge.method.key, rates, past) if judge else {}
    return Year(rates, planned(months, quarter, source, by), ahead)


def planned(months: pd.DataFrame, quarter: str, source: str, by: str) -> pd.DataFrame:
    """Unit × (assigned, carried_over) of the quarter's year, reported or not."""
    rows = months[
        (months["source"] == source)
        & (months["kind"] == ALL)
        & (months["year"] == periods.year_of(quarter))
        & (months["position"] == 1)
    ]
    unit = rows["province"].map(units_of(by)).rename("unit")
    return rows.groupby(unit)[["assigned", "carried_over"]].sum().reindex(order_of(by))


def closing_day(quarter: str) -> date:
    """When finished work of the quarter's budget year is paid at the latest."""
    return date(periods.year_of(quarter) + 1, 1, 31)


def at_risk(plans: pd.DataFrame, ahead: Mapping[str, Outlook]) -> pd.DataFrame:
    """Units whose carried-over money may be left: carried_over, assigned, expected (đồng).

    Reports do not tell carried-over money from this year's. A unit is named when even the high
    end of its forecast is less than what it was assigned this year alone: as much as was carried
    over, or more, stays unspent. Largest sum first.
    """
    high = pd.Series({unit: it.closing()[2] for unit, it in ahead.items()}, dtype="float64")
    expected = high.reindex(plans.index) * (plans["assigned"] + plans["carried_over"])
    table = plans.assign(expected=expected)
    named = table[(table["carried_over"] > 0) & (expected < table["assigned"])]
    return named.sort_values("carried_over", ascending=False, kind="stable")
