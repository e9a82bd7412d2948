"""The tables and cubes of the snapshot in force, in memory, shared by all sessions.

The only module of `data` that knows Streamlit. Call `current()` on every rerun: a snapshot
published elsewhere appears by itself, and damage done to the files while running is noticed,
with the tables in memory staying in use. Frames belong to an id, so nothing stale survives it.
"""

import threading
import time
from typing import NamedTuple

import pandas as pd
import streamlit as st

from data import cubes, measures, schema, snapshots
from data.figures import Figures, one_quarter
from data.figures import figures as make_figures
from data.snapshots import Snapshot, SnapshotError
from data.view import View

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
        return schema.from_arrow(name, stored) if name in schema.TABLES else stored.to_pandas()
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
    sums = [
        measures.by_unit(one_quarter(frame, quarter), units) for quarter in quarters(snapshot_id)
    ]
    return measures.breaks(measures.MEASURES[measure], pd.concat(sums))


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs={View: repr})
def figures(snapshot_id: str, view: View) -> Figures:
    """The figures of a view; do not modify them."""
    return make_figures(national(snapshot_id, view.form, view.source), view)
