"""The tables and cubes of the snapshot in force, in memory, shared by all sessions.

The only module of `data` that knows Streamlit. Call `current()` on every rerun: a snapshot
published elsewhere appears by itself, and damage done to the files while running is noticed,
with the tables in memory staying in use. Frames belong to an id, so nothing stale survives it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, cast

import pandas as pd
import streamlit as st

from data import budget, conversion, cubes, measures, periods, reporting, schema, snapshots
from data.budget import Judged, Money, Year
from data.codes import ALL, FORMS
from data.figures import Board, Figures, all_quarters, beside, same
from data.figures import board as make_board
from data.figures import ranked as rank
from data.measures import MEASURES
from data.places import Area
from data.snapshots import Snapshot, SnapshotError
from data.view import View, opening

Limits = tuple[float, ...]

LOOK_EVERY = 2.0
"""Seconds during which the files are not looked at again, by any session of the process."""


class Reading(NamedTuple):
    """What to show: a snapshot with its tables in memory, or none; a notice for the viewer."""

    snapshot: Snapshot | None
    notice: str | None


def current() -> Reading:
    """The snapshot in force, or the last good one with a notice; never raises for bad files."""
    return _watch(snapshots.configured_place()).reading()


def table(snapshot_id: str, name: str) -> pd.DataFrame:
    """A table of the schema, by its name; SnapshotError if the files are gone meanwhile.

    A lazy copy: what a caller changes in it, no other session sees.
    """
    return _frames(snapshots.configured_place(), snapshot_id)[name].copy(deep=False)


def cube(snapshot_id: str, name: str) -> pd.DataFrame:
    """A cube (`province_quarter`, `province_month`), as `table`."""
    return table(snapshot_id, name)


def tables(snapshot_id: str) -> dict[str, pd.DataFrame]:
    """Every table of the schema, as `table`."""
    return {name: table(snapshot_id, name) for name in schema.TABLES}


def published() -> list[Snapshot]:
    """The snapshots of the place whose manifest can be read, the last made first."""
    return snapshots.readable(snapshots.configured_place())


class _Watch:
    """What was read last, and whether the files in force have changed since."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._last = Reading(None, None)
        self._seen = ""
        self._due = 0.0
        self._looking = threading.Lock()

    def reading(self) -> Reading:
        # While one session looks, perhaps at a slow object store, the others go on.
        if time.monotonic() >= self._due and self._looking.acquire(blocking=not self._seen):
            try:
                self._look()
                self._due = time.monotonic() + LOOK_EVERY
            finally:
                self._looking.release()
        return self._last

    def _look(self) -> None:
        seen = snapshots.fingerprint(self._place)
        # A notice is looked into again each time: an object store may only have been out of reach.
        if seen != self._seen or self._last.notice:
            self._last = self._read()
            self._seen = seen

    def _read(self) -> Reading:
        held = self._last.snapshot
        snapshot, notice = snapshots.in_force(self._place, held)
        try:
            if snapshot:
                _frames(self._place, snapshot.id)
        except SnapshotError as error:  # of other columns, or damaged since the check
            return Reading(held, str(error))
        return Reading(snapshot, notice)


@st.cache_resource(show_spinner=False, max_entries=1)
def _watch(place: str) -> _Watch:
    return _Watch(place)


@st.cache_resource(show_spinner=False, max_entries=2)
def _frames(place: str, snapshot_id: str) -> dict[str, pd.DataFrame]:
    """All tables and cubes of a snapshot; two, since a session may be midway with the old one."""
    snapshot = snapshots.load(place, snapshot_id)
    return {name: _frame(snapshot, name) for name in snapshot.manifest.files}


def _frame(snapshot: Snapshot, name: str) -> pd.DataFrame:
    stored = snapshots.read_table(snapshot, name)
    try:
        return conversion.from_arrow(name, stored) if name in schema.TABLES else stored.to_pandas()
    except (KeyError, ValueError, TypeError) as error:  # made by a program with other columns
        where = f"{snapshot.place}/{snapshot.id}"
        raise SnapshotError(f"{name}.parquet không đúng lược đồ", where) from error


@st.cache_resource(show_spinner=False, max_entries=4)
def quarters(snapshot_id: str) -> tuple[str, ...]:
    """The quarters a snapshot holds, oldest first."""
    return tuple(sorted(cube(snapshot_id, "province_quarter")["quarter"].unique()))


@st.cache_resource(show_spinner=False, max_entries=64)
def national(snapshot_id: str, form: str, source: str) -> pd.DataFrame:
    """The (quarter, province) frame of one form and one source; do not modify it."""
    return cubes.member(cube(snapshot_id, "province_quarter"), form, source)


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
    held = quarters(snapshot_id)
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


HashFuncs = dict[str | type[Any], Callable[[Any], Any]]
BY_FIGURES: HashFuncs = {View: lambda it: (it.form, it.source, it.quarter, it.units, it.area_key)}
BY_MONEY: HashFuncs = {View: lambda it: (it.source, it.quarter, it.units, it.area_key)}
"""What of a view its figures, and its money, depend on: what is kept for them goes by this."""


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
        left=budget.remaining(cast("dict[str, float]", lines.iloc[-1].to_dict()), view.quarter),
        past=past[past.index < year],
        rates=cast("pd.Series[float]", own.rates.loc[key]),
        outlook=own.ahead.get(key),
        judged=_judged(snapshot_id, year),
        units=_year(snapshot_id, view.source, view.units, view.quarter),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _months(snapshot_id: str) -> pd.DataFrame:
    return budget.prepared(cube(snapshot_id, "province_month"))


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
    return budget.lines(_months(snapshot_id), members, quarter, source)


@st.cache_resource(show_spinner=False, max_entries=4)
def reports(snapshot_id: str, today: date) -> pd.DataFrame:
    """Province and quarter → whether its report came; see `reporting.standing`."""
    return reporting.standing(table(snapshot_id, "submissions"), today)
