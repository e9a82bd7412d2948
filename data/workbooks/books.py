"""What the checks look at: all workbooks' tables as one, and the tables already published.

Each table is one frame of every workbook's rows, numbered from 0, in plain types (text, float64,
dates), so that a check is a few array passes however many workbooks there are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import columns, periods, places, schema
from data.workbooks import frames as made
from data.workbooks import sheets
from data.workbooks.as_read import Reading
from data.workbooks.findings import Finding

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Made = TypeVar("Made")

_MOST = 1e15
"""Beyond it no figure is meant, and a float no longer holds every đồng."""
_PLAIN = {"Int64": "float64", "int64": "float64", "bool": "boolean"}


@dataclass(frozen=True)
class Book:
    """One workbook, or one province's rows of tables without workbooks."""

    name: str
    province: str
    quarter: str
    columns: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    told: Sequence[Finding] = ()


@dataclass(frozen=True)
class Books:
    """`frames` by table; `of`: the workbook of each row; `rows`: its Excel row (0: none).

    `known` are the tables in force: what these workbooks replace of them is for each check to
    leave out. `untyped` holds (table, row, column, value) of values that are not of their type.
    """

    books: Sequence[Book]
    frames: Mapping[str, pd.DataFrame]
    of: Mapping[str, Ints]
    rows: Mapping[str, Ints]
    known: Mapping[str, pd.DataFrame]
    untyped: Sequence[tuple[str, int, str, str]] = ()
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    def once(self, make: "Callable[[Books], Made]") -> Made:
        """What `make` makes of these tables, made once for all the checks that look at it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def listed(self) -> pd.DataFrame:
        """One row per workbook: `book` (its position), `province`, `quarter`."""
        facts = [(at, it.province, it.quarter) for at, it in enumerate(self.books)]
        listed = pd.DataFrame(facts, columns=["book", "province", "quarter"])
        return listed.astype({"book": "intp", "province": "str", "quarter": "str"})

    def provinces(self, table: str) -> "pd.Series[str]":
        """The province of each row's workbook; empty where it is not known."""
        return _each(self.of[table], [book.province for book in self.books])

    def quarters(self, table: str) -> "pd.Series[str]":
        """The quarter of each row's workbook; empty where it is not known."""
        return _each(self.of[table], [book.quarter for book in self.books])

    def ends(self, table: str) -> "pd.Series[pd.Timestamp]":
        """The last day of the quarter of each row's workbook."""
        ends = [periods.end(book.quarter) if book.quarter else None for book in self.books]
        days = pd.Series(pd.to_datetime(pd.Series(ends, dtype="object")).to_numpy())
        return days.iloc[self.of[table]].reset_index(drop=True)

    @cached_property
    def model_of(self) -> Ints:
        """For each row of `progress`, its model's position in `models`, or -1."""
        models, progress = self.frames["models"], self.frames["progress"]
        index = pd.MultiIndex.from_arrays([self.of["models"], models["model_id"]])
        first = np.flatnonzero(~index.duplicated() & models["model_id"].notna().to_numpy())
        wanted = pd.MultiIndex.from_arrays([self.of["progress"], progress["model_id"]])
        found = index[first].get_indexer(wanted)
        return np.where(found < 0, -1, first[found] if len(first) else -1)

    @cached_property
    def history(self) -> pd.DataFrame:
        """Reports of a model with several, known and new, by model and quarter: the columns of
        `progress`, `at` (position in `frames["progress"]`, -1: known already). A new one replaces
        a known."""
        new = self.frames["progress"]
        known = self.known["progress"]
        both = pd.concat([known.assign(at=-1), new.assign(at=np.arange(len(new)))])
        both = both[both["model_id"].duplicated(keep=False)]
        named = both["quarter"].str.fullmatch(columns.QUARTER).astype("bool")
        both = both[named & both["model_id"].notna()]
        both = both.drop_duplicates(["model_id", "quarter"], keep="last")
        return both.sort_values(["model_id", "quarter"], ignore_index=True)


