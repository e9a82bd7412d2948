"""The figures and the money of a view, in memory, shared by all sessions; see `readers`.

The country in each quarter is made before the first visitor (`warm`), the rest when somebody
looks at it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pandas as pd
import streamlit as st

from data import budget, cubes, measures, periods, readers
from data.budget import Judged, Year
from data.codes import ALL, FORMS
from data.figures import Board, Figures, all_quarters, beside, same
from data.figures import board as make_board
from data.figures import ranked as rank
from data.measures import MEASURES
from data.money import Money, remaining
from data.money import lines as money_lines
from data.places import Area
from data.view import View, opening

Limits = tuple[float, ...]

HashFuncs = dict[str | type[Any], Callable[[Any], Any]]
BY_FIGURES: HashFuncs = {View: lambda it: (it.form, it.source, it.quarter, it.units, it.area_key)}
BY_MONEY: HashFuncs = {View: lambda it: (it.source, it.quarter, it.units, it.area_key)}
"""What of a view its figures, and its money, depend on: what is kept for them goes by this."""


@st.cache_resource(show_spinner=False, max_entries=64)
def national(snapshot_id: str, form: str, source: str) -> pd.DataFrame:
    """The (quarter, province) frame of one form and one source; do not modify it."""
    return cubes.member(readers.cube(snapshot_id, "province_quarter"), form, source)


@st.cache_resource(show_spinner=False, max_entries=256)
def limits(snapshot_id: str, measure: str, units: str, form: str, source: str) -> Limits:
    """The four class limits of a measure, over all quarters, so that a legend keeps them."""
    frame = national(snapshot_id, form, source)
    return measures.breaks(MEASURES[measure], all_quarters(frame, units))


@st.cache_resource(show_spinner=False, max_entries=256)
def board(snapshot_id: str, form: str, source: str, quarter: str, units: str) -> Board:
    """The board of a quarter; do not modify it."""
    return make_board(national(snapshot_id, form, source), quarter, units)


def warm(snapshot_id: str) -> None:
    """Make what the first look at each quarter of the country would have to wait for."""
    for view in first_looks(snapshot_id):
        figures(snapshot_id, view)
        money(snapshot_id, view)


def first_looks(snapshot_id: str) -> list[View]:
    """The country in each quarter, whole and by form: what most visitors come by."""
    held = readers.quarters(snapshot_id)
    forms = (ALL, *FORMS)
    return [replace(opening(held), quarter=it, form=form) for it in held for form in forms]


@st.cache_resource(show_spinner=False, max_entries=1024)
def trend(snapshot_id: str, form: str, source: str, members: tuple[str, ...]) -> pd.DataFrame:
    """quarter × summed columns of some provinces; do not modify it."""
    return measures.over_time(national(snapshot_id, form, source), members)


@st.cache_resource(show_spinner=False, max_entries=1024)
def _now(
    snapshot_id: str, form: str, source: str, members: tuple[str, ...]
) -> dict[str, dict[str, float]]:
    """Quarter → summed columns of some provinces, as plain mappings."""
    sums = trend(snapshot_id, form, source, members)
    return cast("dict[str, dict[str, float]]", sums.to_dict("index"))


@st.cache_resource(show_spinner=False, max_entries=256)
def ranked(
    snapshot_id: str, where: tuple[str, ...], measure: str, region: str, change: bool, _view: View
) -> list[tuple[str, str, float, int]]:
    """Code, name, value, rank of the units, best first; `where` and `region` name the view."""
    found = board(snapshot_id, *where)
    frame = rank(MEASURES[measure], found, _view, change)
    return [(str(code), *row) for code, *row in frame.itertuples()]


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=BY_FIGURES)
def figures(snapshot_id: str, view: View) -> Figures:
    """The figures of a view; do not modify them."""
    form, source, quarter = view.form, view.source, view.quarter

    def now(area: Area) -> dict[str, float]:
        return _now(snapshot_id, form, source, area.members)[quarter]

    found = board(snapshot_id, form, source, quarter, view.units)
    return Figures(
        board=found,
        trend=trend(snapshot_id, form, source, view.area.members).loc[:quarter],
        now=now(view.area),
        beside=tuple((name, now(area)) for name, area in beside(view.area)),
        same=same(found, view.area),
    )


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=BY_MONEY)
def money(snapshot_id: str, view: View) -> Money:
    """The money of a view; do not modify it."""
    by, key = budget.area_key(view.area)
    year = periods.year_of(view.quarter)
    own = _year(snapshot_id, view.source, by, view.quarter)
    lines = _lines(snapshot_id, view.area.members, view.quarter, view.source)
    past = cast("pd.DataFrame", _curves(snapshot_id, view.source, by).loc[key])
    return Money(
        lines=lines,
        left=remaining(cast("dict[str, float]", lines.iloc[-1].to_dict()), view.quarter),
        past=past[past.index < year],
        rates=cast("pd.Series[float]", own.rates.loc[key]),
        outlook=own.ahead.get(key),
        judged=_judged(snapshot_id, year),
        units=_year(snapshot_id, view.source, view.units, view.quarter),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _months(snapshot_id: str) -> pd.DataFrame:
    return budget.prepared(readers.cube(snapshot_id, "province_month"))


@st.cache_resource(show_spinner=False, max_entries=64)
def _curves(snapshot_id: str, source: str, by: str) -> pd.DataFrame:
    return budget.curves(_months(snapshot_id), source, by)


def _country(snapshot_id: str, source: str) -> pd.DataFrame:
    return budget.country_curve(_curves(snapshot_id, source, "6"))


@st.cache_resource(show_spinner=False, max_entries=16)
def _judged(snapshot_id: str, year: int) -> Judged | None:
    return budget.judged(_curves(snapshot_id, ALL, "63"), _country(snapshot_id, ALL), year)


@st.cache_resource(show_spinner=False, max_entries=256)
def _year(snapshot_id: str, source: str, by: str, quarter: str) -> Year:
    judge = _judged(snapshot_id, periods.year_of(quarter))
    found, country = _curves(snapshot_id, source, by), _country(snapshot_id, source)
    return budget.year_of(_months(snapshot_id), found, country, quarter, source, by, judge)


@st.cache_resource(show_spinner=False, max_entries=1024)
def _lines(snapshot_id: str, members: tuple[str, ...], quarter: str, source: str) -> pd.DataFrame:
    return money_lines(_months(snapshot_id), members, quarter, source)
