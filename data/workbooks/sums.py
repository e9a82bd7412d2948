"""Rows of sums in what was sent: left out of the records, and compared with them."""

from collections.abc import Sequence

from data.workbooks import cells, columns
from data.workbooks.apart import Cell
from data.workbooks.columns import Read, Style
from data.workbooks.fields import Field, Kind

SUMMED: tuple[Kind, ...] = ("count", "money")


def wrong(held: Field, cell: Cell, read: Read, unit: int | None, start: int, before: int) -> str:
    """What is wrong with a cell of a row of sums, in Vietnamese; empty if nothing is.

    It must be the sum of all records, of those above it (`before`), or of those since the last
    row of sums (`start`). Half a unit of its last written digit is rounding.
    """
    if cell == "" or read.problems:
        return ""
    told = columns.read(held, [cell], Style(unit=unit)).values[0]
    if told is None:
        return ""
    whole, above = sum(filter(None, read.values)), sum(filter(None, read.values[:before]))
    since = sum(filter(None, read.values[start:before]))
    slack = 0 if held.kind == "count" else max(1, (unit or 1) // 2000)
    if any(abs(told - one) <= slack for one in (whole, above, since)):
        return ""
    right = above if before else whole
    shown = right / unit if held.kind == "money" and unit else right
    return f"Dòng cộng ghi {cells.shown(cell)}, các dòng cộng lại là {cells.shown(float(shown))}"


def first_words(row: Sequence[Cell]) -> str:
    """What a row calls itself."""
    return next((cells.shown(cell) for cell in row if isinstance(cell, str) and cell.strip()), "")
