"""The sums that one view is made from: its area over time, its units now and a quarter ago."""

from dataclasses import dataclass
from typing import cast

import pandas as pd

from data import measures, periods, places
from data.measures import Measure
from data.places import Area
from data.view import View


@dataclass(frozen=True)
class Figures:
    """Summed cube columns for a view.

    `trend`: quarter × columns of the view's area. `provinces`: province × columns of the whole
    country in the view's quarter. `units` and `units_before`: the view's 63 or 34 units, now and
    a quarter ago (no row where there is no such quarter). `beside`: name and sums of what stands
    beside a chosen province: its region and the country.
    """

    trend: pd.DataFrame
    provinces: pd.DataFrame
    units: pd.DataFrame
    units_before: pd.DataFrame
    beside: tuple[tuple[str, pd.Series], ...]

    @property
    def now(self) -> pd.Series:
        """The area's sums in the view's quarter: its last row of `trend`."""
        return self.trend.iloc[-1]


def figures(national: pd.DataFrame, view: View) -> Figures:
    """The figures of a view from the (quarter, province) frame of its form and source."""
    upto = national.loc[: view.quarter]
    provinces = one_quarter(national, view.quarter)
    before = periods.shift(view.quarter, -1)
    earlier = one_quarter(national, before) if before in view.quarters else provinces.iloc[:0]
    return Figures(
        trend=measures.over_time(upto, view.area.members),
        provinces=provinces,
        units=measures.by_unit(provinces, view.units),
        units_before=measures.by_unit(earlier, view.units),
        beside=tuple(
            (name, provinces[provinces.index.isin(area.members)].sum(min_count=1))
            for name, area in _beside(view.area)
        ),
    )


def one_quarter(national: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """province × columns of one quarter of a (quarter, province) frame."""
    return cast(pd.DataFrame, national.loc[quarter])


def _beside(area: Area) -> list[tuple[str, Area]]:
    if area.kind == "country":
        return []
    country = ("cả nước", places.country())
    if area.kind == "region":
        return [country]
    frame = places.units34() if area.kind == "unit34" else places.provinces()
    region = places.region(str(frame.loc[area.code, "region"]))
    return [("vùng", region), country] if region else [country]


def unit_names(units: str) -> "pd.Series[str]":
    """The names of the 63 provinces or 34 units by code, in official order."""
    frame = places.units34() if units == "34" else places.provinces()
    return frame["name"]


def ranked(measure: Measure, found: Figures, view: View, change: bool) -> pd.DataFrame:
    """name, value, rank of the units inside the area (of all units for a province), best first.

    `change` ranks by the change since the quarter before. Units without a value are left out.
    """
    value = measures.values(measure, found.units)
    if change:
        value = value - measures.values(measure, found.units_before).reindex(value.index)
    if view.area.kind == "region":
        value = value[value.index.isin(view.area.members)]
    value = value.dropna().sort_values(ascending=False, kind="stable")
    frame = pd.DataFrame({"name": unit_names(view.units).reindex(value.index), "value": value})
    return frame.assign(rank=range(1, len(frame) + 1))
