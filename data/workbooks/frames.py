"""What was read of a table, as lists; and frames of the schema's columns made from such lists.

A frame costs as much for one workbook as for all of them: whoever looks at many makes one.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import NoneType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as arrow
from pandas.api.extensions import ExtensionArray
from pandas.arrays import ArrowStringArray, BooleanArray, IntegerArray

from data import schema
from data.workbooks import sheets
from data.workbooks.columns import Read
from data.workbooks.fields import Key, Sheet

_TEXT = pd.StringDtype(na_value=np.nan)
_WITHOUT_GAPS = ("int64", "bool")


class Lists(NamedTuple):
    """A table's rows: all columns of the schema, None where nothing is; Excel's row numbers."""

    columns: Mapping[str, Sequence[Any]]
    rows: Sequence[int]


def lists(table: str, columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> Lists:
    """The table's rows; a column that is not given is missing everywhere."""
    nothing = [None] * len(rows)
    return Lists({name: columns.get(name, nothing) for name in schema.TABLES[table].columns}, rows)


def nothing() -> dict[str, Lists]:
    """Every table that workbooks report, without rows."""
    return {table: lists(table, {}, []) for table in sheets.TABLES}


def joined(parts: Sequence[Mapping[str, Lists]]) -> dict[str, pd.DataFrame]:
    """Every table that workbooks report, of all parts, as `frame` makes it."""
    return {table: frame(table, [part[table] for part in parts]) for table in sheets.TABLES}


def frame(table: str, parts: Sequence[Lists]) -> pd.DataFrame:
    """The rows of all parts, with Excel's row numbers as index.

    A column is in the schema's type when no value that the type needs is missing, else in the
    nullable type of the same kind; in another one where it holds what the type cannot.
    """
    typed = {
        column: _typed(
            list(chain.from_iterable(part.columns[column] for part in parts)),
            str(schema.metadata(table, column)["dtype"]),
        )
        for column in schema.TABLES[table].columns
    }
    rows = list(chain.from_iterable(part.rows for part in parts))
    return pd.DataFrame(typed, index=np.array(rows, np.int64), copy=False)


def _typed(values: Sequence[Any], dtype: str) -> npt.NDArray[Any] | ExtensionArray:
    try:
        return _of_type(values, dtype)
    except (TypeError, ValueError, OverflowError):
        return pd.Series(values, dtype="object").array


def _of_type(values: Sequence[Any], dtype: str) -> npt.NDArray[Any] | ExtensionArray:
    if dtype == "str":
        # pandas' own way from a list takes six times as long.
        words = arrow.array(values, arrow.large_string())
        return ArrowStringArray(words, dtype=_TEXT)  # type: ignore[call-arg]
    if dtype == "float64":
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if dtype.startswith("datetime"):
        days = arrow.array(values, arrow.date32()).cast(arrow.timestamp("ms"))
        return np.asarray(days.to_numpy(zero_copy_only=False))
    kinds = set(map(type, values))
    if kinds - {int, bool, NoneType}:
        raise TypeError
    if NoneType not in kinds and dtype in _WITHOUT_GAPS:
        return np.array(values, dtype)
    gaps = np.array([value is None for value in values], bool)
    if dtype == "bool":
        return BooleanArray(np.array([bool(value) for value in values], bool), gaps)
    return IntegerArray(np.array([value or 0 for value in values], np.int64), gaps)


def laid_out(
    sheet: Sheet,
    read: Mapping[Key, Read],
    beside: Mapping[str, Sequence[Any]],
    fixed: Mapping[str, str | None],
    rows: Sequence[int],
) -> dict[str, Lists]:
    """The tables of a sheet from its columns, by field; `rows` are Excel's row numbers.

    `beside` are columns that follow from others (codes of places), `fixed` those that are the
    same in the whole workbook: its province and quarter, None where not known.
    """
    return {
        table: _unfolded(sheet, table, read, fixed, rows)
        if any(held.of for held in sheet.fields if held.table == table)
        else _plain(sheet, table, read, {**_constant(table, fixed, len(rows)), **beside}, rows)
        for table in sheet.tables
    }


def _plain(
    sheet: Sheet,
    table: str,
    read: Mapping[Key, Read],
    beside: Mapping[str, Sequence[Any]],
    rows: Sequence[int],
) -> Lists:
    given = {
        held.column: read[held.key].values
        for held in sheet.fields
        if held.table == table and held.key in read
    }
    return lists(table, {**beside, **given}, rows)


def _constant(
    table: str, fixed: Mapping[str, str | None], length: int
) -> dict[str, Sequence[str | int | None]]:
    """The columns of a table that are the same in the whole workbook."""
    values: dict[str, str | int | None] = dict(fixed)
    values |= {column: value for (name, column), value in sheets.DEFAULTS.items() if name == table}
    if table == "funding" and fixed["quarter"]:
        values["year"] = int(fixed["quarter"][:4])
    return {column: [value] * length for column, value in values.items()}


def _unfolded(
    sheet: Sheet,
    table: str,
    read: Mapping[Key, Read],
    fixed: Mapping[str, str | None],
    rows: Sequence[int],
) -> Lists:
    """A table whose rows stand side by side in Excel's: one for each group of cells that speaks.

    The groups are by `Field.of`; the other columns are shared by all groups of an Excel row. A
    cell that was not read speaks too.
    """
    groups: dict[tuple[tuple[str, str], ...], dict[str, Read]] = {}
    shared = {name: [value] * len(rows) for name, value in fixed.items()}
    for held in sheet.fields:
        if held.key in read and held.of:
            groups.setdefault(held.of, {})[held.column] = read[held.key]
        elif held.key in read:
            shared[held.column] = read[held.key].values
    nothing = [None] * len(rows)
    parts: list[dict[str, Sequence[Any]]] = []
    spoken: list[tuple[int, int]] = []
    for part, (of, own) in enumerate(groups.items()):
        spoken += [(at, part) for at in set().union(*(one.spoken() for one in own.values()))]
        same = {name: [code] * len(rows) for name, code in of}
        parts.append({**shared, **same, **{name: one.values for name, one in own.items()}})
    spoken.sort()
    given = {
        column: [parts[part].get(column, nothing)[at] for at, part in spoken]
        for column in schema.TABLES[table].columns
    }
    return Lists(given, [rows[at] for at, _ in spoken])
