"""A sheet's table as it stands: the rows below its headings, their cells by column, nothing read.

What the file as a whole tells about its dates and numbers is asked of the bodies of all its tables
before any of them is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, takewhile
from typing import Any

from data.workbooks import cells, records, scales
from data.workbooks.apart import RawSheet
from data.workbooks.fields import Sheet
from data.workbooks.headings import Located
from data.workbooks.records import Rows

_WORDS_OF_A_TITLE = 2
"""Filled cells of a line that is a title or a note, and not the upper of two rows of headings."""


class Body:
    """The body of a sheet's table; `numbers` are Excel's row numbers of its records."""

    def __init__(self, sheet: Sheet, raw: RawSheet, located: Located) -> None:
        self.sheet, self.raw, self.located = sheet, raw, located
        self.heading_row = raw.rows[located.row][0]
        self.rows: Rows = records.below(sheet, raw, located)
        self.numbers = [number for number, _ in self.rows.records]
        self.at = {held.key: column for column, held in located.fields.items()}
        self._cells = dict(enumerate(zip(*(row for _, row in self.rows.records), strict=True)))

    def around_headings(self) -> Iterator[Any]:
        """Cells of the rows above the headings, and of those between them and the first record."""
        first = self.numbers[0] if self.numbers else 0
        above, below = self.raw.rows[: self.located.row], self.raw.rows[self.located.row + 1 :]
        for _, row in (*above, *takewhile(lambda held: held[0] < first, below)):
            yield from row

    def titles(self) -> Iterator[str]:
        """The sheet's name, texts of lines of a few words above the headings or below the records,
        and what a column of units holds."""
        yield self.raw.name
        yield from self.titles_above()
        last, notes = self.numbers[-1] if self.numbers else 0, dict(self.rows.left_out)
        yield from _titles(takewhile(lambda held: held[0] > last, reversed(self.raw.rows)))
        yield from _titles(held for held in self.raw.rows if held[0] in notes) if notes else ()
        for column in self.located.unknown:
            if scales.is_asked(self.located.texts[column]):
                yield from (f"({cells.shown(cell)})" for cell in {*self.cells_of(column)})

    def titles_above(self) -> Iterator[str]:
        """Texts of lines of a few words above the headings."""
        return _titles(self.raw.rows[: self.located.row])

    def cells_of(self, column: int) -> Sequence[Any]:
        """The records' cells in a column."""
        return self._cells.get(column, ())

    def holds(self, column: int) -> bool:
        """Whether some cell of a column says something."""
        return any(not cells.is_empty(cell) for cell in self.cells_of(column))

    @cached_property
    def dates(self) -> list[Any]:
        """Every cell under a heading that asks for a date."""
        asked = (column for column, held in self.located.fields.items() if held.kind == "date")
        return list(chain.from_iterable(map(self.cells_of, asked)))

    @cached_property
    def dates_as_text(self) -> list[str]:
        """Those of `dates` that are text."""
        return [cell for cell in self.dates if cell and isinstance(cell, str)]

    def numbers_written(self) -> Iterator[Any]:
        """Every cell under a heading that asks for a number."""
        for column, held in self.located.fields.items():
            if held.kind in ("count", "money", "rate"):
                yield from self.cells_of(column)


def _titles(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[str]:
    for _, row in rows:
        words = [cell for cell in row if cell != ""]
        if len(words) <= _WORDS_OF_A_TITLE:
            yield from (cell for cell in words if isinstance(cell, str))
