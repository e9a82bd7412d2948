"""Rows of sums in what was sent: known by their words, compared with the records."""

import re
from collections.abc import Sequence

from data.text import fold
from data.workbooks import cells, columns
from data.workbooks.apart import Cell
from data.workbooks.columns import Read, Style
from data.workbooks.fields import Field, Kind

SUMMED: tuple[Kind, ...] = ("count", "money")

_FEW = 3  # cells of a column that may rise by chance

_TOTAL = re.compile(
    r"(?:(?:[ivx]+|[a-h]|[0-9]+) )?(?:"
    r"tong (?:cong(?! ty)|so)(?: .*)?|"
    r"(?:tong|cong)(?: (?:chung|(?:toan|ca) (?:tinh|huyen|xa|don vi)|kinh phi|gia tri|"
    r"quy|nam|cac|nguon|von|huyen|thi xa|thanh pho|"
    r"quan|xa|phuong|h|x|tp|tx|tt|trang|theo|ns|nstw|nsdp|ngan sach|du an|mo hinh|luy ke|don|"
    r"[0-9ivx]+|[a-h])\b.*)?|"
    r"luy ke(?: .*)?|(?:toan|ca) (?:tinh|huyen|xa)|total|t ?c)"
)
_WORDS = re.compile(r"[^\W\d_]{2}")
_START = re.compile(r"[\W\d_]*(?:(?:[IVX]+|[A-H])[.): ][\W_]*)?[TCL]", re.IGNORECASE)
"""How a row of sums begins, which most rows do not."""


def is_one(row: Sequence[Cell], identity: Sequence[int]) -> bool:
    """Whether a row calls itself a sum in its first words, and names no record.

    `identity` are the columns that say which record a row is.
    """
    first = next((cell for cell in row if isinstance(cell, str) and _WORDS.search(cell)), "")
    if not _START.match(first) or len(first) > 80 or not _TOTAL.fullmatch(fold(first)):
        return False
    named = [row[at] for at in identity if not cells.is_empty(row[at])]
    return all(isinstance(cell, str) and _TOTAL.fullmatch(fold(cell)) for cell in named)


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
    rises = "; dòng cộng bằng dòng cuối, có phải cột ghi số lũy kế?" * _rises_to(told, read)
    found, right_shown = cells.shown(cell), cells.shown(float(shown))
    return f"Dòng cộng ghi {found}, các dòng cộng lại là {right_shown}{rises}"


def _rises_to(told: int, read: Read) -> bool:
    """Whether a column never falls and its last cell is what the row of sums says."""
    values = [value for value in read.values if value is not None]
    return len(values) >= _FEW and values[-1] == told and values == sorted(values)


def first_words(row: Sequence[Cell]) -> str:
    """What a row calls itself."""
    return next((cells.shown(cell) for cell in row if isinstance(cell, str) and cell.strip()), "")
