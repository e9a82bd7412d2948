"""The tables and cubes of the snapshot in force, in memory, shared by all sessions.

Of `data` it alone knows Streamlit, with `view_readers` and `model_readers`, which build on it.
Call `current()` on every rerun: a snapshot published elsewhere appears by itself, and damage done
to the files while running is noticed, with the tables in memory staying in use. Frames belong to
an id, so nothing stale survives it.
"""

import threading
import time
from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st

from data import conversion, reporting, schema, snapshots
from data.snapshots import Snapshot, SnapshotError

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


@st.cache_resource(show_spinner=False, max_entries=4)
def reports(snapshot_id: str, today: date) -> pd.DataFrame:
    """Province and quarter → whether its report came; see `reporting.standing`."""
    return reporting.standing(table(snapshot_id, "submissions"), today)
