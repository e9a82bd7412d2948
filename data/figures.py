"""The sums that one view is made from: its area over time, its units now and a quarter ago."""

from dataclasses import dataclass
from typing import cast

import pandas as pd

from data import measures, periods, places, rules
from data.measures import Measure
from data.places import Area
from data.rules import Finding
from data.view import View


@dataclass(frozen=True)
class Board:
    """What a quarter looks like, whichever area is chosen.

    `units`: unit × summed columns of the 63 or 34; `sums`: its rows as plain mappings. `same_now`
    and `same_before`: province × columns of the provinces that reported both this quarter and
    the one before, so that a change compares like with like. `concerns`: what needs attention
    in the country.
    """

    units: pd.DataFrame
    sums: dict[str, dict[str, float]]
    same_now: pd.DataFrame
    same_before: pd.DataFrame
    concerns: tuple[Finding, ...]


@dataclass(frozen=True)
class Figures:
    """A board, and the view's area on it.

    `trend`: quarter × summed columns of the area, up to the view's quarter. `now`: its last row.
    `beside`: what stands beside a chosen area: its region and the country, now. `same`: sums of
    the area's provinces that reported both quarters, now and a quarter ago.
    """

    board: Board
    trend: pd.DataFrame
    now: dict[str, float]
    beside: tuple[tuple[str, dict[str, float]], ...]
    same: tuple[dict[str, float], dict[str, float]]


def board(national: pd.DataFrame, quarter: str, units: str) -> Board:
    """The board of one quarter of a (quarter, province) frame, in 63 or 34 units."""
    provinces = _quarter(national, quarter)
    before = periods.shift(quarter, -1)
    known = before in national.index.get_level_values("quarter")
    earlier = _quarter(national, before) if known else provinces.iloc[:0]
    reported = provinces.index[provinces["reports"] > 0]
    both = earlier.index[(earlier["reports"] > 0) & earlier.index.isin(reported)]
    frame = measures.by_unit(provinces, units)
    return Board(
        units=frame,
        sums=cast("dict[str, dict[str, float]]", frame.to_dict("index")),
        same_now=provinces.loc[both],
        same_before=earlier.loc[both],
        concerns=tuple(rules.findings(provinces)),
    )


def same(found: Board, area: Area) -> tuple[dict[str, float], dict[str, float]]:
    """Sums of an area's provinces that reported both quarters, now and a quarter ago."""
    frames = (found.same_now, found.same_before)
    sums = [frame[frame.index.isin(area.members)].sum(min_count=1) for frame in frames]
    now, before = (cast("dict[str, float]", row.to_dict()) for row in sums)
    return now, before


def comparable(measure: Measure, quarter: str) -> bool:
    """Whether the measure may be compared with the quarter before.

    Money of a budget year starts from nothing in the first quarter.
    """
    return measure.by_form or periods.shift(quarter, -1)[:4] == quarter[:4]


def _quarter(national: pd.DataFrame, quarter: str) -> pd.DataFrame:
    return cast(pd.DataFrame, national.loc[quarter])


def all_quarters(national: pd.DataFrame, units: str) -> pd.DataFrame:
    """The unit × columns frames of every quarter, one below the other."""
    quarters = national.index.get_level_values("quarter").unique()
    return pd.concat([measures.by_unit(_quarter(national, it), units) for it in quarters])


def beside(area: Area) -> list[tuple[str, Area]]:
    """What an area is compared with: a province with its region, both with the country."""
    if area.kind == "country":
        return []
    country = ("cả nước", places.country())
    if area.kind == "region":
        return [country]
    frame = places.units34() if area.kind == "unit34" else places.provinces()
    region = places.region(str(frame.loc[area.code, "region"]))
    return [("vùng", region), country] if region else [country]


def inside(view: View) -> "pd.Index[str]":
    """Codes of the 63 or 34 units that lie in the view's region; all of them otherwise.

    One of the 34 lies in the region of the province it is named after.
    """
    frame = places.units34() if view.units == "34" else places.provinces()
    here = frame["region"] == view.area.slug
    return frame.index[here] if view.area.kind == "region" else frame.index


def unit_names(units: str) -> "pd.Series[str]":
    """The names of the 63 provinces or 34 units by code, in official order."""
    frame = places.units34() if units == "34" else places.provinces()
    return frame["name"]


def ranked(measure: Measure, found: Board, view: View, change: bool) -> pd.DataFrame:
    """name, value, rank of the units inside the area (of all units for a province), best first.

    `change` ranks by the change since the quarter before, of the provinces that reported both.
    Units without a value are left out.
    """
    if change:
        now, before = (
            measures.values(measure, measures.by_unit(frame, view.units))
            for frame in (found.same_now, found.same_before)
        )
        value = now - before
    else:
        value = measures.values(measure, found.units)
    value = value[value.index.isin(inside(view))]
    value = value.dropna().sort_values(ascending=False, kind="stable")
    frame = pd.DataFrame({"name": unit_names(view.units).reindex(value.index), "value": value})
    return frame.assign(rank=range(1, len(frame) + 1))
