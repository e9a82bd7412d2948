"""What a finding is about, as one text: a model's id, or the key of another row, joined by `|`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from data import schema
from data.workbooks import sheets
from data.workbooks.fields import Key
from data.workbooks.findings import Finding

WIDE = {"disbursements": ("source", "kind"), "attendance": ("level",)}
"""Columns that name a cell's heading where one Excel row holds several rows of a table."""

KEYS = {
    table: [
        str(key) for key in schema.TABLES[table].unique or [] if key not in ("quarter", "province")
    ]
    for table in sheets.TABLES
}
"""What tells a row of a table from the others of its province and quarter."""


def of_row(table: str, frame: pd.DataFrame, at: int) -> str:
    """The key of the row at a position; parts that are missing are left out."""
    return _joined([frame[column].iloc[at] for column in KEYS[table]])


def keyed(
    findings: Sequence[Finding], frames: Mapping[str, pd.DataFrame], columns: Mapping[Key, str]
) -> list[Finding]:
    """The findings of reading with their keys: of the row, or the sheet's name where it is about
    no table. `frames` and `columns` are those of the `Reading`."""
    rows = {name: _by_row(frame) for name, frame in frames.items()}
    groups = {(key[0], label): key[2:] for key, label in columns.items()}
    return [replace(it, key=_key(it, frames, rows, groups)) for it in findings]


def _key(
    it: Finding,
    frames: Mapping[str, pd.DataFrame],
    rows: Mapping[str, Mapping[int, list[int]]],
    groups: Mapping[tuple[str, str], tuple[str, ...]],
) -> str:
    if it.table not in frames:
        return it.sheet
    frame, held = frames[it.table], rows[it.table].get(it.row, [])
    group = groups.get((it.table, it.column), ())
    for column, value in zip(WIDE.get(it.table, ()), group, strict=False):
        held = [at for at in held if frame[column].iloc[at] == value]
    if len(held) == 1:
        return of_row(it.table, frame, held[0])
    # A cell that all rows of the Excel row share: what of the key they share too.
    shared = [column for column in KEYS[it.table] if column not in WIDE.get(it.table, ())]
    return _joined([frame[column].iloc[held[0]] for column in shared]) if held else ""


def _by_row(frame: pd.DataFrame) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, number in enumerate(frame.index.tolist()):
        found.setdefault(number, []).append(at)
    return found


def _joined(parts: Sequence[object]) -> str:
    known = (it for it in parts if not (it is None or it is pd.NA or it != it))
    return "|".join(f"{it:.0f}" if isinstance(it, float) else str(it) for it in known)