def of_readings(
    readings: Sequence[Reading],
    known: Mapping[str, pd.DataFrame],
    joined: Mapping[str, pd.DataFrame] | None = None,
) -> Books:
    """The workbooks' tables as one; `known` may lack tables, or hold empty ones.

    `joined` are the readings' tables where somebody has joined them already.
    """
    wholes = made.joined([reading.tables for reading in readings]) if joined is None else joined
    books = [
        Book(
            reading.workbook,
            reading.province or "",
            reading.quarter or "",
            reading.columns,
            reading.findings,
        )
        for reading in readings
    ]
    frames, of, rows, untyped = {}, {}, {}, []
    for table in sheets.TABLES:
        lengths = [len(reading.tables[table].rows) for reading in readings]
        of[table] = np.repeat(np.arange(len(lengths)), lengths)
        rows[table] = wholes[table].index.to_numpy(np.intp)
        whole = wholes[table].reset_index(drop=True)
        frames[table] = plain(table, whole)
        untyped += _lost(table, whole, frames[table])
    return Books(books, frames, of, rows, _known(known, frames), untyped)


def of_tables(
    reports: Mapping[str, Mapping[str, pd.DataFrame]], known: Mapping[str, pd.DataFrame]
) -> Books:
    """Tables without workbooks, by quarter, as if each province had sent one for each.

    Every table but trainings holds its province, or (progress) a model of it.
    """
    provinces = list(places.provinces().index)
    books = [Book("", province, quarter) for quarter in reports for province in provinces]
    plains, of, rows = {}, {}, {}
    for table in sheets.TABLES:
        parts = [frames[table] for frames in reports.values()]
        owners = [
            np.asarray(pd.Index(provinces).get_indexer(pd.Index(_owner(frames, table))), np.intp)
            + number * len(provinces)
            for number, frames in enumerate(reports.values())
        ]
        plains[table] = plain(table, _joined(table, parts))
        of[table] = np.concatenate(owners) if owners else np.zeros(0, np.intp)
        rows[table] = np.zeros(len(of[table]), np.intp)
    return Books(books, plains, of, rows, _known(known, plains))


def _owner(frames: Mapping[str, pd.DataFrame], table: str) -> "pd.Series[str]":
    """The province whose row it is; a session is anybody's, so the first one's."""
    if table == "progress":
        models = frames["models"].drop_duplicates("model_id").set_index("model_id")["province"]
        return models.reindex(frames[table]["model_id"])
    if table == "trainings":
        return pd.Series(places.provinces().index[0], frames[table].index)
    owner: pd.Series[str] = frames[table]["province"]
    return owner


def plain(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The schema's columns in plain types; what is not of its type is missing."""
    typed = {}
    for column in schema.TABLES[table].columns:
        dtype = str(schema.metadata(table, column)["dtype"])
        values = frame[column] if column in frame else pd.Series(pd.NA, frame.index, "object")
        typed[column] = _typed(values, _PLAIN.get(dtype, dtype))
    return pd.DataFrame(typed, index=frame.index)


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    if dtype == "float64":
        numbers = pd.to_numeric(values, errors="coerce").to_numpy("float64", na_value=np.nan)
        return pd.Series(np.where(np.abs(numbers) <= _MOST, numbers, np.nan), values.index)
    if str(values.dtype) == dtype:
        return values
    if dtype.startswith("datetime"):
        days = values.where(values.map(lambda it: isinstance(it, date)))
        return pd.to_datetime(days, errors="coerce").astype("datetime64[ms]")
    if dtype == "boolean":
        flags = [bool(it) if isinstance(it, (bool, np.bool_)) else pd.NA for it in values]
        return pd.Series(pd.array(flags, "boolean"), values.index)
    return values.where(values.notna(), None).astype("str")


def _lost(table: str, before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[str, int, str, str]]:
    """Values that were there and are not of their type."""
    lost = []
    for column in after:
        if not after[column].hasnans:
            continue
        gone = np.flatnonzero(after[column].isna() & before[column].notna())
        lost += [(table, int(at), str(column), str(before[column].iloc[at])) for at in gone]
    return lost


def _known(
    known: Mapping[str, pd.DataFrame], plains: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The tables in force in plain types; those that are missing without rows."""
    return {
        table: plain(table, known[table].reset_index(drop=True))
        if len(known.get(table, ()))
        else plains[table].iloc[:0]
        for table in sheets.TABLES
    }


def _empty(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(schema.TABLES[table].columns), dtype="object")


def _joined(table: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else _empty(table)


def _each(of: Ints, values: Sequence[str]) -> "pd.Series[str]":
    return pd.Series(pd.array(list(values), "str").take(of))
