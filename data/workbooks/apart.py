"""Calamine's sheets as plain lists; as a script, in a process of its own with bounded memory.

`python -I apart.py` reads a workbook from standard input and pickles what `sheets_of` returns.
What could swallow memory or never end is read there: the process dies, not the server. The
script imports nothing of this product.
"""

import datetime
import io
import pickle
import resource
import sys
import time
from operator import length_hint
from typing import NamedTuple

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta
Box = tuple[int, int, int, int]

MEMORY = 1_500_000_000
"""Bytes of address space that the process may use."""

SECONDS = 6
"""Seconds of processor time that it may use."""

MOST_SHEETS = 100
"""Sheets of a workbook; the template has eight."""

MOST_ROWS = 5_000
"""Filled rows of a sheet that are read; a province's models are a few hundred."""

MOST_COLUMNS = 200
"""Columns of a sheet that are read."""

MOST_TEXT = 32_767
"""Letters of a cell; Excel holds no more."""

MOST_MERGES = 10_000
"""Merged ranges of a sheet that are looked at."""

MOST_HELD = 20_000_000
"""Letters of all cells that are read of a workbook; a cell counts as `_CELL` more."""

_CELL = 10


class TooMuch(Exception):
    """More than a report can be, and of what: `sheets`, `cells` or `seconds`."""


class RawSheet(NamedTuple):
    """A sheet as it is written: its filled rows, numbered as in Excel, cells from column A on.

    `merges` are top row, left column, bottom row, right column: rows as in Excel, columns from
    0. `cut` says that rows below `MOST_ROWS` were left out.
    """

    name: str
    hidden: bool
    rows: list[tuple[int, list[Cell]]]
    merges: list[Box]
    cut: bool


def sheets_of(content: bytes, leave_out: frozenset[str]) -> list[RawSheet]:
    """Every worksheet of a workbook but those named; calamine's errors if it cannot be read.

    Raises TooMuch. Many sheets may be one and the same part of the file, so that its size alone
    says little.
    """
    found: list[RawSheet] = []
    held, started = 0, time.process_time()
    with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        if len(book.sheets_metadata) > MOST_SHEETS:
            raise TooMuch("sheets")
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet and about.name not in leave_out:
                sheet = _sheet(book, about.name, about.visible != SheetVisibleEnum.Visible)
                found.append(sheet)
                held += sum(_bounded(cells) for _, cells in sheet.rows)
            if held > MOST_HELD:
                raise TooMuch("cells")
            if time.process_time() - started > SECONDS:
                raise TooMuch("seconds")
    return found


def _bounded(cells: list[Cell]) -> int:
    """What a row counts of `MOST_HELD`; a text longer than Excel's longest is cut."""
    letters = sum(map(length_hint, cells))  # 0 for what is no text
    if letters > MOST_TEXT:
        cells[:] = [cell[:MOST_TEXT] if type(cell) is str else cell for cell in cells]
    return _CELL * len(cells) + letters


def _sheet(book: CalamineWorkbook, name: str, hidden: bool) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(cells) or cells.count("") != len(cells):  # a zero, too, is something
            if len(rows) == MOST_ROWS:
                return RawSheet(name, hidden, rows, [], True)
            row = [*left, *cells] if left else cells
            rows.append((number, row[:MOST_COLUMNS] if len(row) > MOST_COLUMNS else row))
    merges = [
        (top + 1, first, bottom + 1, last)
        for (top, first), (bottom, last) in (sheet.merged_cell_ranges or ())[:MOST_MERGES]
    ]
    return RawSheet(name, hidden, rows, merges, False)


def _main() -> None:
    _bound(resource.RLIMIT_AS, MEMORY)
    _bound(resource.RLIMIT_CPU, SECONDS)
    sheets = sheets_of(sys.stdin.buffer.read(), frozenset(sys.argv[1:]))
    pickle.dump([tuple(sheet) for sheet in sheets], sys.stdout.buffer)


def _bound(what: int, most: int) -> None:
    """Set a limit, or leave the stricter one that the whole server is under."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _main()
