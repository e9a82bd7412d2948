"""Frames of the schema's columns from lists of values, with Excel's row numbers as index."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as arrow
from pandas.api.extensions import ExtensionArray
from pandas.api.types import pandas_dtype
from pandas.arrays import ArrowStringArray

from data import schema
from data.workbooks.columns import Read
from data.workbooks.sheets import Field, Key

_TEXT = pd.StringDtype(na_value=np.nan)
_WITH_GAPS = {"int64": "Int64", "bool": "boolean"}


def frame(table: str, columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> pd.DataFrame:
    """A table's rows; a column that is not given is missing everywhere.

    A column is in the schema's type when no value that the type needs is missing, else in the
    nullable type of the same kind.
    """
    nothing = [None] * len(rows)
    typed = {
        column: _typed(columns.get(column, nothing), _dtype(table, column))
        for column in schema.TABLES[table].columns
    }
    return pd.DataFrame(typed, index=np.array(rows, np.int64), copy=False)


def unfolded(
    table: str,
    wide: Sequence[Field],
    shared: Mapping[str, Sequence[Any]],
    read: Mapping[Key, Read],
    fixed: Mapping[str, str | None],
    rows: Sequence[int],
) -> pd.DataFrame:
    """A table whose rows stand side by side in Excel's: one for each group of cells that speaks.

    `wide` are the fields of the groups (by `Field.of`), `shared` the columns that all groups of
    an Excel row share, `fixed` those of the whole workbook. A cell that was not read speaks too.
    """
    groups: dict[tuple[tuple[str, str], ...], list[Field]] = {}
    for held in wide:
        if held.key in read:
            groups.setdefault(held.of, []).append(held)
    given: dict[str, list[Any]] = {}
    numbers: list[int] = []
    for at, number in enumerate(rows):
        for of, fields in groups.items():
            if not any(read[held.key].speaks(at) for held in fields):
                continue
            numbers.append(number)
            row = {**fixed, **{name: values[at] for name, values in shared.items()}, **dict(of)}
            row |= {held.column: read[held.key].values[at] for held in fields}
            for column in schema.TABLES[table].columns:
                given.setdefault(column, []).append(row.get(column))
    return frame(table, given, numbers)


def _dtype(table: str, column: str) -> str:
    return str(schema.metadata(table, column)["dtype"])


def _typed(values: Sequence[Any], dtype: str) -> npt.NDArray[Any] | ExtensionArray:
    if dtype == "str":
        # pandas' own way from a list takes six times as long, for fifty columns a workbook.
        words = arrow.array(values, arrow.large_string())
        return ArrowStringArray(words, dtype=_TEXT)  # type: ignore[call-arg]
    if dtype == "float64":
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if dtype.startswith("datetime"):
        return np.array(values, "datetime64[D]").astype("datetime64[ms]")
    if dtype in _WITH_GAPS and None not in values:
        return np.array(values, dtype)
    return pd.Series(values, dtype=pandas_dtype(_WITH_GAPS.get(dtype, dtype))).array
